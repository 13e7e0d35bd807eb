from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "blocs.appraisal"
    verbose_name = "thẩm định"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from blocs.appraisal.models import open_work  # noqa: F401, PLC0415
