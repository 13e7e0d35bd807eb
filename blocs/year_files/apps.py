from django.apps import AppConfig


class YearFilesConfig(AppConfig):
    name = "blocs.year_files"
    verbose_name = "cả năm từ một tệp"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from blocs.year_files import jobs  # noqa: F401, PLC0415
