"""Changes of the members of a running year: their list, a new one, one taken back."""

from django.contrib import messages
from django.db.models import Model
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from blocs.changes.forms import CancelChangeForm, MemberChangeForm
from blocs.changes.models.cancelling import cancel_effects
from blocs.changes.models.next_steps import next_steps, steps_of
from blocs.changes.models.takeovers import taken_over
from blocs.states import RUNNING_YEARS, MemberChangeKind
from blocs.years.actions.members import (
    cancel_change,
    read_member_change,
    record_change,
    why_not_running,
)
from blocs.years.models import BlocYear
from blocs.years.models.changes import MemberChange
from blocs.years.models.members.differences import differences
from blocs.years.models.members.holdings import change_effects
from blocs.years.views.pages import BlocYearPage, find_year
from thidua.common.pages.asked import asked_day, asked_paper
from thidua.common.pages.listed_first import ListedFirst
from thidua.common.pages.views import FormPage, ObjectFormPage, PagePermission
from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.numbers import two_digits, whole_number


class MemberChangeList(BlocYearPage, PagePermission, TemplateView):
    """Everybody of the year reads who came and went, from when and by which paper."""

    permission_required = "years.view_year"
    template_name = "years/member_changes.html"
    crumb = "Thay đổi thành phần"

    def get_permission_object(self) -> BlocYear:
        return self.bloc_year

    def get_context_data(self, **kwargs):
        year = self.bloc_year
        may_change = self.request.user.has_perm("years.change_members", year)
        rows = year.member_changes.for_words().select_related("recorded_by", "cancels")
        return super().get_context_data(
            rows=list(rows.select_related("cancelled_by")),
            gaps=differences(year),
            steps=next_steps(year) if year.state in RUNNING_YEARS else [],
            may_change=may_change and year.state in RUNNING_YEARS,
            is_running=year.state in RUNNING_YEARS,
            **kwargs,
        )


class MemberChangeMixin(BlocYearPage, PagePermission):
    """Finds a change that is no cancelling one, in a year that the person may see."""

    permission_required = "years.view_year"

    def get_bloc_year(self) -> BlocYear:
        rows = MemberChange.objects.exclude(kind=MemberChangeKind.CANCELLED)
        rows = rows.select_related("unit", "counterpart", "cancelled_by__recorded_by")
        self.change = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.change.bloc_year = find_year(self.request.user, self.change.bloc_year_id)
        return self.change.bloc_year

    def get_permission_object(self) -> BlocYear:
        return self.bloc_year


class MemberChangeDetail(MemberChangeMixin, TemplateView):
    """One change; of a merger what the successor takes over in this year."""

    template_name = "years/member_change.html"

    def get_crumb(self) -> str:
        return f"Thay đổi số {self.change.number:02d}"

    def get_context_data(self, **kwargs):
        change = self.change
        may_note = self.request.user.has_perm("years.take_note", self.bloc_year)
        facts = [
            ("Thay đổi", change.words),
            ("Văn bản, căn cứ", change.decision),
            ("Lý do", change.reason),
            ("Đã hủy", cancelled_words(change)),
        ]
        return super().get_context_data(
            change=change,
            facts=[fact for fact in facts if fact[1]],
            taken=taken_over(change),
            heirs=", ".join(map(str, change.heirs)),
            steps=[] if hasattr(change, "cancelled_by") else steps_of([change]),
            may_change=self.request.user.has_perm("years.change_members", self.bloc_year),
            is_read=not may_note or change.readings.filter(user=self.request.user).exists(),
            **kwargs,
        )


def cancelled_words(change):
    """Which change took this one back, when, who recorded it and why; empty where it stands."""
    back = getattr(change, "cancelled_by", None)
    if back is None:
        return ""
    number, at = two_digits(back.number), moment_words(back.recorded_at)
    why = f", lý do: {back.reason}" if back.reason else ""
    return f"thay đổi số {number}, {back.recorded_by} ghi lúc {at}{why}"


class MemberChangeRead(MemberChangeMixin, View):
    """The reader has taken note of it."""

    permission_required = "years.take_note"
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        read_member_change(self.change, actor=request.user)
        messages.success(request, "Đã ghi nhận anh/chị đã xem thay đổi thành phần.")
        return redirect(self.change)


class MemberChangeNew(ListedFirst, BlocYearPage, FormPage):
    """The form, and before anything is saved the list of what the change would touch."""

    permission_required = "years.change_members"
    form_class = MemberChangeForm
    crumb = "Ghi thay đổi"
    submit_label = "Xem ảnh hưởng"
    success_message = "Đã ghi thay đổi thành phần."

    def get_permission_object(self) -> BlocYear:
        return self.bloc_year

    def get_closed(self):
        return super().get_closed() or why_not_running(self.bloc_year)

    def get_heading(self):
        return f"Ghi thay đổi thành phần – {self.bloc_year}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"bloc_year": self.bloc_year}

    def get_initial(self):
        """What the way here knew already: the unit, what is to be recorded, the day, the paper."""
        asked = self.request.GET
        kind = asked.get("loai", "")
        return {
            "unit": whole_number(asked.get("don-vi", "")),
            "kind": kind if kind in MemberChangeKind.values else None,
            "on": asked_day(asked) or timezone.localdate(),
            "decision": asked_paper(asked),
        }

    def effects(self, form) -> list[str]:
        data = form.cleaned_data
        asked = {name: data[name] for name in ("unit", "kind", "on")}
        found = change_effects(self.bloc_year, **asked)
        form.instance.bloc_year = self.bloc_year
        return [*found, *(step.sentence for step in steps_of([form.instance]))]

    def act(self, form) -> Model:
        return record_change(self.bloc_year, actor=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("changes:member_change_list", args=(self.bloc_year.pk,))


class MemberChangeCancel(ListedFirst, BlocYearPage, ObjectFormPage):
    permission_required = "years.change_members"
    form_class = CancelChangeForm
    crumb = "Hủy thay đổi"
    submit_label = confirm_label = "Hủy thay đổi"
    success_message = "Đã hủy thay đổi; cả hai dòng vẫn được lưu."
    consequence = "Đơn vị tham gia năm thi đua như trước khi có thay đổi này."

    def get_bloc_year(self) -> BlocYear:
        rows = MemberChange.objects.exclude(kind=MemberChangeKind.CANCELLED).select_related("unit")
        self.change = get_object_or_404(rows, pk=self.kwargs["pk"])
        year = find_year(self.request.user, self.change.bloc_year_id)
        self.change.bloc_year = year
        return year

    def find_object(self) -> MemberChange:
        return self.change

    def effects(self, form) -> list[str]:
        return cancel_effects(self.change)

    def get_success_url(self):
        return reverse("changes:member_change_list", args=(self.bloc_year.pk,))

    def get_heading(self):
        return f"Hủy thay đổi số {self.change.number:02d}: {self.change.unit} {self.change.words}"

    def act(self, form) -> Model:
        return cancel_change(self.change, actor=self.request.user, **form.cleaned_data)
