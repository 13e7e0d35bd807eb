from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "thidua.home"
    label = "home"
    verbose_name = "trang chủ"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from thidua.home import list_files  # noqa: F401, PLC0415
