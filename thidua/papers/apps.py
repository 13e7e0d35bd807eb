from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "thidua.papers"
    verbose_name = "văn bản in"

    def ready(self):
        # Checks register themselves once the apps are loaded.
        from thidua.papers import checks  # noqa: F401, PLC0415
