from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "blocs.conferences"
    verbose_name = "hội nghị"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from blocs.conferences.actions import conferences, sittings  # noqa: F401, PLC0415
