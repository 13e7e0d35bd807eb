"""Many units or people from one list: shown line by line first, written when it is confirmed."""

from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.views import View

from blocs.units.actions.person_rosters import import_people, plan_people
from blocs.units.actions.unit_rosters import import_units, plan_units
from blocs.units.documents.rosters import person_roster_form, unit_roster_form
from blocs.units.domain.person_rosters import MOST_PEOPLE
from blocs.units.domain.rosters import MOST_LINES
from blocs.units.forms.rosters import RosterForm, UnitRosterForm
from thidua.common.files import CONTENT_TYPES
from thidua.common.pages.kept import forget_input
from thidua.common.pages.views import FormPage, PagePermission
from thidua.common.vietnamese.numbers import format_trimmed
from thidua.common.vietnamese.old_fonts import UNICODE

HOME = ("Trang chủ", "/")
WRONG = "Chưa ghi gì: danh sách có {count:02d} dòng cần sửa, nêu ở bảng trên trang này."
CONVERTED = (
    "Danh sách gõ bằng bảng mã {encoding}; bảng dưới đây đã chuyển sang Unicode. Hãy đọc kỹ từng "
    "tên rồi mới xác nhận."
)


class RosterPage(FormPage):
    """A list in two steps: read it, then confirm what was understood; all of it or nothing.

    What is posted in either step is the text of the list: a file is turned into it once.
    """

    template_name = "units/roster.html"
    submit_label = "Xem trước"
    most = MOST_LINES
    plan = None
    is_preview = False

    def make_plan(self, form):
        """What the list would make, line by line."""
        raise NotImplementedError

    def form_valid(self, form):
        if "again" in self.request.POST:
            return self.show(form)
        self.plan = self.make_plan(form)
        if self.plan.roster.faults:
            for fault in self.plan.roster.faults:
                form.add_error(None, fault)
            return self.form_invalid(form)
        if wrong := [line for line in self.plan.lines if line.faults]:
            form.add_error(None, WRONG.format(count=len(wrong)))
            return self.form_invalid(form)
        if self.request.POST.get("confirmed") == self.plan.mark:
            return self.confirm(form)
        self.is_preview = True
        return self.show(form)

    def confirm(self, form):
        return super().form_valid(form)

    def put_errors(self, form, error):
        """A refusal of the action is shown above the preview of now."""
        super().put_errors(form, error)
        self.plan = self.make_plan(form)

    def form_invalid(self, form):
        """The list is kept as text, whatever it came from, so that it can be mended here."""
        if not form.cleaned_data.get("text"):
            return super().form_invalid(form)
        return self.show(form, status=self.refused_status)

    def show(self, form, status=200):
        """The page with the list in its field, be it pasted or out of a file."""
        form.data = form.data.copy()
        form.data["text"] = form.cleaned_data["text"]
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **kwargs):
        plan = self.plan
        encoding = plan.roster.encoding if plan else UNICODE
        return super().get_context_data(
            plan=plan,
            is_preview=self.is_preview,
            converted="" if encoding == UNICODE else CONVERTED.format(encoding=encoding),
            most=format_trimmed(Decimal(self.most)),
            **kwargs,
        )


class UnitRoster(RosterPage):
    permission_required = "units.manage_unit"
    form_class = UnitRosterForm
    template_name = "units/unit_roster.html"
    heading = "Nhập đơn vị từ danh sách"
    success_message = ""
    breadcrumbs = (
        HOME,
        ("Đơn vị", reverse_lazy("units:unit_list")),
        ("Nhập từ danh sách", None),
    )

    def get_cancel_url(self):
        return reverse("units:unit_list")

    def get_success_url(self):
        return reverse("units:unit_list")

    def make_plan(self, form):
        data = form.cleaned_data
        return plan_units(data["text"], is_alike=data["is_alike"])

    def act(self, form):
        data = form.cleaned_data
        made = import_units(
            data["text"],
            actor=self.request.user,
            shown=self.request.POST["confirmed"],
            is_alike=data["is_alike"],
        )
        messages.success(self.request, f"Đã thêm {len(made):02d} đơn vị.")


class PersonRoster(RosterPage):
    """The answer to the confirmation are the slips with the passwords: nothing keeps them."""

    permission_required = "units.manage_people"
    form_class = RosterForm
    most = MOST_PEOPLE
    template_name = "units/person_roster.html"
    heading = "Nhập người dùng từ danh sách"
    consequence = (
        "Tệp PDF có mật khẩu dùng một lần chỉ tải về một lần, ngay sau khi bấm; phần mềm không lưu "
        "mật khẩu. Mất tệp thì đặt lại mật khẩu ở trang của từng người."
    )
    breadcrumbs = (
        HOME,
        ("Người dùng", reverse_lazy("units:person_list")),
        ("Nhập từ danh sách", None),
    )

    def get_cancel_url(self):
        return reverse("units:person_list")

    def make_plan(self, form):
        return plan_people(form.cleaned_data["text"])

    def confirm(self, form):
        request = self.request
        try:
            content = import_people(
                form.cleaned_data["text"],
                actor=request.user,
                shown=request.POST["confirmed"],
                address=request.build_absolute_uri("/"),
            )
        except ValidationError as error:
            self.put_errors(form, error)
            return self.form_invalid(form)
        forget_input(request)
        answer = HttpResponse(content, content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="phieu-mat-khau.pdf"'
        answer["Cache-Control"] = "private, no-store"
        return answer


class PersonRosterForms(PagePermission, View):
    """The empty workbook in which an office writes down who sits where."""

    permission_required = "units.manage_people"
    http_method_names = ("get",)

    def get(self, request):
        return workbook_answer(person_roster_form(), "mau-nguoi-dung.xlsx")


def workbook_answer(content, name):
    answer = HttpResponse(content, content_type=CONTENT_TYPES[".xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


class UnitRosterForms(PagePermission, View):
    """The empty workbook in which an office writes down its units."""

    permission_required = "units.manage_unit"
    http_method_names = ("get",)

    def get(self, request):
        return workbook_answer(unit_roster_form(), "mau-don-vi.xlsx")
