from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "blocs.reports"
    verbose_name = "báo cáo năm"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from blocs.reports.actions import table_carrying  # noqa: F401, PLC0415
        from blocs.reports.models import moved_windows  # noqa: F401, PLC0415
