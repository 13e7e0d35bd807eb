from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "awards.decisions"
    verbose_name = "quyết định khen thưởng"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from awards.decisions import permissions  # noqa: F401, PLC0415
