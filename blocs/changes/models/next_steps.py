"""What a change of one year leaves to be recorded elsewhere: the catalogue does not follow a year.

A merger recorded on the page of a year ends the unit in that year alone; until the catalogue says
so, the unit stands in all other years, blocs and lists.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from blocs.states import RUNNING_YEARS, YearState
from blocs.states import MemberChangeKind as K
from blocs.units.models.units import UnitSuccession
from blocs.years.models.changes import MemberChange, changes_in_force
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.dates import short_date

REORGANISE, DISSOLVE, SUCCEED = "Ghi sáp nhập, chia tách", "Giải thể", "Ghi kế thừa"
JOIN = "Ghi tham gia"
LIVES = (
    "{unit}: danh mục đơn vị còn ghi đang hoạt động nên các năm, các khối khác và danh sách chọn "
    "chưa biết. Hãy ghi ở trang “{page}”."
)
HEIRLESS = (
    "{unit}: danh mục đơn vị ghi thôi hoạt động từ {day} mà chưa ghi {heir} kế thừa. Hãy ghi ở "
    "trang “{page}”."
)
NOT_JOINED = "{unit}: chưa ghi tham gia ở {place}. Hãy ghi ở trang đó."
SPLIT_OFF = (
    "{unit}: danh mục đơn vị còn ghi đang hoạt động. Nếu đơn vị thôi hoạt động sau khi tách thì "
    "ghi ở trang “{page}”."
)


@dataclass(frozen=True)
class NextStep:
    """What is still to be recorded, and the page on which the office does it, filled in."""

    sentence: str
    label: str
    url: str


def next_steps(bloc_year: BlocYear) -> list[NextStep]:
    """Those of all changes in force of the year, in their order; none is said twice."""
    # A unit that goes on after another was split from it needs nothing more.
    rows = [row for row in changes_in_force(bloc_year) if row.kind != K.SPLIT]
    return list(dict.fromkeys(steps_of(rows)))


def steps_of(changes: Iterable[MemberChange]) -> list[NextStep]:
    """Those of these changes, recorded or about to be; those taken back must be left out."""
    rows = list(changes)
    known = successions_of(row for row in rows if row.kind == K.MERGED)
    found = (catalogue_step(row, known) or joining_step(row) for row in rows)
    return [step for step in found if step]


def joining_step(change: MemberChange) -> NextStep | None:
    """That a unit which moved joins the other bloc, where nobody recorded it; else None."""
    unit, bloc = change.unit, change.to_bloc
    if change.kind != K.MOVED or bloc is None:
        return None
    year = BlocYear.objects.filter(bloc=bloc, year=change.bloc_year.year).first()
    if year and year.members.filter(unit=unit, left_on=None).exists():
        return None
    known = {"don-vi": unit.pk}
    if year and year.state in RUNNING_YEARS:
        asked, known["loai"] = reverse("changes:member_change_new", args=(year.pk,)), str(K.JOINED)
        return step(NOT_JOINED, JOIN, asked, change, unit=unit, place=year, known=known)
    if year and year.state == YearState.PLANNED:
        asked = reverse("years:year_members", args=(year.pk,))
        return step(NOT_JOINED, JOIN, asked, change, unit=unit, place=year, known=known)
    if bloc.memberships.filter(unit=unit, ends_on=None).exists():
        return None
    asked = reverse("units:member_add", args=(bloc.pk,))
    return step(NOT_JOINED, JOIN, asked, change, unit=unit, place=bloc, known=known)


def successions_of(changes: Iterable[MemberChange]) -> set[tuple[int, int]]:
    """Which of the merged units the catalogue knows to have gone into which other."""
    units = [change.unit_id for change in changes]
    rows = UnitSuccession.objects.filter(predecessor__in=units) if units else ()
    return {(row.predecessor_id, row.successor_id) for row in rows}


def catalogue_step(change: MemberChange, known: set[tuple[int, int]]) -> NextStep | None:
    """What the catalogue of units does not say yet of this change; None where it says all."""
    unit, heir, kind = change.unit, change.counterpart, change.kind
    if kind == K.SPLIT and heir.dissolved_on is None:
        asked = reverse("units:unit_reorganise")
        both = {"truoc": heir.pk, "sau": unit.pk}
        return step(SPLIT_OFF, REORGANISE, asked, change, unit=heir, known=both)
    if kind == K.DISSOLVED and unit.dissolved_on is None:
        asked = reverse("units:unit_dissolve", args=(unit.pk,))
        return step(LIVES, DISSOLVE, asked, change, unit=unit, known={})
    if kind != K.MERGED or (unit.pk, heir.pk) in known:
        return None
    if unit.dissolved_on is None:
        asked, both = reverse("units:unit_reorganise"), {"truoc": unit.pk, "sau": heir.pk}
        return step(LIVES, REORGANISE, asked, change, unit=unit, known=both)
    asked, day = reverse("units:unit_succession", args=(unit.pk,)), short_date(unit.dissolved_on)
    words = {"unit": unit, "heir": heir, "day": day}
    return step(HEIRLESS, SUCCEED, asked, change, known={"sau": heir.pk}, **words)


def step(
    sentence: str, label: str, address: str, change: MemberChange, *, known: dict, **said
) -> NextStep:
    """The step with its page filled in: the units, the day and the paper of the change."""
    known |= {"ngay": change.on.isoformat(), "van-ban": change.decision}
    return NextStep(sentence.format(page=label, **said), label, f"{address}?{urlencode(known)}")
