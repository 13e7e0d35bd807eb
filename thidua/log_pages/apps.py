from django.apps import AppConfig


class LogPagesConfig(AppConfig):
    name = "thidua.log_pages"
    label = "log_pages"
    verbose_name = "trang nhật ký"
