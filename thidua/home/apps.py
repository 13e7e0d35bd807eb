from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "thidua.home"
    label = "home"
    verbose_name = "trang chủ"

    def ready(self):
        # What is registered needs the models of other apps.
        from thidua.common.pages.lists.files import WRITERS, ListFileWriter  # noqa: PLC0415
        from thidua.jobs.domain import MOST_ROWS  # noqa: PLC0415
        from thidua.workbooks.list_files import list_answer  # noqa: PLC0415

        WRITERS.add(ListFileWriter(MOST_ROWS, list_answer))
