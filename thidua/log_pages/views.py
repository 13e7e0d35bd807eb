from io import BytesIO

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views import View

from thidua.common.log_book.sealing import head_line
from thidua.common.models import LogSeal
from thidua.common.pages.views import ListPage, PagePermission
from thidua.jobs import domain
from thidua.jobs.offers import OffersJob
from thidua.log_pages.actions import ask_log_file
from thidua.log_pages.documents import EXCEL, TEXT, write_log
from thidua.log_pages.filters import LogBookFilter, lines_of
from thidua.log_pages.told import told

HOME = ("Trang chủ", "/")


class LogBook(ListPage):
    """What everybody did and opened, with values where the office may see them."""

    template_name = "log_pages/log_book.html"
    permission_required = "units.read_log_book"
    filterset_class = LogBookFilter
    breadcrumbs = (HOME, ("Nhật ký công việc", None))
    # It has files of its own, which may hold any number of lines.
    has_file = False

    def get_rows(self):
        return lines_of(self.request.GET.get("store", ""))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        lines = list(told(list(context["page_obj"]), self.request.user))
        wanted = self.request.GET.urlencode()
        files = {
            f"{name}_url": f"{reverse(f'log_pages:log_{name}')}?{wanted}"
            for name in ("workbook", "table")
        }
        # A file has no bar of its own: what is wrong with its filter is mended on the page.
        more = {"list_url": reverse("log_pages:log_book"), "seal": LogSeal.objects.last()}
        return context | files | more | {"lines": lines}


class LogFile(OffersJob, LogBook):
    """The same lines as a file; a job where they are many."""

    job_heading = "Nhật ký công việc trong một tệp"
    form = ""

    def get(self, request, *args, **kwargs):
        lines = list(self.get_queryset()[: domain.MOST_ROWS + 1])
        if self.filterset.faults:
            return self.refused()
        if domain.is_long(len(lines)):
            return self.offer()
        file = BytesIO()
        made = write_log(file, self.form, told(lines, request.user), at=timezone.localtime())
        answer = HttpResponse(file.getvalue(), content_type=made.content_type)
        answer["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
        answer["Cache-Control"] = "private, no-store"
        return answer

    def refused(self):
        """No file of what nobody can have meant: the page says what is wrong with the filter."""
        answer = super().get(self.request)
        answer.status_code = 422
        return answer

    def post(self, request, *args, **kwargs):
        self.get_queryset()
        return self.refused() if self.filterset.faults else super().post(request)

    def ask(self):
        wanted = {name: value for name, value in self.request.GET.items() if value}
        return ask_log_file(form=self.form, wanted=wanted, actor=self.request.user)


class LogWorkbook(LogFile):
    """As an Excel file."""

    form = EXCEL


class LogTable(LogFile):
    """As text (CSV)."""

    form = TEXT


class LogHeads(PagePermission, View):
    """The ends of the chain, as `verify_log --heads` reads them: to be kept elsewhere."""

    http_method_names = ("get",)
    permission_required = "units.read_log_book"

    def get(self, request, *args, **kwargs):
        lines = [f"{head_line(seal)}\n" for seal in LogSeal.objects.all()]
        answer = HttpResponse("".join(lines), content_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="dau-chuoi-nhat-ky.txt"'
        return answer
