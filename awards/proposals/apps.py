from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "awards.proposals"
    verbose_name = "đề nghị khen thưởng"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from awards.proposals import permissions  # noqa: F401, PLC0415
