from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    name = "blocs.criteria"
    verbose_name = "bảng chấm điểm"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from blocs.criteria.actions import groups  # noqa: F401, PLC0415
