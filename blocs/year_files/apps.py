from django.apps import AppConfig


class YearFilesConfig(AppConfig):
    name = "blocs.year_files"
    verbose_name = "cả năm từ một tệp"
