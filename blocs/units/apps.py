from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "blocs.units"
    verbose_name = "đơn vị, khối, con người"
