from django.apps import AppConfig


class RankingConfig(AppConfig):
    name = "blocs.ranking"
    verbose_name = "xếp hạng"
