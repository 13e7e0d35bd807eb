"""The lines of the ranking as people read them."""

from dataclasses import dataclass
from itertools import pairwise

from blocs.ranking.domain.ground_words import eligibility_notes
from blocs.ranking.models.ranked_units import RankedUnit
from blocs.ranking.models.rankings import Ranking
from blocs.scoring.ranking.ranking import DECIDED
from blocs.scoring.totals.totals import COUNTED_ZERO
from blocs.states import TONES
from thidua.common.charts.bars import Bar, stacked_bars
from thidua.common.vietnamese.numbers import format_decimal, printed_gap

PARTS = ("Nhiệm vụ", "Thưởng", "Trừ")


@dataclass(frozen=True)
class PlaceRow:
    """One unit of the ranking as it is shown; `notes` say what decided its place and its award."""

    place: str
    unit: str
    code: str
    report_url: str
    work: str
    bonus: str
    deduction: str
    total: str
    maximum: str
    percent: str
    group: str
    compared: str
    class_label: str
    notes: tuple[str, ...]
    question: str
    state: str
    tone: str
    # Its parts as a picture, and how much it lacks to the unit above.
    bar: Bar
    gap: str


def place_rows(ranking: Ranking, user) -> list[PlaceRow]:
    """The rows in order; a report opens only for those who may read it."""
    given = [row.given for row in ranking.rows]
    bars = stacked_bars(PARTS, [(one.work, one.bonus, one.deduction) for one in given])
    gaps = ["", *(gap_words(*pair, ranking) for pair in pairwise(ranking.rows))]
    return [
        place_row(row, ranking, user, bar, gap)
        for row, bar, gap in zip(ranking.rows, bars, gaps, strict=False)
    ]


def gap_words(above: RankedUnit, row: RankedUnit, ranking: Ranking) -> str:
    """«kém hạng trên 0,52» by the printed figures; empty where these do not tell the order."""
    figures = above.placed.total, row.placed.total
    gap = printed_gap(*figures, ranking.decimals)
    return f"kém hạng trên {format_decimal(gap, ranking.decimals)}" if gap > 0 else ""


def place_row(row: RankedUnit, ranking: Ranking, user, bar: Bar, gap: str) -> PlaceRow:
    """One unit; figures have as many decimals as tell the totals apart."""
    decimals = ranking.decimals
    report, given = row.report, row.given
    return PlaceRow(
        place=str(row.placed.place),
        unit=row.unit.name,
        code=row.unit.code,
        report_url=report.get_absolute_url()
        if user.has_perm("reports.view_report", report)
        else "",
        work=format_decimal(given.work, decimals),
        bonus=format_decimal(given.bonus, decimals),
        deduction=format_decimal(given.deduction, decimals),
        total=ranking.printed_totals[row.unit.pk],
        maximum=ranking.printed_maxima[row.unit.pk],
        percent=ranking.printed_shares[row.unit.pk],
        group=ranking.group_name(row),
        compared=ranking.printed_compared[row.unit.pk],
        class_label=row.judged.class_label,
        notes=(*part_notes(row, ranking), *notes_of(row, ranking)),
        question=row.judged.question,
        state=report.get_state_display(),
        tone=TONES[report.state],
        bar=bar,
        gap=gap,
    )


def part_notes(row: RankedUnit, ranking: Ranking) -> tuple[str, ...]:
    """From when a unit took part in the year and how it is compared, as a sentence."""
    words = ranking.compared_words(row)
    return (f"{words[0].upper()}{words[1:]}.",) if words else ()


def notes_of(row: RankedUnit, ranking: Ranking) -> tuple[str, ...]:
    """What decided between equal totals, points outside the table, what an award must wait for."""
    note = place_note(row, ranking)
    adjusted = tuple(
        f"{format_decimal(item.points, ranking.decimals)} điểm ngoài bảng: {item.name.rstrip('.')}."
        for item in row.adjustments
    )
    told = (note, zero_note(row), row.judged.class_note)
    return (*filter(None, told), *adjusted, *eligibility_notes(row.eligibility))


def zero_note(row: RankedUnit) -> str:
    """The leaves that count 0 because the unit left them empty."""
    labels = ", ".join(one.label for one in row.sheet.left_empty("appraised_points"))
    return f"Tiêu chí {labels} {COUNTED_ZERO}." if labels else ""


def place_note(row: RankedUnit, ranking: Ranking) -> str:
    """What settled the place of a unit whose total is not alone, with the figure compared."""
    placed = row.placed
    if placed.is_open:
        return "Bằng điểm, hội nghị quyết định thứ hạng."
    if placed.decided_by == DECIDED and (decided := row.contender.decided):
        return f"Bằng điểm, hội nghị quyết định thứ hạng, lý do: {decided.reason.rstrip(' .;')}."
    if placed.is_shared:
        return "Cùng hạng."
    words = ranking.tie_figure(row)
    total = "tỷ lệ đạt" if ranking.by_percent else "tổng điểm"
    return f"Bằng {total}, xếp theo {words}." if words else ""
