from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "awards.decisions"
    verbose_name = "quyết định khen thưởng"
