from django.apps import AppConfig


class LegalConfig(AppConfig):
    name = "blocs.legal"
    verbose_name = "văn bản pháp lý"
