from django.apps import AppConfig


class YearsConfig(AppConfig):
    name = "blocs.years"
    verbose_name = "năm thi đua"
