from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "blocs.units"
    verbose_name = "đơn vị, khối, con người"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from blocs.units import permissions  # noqa: F401, PLC0415
