from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "awards.board"
    verbose_name = "hội đồng"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from awards.board import permissions  # noqa: F401, PLC0415
