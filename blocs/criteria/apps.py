from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    name = "blocs.criteria"
    verbose_name = "bảng chấm điểm"
