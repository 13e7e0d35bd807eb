from django.apps import AppConfig


class ViewAsConfig(AppConfig):
    name = "thidua.view_as"
    label = "view_as"
    verbose_name = "xem như"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from thidua.view_as import leaving  # noqa: F401, PLC0415
