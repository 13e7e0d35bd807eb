"""Numbered changes of the members of a running year: the one way in, out and aside."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.states import RUNNING_YEARS, MemberChangeKind, YearState
from blocs.units.actions.ends import LEAVERS
from blocs.units.models import Bloc, Unit
from blocs.units.models.leaving import Place
from blocs.years.actions.leaders import change_leaders
from blocs.years.actions.standing_members import let_membership_follow
from blocs.years.domain.rule_words import leader_page, leader_words
from blocs.years.domain.taking_part import (
    COMING,
    LEAVING,
    YearPart,
    change_refusals,
    day_refusals,
    kind_for,
    part_after,
)
from blocs.years.models.changes import (
    HEIR,
    MemberChange,
    MemberChangeReading,
    cancel_refusals,
    counterpart_refusal,
    member_of,
)
from blocs.years.models.frozen_rules import archived_words
from blocs.years.models.leaderships import led_until, post_of
from blocs.years.models.members.differences import differences
from blocs.years.models.members.holdings import (
    WHY_TWO,
    has_to_leave,
    papers_of,
    signed_at,
    sitting_elsewhere,
)
from blocs.years.models.years import BlocYear, YearMember
from thidua.common.activity import record
from thidua.common.changes import change_of
from thidua.common.permissions import require
from thidua.common.registry import Registry
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.dates import moment_words, short_date
from thidua.common.vietnamese.numbers import two_digits

K = MemberChangeKind
HAS_SIGNED = (
    "{} đã ký giao ước lúc {}. Đơn vị đã ký thì không ghi “không tham gia ký”; đơn vị thôi thi đua "
    "từ một ngày thì ghi “thôi tham gia”."
)
NO_DIFFERENCE = (
    "Thành phần của năm và danh sách thành viên không khác nhau về đơn vị này, không có gì để giữ "
    "nguyên."
)
DECIDED = (
    "Năm thi đua đã có quyết định khen thưởng nên thành phần không thay đổi nữa; ghi thay đổi vào "
    "năm sau."
)
WHOLE, NONE = "tham gia cả năm", "không tham gia"
ONE_DAY = timedelta(days=1)
# What higher apps do when the members of a year have changed: called with the year.
FOLLOWERS: Registry[Callable[[BlocYear], None]] = Registry()


@transaction.atomic
def record_change(
    bloc_year: BlocYear,
    *,
    actor,
    kind: str,
    unit: Unit,
    on: date,
    decision: str,
    reason: str = "",
    counterpart: Unit | None = None,
    to_bloc: Bloc | None = None,
    is_outside: bool = False,
    second_reason: str = "",
) -> MemberChange:
    """Record a change of the members of a running year under the next number.

    `on` is the first day on which it holds, one of the year and its papers. What the unit signed
    and sent before stays; who joins a year that it has left comes back to it. Who moves goes to
    `to_bloc`, or outside the province; who is compared in another bloc of the year comes with a
    `second_reason` alone. Refused before the opening (the members page is open then)
    and once the year is decided.
    """
    require(actor, "years.change_members", bloc_year)
    bloc_year = running(bloc_year)
    if reasons := day_refusals(on, bloc_year.begins_on, bloc_year.last_paper_on):
        raise ValidationError({"on": reasons})
    part = part_of(bloc_year, unit)
    kind = kind_for(kind, part)
    if reasons := change_refusals(kind, on, part):
        raise ValidationError(reasons)
    if words := counterpart_refusal(kind, counterpart, on):
        raise ValidationError({"counterpart": words})
    refuse_kind(bloc_year, unit, kind, on)
    if kind in COMING and not second_reason:
        refuse_second_bloc(bloc_year, unit, on)
    change = MemberChange(bloc_year=bloc_year, kind=kind, unit=unit, on=on, decision=decision)
    change.reason, change.counterpart = reason, counterpart
    change.to_bloc, change.is_outside = to_bloc, is_outside
    change.second_reason = second_reason
    return keep_change(change, actor=actor)


def refuse_second_bloc(bloc_year: BlocYear, unit: Unit, on: date) -> None:
    """A unit is compared in one bloc a year; to be in two needs a reason of its own."""
    if sitting := sitting_elsewhere(bloc_year, unit, on):
        raise ValidationError({"second_reason": [*sitting, WHY_TWO]})


def refuse_kind(bloc_year: BlocYear, unit: Unit, kind: str, on: date) -> None:
    """What a unit holds or did may speak against this kind of change."""
    if kind in LEAVING:
        refuse_leader_to_leave(bloc_year, unit, on)
    if kind == K.NOT_SIGNING and (signed := signed_at(bloc_year, unit)):
        raise ValidationError(HAS_SIGNED.format(unit, moment_words(signed)))
    if kind == K.KEPT and unit.pk not in {one.unit.pk for one in differences(bloc_year)}:
        raise ValidationError(NO_DIFFERENCE)


def keep_change(change: MemberChange, *, actor) -> MemberChange:
    """Number the change, write what follows for the member, tell the log book and the followers."""
    year, unit = change.bloc_year, change.unit
    change.number, change.recorded_by = year.member_changes.count() + 1, actor
    change.recorded_at = timezone.now()
    change.full_clean()
    before, part = standing_words(year, unit), part_of(year, unit)
    kind = in_words_of(year.bloc.word, change.get_kind_display())
    change.save()
    about = change.cancels or change
    if about.kind != K.KEPT:
        write_part(year, unit)
        let_membership_follow(year, unit, part, part_of(year, unit), about.decision)
    record(
        actor,
        "years.change_members",
        year,
        label=f"Thay đổi thành phần số {two_digits(change.number)}: {unit}",
        note=f"{kind[:1].upper()}{kind[1:]}. {change.decision}. {change.reason}".strip(". ") + ".",
        changes=change_of(unit.name, before, standing_words(year, unit)),
    )
    for follow in FOLLOWERS:
        follow(year)
    return change


def standing_words(bloc_year: BlocYear, unit: Unit) -> str:
    """How the unit stands in the year now, in words for the log book."""
    member = member_of(bloc_year, unit)
    if member is None:
        return NONE
    return member.part_words or WHOLE


def part_of(bloc_year: BlocYear, unit: Unit) -> YearPart | None:
    """The days between which the unit takes part now; None where it is no member."""
    member = member_of(bloc_year, unit)
    return member.part if member else None


def write_part(bloc_year: BlocYear, unit: Unit) -> None:
    """The days of the member as all its changes make them; one that joins gets its line."""
    rows = bloc_year.member_changes.filter(unit=unit).select_related("cancels")
    part = part_after(row.value for row in rows)
    member = member_of(bloc_year, unit)
    if part is None:
        drop_member(bloc_year, unit)
        return
    if member is None:
        last = bloc_year.members.order_by("-order").values_list("order", flat=True).first()
        member = YearMember(bloc_year=bloc_year, unit=unit, order=(last or 0) + 1)
    member.part = part
    member.save()


def drop_member(bloc_year: BlocYear, unit: Unit) -> None:
    """The line of a unit that never took part; refused where it has papers of the year."""
    if said := papers_of(bloc_year, unit):
        raise ValidationError(
            f"{unit} đã có {', '.join(said)} trong năm; hãy ghi “thôi tham gia” thay vì hủy."
        )
    bloc_year.members.filter(unit=unit).delete()


@transaction.atomic
def cancel_change(change: MemberChange, *, actor, reason: str) -> MemberChange:
    """Take a change back by a later one with its reason; both stay on record.

    A unit whose joining is taken back leaves the list of members.
    """
    require(actor, "years.change_members", change.bloc_year)
    year = running(change.bloc_year)
    if reasons := cancel_refusals(change):
        raise ValidationError(reasons)
    if change.kind in COMING:
        refuse_leader_to_leave(year, change.unit, change.on)
    back = MemberChange(
        bloc_year=year,
        kind=K.CANCELLED,
        unit=change.unit,
        on=change.on,
        decision=f"Hủy thay đổi số {two_digits(change.number)}",
        reason=reason,
        cancels=change,
    )
    return keep_change(back, actor=actor)


@transaction.atomic
def read_member_change(change: MemberChange, *, actor) -> MemberChange:
    """A person of the year has taken note of the change; a second time changes nothing."""
    require(actor, "years.take_note", change.bloc_year)
    _, is_new = MemberChangeReading.objects.get_or_create(change=change, user=actor)
    if is_new:
        action, label = "years.read_member_change", "Đã xem thay đổi thành phần"
        record(actor, action, change, label=label)
    return change


def refuse_leader_to_leave(bloc_year: BlocYear, unit: Unit, on: date) -> None:
    """Somebody always leads the year: another unit takes the post before its holder leaves.

    Nobody led the bloc from outside: who led it leaves on the day it gave the post up, or later.
    """
    for field, words in leader_words(bloc_year.bloc.word).items():
        if getattr(bloc_year, f"{field}_id") == unit.pk:
            raise ValidationError(
                f"{unit} đang là {words.lower()} của {bloc_year}; hãy ghi đơn vị khác, hoặc để "
                f"khuyết, ở trang {leader_page(bloc_year.bloc.word)} trước."
            )

    until = led_until(bloc_year, unit)
    if until and on < until:
        last, first = short_date(until - ONE_DAY), short_date(until)
        raise ValidationError(
            {
                "on": f"{unit} lãnh đạo {bloc_year} đến hết ngày {last}; ngày thay đổi phải từ "
                f"{first} trở đi."
            }
        )


def why_not_running(bloc_year: BlocYear) -> str:
    """Why the members of the year do not change by numbered changes; empty while they do."""
    if bloc_year.state == YearState.PLANNED:
        return "Năm thi đua chưa mở: sửa thẳng ở trang Thành phần."
    return "" if bloc_year.state in RUNNING_YEARS else archived_words(bloc_year) or DECIDED


def running(bloc_year: BlocYear) -> BlocYear:
    """The row as it is now, locked; refused where members do not change by numbered changes."""
    year = BlocYear.objects.select_for_update(of=("self",)).get(pk=bloc_year.pk)
    if words := why_not_running(year):
        raise ValidationError(words)
    return year


@LEAVERS.add
def leave_running_years(
    unit: Unit,
    *,
    actor,
    on: date,
    decision: str,
    blocs: Iterable[Bloc],
    kind: str,
    successor: Unit | None = None,
    takes_place: bool = False,
    place: Place | None = None,
) -> None:
    """What the catalogue of units and blocs says of a unit, in the running years it takes part in.

    With `takes_place` the successor becomes a member from that day and takes over the posts;
    `place` is where a unit goes that moves.
    """
    rows = YearMember.objects.filter(unit=unit, bloc_year__state__in=RUNNING_YEARS)
    for member in rows.filter(bloc_year__bloc__in=blocs).select_related("bloc_year__bloc"):
        year = member.bloc_year
        # Who was gone before the year began takes no part in it; the year itself begins that day.
        day = max(on, year.begins_on)
        if not has_to_leave(year, unit, day) or member.left_on not in (None, day):
            continue
        said = {"actor": actor, "on": day, "decision": decision}
        if successor and takes_place:
            take_place(year, unit, successor, **said)
        # A unit that is split leaves once, and each of its successors comes.
        if not member.left_on:
            where = {"to_bloc": place.bloc, "is_outside": place.is_outside} if place else {}
            record_change(year, kind=kind, unit=unit, counterpart=successor, **where, **said)


def take_place(
    year: BlocYear, unit: Unit, successor: Unit, *, actor, on: date, decision: str
) -> None:
    """The successor joins, or comes back, where the year is not over, and takes the post."""
    heir = member_of(year, successor)
    if heir is None or (heir.left_on and heir.left_on < on):
        # A school year goes on in the next one.
        if on.year > year.year + year.is_school_year:
            return
        reason = f"{HEIR} {unit}"
        record_change(
            year,
            actor=actor,
            kind=K.JOINED,
            unit=successor,
            on=on,
            decision=decision,
            reason=reason,
            # It comes by the paper of the merger, wherever else it is compared.
            second_reason=reason if sitting_elsewhere(year, successor, on) else "",
        )
    if post := post_of(year, unit):
        # A unit holds one post: what the successor cannot take becomes vacant.
        holder = None if post_of(year, successor) else successor
        is_vacant = post == "head" and holder is None
        data = {post: holder} | ({"head_is_acting": False} if is_vacant else {})
        taken = {"decision": decision, "reason": f"{HEIR} {unit}"}
        change_leaders(year, actor=actor, data=data, on=on, **taken)
