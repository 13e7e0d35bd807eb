from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "thidua.upkeep"
    verbose_name = "vận hành"
