"""Groups of units of a bloc year: who is in which, and which table each is scored by."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import TemplateView

from blocs.criteria.actions.groups import CLOSED, group_words, remove_group, save_group
from blocs.criteria.forms.groups import UnitGroupForm
from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.groups import UnitGroup
from blocs.criteria.models.tables_in_force import group_keys
from blocs.criteria.views.tables import new_url
from blocs.criteria.workflows import CLOSED_YEARS
from blocs.states import TONES, TableState
from blocs.units.models import Unit
from blocs.years.domain.taking_part import Duty
from blocs.years.models import BlocYear
from blocs.years.models.changes import members_owing
from blocs.years.views.pages import BlocYearPage, find_year
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import FormPage, ObjectFormPage, ObjectMixin, PagePermission, refuse
from thidua.common.vietnamese.numbers import format_trimmed

CRUMB = "Nhóm đơn vị"
COMMON = "Các đơn vị không thuộc nhóm nào"


@dataclass(frozen=True)
class UnitGroupRow:
    """One group with its units and its table; `lack` says what a unit in it still waits for."""

    name: str
    units: tuple[str, ...]
    maximum: str
    table: ScoringTable | None
    state: str
    tone: str
    lack: str
    edit_url: str = ""
    new_url: str = ""


class GroupPages(BlocYearPage):
    """What the pages of groups share: the year and its path."""

    crumb = CRUMB
    permission_required = "years.manage_year"

    def get_permission_object(self):
        return self.bloc_year

    def get_home(self):
        return reverse("criteria:unit_group_list", args=(self.bloc_year.pk,))


class UnitGroupList(GroupPages, PagePermission, TemplateView):
    """The groups of a year beside their tables, and who has none yet."""

    permission_required = "criteria.view_table"
    template_name = "criteria/groups.html"

    def get_context_data(self, **kwargs):
        user, year = self.request.user, self.bloc_year
        is_open = year.state not in CLOSED_YEARS
        self.may_manage = is_open and user.has_perm("years.manage_year", year)
        self.may_draft = is_open and user.has_perm("criteria.draft_table", year)
        groups = list(year.unit_groups.all())
        return super().get_context_data(
            rows=self.get_rows(groups) if groups else [], may_manage=self.may_manage, **kwargs
        )

    def get_rows(self, groups):
        """Every group, then the units outside all of them where there are any."""
        found = ScoringTable.objects.filter(bloc_year=self.bloc_year).order_by("version")
        spoken = {}
        for table in sorted(found, key=lambda row: row.state == TableState.PUBLISHED):
            spoken[table.group_id] = table
        keys, units = group_keys(self.bloc_year), {}
        for member in members_owing(self.bloc_year, Duty.REPORT):
            units.setdefault(keys.get(member.unit_id), []).append(member.unit.name)
        rows = [self.row(group, group.name, units, spoken) for group in groups]
        outside = None in units or None in spoken
        return [*rows, self.row(None, COMMON, units, spoken)] if outside else rows

    def row(self, group, name, units, spoken):
        key = group.pk if group else None
        table, own = spoken.get(key), tuple(units.get(key, ()))
        in_force = table is not None and table.state == TableState.PUBLISHED
        return UnitGroupRow(
            name=name,
            units=own,
            maximum=format_trimmed(table.total_max, 4) if table else "",
            table=table,
            state=table.get_state_display() if table else "Chưa có bảng",
            tone=TONES[table.state] if table else "draft",
            lack=lack_words(key, own) if own and not in_force else "",
            edit_url=reverse("criteria:unit_group_edit", args=(key,))
            if group and self.may_manage
            else "",
            new_url=new_url(self.bloc_year, key) if self.may_draft and table is None else "",
        )


def lack_words(group, units):
    """What has to be done before these units can begin their reports."""
    ways = "ban hành bảng chấm điểm của nhóm" if group else "xếp nhóm hoặc ban hành bảng chung"
    return f"{len(units):02d} đơn vị chưa có bảng để chấm: cần {ways}."


def choice_words(unit, group):
    """A unit to tick, and from which other group the tick would take it."""
    return f"{unit.name} (đang ở nhóm “{group}”)" if group else unit.name


class GroupForms(GroupPages, SecondWriter):
    """A group is written with the one form, whether it is new or not."""

    form_class = UnitGroupForm
    submit_label = "Lưu nhóm đơn vị"
    success_message = "Đã lưu nhóm đơn vị."
    consequence = (
        "Mỗi nhóm có bảng chấm điểm riêng. Khi bảng của nhóm đã ràng buộc đơn vị (đã ký giao ước, "
        "đã lập báo cáo) thì đơn vị không đổi nhóm nữa."
    )
    group = None

    def get_closed(self):
        return CLOSED if self.bloc_year.state in CLOSED_YEARS else ""

    def get_form_kwargs(self):
        year = self.bloc_year
        members = Unit.objects.filter(years__bloc_year=year).order_by("years__order", "pk")
        others = year.unit_groups.exclude(pk=self.group.pk if self.group else None)
        grouped = dict(others.values_list("grouped__member__unit_id", "name"))
        units = (member.unit for member in year.members.select_related("unit"))
        labels = {unit.pk: choice_words(unit, grouped.get(unit.pk)) for unit in units}
        return super().get_form_kwargs() | {"members": members, "labels": labels}

    def get_words(self):
        return group_words(self.group or UnitGroup(bloc_year=self.bloc_year))

    def save(self, form, *, seen):
        return save_group(
            self.bloc_year,
            group=self.group,
            name=form.cleaned_data["name"],
            units=form.cleaned_data["units"],
            actor=self.request.user,
            seen=seen,
        )

    def get_success_url(self):
        return self.get_home()

    def get_breadcrumbs(self):
        crumbs = super().get_breadcrumbs()
        return [*crumbs[:-1], (CRUMB, self.get_home()), (self.get_heading(), None)]


class UnitGroupNew(GroupForms, FormPage):
    heading = "Thêm nhóm đơn vị"


class UnitGroupEdit(GroupForms, ObjectFormPage):
    template_name = "criteria/group_form.html"

    def get_bloc_year(self):
        user = self.request.user
        seen = UnitGroup.objects.filter(bloc_year__in=BlocYear.objects.visible_to(user))
        self.group = get_object_or_404(seen, pk=self.kwargs["pk"])
        return find_year(user, self.group.bloc_year_id)

    def find_object(self):
        return self.group

    def get_heading(self):
        return f"Nhóm “{self.group}”"

    def get_context_data(self, **kwargs):
        return super().get_context_data(group=self.group, **kwargs)

    def get_initial(self):
        units = self.group.grouped.values_list("member__unit_id", flat=True)
        return {"name": self.group.name, "units": list(units)}


class UnitGroupRemove(GroupPages, ObjectMixin, View):
    """A group is taken out of its year."""

    http_method_names = ("post",)
    get_bloc_year = UnitGroupEdit.get_bloc_year
    find_object = UnitGroupEdit.find_object

    def post(self, request, *args, **kwargs):
        try:
            remove_group(self.group, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
            return redirect("criteria:unit_group_edit", self.group.pk)
        messages.success(request, "Đã xóa nhóm đơn vị.")
        return redirect(self.get_home())
