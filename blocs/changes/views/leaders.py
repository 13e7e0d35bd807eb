"""Head and deputies of a year through its days, and the page on which the office changes them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView

from blocs.changes.forms import CancelChangeForm
from blocs.states import RUNNING_YEARS
from blocs.years.actions.leaders import cancel_leaders, change_leaders, refuse_cancel, refuse_state
from blocs.years.domain.rule_words import leader_words
from blocs.years.forms.years import LeadersForm
from blocs.years.models.leaderships import (
    Leadership,
    acts_staying,
    before_change,
    leader_facts,
    posts_passing,
)
from blocs.years.models.years import BlocYear
from blocs.years.views.pages import BlocYearPage, find_year
from thidua.common.pages.listed_first import ListedFirst
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import ObjectFormPage, PagePermission, refuse
from thidua.common.vietnamese.dates import short_date


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
        rows = list(rows)
        standing = [row for row in rows if row.number and not row.cancelled_at]
        return super().get_context_data(
            rows=rows,
            last=standing[-1] if standing else None,
            is_running=is_running,
            may_change=is_running and self.request.user.has_perm("years.manage_year", year),
            **kwargs,
        )


class TouchesLeaders(ListedFirst):
    """Lists what others would lead than now, before it is saved."""

    def stored_year(self):
        """The year as it is stored: a form may have written what was typed into its object."""
        return find_year(self.request.user, self.bloc_year.pk)

    def new_facts(self, form, before):
        """What would hold and does not: the act is tried, taken back, and may be refused."""
        try:
            with transaction.atomic():
                self.try_change(form)
                found = leader_facts(self.stored_year())
                transaction.set_rollback(True)
        except ValidationError:
            found = []
        return [words for words in found if words not in before]

    def try_change(self, form):
        """The act of the page, which takes nothing out of the form."""
        raise NotImplementedError


class LeaderCancel(TouchesLeaders, BlocYearPage, ObjectFormPage):
    """The newest change, recorded by mistake, is taken back while nobody has acted by it."""

    permission_required = "years.manage_year"
    form_class = CancelChangeForm
    crumb = "Hủy thay đổi khối trưởng, khối phó"
    submit_label = confirm_label = "Hủy thay đổi"
    success_message = "Đã hủy thay đổi khối trưởng, khối phó; dòng đã ghi vẫn được lưu."
    consequence = (
        "Khối trưởng, khối phó lại như trước khi có thay đổi này, kể cả những ngày đã qua."
    )

    def get_bloc_year(self) -> BlocYear:
        rows = Leadership.objects.standing().filter(number__gt=0).select_related("head")
        self.change = get_object_or_404(rows, pk=self.kwargs["pk"])
        year = find_year(self.request.user, self.change.bloc_year_id)
        self.change.bloc_year = year
        return year

    def find_object(self):
        return self.change

    def get_permission_object(self):
        return self.bloc_year

    def get(self, request, *args, **kwargs):
        try:
            refuse_cancel(self.object)
        except ValidationError as error:
            refuse(request, error)
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def get_heading(self):
        change = self.object
        return (
            f"Hủy thay đổi số {change.number:02d}, từ {short_date(change.on)}: {change.head_words}"
        )

    def get_success_url(self):
        return reverse("changes:leader_list", args=(self.bloc_year.pk,))

    def effects(self, form):
        year, earlier = self.stored_year(), before_change(self.object)
        found = self.new_facts(form, leader_facts(year))
        posts = {name: getattr(earlier, name) for name in leader_words(year.bloc.word)}
        return [*found, *posts_passing(year, posts)] if found else []

    def try_change(self, form):
        return self.act(form)

    def act(self, form):
        return cancel_leaders(self.object, actor=self.request.user, **form.cleaned_data)


class LeaderEdit(TouchesLeaders, BlocYearPage, SecondWriter, ObjectFormPage):
    """A change of leaders, and before it is saved what it would touch."""

    permission_required = "years.manage_year"
    form_class = LeadersForm
    pk_url_kwarg = "year_pk"
    crumb = "Thay đổi khối trưởng, khối phó"
    submit_label = confirm_label = "Ghi thay đổi"
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
        return reverse("changes:leader_list", args=(self.bloc_year.pk,))

    def effects(self, form):
        data, year = dict(form.cleaned_data), self.stored_year()
        found = self.new_facts(form, leader_facts(year))
        found += acts_staying(year, data, data["on"])
        return [*found, *posts_passing(year, data)] if found else []

    def try_change(self, form):
        return self.save(form, seen=form.cleaned_data["seen"])

    def save(self, form, *, seen):
        data = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        act = {name: data.pop(name) for name in ("on", "decision", "reason")}
        return change_leaders(self.object, actor=self.request.user, data=data, seen=seen, **act)
