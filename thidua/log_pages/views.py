from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from thidua.common.files import CONTENT_TYPES
from thidua.common.log_book.sealing import head_line
from thidua.common.models import ActivityEntry, ArchivedEntry, LogSeal
from thidua.common.pages.views import ListPage, PagePermission
from thidua.log_pages.documents import log_workbook
from thidua.log_pages.filters import ARCHIVE, LogBookFilter
from thidua.log_pages.told import told

HOME = ("Trang chủ", "/")
# More lines than anybody reads in a file; the days are chosen narrower then.
MOST = 10_000
TOO_MANY = "Có hơn 10.000 dòng; hãy chọn khoảng ngày ngắn hơn rồi tải lại."


class LogBook(ListPage):
    """What everybody did and opened, with values where the office may see them."""

    template_name = "log_pages/log_book.html"
    permission_required = "units.read_log_book"
    filterset_class = LogBookFilter
    breadcrumbs = (HOME, ("Nhật ký công việc", None))

    def get_rows(self):
        is_old = self.request.GET.get("store") == ARCHIVE
        model = ArchivedEntry if is_old else ActivityEntry
        return model.objects.order_by("-at", "-pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        lines = list(told(list(context["page_obj"]), self.request.user))
        wanted = self.request.GET.urlencode()
        file_url = f"{reverse('log_pages:log_workbook')}?{wanted}"
        return context | {"lines": lines, "file_url": file_url, "seal": LogSeal.objects.last()}


class LogWorkbook(LogBook):
    """The same lines as a file."""

    http_method_names = ("get",)

    def get(self, request, *args, **kwargs):
        lines = list(self.get_queryset()[: MOST + 1])
        if len(lines) > MOST:
            messages.error(request, TOO_MANY)
            return redirect(f"{reverse('log_pages:log_book')}?{request.GET.urlencode()}")
        now = timezone.localtime()
        answer = HttpResponse(
            log_workbook(told(lines, request.user), at=now), content_type=CONTENT_TYPES[".xlsx"]
        )
        answer["Content-Disposition"] = f'attachment; filename="nhat-ky-{now:%Y%m%d-%H%M}.xlsx"'
        answer["Cache-Control"] = "private, no-store"
        return answer


class LogHeads(PagePermission, View):
    """The ends of the chain, as `verify_log --heads` reads them: to be kept elsewhere."""

    http_method_names = ("get",)
    permission_required = "units.read_log_book"

    def get(self, request, *args, **kwargs):
        lines = [f"{head_line(seal)}\n" for seal in LogSeal.objects.all()]
        answer = HttpResponse("".join(lines), content_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="dau-chuoi-nhat-ky.txt"'
        return answer
