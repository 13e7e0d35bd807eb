from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "blocs.conferences"
    verbose_name = "hội nghị"
