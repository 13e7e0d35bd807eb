"""Head and deputies of a year through its days, and the page on which the office changes them."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView

from blocs.states import RUNNING_YEARS
from blocs.years.actions.leaders import change_leaders, refuse_state
from blocs.years.forms.years import LeadersForm
from blocs.years.models.years import BlocYear
from blocs.years.views.pages import BlocYearPage
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import ObjectFormPage, PagePermission, refuse


class LeaderList(BlocYearPage, PagePermission, TemplateView):
    """Everybody of the year reads who led it, from when and by which paper."""

    permission_required = "years.view_year"
    template_name = "years/leader_list.html"
    crumb = "Khối trưởng, khối phó"

    def get_permission_object(self) -> BlocYear:
        return self.bloc_year

    def get_context_data(self, **kwargs):
        year = self.bloc_year
        is_running = year.state in RUNNING_YEARS
        rows = year.leaderships.select_related("head", "deputy", "second_deputy", "recorded_by")
        return super().get_context_data(
            rows=list(rows),
            is_running=is_running,
            may_change=is_running and self.request.user.has_perm("years.manage_year", year),
            **kwargs,
        )


class LeaderEdit(BlocYearPage, SecondWriter, ObjectFormPage):
    permission_required = "years.manage_year"
    form_class = LeadersForm
    pk_url_kwarg = "year_pk"
    crumb = "Thay đổi khối trưởng, khối phó"
    submit_label = "Ghi thay đổi"
    success_message = "Đã ghi thay đổi khối trưởng, khối phó."
    consequence = (
        "Từ ngày này quyền của khối trưởng, khối phó theo đơn vị mới; việc đơn vị trước đã làm và "
        "văn bản của những ngày trước giữ nguyên."
    )

    def find_object(self):
        return self.bloc_year

    def get(self, request, *args, **kwargs):
        try:
            refuse_state(self.bloc_year)
        except ValidationError as error:
            refuse(request, error)
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def get_heading(self):
        return f"{self.say(self.crumb)} – {self.bloc_year}"

    def get_success_url(self):
        return reverse("years:leader_list", args=(self.bloc_year.pk,))

    def save(self, form, *, seen):
        data = form.cleaned_data
        act = {name: data.pop(name) for name in ("on", "decision", "reason")}
        return change_leaders(self.object, actor=self.request.user, data=data, seen=seen, **act)
