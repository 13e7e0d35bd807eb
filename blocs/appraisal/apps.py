from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "blocs.appraisal"
    verbose_name = "thẩm định"
