from django.apps import AppConfig


class YearsConfig(AppConfig):
    name = "blocs.years"
    verbose_name = "năm thi đua"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from blocs.years.actions import members, planned_members  # noqa: F401, PLC0415
        from blocs.years.models import frozen_rules  # noqa: F401, PLC0415
