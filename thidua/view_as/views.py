from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from thidua.common.pages.views import AsksProof, FormPage
from thidua.view_as import sessions
from thidua.view_as.actions import begin_view, end_view
from thidua.view_as.forms import ViewAsForm

CONSEQUENCE = (
    "Dùng để giúp người đang vướng: anh/chị thấy mọi trang như người ấy thấy, kể cả bản nháp của "
    "đơn vị, và không làm được việc gì. Tự kết thúc sau {} phút. Nhật ký tài khoản ghi ai xem như "
    "ai, lúc nào, những trang nào; người được xem như đọc việc này trên trang chủ."
)


class ViewAsNew(AsksProof, FormPage):
    permission_required = "view_as.view_as"
    form_class = ViewAsForm
    heading = "Xem như"
    submit_label = "Bắt đầu xem"
    success_message = ""
    breadcrumbs = (("Trang chủ", "/"), ("Xem như", None))

    @property
    def consequence(self):
        return CONSEQUENCE.format(settings.VIEW_AS_MINUTES)

    def get(self, request, *args, **kwargs):
        if words := request.session.pop("view_as_over", ""):
            messages.warning(request, words)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": timezone.localdate()}

    def get_success_url(self):
        return reverse("home:tasks")

    def act(self, form):
        data = form.cleaned_data
        person = begin_view(data["person"], actor=self.request.user, reason=data["reason"])
        sessions.begin(self.request, person)


class ViewAsEnd(View):
    """The button of the banner."""

    http_method_names = ("post",)

    def post(self, request):
        if viewing := request.viewing:
            end_view(viewing.person, actor=viewing.viewer)
            sessions.end(request)
            messages.success(request, f"Đã thôi xem như {viewing.person}.")
        return redirect("home:tasks")
