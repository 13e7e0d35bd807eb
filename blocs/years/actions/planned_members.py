"""What the catalogue says of a unit reaches the years that are planned and not opened yet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.states import YearState
from blocs.units.actions.ends import LEAVERS
from blocs.units.models import Bloc, Unit
from blocs.units.models.leaving import Place
from blocs.years.domain.names import first_day
from blocs.years.domain.rule_words import leader_words
from blocs.years.models.leaderships import post_of
from blocs.years.models.members.differences import (
    MemberDifference,
    difference_words,
    differences,
    heirs_among,
)
from blocs.years.models.years import BlocYear, YearMember
from thidua.common.activity import record
from thidua.common.changes import change_of
from thidua.common.permissions import require
from thidua.common.stamps import stamp_of_words

MOVED_ON = (
    "Các thay đổi thành phần vừa khác đi sau khi anh/chị mở trang này. Hãy xem lại danh sách rồi "
    "áp dụng."
)
APPLIED = "Áp dụng thay đổi thành phần cho {}"
OPENED = (
    "Năm thi đua đã mở nên thành phần không áp dụng một lượt nữa; ghi từng thay đổi ở trang “Thay "
    "đổi thành phần”."
)


@LEAVERS.add
def leave_planned_years(
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
    """The unit leaves the planned years that begin once it is gone; its successor comes in.

    A year that begins before that day is opened with the unit, which then leaves it by a change.
    """
    here = successor if takes_place else None
    rows = YearMember.objects.filter(bloc_year__state=YearState.PLANNED, bloc_year__bloc__in=blocs)
    for member in rows.filter(unit=unit).select_related("bloc_year__bloc"):
        year = member.bloc_year
        begins = first_day(year.year, is_school_year=year.is_school_year)
        if on <= max(begins, timezone.localdate()):
            replace_member(member, here, actor=actor, why=decision)
    # Of a unit that is split the first successor stands in its line already.
    siblings = unit.successions.filter(on=on).exclude(successor=successor).values("successor")
    if here and siblings:
        for member in rows.filter(unit__in=siblings).select_related("bloc_year__bloc"):
            join_beside(member, here, actor=actor, why=decision)


def replace_member(member: YearMember, successor: Unit | None, *, actor, why: str) -> None:
    """The line of the member goes to its successor, or away, and so do its posts."""
    year, before = member.bloc_year, standing_words(member.bloc_year)
    put_in_place(member, successor)
    keep_line(year, member.unit, before, actor=actor, why=why)


def put_in_place(member: YearMember, successor: Unit | None) -> None:
    """The successor has the line and the post of the member; without one the post is vacant."""
    year, unit, order = member.bloc_year, member.unit, member.order
    member.delete()
    if successor and not year.members.filter(unit=successor).exists():
        year.members.create(unit=successor, order=order)
    if post := post_of(year, unit):
        heir = None if successor is None or post_of(year, successor) else successor
        setattr(year, post, heir)
        year.head_is_acting = year.head_is_acting and year.head is not None
    year.save()


def join_beside(member: YearMember, successor: Unit, *, actor, why: str) -> None:
    """One more successor of a split unit comes in, in the line of the first."""
    year = member.bloc_year
    if year.members.filter(unit=successor).exists():
        return
    before = standing_words(year)
    year.members.create(unit=successor, order=member.order)
    keep_line(year, successor, before, actor=actor, why=why)


def keep_line(year: BlocYear, unit: Unit, before: Mapping[str, str], *, actor, why: str) -> None:
    """The line of the log book about a unit that the catalogue moves."""
    label = f"Thành phần của năm theo danh mục đơn vị: {unit}"
    write_line(year, before, actor=actor, label=label, why=why)


def write_line(year: BlocYear, before: Mapping[str, str], *, actor, label: str, why: str) -> None:
    """The members of the year and its posts before and now, in the log book."""
    after = standing_words(year)
    changes = [row for name in after for row in change_of(name, before[name], after[name])]
    record(actor, "years.set_members", year, label=label, note=why, changes=changes)


def standing_words(year: BlocYear) -> dict[str, str]:
    """The members of the year in their order and who leads it, in words by what they are."""
    members = "; ".join(str(member.unit) for member in year.members.select_related("unit"))
    posts = leader_words(year.bloc.word)
    led = {words.lower(): str(getattr(year, name) or "") for name, words in posts.items()}
    return {"thành viên": members} | led


@transaction.atomic
def apply_to_planned(bloc_year: BlocYear, *, actor, seen: str | None = None) -> BlocYear:
    """Let a planned year have the members that its bloc will have, as its page lists them.

    A successor comes into the line and the post of the unit that it succeeds, others come last; a
    post whose unit leaves without a successor is vacant. Refused once the year is open, and where
    other differences came up than `seen` stamps; nothing to do changes nothing.
    """
    require(actor, "years.manage_year", bloc_year)
    year = BlocYear.objects.select_for_update(of=("self",)).get(pk=bloc_year.pk)
    if words := why_not_planned(year):
        raise ValidationError(words)
    found, before = differences(year), standing_words(year)
    if seen is not None and seen != stamp_of_words(difference_words(found)):
        raise ValidationError(MOVED_ON)
    for one in found:
        if not one.gap.is_missing:
            let_go(one, heirs_among(one, found))
    there = set(year.members.values_list("unit_id", flat=True))
    last = year.members.order_by("-order").values_list("order", flat=True).first() or 0
    coming = [one.unit for one in found if one.gap.is_missing and one.unit.pk not in there]
    for order, unit in enumerate(coming, start=last + 1):
        year.members.create(unit=unit, order=order)
    label, why = APPLIED.format(year.words), " ".join(one.sentence for one in found)
    if found:
        write_line(year, before, actor=actor, label=label, why=why)
    return year


def let_go(one: MemberDifference, heirs: Sequence[Unit]) -> None:
    """A unit leaves the planned year; its successors stand in its line."""
    put_in_place(one.member, heirs[0] if heirs else None)
    for heir in heirs[1:]:
        one.bloc_year.members.get_or_create(unit=heir, defaults={"order": one.member.order})


def why_not_planned(year: BlocYear) -> str:
    """Why nothing is applied to the year: it is open; empty before."""
    return "" if year.state == YearState.PLANNED else OPENED
