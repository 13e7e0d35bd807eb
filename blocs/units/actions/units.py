"""What the province office does with units."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.states import MemberChangeKind
from blocs.units.domain.former_names import ONE_DAY
from blocs.units.models.blocs import Bloc, Membership
from blocs.units.models.units import Unit, UnitSuccession
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.registry import Registry
from thidua.common.stamps import overwrite
from thidua.common.vietnamese.text import tone_key

ONE_SIDE = (
    "Ghi từng việc: nhiều đơn vị sáp nhập vào một đơn vị, hoặc một đơn vị chia thành nhiều đơn vị."
)
NAMES_APART = (
    "Tên không sửa ở đây: dùng «Đổi tên» khi có tên mới từ một ngày, «Sửa lỗi chính tả trong tên» "
    "khi tên bị viết sai."
)
# What the running years do when a unit ends or leaves a bloc: called with the unit and the act.
LEAVERS: Registry[Callable[..., None]] = Registry()


@transaction.atomic
def create_unit(*, actor, data: Mapping) -> Unit:
    """Enter a new unit. Refused when a standing unit already bears the same name."""
    require(actor, "units.manage_unit")
    unit = Unit(**data)
    unit.full_clean()
    refuse_second_name(unit)
    unit.save()
    record(actor, "units.create_unit", unit, label="Thêm đơn vị")
    return unit


@transaction.atomic
def edit_unit(unit: Unit, *, actor, data: Mapping, seen: str | None = None) -> Unit:
    """Write the facts of a unit beside its names, which are dated: see `rename`, `correct_name`."""
    require(actor, "units.manage_unit")
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    refuse_names(unit, data)
    ended = unit.dissolved_on
    changes = overwrite(unit, data, "units.edit_unit", seen=seen)
    if not changes:
        return unit
    unit.full_clean()
    unit.save()
    record(actor, "units.edit_unit", unit, label="Sửa thông tin đơn vị", changes=changes)
    if unit.dissolved_on and unit.dissolved_on != ended:
        let_go(unit, actor=actor, on=unit.dissolved_on)
    return unit


def let_go(unit: Unit, *, actor, on: date) -> None:
    """A unit that works no more from that day leaves all blocs and their years."""
    end_memberships(unit, on, "")
    kind = MemberChangeKind.DISSOLVED
    tell_leaving(unit, actor=actor, on=on, decision="", kind=kind, blocs=Bloc.objects.all())


def end_memberships(unit: Unit, on: date, decision: str) -> list[Membership]:
    """The open memberships of the unit, ended: the day before `on` is the last one inside."""
    found = list(unit.memberships.filter(ends_on=None))
    for membership in found:
        membership.ends_on, membership.end_decision = on - ONE_DAY, decision
        membership.full_clean()
        membership.save()
    return found


def refuse_names(named: Unit | Bloc, data: Mapping) -> None:
    """A name is never overwritten: earlier years are called by the name of then."""
    written = [name for name in named.NAMES if name in data and data[name] != getattr(named, name)]
    if written:
        raise ValidationError(NAMES_APART)


def refuse_second_name(unit: Unit) -> None:
    """Two spellings of one name («ủy», «uỷ») are one unit; ValidationError names the other."""
    key = tone_key(unit.name)
    for other in Unit.objects.standing().exclude(pk=unit.pk):
        if tone_key(other.name) == key:
            raise ValidationError(
                {"name": f"Đã có đơn vị mang tên này: {other.name} (mã {other.code})."}
            )


@transaction.atomic
def record_succession(
    unit: Unit, *, actor, successor: Unit, on: date, decision: str = "", moves_memberships: bool
) -> UnitSuccession:
    """Record that `unit` went into `successor` (merged, renamed, split) from that day.

    The old unit ends that day unless it ended before. With `moves_memberships` the successor
    takes its place in every bloc; without, the office ends the memberships one by one.
    """
    require(actor, "units.manage_unit")
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if UnitSuccession.objects.filter(predecessor=successor, successor=unit).exists():
        raise ValidationError({"successor": f"{successor} đã được ghi là đơn vị trước của {unit}."})
    succession = UnitSuccession(predecessor=unit, successor=successor, on=on, decision=decision)
    succession.full_clean()
    succession.save()
    unit.dissolved_on = unit.dissolved_on or on
    unit.full_clean()
    unit.save()
    tell_leaving(
        unit,
        actor=actor,
        on=on,
        decision=decision,
        kind=MemberChangeKind.MERGED,
        blocs=Bloc.objects.all(),
        successor=successor,
        takes_place=moves_memberships,
    )
    if moves_memberships:
        hand_memberships_on(unit, successor, on, decision)
    label = f"Ghi kế thừa: {successor}"
    record(actor, "units.record_succession", unit, label=label, note=decision)
    return succession


def tell_leaving(unit: Unit, **act) -> None:
    """The running years of these blocs learn that the unit leaves them, and how."""
    for follow in LEAVERS:
        follow(unit, **act)


def hand_memberships_on(unit: Unit, successor: Unit, on: date, decision: str) -> None:
    """The successor stands in each bloc that the old unit leaves that day, once, in its turn."""
    end_memberships(unit, on, decision)
    for left in unit.memberships.filter(ends_on=on - ONE_DAY).select_related("bloc"):
        place = {"bloc": left.bloc, "unit": successor}
        if not Membership.objects.filter(ends_on=None, **place).exists():
            taken = Membership(starts_on=on, decision=decision, turn=left.turn, **place)
            taken.full_clean()
            taken.save()


@transaction.atomic
def reorganise(
    before: Sequence[Unit],
    after: Sequence[Unit],
    *,
    actor,
    on: date,
    decision: str,
    moves_memberships: bool,
) -> Unit:
    """Several units go into one, or one into several: every succession of it, or none.

    Of a unit that is split the first successor takes over its posts. Returns the first successor.
    """
    require(actor, "units.manage_unit")
    if min(len(before), len(after)) != 1:
        raise ValidationError(ONE_SIDE)
    for unit in before:
        for successor in after:
            record_succession(
                unit,
                actor=actor,
                successor=successor,
                on=on,
                decision=decision,
                moves_memberships=moves_memberships,
            )
    return after[0]
