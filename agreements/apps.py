from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = "giao ước"

    def ready(self):
        from agreements import permissions  # noqa: F401, PLC0415 – rights register when the apps are loaded
