from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "blocs.changes"
    verbose_name = "trang thay đổi trong năm"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from blocs.changes import documents  # noqa: F401, PLC0415
        from blocs.changes.actions import returning  # noqa: F401, PLC0415
