from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = "khen thưởng"

    def ready(self):
        from awards import permissions  # noqa: F401, PLC0415 – rights register when the apps are loaded
