"""The registrations of a bloc year: who has registered, what, and on time."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import TemplateView

from blocs.registrations.actions import (
    WRITABLE,
    copy_basis,
    edit_registration,
    record_signed_registration,
    start_registration,
    why_closed,
)
from blocs.registrations.forms import RegistrationForm
from blocs.states import REGISTERED, TONES, RegistrationState
from blocs.units.models import Unit
from blocs.years.domain.taking_part import Duty
from blocs.years.models.registrations import Registration
from blocs.years.views.pages import BlocYearPage, find_year
from blocs.years.workflows import REGISTRATION
from blocs.years.workflows.registrations import OPEN_YEARS
from thidua.common.models import returned_facts
from thidua.common.pages.by_move import MakesMove
from thidua.common.pages.saving import SavesItself
from thidua.common.pages.views import (
    FormPage,
    ObjectFormPage,
    ObjectMixin,
    ObjectPage,
    PagePermission,
    TransitionPage,
    refuse,
)
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.numbers import whole_number
from thidua.common.vietnamese.text import filled_lines
from thidua.papers.forms import SignedCopyForm
from thidua.papers.signed_copies import CopyEntry, copy_rows
from thidua.papers.views import TakesCopy

UNTIL_RECEIVED = "Lãnh đạo đơn vị thu hồi được cho đến khi khối tiếp nhận"
RECEIVED = "Khối đã tiếp nhận nên không thu hồi được nữa"


@dataclass(frozen=True)
class RegistrationRow:
    """One unit in the list; `registration` is None where it has not begun."""

    unit: Unit
    registration: Registration | None
    state: str
    tone: str
    signed: str
    lateness: str
    may_start: bool
    may_record: bool = False
    part: str = ""


class RegistrationList(BlocYearPage, PagePermission, TemplateView):
    """All members for the people of the bloc and the office; for a member its own unit."""

    permission_required = "years.view_year"
    template_name = "registrations/registration_list.html"
    crumb = "Đăng ký thi đua"

    def get_permission_object(self):
        return self.bloc_year

    def get_context_data(self, **kwargs):
        year = self.bloc_year
        return super().get_context_data(
            rows=self.get_rows(),
            due=year.deadline("registration_due"),
            registered=year.registered_count,
            total=year.registering_count,
            **kwargs,
        )

    def get_rows(self):
        found = self.bloc_year.registrations.visible_to(self.request.user)
        registrations = {row.unit_id: row for row in found}
        members = self.bloc_year.members.select_related("unit").order_by("order", "pk")
        rows = (self.get_row(member, registrations.get(member.unit_id)) for member in members)
        return [row for row in rows if row]

    def get_row(self, member, registration):
        user, year, unit = self.request.user, self.bloc_year, member.unit
        asked = registration or Registration(bloc_year=year, unit=unit)
        asked.bloc_year = year
        if not user.has_perm("years.view_registration", asked):
            return None
        is_asked = year.state in OPEN_YEARS and member.owes(Duty.REGISTER)
        may_start = not registration and user.has_perm("years.edit_registration", asked)
        return RegistrationRow(
            unit=unit,
            registration=registration,
            state=asked.get_state_display() if registration else "Chưa lập",
            tone=TONES[asked.state],
            signed=registration.day_words if registration else "",
            lateness=registration.lateness_words if registration else "",
            may_start=may_start and is_asked,
            may_record=not registration
            and is_asked
            and user.has_perm("years.record_registration", asked),
            part=member.part_words,
        )


def signed_words(registration):
    if registration is None or registration.state not in REGISTERED:
        return ""
    return registration.signed_words


class RegistrationStart(BlocYearPage, ObjectMixin, View):
    permission_required = "years.edit_registration"
    http_method_names = ("post",)

    def find_object(self):
        asked = whole_number(self.request.POST.get("unit", ""))
        units = Unit.objects.filter(years__bloc_year=self.bloc_year)
        unit = get_object_or_404(units, pk=asked)
        draft = Registration(bloc_year=self.bloc_year, unit=unit)
        if not self.request.user.has_perm("years.view_registration", draft):
            raise Http404
        return draft

    def post(self, request, *args, **kwargs):
        try:
            made = start_registration(self.bloc_year, actor=request.user, unit=self.object.unit)
        except ValidationError as error:
            refuse(request, error)
            return redirect("registrations:registration_list", self.bloc_year.pk)
        return redirect("registrations:registration_edit", made.pk)


class RegistrationMixin(BlocYearPage, ObjectMixin):
    """Finds a registration and its year; one that may not be seen does not exist."""

    def get_bloc_year(self):
        user = self.request.user
        found = Registration.objects.visible_to(user).select_related("unit")
        self.registration = get_object_or_404(found, pk=self.kwargs["pk"])
        year = find_year(user, self.registration.bloc_year_id)
        self.registration.bloc_year = year
        return year

    def find_object(self):
        return self.registration

    def get_crumb(self):
        return self.registration.unit.name

    def get_breadcrumbs(self):
        crumbs = super().get_breadcrumbs()
        url = reverse("registrations:registration_list", args=(self.bloc_year.pk,))
        return [*crumbs[:-1], ("Đăng ký thi đua", url), crumbs[-1]]


class RegistrationDetail(RegistrationMixin, ObjectPage):
    permission_required = "years.view_registration"
    template_name = "registrations/registration_detail.html"
    workflow = REGISTRATION
    move_url = "registrations:registration_move"
    folded_actions = ("years.edit_registration",)

    def get_context_data(self, **kwargs):
        row, year = self.object, self.bloc_year
        may_edit = self.request.user.has_perm("years.edit_registration", row)
        return super().get_context_data(
            tone=TONES[row.state],
            facts=[
                ("Đơn vị", row.unit.name),
                ("Năm thi đua", str(year)),
                ("Hạn đăng ký", until_words(year.deadline("registration_due"))),
                ("Đã ký lúc", signed_words(row) or "chưa ký"),
                ("Thời hạn", row.lateness_words or "–"),
                *withdrawal_facts(row),
            ],
            copies=copy_rows(row, "registration"),
            copy_url=self.get_copy_url(),
            returned=returned_facts(row, is_now=row.state == RegistrationState.RETURNED),
            titles=filled_lines(row.titles),
            contents=filled_lines(row.content),
            may_edit=may_edit and row.state in WRITABLE and year.state in OPEN_YEARS,
            **kwargs,
        )

    def get_copy_url(self):
        """Where a paper signed by hand is recorded, for those who may."""
        row = self.object
        if not self.request.user.has_perm("years.record_registration", row):
            return ""
        return reverse("registrations:registration_copy", args=(row.bloc_year_id, row.unit_id))


def withdrawal_facts(registration):
    """Until when what was signed can be taken back, or why no longer; nothing before that."""
    words = {RegistrationState.SIGNED: UNTIL_RECEIVED, RegistrationState.CHECKED: RECEIVED}
    sentence = in_words_of(registration.bloc_year.bloc.word, words.get(registration.state, ""))
    return [("Thu hồi", sentence)] if sentence else []


def until_words(deadline):
    return deadline.words if deadline else "chưa quy định"


class RegistrationEdit(RegistrationMixin, SavesItself, ObjectFormPage):
    permission_required = "years.edit_registration"
    form_class = RegistrationForm
    submit_label = "Lưu bản đăng ký"
    success_message = "Đã lưu bản đăng ký. Lãnh đạo đơn vị ký thì bản đăng ký mới được gửi đi."

    def get_closed(self):
        return super().get_closed() or why_closed(self.object)

    def get_heading(self):
        return f"Soạn bản đăng ký thi đua {self.bloc_year.words} – {self.object.unit}"

    def save(self, form, *, seen):
        data, actor = form.cleaned_data, self.request.user
        return edit_registration(self.object, actor=actor, data=data, seen=seen)


class RegistrationCopy(MakesMove, TakesCopy, BlocYearPage, ObjectMixin, FormPage):
    """A registration signed by hand, of a unit that may have drafted nothing; later only a scan."""

    workflow, move_name = REGISTRATION, "sign_on_paper"
    permission_required = "years.record_registration"
    form_class = SignedCopyForm
    crumb = "Ghi nhận bản giấy"
    submit_label = "Ghi nhận bản giấy"
    success_message = "Đã ghi nhận bản đăng ký ký trên giấy cùng bản quét."

    def find_object(self):
        year = self.bloc_year
        unit = get_object_or_404(
            Unit.objects.filter(years__bloc_year=year), pk=self.kwargs["unit_pk"]
        )
        found = Registration.objects.filter(bloc_year=year, unit=unit).first()
        registration = found or Registration(bloc_year=year, unit=unit)
        registration.bloc_year = year
        if not self.request.user.has_perm("years.view_registration", registration):
            raise Http404
        return registration

    @property
    def consequence(self):
        if self.object.state in WRITABLE:
            return (
                "Bản đăng ký được coi là ký vào ngày ghi trên bản giấy và gửi tới đơn vị đứng đầu "
                "khối; văn bản chính là bản quét này."
            )
        return "Bản quét được giữ cùng mã băm bên cạnh bản đăng ký đã ký; không thay nội dung nào."

    def get_basis(self):
        return copy_basis(self.object)

    def get_heading(self):
        return f"Ghi nhận bản đăng ký ký trên giấy – {self.object.unit}"

    def get_success_url(self):
        return reverse("registrations:registration_list", args=(self.bloc_year.pk,))

    def act(self, form):
        entry, unit = CopyEntry(**form.copy_facts()), self.object.unit
        actor = self.request.user
        return record_signed_registration(self.bloc_year, unit=unit, entry=entry, actor=actor)


class RegistrationMove(RegistrationMixin, TransitionPage):
    workflow = REGISTRATION
