from django.apps import AppConfig


class BlocsConfig(AppConfig):
    name = "blocs"
    verbose_name = "khối thi đua"

    def ready(self):
        # Rights and what happens on an amendment register when the apps are loaded.
        from blocs import permissions  # noqa: F401, PLC0415
        from blocs.reports.actions import table_carrying  # noqa: F401, PLC0415
