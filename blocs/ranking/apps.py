from django.apps import AppConfig


class RankingConfig(AppConfig):
    name = "blocs.ranking"
    verbose_name = "xếp hạng"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from blocs.ranking import jobs  # noqa: F401, PLC0415
