from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "thidua.papers"
    verbose_name = "văn bản in"
