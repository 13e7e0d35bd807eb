"""What a change of one year leaves to be recorded elsewhere: the catalogue does not follow a year.

A merger recorded on the page of a year ends the unit in that year alone; until the catalogue says
so, the unit stands in all other years, blocs and lists.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from blocs.states import MemberChangeKind as K
from blocs.units.models.units import UnitSuccession
from blocs.years.models.changes import MemberChange, changes_in_force
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.dates import short_date

REORGANISE, DISSOLVE, SUCCEED = "Ghi sáp nhập, chia tách", "Giải thể", "Ghi kế thừa"
LIVES = (
    "{unit}: danh mục đơn vị còn ghi đang hoạt động nên các năm, các khối khác và danh sách chọn "
    "chưa biết. Hãy ghi ở trang “{page}”."
)
HEIRLESS = (
    "{unit}: danh mục đơn vị ghi thôi hoạt động từ {day} mà chưa ghi {heir} kế thừa. Hãy ghi ở "
    "trang “{page}”."
)
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
    return [step for row in rows if (step := catalogue_step(row, known))]


def successions_of(changes: Iterable[MemberChange]) -> set[tuple[int, int]]:
    """Which of the merged units the catalogue knows to have gone into which other."""
    units = [change.unit_id for change in changes]
    rows = UnitSuccession.objects.filter(predecessor__in=units) if units else ()
    return {(row.predecessor_id, row.successor_id) for row in rows}


def catalogue_step(change: MemberChange, known: set[tuple[int, int]]) -> NextStep | None:
    """What the catalogue of units does not say yet of this change; None where it says all."""
    unit, heir = change.unit, change.counterpart
    if change.kind == K.DISSOLVED and unit.dissolved_on is None:
        asked = reverse("units:unit_dissolve", args=(unit.pk,))
        return step(LIVES, DISSOLVE, asked, change, unit=unit)
    if change.kind == K.MERGED and unit.dissolved_on is None:
        asked = reverse("units:unit_reorganise")
        return step(
            LIVES, REORGANISE, asked, change, unit=unit, truoc=unit.pk, sau=change.counterpart_id
        )
    if change.kind == K.MERGED and (unit.pk, heir.pk) not in known:
        asked = reverse("units:unit_succession", args=(unit.pk,))
        day = short_date(unit.dissolved_on)
        return step(HEIRLESS, SUCCEED, asked, change, unit=unit, sau=heir.pk, heir=heir, day=day)
    if change.kind == K.SPLIT and heir.dissolved_on is None:
        asked = reverse("units:unit_reorganise")
        return step(SPLIT_OFF, REORGANISE, asked, change, unit=heir, truoc=heir.pk, sau=unit.pk)
    return None


def step(sentence: str, label: str, address: str, change: MemberChange, **said) -> NextStep:
    """The step with its page filled in: the units, the day and the paper of the change."""
    known = {name: said.pop(name) for name in ("truoc", "sau") if name in said}
    known |= {"ngay": change.on.isoformat(), "van-ban": change.decision}
    return NextStep(sentence.format(page=label, **said), label, f"{address}?{urlencode(known)}")
