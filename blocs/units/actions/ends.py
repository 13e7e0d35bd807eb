"""How units end: dissolved, merged, split; and an end that was recorded by mistake."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from blocs.states import RUNNING_YEARS, MemberChangeKind
from blocs.units.domain.former_names import ONE_DAY
from blocs.units.models.blocs import Bloc, Membership
from blocs.units.models.ended import ended_memberships, heirs_of, memberships_taken
from blocs.units.models.units import NO_PAPER, Unit, UnitSuccession
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.registry import Registry
from thidua.common.vietnamese.dates import short_date

ONE_SIDE = (
    "Ghi từng việc: nhiều đơn vị sáp nhập vào một đơn vị, hoặc một đơn vị chia thành nhiều đơn vị."
)
ENDED = "{} thôi hoạt động từ {} nên không kế thừa được; hãy chọn đơn vị còn hoạt động ngày đó."
ENDED_ALREADY = (
    "Đơn vị đã được ghi thôi hoạt động; nếu ghi nhầm thì hủy lần ghi đó ở trang của đơn vị trước."
)
STANDS = "Đơn vị đang hoạt động, không có gì để hủy."
# What the years do when a unit ends or leaves a bloc: called with the unit and the act.
LEAVERS: Registry[Callable[..., None]] = Registry()
# What they do when its end is taken back: called before the memberships are opened again.
RETURNERS: Registry[Callable[..., None]] = Registry()


@transaction.atomic
def dissolve(unit: Unit, *, actor, on: date, decision: str, reason: str = "") -> Unit:
    """The unit works no more from that day, and nobody takes its place: it leaves all blocs."""
    require(actor, "units.manage_unit")
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.dissolved_on:
        raise ValidationError(ENDED_ALREADY)
    unit.dissolved_on, unit.end_decision = on, decision
    unit.full_clean()
    unit.save()
    kind = MemberChangeKind.DISSOLVED
    end_memberships(unit, on, decision)
    tell_leaving(unit, actor=actor, on=on, decision=decision, kind=kind, blocs=Bloc.objects.all())
    note = f"{decision}. {reason}".strip(". ") + "."
    record(actor, "units.dissolve", unit, label=f"Giải thể từ {short_date(on)}", note=note)
    return unit


def end_memberships(unit: Unit, on: date, decision: str) -> list[Membership]:
    """The open memberships of the unit, ended: the day before `on` is the last one inside."""
    found = list(unit.memberships.filter(ends_on=None))
    for membership in found:
        membership.ends_on, membership.end_decision = on - ONE_DAY, decision
        membership.full_clean()
        membership.save()
    return found


@transaction.atomic
def record_succession(
    unit: Unit, *, actor, successor: Unit, on: date, decision: str = "", moves_memberships: bool
) -> UnitSuccession:
    """Record that `unit` went into `successor` (merged, renamed, split) from that day.

    The old unit ends that day unless it ended before; the successor works on that day. With
    `moves_memberships` it takes the place in every bloc; without, the office ends the memberships
    one by one.
    """
    require(actor, "units.manage_unit")
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    refuse_successor(unit, successor, on)
    succession = UnitSuccession(predecessor=unit, successor=successor, on=on, decision=decision)
    succession.full_clean()
    succession.save()
    if unit.dissolved_on is None:
        unit.dissolved_on, unit.end_decision = on, decision
    unit.full_clean()
    unit.save()
    paper = decision or NO_PAPER
    # The years end and begin what is left of it, on days of their own.
    if moves_memberships:
        hand_memberships_on(unit, successor, on, paper)
    tell_leaving(
        unit,
        actor=actor,
        on=on,
        decision=paper,
        kind=MemberChangeKind.MERGED,
        blocs=Bloc.objects.all(),
        successor=successor,
        takes_place=moves_memberships,
    )
    label = f"Ghi kế thừa: {successor}"
    record(actor, "units.record_succession", unit, label=label, note=decision)
    return succession


def refuse_successor(unit: Unit, successor: Unit, on: date) -> None:
    """It works on that day, and did not go into the unit itself; ValidationError says which."""
    if UnitSuccession.objects.filter(predecessor=successor, successor=unit).exists():
        raise ValidationError({"successor": f"{successor} đã được ghi là đơn vị trước của {unit}."})
    if not successor.stands_on(on):
        ended = ENDED.format(successor, short_date(successor.dissolved_on))
        raise ValidationError({"successor": ended})


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


def hold_memberships(unit: Unit, heirs: Iterable[Unit]) -> None:
    """Nobody else writes where the unit and its heirs belong until the act is done."""
    rows = Membership.objects.filter(unit__in=[unit, *heirs]).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))


@transaction.atomic
def undo_end(unit: Unit, *, actor, reason: str) -> Unit:
    """Take back that the unit ended, recorded by mistake, with all its successions.

    It is in its blocs again, and in their running and planned years; a successor that came by it
    leaves them, unless it did something there since or came for another unit, too.
    """
    require(actor, "units.manage_unit")
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.dissolved_on is None:
        raise ValidationError(STANDS)
    on, heirs = unit.dissolved_on, heirs_of(unit)
    hold_memberships(unit, heirs)
    memberships_taken(unit).update(turn=None)
    for give_back in RETURNERS:
        give_back(unit, actor=actor, reason=reason)
    in_years = {"unit__years__bloc_year__state__in": RUNNING_YEARS, "unit__years__left_on": None}
    staying = memberships_taken(unit).filter(unit__years__bloc_year__bloc=F("bloc"), **in_years)
    memberships_taken(unit).exclude(pk__in=list(staying.values_list("pk", flat=True))).delete()
    for membership in ended_memberships(unit).order_by("-pk"):
        if not unit.memberships.filter(bloc=membership.bloc_id, ends_on=None).exists():
            membership.ends_on, membership.end_decision = None, ""
            membership.full_clean()
            membership.save()
    unit.successions.all().delete()
    unit.dissolved_on, unit.end_decision = None, ""
    unit.save()
    what = f"kế thừa ({', '.join(map(str, heirs))})" if heirs else "giải thể"
    label = f"Hủy ghi nhận {what} từ {short_date(on)}"
    record(actor, "units.undo_end", unit, label=label, note=reason)
    return unit
