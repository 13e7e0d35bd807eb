"""Groups of units of a bloc year: named, filled, removed, carried into the next year."""

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from blocs.criteria.models.bindings import bound_by
from blocs.criteria.models.groups import GroupedMember, UnitGroup
from blocs.criteria.models.tables_in_force import group_keys, tables_in_force
from blocs.criteria.workflows import CLOSED_YEARS
from blocs.states import TableState
from blocs.units.models import Unit
from blocs.years.actions.years import COPIERS
from blocs.years.models import BlocYear
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.changes import change_of
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken
from thidua.common.vietnamese.text import nfc

CLOSED = "Năm thi đua đã xếp hạng, không đổi nhóm đơn vị được nữa."
NO_NAME = "Vui lòng ghi tên nhóm."
STRANGERS = "Có đơn vị không phải là thành viên của năm thi đua này."
HAS_REPORT = "{units} đã lập báo cáo theo bảng chấm điểm đang áp dụng nên không đổi nhóm được."
BOUND = (
    "{units} đang được chấm theo bảng chấm điểm đã ban hành. {why} Từ đó không đổi nhóm; cần thay "
    "đổi nội dung chấm thì sửa đổi bảng bằng bản sửa đổi có số."
)
NAME_BOUND = (
    "Bảng chấm điểm của nhóm đang áp dụng và tên nhóm đã có trong văn bản được ký, nên không đổi "
    "tên nhóm nữa. {why}"
)
HAS_TABLE = "Nhóm đã có bảng chấm điểm nên không xóa được; có thể đưa các đơn vị ra khỏi nhóm."


@transaction.atomic
def save_group(
    bloc_year: BlocYear,
    *,
    group: UnitGroup | None = None,
    name: str,
    units: Collection[Unit],
    actor: User,
    seen: str | None = None,
) -> UnitGroup:
    """Name a group and say which members are in it; a unit of another group moves into this one.

    Refused (ValidationError) once the year is ranked, and for a unit whose table would become
    another one after it has begun its report or the table binds (`bound_by`). A unit that has no
    table yet, as one that joined late, may be put into a group until the ranking.
    """
    require(actor, "years.manage_year", bloc_year)
    year, name, wanted = _open(bloc_year), nfc(name).strip(), {unit.pk for unit in units}
    group = UnitGroup.objects.get(pk=group.pk) if group else UnitGroup(bloc_year=year)
    if not name:
        raise ValidationError({"name": NO_NAME})
    stored, before = group_words(group), _units_of(group)
    typed = {"name": name, "units": _unit_words(units)}
    if stored == typed:
        return group
    _refuse(year, group, name, before ^ wanted, wanted)
    refuse_overtaken(year, "criteria.save_group", seen=seen, stored=stored, typed=typed)
    return _keep(year, group, name, wanted, (stored, typed), actor)


def _open(bloc_year: BlocYear) -> BlocYear:
    """The year locked for a change of its groups; refused once it is ranked."""
    year = BlocYear.objects.select_for_update(of=("self",)).get(pk=bloc_year.pk)
    if year.state in CLOSED_YEARS:
        raise ValidationError(CLOSED)
    return year


def _refuse(
    year: BlocYear, group: UnitGroup, name: str, moved: Collection[int], wanted: Collection[int]
) -> None:
    """Everything that forbids this change, in one go."""
    members = set(year.members.values_list("unit_id", flat=True))
    if not set(wanted) <= members:
        raise ValidationError({"units": STRANGERS})
    if reasons := move_refusals(year, moved):
        raise ValidationError({"units": reasons})
    why = bound_by(year) if group.pk and group.name != name else []
    if why and group.tables.filter(state=TableState.PUBLISHED).exists():
        raise ValidationError({"name": NAME_BOUND.format(why=" ".join(why))})


def move_refusals(year: BlocYear, units: Collection[int]) -> list[str]:
    """Why units may not be scored by another table any more; empty where all of them may."""
    begun = Unit.objects.filter(pk__in=year.reports.filter(unit__in=units).values("unit"))
    in_force, why = tables_in_force(year), bound_by(year)
    bound = Unit.objects.filter(pk__in=[pk for pk in units if in_force.of(pk)] if why else [])
    found = []
    if begun:
        found.append(HAS_REPORT.format(units=_unit_words(begun)))
    elif bound:
        found.append(BOUND.format(units=_unit_words(bound), why=" ".join(why)))
    return found


def _keep(
    year: BlocYear,
    group: UnitGroup,
    name: str,
    wanted: Collection[int],
    words: tuple[dict[str, str], dict[str, str]],
    actor: User,
) -> UnitGroup:
    """Write the group and the places of its members, and tell the log book of the year."""
    if group.pk is None:
        group.order = (year.unit_groups.aggregate(last=Max("order"))["last"] or 0) + 1
    group.name = name
    group.full_clean()
    group.save()
    group.grouped.exclude(member__unit__in=wanted).delete()
    for member in year.members.filter(unit__in=wanted):
        GroupedMember.objects.update_or_create(member=member, defaults={"group": group})
    stored, typed = words
    changes = [
        *change_of("tên nhóm", stored["name"], typed["name"]),
        *change_of(f"đơn vị của nhóm {name}", stored["units"], typed["units"]),
    ]
    record(actor, "criteria.save_group", year, label=f"Nhóm đơn vị “{name}”", changes=changes)
    return group


@transaction.atomic
def remove_group(group: UnitGroup, *, actor: User) -> None:
    """Take a group out of its year; its units are outside every group from then on.

    Refused once the year is ranked, and for a group for which a table was begun.
    """
    require(actor, "years.manage_year", group.bloc_year)
    year = _open(group.bloc_year)
    if group.tables.exists():
        raise ValidationError(HAS_TABLE)
    words = group_words(group)
    changes = change_of(f"đơn vị của nhóm {group}", words["units"], "")
    group.delete()
    label = f"Xóa nhóm đơn vị “{words['name']}”"
    record(actor, "criteria.remove_group", year, label=label, changes=changes)


def group_words(group: UnitGroup) -> dict[str, str]:
    """Name and units of the group as they are stored now, in words."""
    return {"name": group.name, "units": _unit_words(Unit.objects.filter(pk__in=_units_of(group)))}


def _units_of(group: UnitGroup) -> set[int]:
    found = group.grouped.values_list("member__unit_id", flat=True) if group.pk else ()
    return set(found)


def _unit_words(units: Iterable[Unit]) -> str:
    return "; ".join(unit.name for unit in sorted(units, key=lambda unit: unit.pk))


@COPIERS.add
def copy_groups(last: BlocYear, planned: BlocYear) -> None:
    """The groups of last year and who was in them, as far as they are members of the new one."""
    members = {member.unit_id: member for member in planned.members.all()}
    copies = {
        group.pk: UnitGroup(bloc_year=planned, name=group.name, order=group.order)
        for group in last.unit_groups.all()
    }
    UnitGroup.objects.bulk_create(copies.values())
    GroupedMember.objects.bulk_create(
        GroupedMember(member=members[unit], group=copies[group])
        for unit, group in group_keys(last).items()
        if unit in members
    )
