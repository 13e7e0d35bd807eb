from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class YearCheckConfig(AppConfig):
    name = "thidua.year_check"
    verbose_name = "đối chiếu năm thi đua"

    def ready(self) -> None:
        autodiscover_modules("documents.told")
