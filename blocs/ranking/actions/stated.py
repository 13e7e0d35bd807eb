"""Results of a year that minutes state without points: an old year, a cluster that just agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.ranking.models.stated import StatedCount, StatedPlace
from blocs.states import COUNCIL_STATES
from blocs.years.actions.years import locked
from blocs.years.models import BlocYear
from blocs.years.models.frozen_rules import closed_rules
from thidua.common.activity import record
from thidua.common.changes import change_of
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken

ACTION = "ranking.state_results"
HAS_POINTS = "Năm đã có bảng điểm được thẩm định: thứ hạng tính từ điểm, không ghi theo biên bản."
NO_SOURCE = "Vui lòng ghi văn bản: loại, số, ngày, cơ quan lập."
NOT_A_MEMBER = "Chỉ ghi kết quả của đơn vị thành viên trong năm này."
NAMES = {"source": "Theo văn bản", "counts": "Số đơn vị theo mức xếp loại"}


@dataclass(frozen=True)
class Stated:
    """What the minutes say of one unit; a unit without place and class is left out."""

    unit_id: int
    place: int | None = None
    class_label: str = ""


def why_closed(bloc_year: BlocYear) -> str:
    """Why nothing is stated here: the ranking is sealed, or follows from points; else empty."""
    if closed := closed_rules(bloc_year):
        return closed
    has_points = bloc_year.reports.filter(state__in=COUNCIL_STATES).exists()
    return HAS_POINTS if has_points else ""


def stated_words(bloc_year: BlocYear) -> dict[str, str]:
    """What is stated now, in words by the fields of the form."""
    places = bloc_year.stated_places.select_related("unit").order_by("unit")
    counts = list(bloc_year.stated_counts.order_by("pk"))
    rows = {f"unit-{row.unit_id}": row.words for row in places}
    sources = [row.source for row in (*places, *counts)]
    return {
        "source": sources[0] if sources else "",
        "counts": "\n".join(map(str, counts)),
    } | rows


@transaction.atomic
def state_results(
    bloc_year: BlocYear,
    *,
    actor,
    source: str,
    rows: Sequence[Stated],
    counts: Mapping[str, int],
    seen: str | None = None,
) -> BlocYear:
    """Write the results of the year as minutes state them, in the place of those stated before.

    `counts` holds the number of units by class where their names are not known. Refused
    (ValidationError) without the document, for units of other blocs, where the year has points
    and once its ranking is settled.
    """
    require(actor, "ranking.state_results", bloc_year)
    bloc_year = locked(bloc_year)
    if closed := why_closed(bloc_year):
        raise ValidationError(closed)
    kept = [row for row in rows if row.place or row.class_label]
    members = dict(bloc_year.members.values_list("unit_id", "unit__name"))
    if not {row.unit_id for row in kept} <= members.keys():
        raise ValidationError(NOT_A_MEMBER)
    if (kept or counts) and not source.strip():
        raise ValidationError({"source": NO_SOURCE})
    before = stated_words(bloc_year)
    with transaction.atomic():
        write(bloc_year, actor, source.strip(), kept, counts)
        after = stated_words(bloc_year)
        refuse_overtaken(bloc_year, ACTION, seen=seen, stored=before, typed=after, names=NAMES)
    changes = [
        row
        for name in dict.fromkeys((*before, *after))
        for row in change_of(label_of(name, members), before.get(name, ""), after.get(name, ""))
    ]
    if changes:
        record(actor, ACTION, bloc_year, label="Ghi kết quả theo biên bản", changes=changes)
    return bloc_year


def label_of(name: str, members: Mapping[int, str]) -> str:
    """What the log book calls a value: the unit, the document or the counts."""
    if name in NAMES:
        return NAMES[name].lower()
    return members.get(int(name.removeprefix("unit-")), name)


def write(
    bloc_year: BlocYear, actor, source: str, rows: Sequence[Stated], counts: Mapping[str, int]
) -> None:
    """Exactly these results are stated."""
    bloc_year.stated_places.all().delete()
    bloc_year.stated_counts.all().delete()
    for row in rows:
        place = StatedPlace(
            bloc_year=bloc_year,
            unit_id=row.unit_id,
            place=row.place,
            class_label=row.class_label.strip(),
            source=source,
            recorded_by=actor,
        )
        place.full_clean()
        place.save()
    for label, number in counts.items():
        count = StatedCount(bloc_year=bloc_year, class_label=label, number=number, source=source)
        count.full_clean()
        count.save()
