"""Who cannot try a password just now, for the office and the administrator to let in."""

from django.urls import reverse

from blocs.units.actions.people import lift_pause
from blocs.units.forms.people import ConfirmForm
from thidua.accounts.brakes import keys_of, paused_keys
from thidua.accounts.models import User
from thidua.common.pages.views import ListPage, ObjectFormPage

HOME = ("Trang chủ", "/")
TITLE = "Tạm dừng đăng nhập"


class PauseList(ListPage):
    template_name = "units/pause_list.html"
    permission_required = "units.lift_pause"
    breadcrumbs = (HOME, (TITLE, None))

    def get_rows(self):
        """The people whose name meets a pause; names are kept as keys alone, so all are asked."""
        paused = paused_keys()
        self.ends = {}
        for pk, username in User.objects.values_list("pk", "username") if paused else ():
            if ends := [paused[key] for key in keys_of(username) if key in paused]:
                self.ends[pk] = max(ends)
        return User.objects.filter(pk__in=self.ends).order_by("username", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = [{"person": one, "end": self.ends[one.pk]} for one in context["page_obj"]]
        return context | {"rows": rows}


class PauseLift(ObjectFormPage):
    form_class = ConfirmForm
    permission_required = "units.lift_pause"
    see_permission = "units.lift_pause"
    submit_label = "Bỏ tạm dừng"
    success_message = "Đã bỏ tạm dừng. Người này đăng nhập được ngay."
    consequence = (
        "Số lần nhập sai được tính lại từ đầu. Hãy hỏi chính người dùng trước: nếu người ấy không "
        "gõ sai, có thể ai khác đang dò mật khẩu."
    )

    def get_queryset(self):
        return User.objects.all()

    def get_heading(self):
        return f"{TITLE} – {self.object}"

    def get_breadcrumbs(self):
        return (HOME, (TITLE, self.get_success_url()), (str(self.object), None))

    def get_success_url(self):
        return reverse("units:pause_list")

    def act(self, form):
        return lift_pause(self.object, actor=self.request.user)
