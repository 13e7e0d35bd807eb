from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "thidua.home"
    label = "home"
    verbose_name = "trang chủ"
