from django.apps import AppConfig


class BlocsConfig(AppConfig):
    name = "blocs"
    verbose_name = "khối thi đua"

    def ready(self):
        from blocs import permissions  # noqa: F401, PLC0415 – rights register when the apps are loaded
