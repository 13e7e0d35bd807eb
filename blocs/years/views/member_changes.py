"""Changes of the members of a running year: their list, a new one, one taken back."""

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from blocs.states import RUNNING_YEARS, MemberChangeKind
from blocs.years.actions.members import cancel_change, record_change
from blocs.years.forms.changes import CancelChangeForm, MemberChangeForm
from blocs.years.models import BlocYear
from blocs.years.models.changes import MemberChange
from blocs.years.models.holdings import effects_of
from blocs.years.views.pages import BlocYearPage, find_year
from thidua.common.pages.views import FormPage, ObjectFormPage, PagePermission
from thidua.common.stamps import stamp_of
from thidua.common.vietnamese.numbers import whole_number


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
        rows = year.member_changes.select_related("unit", "counterpart", "recorded_by", "cancels")
        return super().get_context_data(
            rows=list(rows.select_related("cancelled_by")),
            may_change=may_change and year.state in RUNNING_YEARS,
            is_running=year.state in RUNNING_YEARS,
            **kwargs,
        )


class MemberChangeNew(BlocYearPage, FormPage):
    """The form, and before anything is saved the list of what the change would touch.

    Saving is confirmed by the stamp of that list: where it has changed since, it is shown again.
    """

    permission_required = "years.change_members"
    template_name = "years/member_change_form.html"
    form_class = MemberChangeForm
    crumb = "Ghi thay đổi"
    submit_label = "Xem ảnh hưởng"
    success_message = "Đã ghi thay đổi thành phần."

    def get_permission_object(self) -> BlocYear:
        return self.bloc_year

    def get_heading(self):
        return f"Ghi thay đổi thành phần – {self.bloc_year}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"bloc_year": self.bloc_year}

    def get_initial(self):
        unit = whole_number(self.request.GET.get("don-vi", ""))
        return {"unit": unit, "on": timezone.localdate()}

    def form_valid(self, form):
        effects, confirmed = self.effects(form)
        if self.request.POST.get("confirmed") != confirmed:
            context = self.get_context_data(form=form, effects=effects, confirmed=confirmed)
            return self.render_to_response(context | {"submit_label": "Ghi thay đổi"})
        return super().form_valid(form)

    def effects(self, form) -> tuple[list[str], str]:
        """What the typed change would do, and the stamp that says one has read it."""
        data = form.cleaned_data
        found = effects_of(self.bloc_year, unit=data["unit"], kind=data["kind"])
        return found, stamp_of(data["unit"].pk, data["kind"], data["on"], *found)

    def act(self, form) -> Model:
        return record_change(self.bloc_year, actor=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("years:member_change_list", args=(self.bloc_year.pk,))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**({"effects": None, "confirmed": ""} | kwargs))


class MemberChangeCancel(BlocYearPage, ObjectFormPage):
    permission_required = "years.change_members"
    form_class = CancelChangeForm
    crumb = "Hủy thay đổi"
    submit_label = "Hủy thay đổi"
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

    def get_heading(self):
        return f"Hủy thay đổi số {self.change.number:02d}: {self.change.unit} {self.change.words}"

    def act(self, form) -> Model:
        return cancel_change(self.change, actor=self.request.user, **form.cleaned_data)
