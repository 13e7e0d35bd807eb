from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules

from thidua.common.vietnamese.collation import register


class CommonConfig(AppConfig):
    name = "thidua.common"
    label = "common"
    verbose_name = "nền chung"

    def ready(self) -> None:
        # Imported late: rights, checks and lookups register themselves once the apps are loaded.
        autodiscover_modules("permissions", "checks")
        from thidua.common.vietnamese import lookups  # noqa: F401, PLC0415

        connection_created.connect(give_collation, dispatch_uid="vi-x-icu")


def give_collation(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Each new connection sorts and folds Vietnamese."""
    register(connection)
