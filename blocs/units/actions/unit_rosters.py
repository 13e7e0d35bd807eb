"""Many units at once, from a list that the office pasted or uploaded: all of them or none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.units.actions.blocs import join
from blocs.units.actions.rosters import RosterPlan
from blocs.units.actions.units import names_on_record, new_unit, usual_letterhead
from blocs.units.domain.rosters import read_roster
from blocs.units.domain.unit_rosters import (
    UNIT_COLUMNS,
    KnownUnit,
    KnownUnits,
    RosterUnit,
    unit_lines,
)
from blocs.units.models.blocs import Bloc
from blocs.units.models.units import Unit
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.vietnamese.numbers import two_digits

FACTS = ("short_name", "superior", "leader_title", "address")
CHANGED = (
    "Danh mục đơn vị hoặc khối đã thay đổi từ khi xem trước, nên chưa ghi gì. Hãy xem lại bản xem "
    "trước rồi xác nhận."
)
NOTHING_NEW = "Mọi đơn vị trong danh sách đã có trong phần mềm; không có gì để ghi."


def plan_units(text: str, *, is_alike: bool = False) -> RosterPlan:
    """What would become of each line of the list; nothing is written."""
    roster = read_roster(text, UNIT_COLUMNS)
    return RosterPlan(roster, unit_lines(roster, units_on_record(), is_alike=is_alike))


def units_on_record() -> KnownUnits:
    """The catalogue as a list is held against it; two queries."""
    today = timezone.localdate()
    units = [
        KnownUnit(
            code=unit.code,
            name=unit.name,
            names=unit.other_names,
            facts={name: getattr(unit, name) for name in FACTS},
            is_standing=unit.stands_on(today),
        )
        for unit in Unit.objects.for_list()
    ]
    return KnownUnits(units, dict(Bloc.objects.order_by("pk").values_list("code", "is_active")))


@transaction.atomic
def import_units(text: str, *, actor: User, shown: str, is_alike: bool = False) -> list[Unit]:
    """Enter the new units of a list and let them join their blocs, or nothing at all.

    ValidationError with a sentence for each wrong line, or where the preview marked `shown` would
    say something else now. What is on record already stays as it is.
    """
    require(actor, "units.manage_unit")
    require(actor, "units.manage_bloc")
    plan = plan_units(text, is_alike=is_alike)
    plan.refuse(shown, nothing=NOTHING_NEW, changed=CHANGED)
    made, joined = _enter(plan.new)
    label = f"Nhập {two_digits(len(made))} đơn vị từ danh sách"
    note = "; ".join(unit.name for unit in made)
    record(actor, "units.import_units", made[0], label=label, note=note)
    for bloc, units in joined.items():
        label = f"Thêm {two_digits(len(units))} thành viên từ danh sách"
        note = "; ".join(unit.name for unit in units)
        record(actor, "units.import_units", bloc, label=label, note=note)
    return made


def _enter(lines: Sequence[RosterUnit]) -> tuple[list[Unit], Mapping[Bloc, list[Unit]]]:
    """The units, and who joined which bloc; ValidationError names the line of each refusal."""
    blocs = {bloc.code: bloc for bloc in Bloc.objects.all()}
    names, made, reasons = names_on_record(), [], []
    joined: dict[Bloc, list[Unit]] = defaultdict(list)
    for line in lines:
        try:
            made.append(unit := new_unit(unit_data(line), names))
            if line.bloc and line.starts_on:
                join(blocs[line.bloc], unit, line.starts_on, "")
                joined[blocs[line.bloc]].append(unit)
        except ValidationError as error:
            reasons += [f"Dòng {line.number}: {reason}" for reason in error.messages]
    if reasons:
        raise ValidationError(reasons)
    return made, joined


def unit_data(line: RosterUnit) -> dict[str, str]:
    """The fields of the unit that a line makes; what it leaves out is as of any new unit."""
    given = {name: line.data[name] for name in ("code", "name", *FACTS) if line.data.get(name)}
    return given | {"letterhead": usual_letterhead(line.data["name"])}
