from django.apps import AppConfig


class LogPagesConfig(AppConfig):
    name = "thidua.log_pages"
    label = "log_pages"
    verbose_name = "trang nhật ký"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from thidua.log_pages import jobs  # noqa: F401, PLC0415
