from django.apps import AppConfig


class SheetFilesConfig(AppConfig):
    name = "blocs.sheet_files"
    verbose_name = "bảng điểm bằng tệp Excel"
