from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "awards.proposals"
    verbose_name = "đề nghị khen thưởng"
