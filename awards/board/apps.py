from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "awards.board"
    verbose_name = "hội đồng"
