from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "blocs.changes"
    verbose_name = "trang thay đổi trong năm"
