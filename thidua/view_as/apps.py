from django.apps import AppConfig


class ViewAsConfig(AppConfig):
    name = "thidua.view_as"
    label = "view_as"
    verbose_name = "xem như"
