"""Grounds of a bloc year: recorded with their paper, lifted with another one."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from blocs.criteria.models.table_files import disqualifiers_of
from blocs.criteria.models.tables_in_force import tables_in_force
from blocs.legal.models import marked_bases
from blocs.ranking.actions.grounds import CLOSED, lift_ground, record_ground, why_no_grounds
from blocs.ranking.domain.ground_words import effect_words
from blocs.ranking.forms import GroundForm, LiftForm
from blocs.ranking.models.grounds import Ground
from blocs.units.models import Unit
from blocs.years.views.pages import BlocYearPage, find_year
from thidua.common.pages.views import FormPage, ObjectFormPage, PagePermission
from thidua.common.vietnamese.dates import short_date

CRUMB = "Điều kiện loại, chưa xét khen"


@dataclass(frozen=True)
class GroundRow:
    """One ground as it is shown; `lift_url` is empty where nothing may be done."""

    unit: str
    name: str
    effect: str
    basis: str
    found: str
    lifted: str
    lift_basis: str
    lift_url: str


class GroundPages(BlocYearPage):
    """What the pages of grounds share: the words of the tables in force."""

    crumb = CRUMB

    @cached_property
    def in_force(self):
        return tables_in_force(self.bloc_year)

    def grounds(self):
        """The grounds of all tables in force by code; of a code in several the first words."""
        found = [row for table in self.in_force.tables for row in disqualifiers_of(table)]
        return {row.code: row for row in reversed(found)}

    def stated_ground(self, ground):
        """The ground as the table of its unit words it; None where that has it no more."""
        table = self.in_force.of(ground.unit_id)
        found = disqualifiers_of(table) if table else ()
        return next((row for row in found if row.code == ground.code), None)


class GroundList(GroundPages, PagePermission, TemplateView):
    """All grounds for the office and the people of the bloc; for a unit its own."""

    permission_required = "years.view_year"
    template_name = "ranking/grounds/list.html"

    def get_permission_object(self):
        return self.bloc_year

    def get_context_data(self, **kwargs):
        known, user, year = self.grounds(), self.request.user, self.bloc_year
        may_record = year.state not in CLOSED and user.has_perm("ranking.record_ground", year)
        found = year.grounds.visible_to(user).select_related("unit").order_by("-found_on", "-pk")
        return super().get_context_data(
            rows=[self.row(ground, user) for ground in found],
            known=self.stated(list(known.values())),
            may_record=bool(known) and may_record,
            **kwargs,
        )

    def stated(self, grounds):
        """Name, effect and basis of each ground of the table; the basis as it is for this year."""
        bases = marked_bases([row.legal_basis for row in grounds], self.bloc_year.named_on)
        return [
            (row.name, effect_words(row), basis) for row, basis in zip(grounds, bases, strict=True)
        ]

    def row(self, ground, user):
        ground.bloc_year = self.bloc_year
        stated = self.stated_ground(ground)
        may_lift = ground.lifted_on is None and user.has_perm("ranking.record_ground", ground)
        return GroundRow(
            unit=ground.unit.name,
            name=stated.name if stated else ground.code,
            effect=effect_words(stated) if stated else "",
            basis=ground.basis,
            found=short_date(ground.found_on),
            lifted=short_date(ground.lifted_on) if ground.lifted_on else "",
            lift_basis=ground.lift_basis,
            lift_url=reverse("ranking:ground_lift", args=(ground.pk,)) if may_lift else "",
        )


class GroundNew(GroundPages, FormPage):
    permission_required = "ranking.record_ground"
    form_class = GroundForm
    heading = "Ghi nhận điều kiện loại"
    submit_label = "Ghi nhận"
    success_message = "Đã ghi nhận."
    consequence = "Bảng xếp hạng tính lại ngay theo điều kiện này; việc ghi nhận lưu vào nhật ký."

    def get_permission_object(self):
        return self.bloc_year

    def get_closed(self):
        return super().get_closed() or why_no_grounds(self.bloc_year)

    def get_form_kwargs(self):
        units = Unit.objects.filter(years__bloc_year=self.bloc_year).order_by("years__order", "pk")
        grounds = [
            (row.code, f"{row.name} ({effect_words(row)})") for row in self.grounds().values()
        ]
        return super().get_form_kwargs() | {"units": units.distinct(), "grounds": grounds}

    def get_initial(self):
        return {"found_on": timezone.localdate()}

    def act(self, form):
        return record_ground(
            self.bloc_year,
            actor=self.request.user,
            today=timezone.localdate(),
            **form.cleaned_data,
        )

    def get_cancel_url(self):
        return reverse("ranking:ground_list", args=(self.bloc_year.pk,))


class GroundLift(GroundPages, ObjectFormPage):
    permission_required = "ranking.record_ground"
    see_permission = "ranking.view_ground"
    form_class = LiftForm
    submit_label = "Chấm dứt hiệu lực"
    success_message = "Đã ghi nhận việc chấm dứt."

    def get_bloc_year(self):
        user = self.request.user
        found = Ground.objects.visible_to(user).select_related("unit")
        self.ground = get_object_or_404(found, pk=self.kwargs["pk"])
        self.ground.bloc_year = find_year(user, self.ground.bloc_year_id)
        return self.ground.bloc_year

    def find_object(self):
        is_seen = self.request.user.has_perm(self.see_permission, self.ground)
        if not is_seen or self.ground.lifted_on is not None:
            raise Http404
        return self.ground

    def get_heading(self):
        stated = self.stated_ground(self.ground)
        return f"Chấm dứt: {stated.name if stated else self.ground.code} – {self.ground.unit}"

    def get_initial(self):
        return {"lifted_on": timezone.localdate()}

    def act(self, form):
        data = form.cleaned_data
        return lift_ground(
            self.ground,
            basis=data["lift_basis"],
            lifted_on=data["lifted_on"],
            today=timezone.localdate(),
            actor=self.request.user,
        )
