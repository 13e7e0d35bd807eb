"""Bảng tự chấm điểm of one unit, with the appraised points beside its own."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import ClassVar

from blocs.ranking.documents.ranking_notes import adjustment_words
from blocs.ranking.documents.ranking_table import illustrative
from blocs.ranking.domain.ground_words import eligibility_notes
from blocs.ranking.models.ranked_sheets import beside_sheet
from blocs.ranking.models.rankings import ranking_of
from blocs.reports.domain.whole_sums import NOT_WHOLE, WholeSums
from blocs.reports.models import Report
from blocs.reports.models.beside import agreed_words
from blocs.reports.models.sheet_basis import amendment_faults, sent_under
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet, sheet_of
from blocs.reports.models.submission_days import copy_words
from blocs.scoring import NotApplicable, summing_words, walk
from blocs.scoring.ranking.contenders import Judged
from blocs.scoring.totals.totals import COUNTED_ZERO
from blocs.sheet_files.documents import draft_words, whole_text
from blocs.units.models.seats import signer_on
from blocs.units.models.units import Unit
from blocs.years.documents import place_date
from blocs.years.models.regulation import printed_places
from thidua.common.vietnamese.dates import day_in_vietnam
from thidua.common.vietnamese.numbers import (
    format_difference,
    format_trimmed,
    points_text,
    printed_gap,
)
from thidua.common.vietnamese.text import filled_lines
from thidua.papers.papers import Letterhead, PrintedPaper, Signer, break_lines

LINE = 26
SUBJECT_WIDTH = 90
NOT_ASSIGNED = "Không giao chỉ tiêu"


@dataclass(frozen=True)
class ScoreLine:
    """One line of the table; `kind` is “group”, “leaf” or “total” and decides the print.

    `difference` is appraised minus self-scored with its sign; what is not known yet is empty.
    """

    kind: str
    number: str
    name: str
    maximum: str
    self_points: str
    points: str
    difference: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ScoreSheetPaper(PrintedPaper):
    """The letterhead is the unit's own."""

    template: ClassVar[str] = "documents/score_sheet.html"
    version: ClassVar[str] = "2"

    subject_lines: tuple[str, ...]
    draft_line: str = ""
    lines: tuple[ScoreLine, ...]
    notes: tuple[str, ...]
    signers: tuple[Signer, ...]


Printed = Callable[..., ScoreLine]


def score_sheet_paper(report: Report, *, shows_appraisal: bool) -> ScoreSheetPaper:
    """Bảng tự chấm điểm of one unit; appraised points only where the reader may know them."""
    sheet, unit, year = sheet_of(report), report.unit, report.bloc_year
    own = sheet.whole_sums()
    given = sheet.whole_sums("appraised_points") if shows_appraisal else None
    draft = draft_words(sheet, shows_given=shows_appraisal)
    title = f"{year.title_words} của {unit.name}"
    return ScoreSheetPaper(
        title=f"Bảng tự chấm điểm thi đua {title[0].lower()}{title[1:]}",
        letterhead=Letterhead(
            superior_lines=break_lines(unit.superior.upper(), LINE),
            body_lines=filled_lines(unit.letterhead) or break_lines(unit.name.upper(), LINE),
            place_date=place_date(submitted_on(report)),
        ),
        subject_lines=break_lines(title, SUBJECT_WIDTH),
        draft_line=f"({draft.capitalize()})" if draft else "",
        lines=tuple(score_lines(sheet, own, given)),
        notes=(
            *copy_notes(report),
            *limit_notes(own, given),
            *sheet_notes(sheet, shows_appraisal=shows_appraisal),
            *(sheet_beside(sheet) if shows_appraisal else ()),
        ),
        signers=(
            Signer(("NGƯỜI LẬP BIỂU",), ""),
            unit_signer(unit, submitted_on(report)),
        ),
    )


def unit_signer(unit: Unit, day: date | None) -> Signer:
    """The leader of the unit on that day, or «KT.» whoever stood in then."""
    title = unit.leader_title.upper()
    name, stand_in = signer_on(unit, day)
    return Signer((f"KT. {title}", stand_in.upper()) if stand_in else (title,), name)


def places_of(sheet: Sheet) -> int:
    """Places after the comma on this paper."""
    return printed_places(sheet.report.bloc_year, sheet.decimals)


def copy_notes(report: Report) -> tuple[str, ...]:
    """What the sheet was sent in under, by hand or here: what is printed here is not that paper."""
    told = []
    if report.copy_id:
        told.append(f"Báo cáo nộp theo {copy_words(report)}.")
    if report.sent_rules or report.sent_table_id not in (None, report.table_id):
        told.append(f"Bảng điểm nộp theo bảng chấm điểm {sent_under(report)}.")
    return (*told, *amendment_faults(report))


def submitted_on(report: Report):
    """The day the unit answers for; none while it is still writing."""
    return day_in_vietnam(report.submitted_at) if report.submitted_at else None


def score_lines(sheet: Sheet, own: WholeSums, given: WholeSums | None) -> Iterator[ScoreLine]:
    """Groups with their sums, leaves with their points, the total at the end."""
    rows = {row.path: row for row in sheet.rows}
    nodes = dict(walk(sheet.tree.nodes))
    printed = partial(line, places=places_of(sheet))
    zeros = {row.path for row in sheet.left_empty()}
    for path, number in sheet.tree.printed.items():
        if path in rows:
            yield leaf_line(printed, number, rows[path], own, given, zeros)
        else:
            yield group_line(printed, number, path, nodes[path], own, given)
    maximum = format_trimmed(sheet.report.table.total_max, 4)
    yield sum_line(printed("total", ("", "Tổng điểm", maximum), *totals(own, given), ""), given)


def totals(own: WholeSums, given: WholeSums | None) -> tuple[Decimal | None, Decimal | None]:
    return own.total, given.total if given else None


def group_line(printed: Printed, number, path, node, own, given):
    maximum = format_trimmed(node.max_points, 4) if node.max_points else ""
    points = own.group(path), given and given.group(path)
    shown = given or own
    cut = "" if shown.group(path) is None else shown.counted.cuts.get(path, "")
    return sum_line(printed("group", (number, node.name, maximum), *points, cut), given)


def sum_line(found: ScoreLine, given: WholeSums | None) -> ScoreLine:
    """A sum that lacks a leaf says so; the appraised one only where the reader may know it."""
    points = found.points or NOT_WHOLE if given else ""
    return replace(found, self_points=found.self_points or NOT_WHOLE, points=points)


def leaf_line(
    printed: Printed, number: str, row: SheetRow, own, given, zeros: Collection[str] = ()
):
    """A leaf with its points and why they differ, or why it has none; `zeros` were left empty."""
    leaf, score = row.criterion, row.score
    maximum = format_trimmed(leaf.max_points, 4) if leaf.max_points else ""
    head, is_zero = (number, leaf.name, maximum), row.path in zeros
    if score is None:
        return printed("leaf", head, None, None, COUNTED_ZERO if is_zero else "")
    if isinstance(own.counted.outcomes.get(row.path), NotApplicable):
        why = f"{NOT_ASSIGNED}: {score.note.strip()}" if score.note.strip() else NOT_ASSIGNED
        return printed("leaf", head, None, None, why)
    points = score.appraised_points if given else None
    beside = agreed_words(row, points) if given else ""
    told = [score.appraisal_reason if given else "", f"({beside})" if beside else ""]
    told = [COUNTED_ZERO, *told] if is_zero else told
    return printed("leaf", head, score.self_points, points, " ".join(filter(None, told)))


def line(
    kind: str,
    head: tuple[str, str, str],
    self_points: Decimal | None,
    points: Decimal | None,
    reason: str,
    *,
    places: int,
) -> ScoreLine:
    """The figures as printed; what is not known stays empty, an equal pair has no difference."""
    known = self_points is not None and points is not None
    is_other = known and printed_gap(points, self_points, places) != 0
    return ScoreLine(
        kind,
        *head,
        self_points=points_text(self_points, places),
        points=points_text(points, places),
        difference=format_difference(points, self_points, places) if is_other else "",
        reason=reason,
    )


def limit_notes(own: WholeSums, given: WholeSums | None) -> tuple[str, ...]:
    """Which limits changed a whole sum of own and of appraised points; once where alike."""
    told = own.counted.notes if own.is_whole else ()
    judged = given.counted.notes if given and given.is_whole else ()
    if judged == told or not (told and judged):
        return told or judged
    return (f"Điểm tự chấm: {' '.join(told)}", f"Điểm thẩm định: {' '.join(judged)}")


def sheet_notes(sheet: Sheet, *, shows_appraisal: bool) -> tuple[str, ...]:
    notes = ["Chênh lệch là điểm thẩm định trừ điểm tự chấm."] if shows_appraisal else []
    summing = " ".join(summing_words(sheet.rules))
    return (*notes, summing, *illustrative(sheet.report.bloc_year))


def ranked_total(sheet: Sheet, found: Judged) -> str:
    """As the ranking prints it; nothing that could be taken for it before the sheet is whole."""
    ranking = ranking_of(sheet.report.bloc_year)
    known = None if sheet.open_paths("appraised_points") else found.total.total
    unranked = whole_text(known, places_of(sheet))
    return ranking.printed_totals.get(sheet.report.unit_id, unranked)


def sheet_beside(sheet: Sheet) -> tuple[str, ...]:
    """Points outside the table and the total with them; where the unit stands with its grounds."""
    found = beside_sheet(sheet)
    notes = []
    if found.adjustments:
        notes.append(
            f"Điểm ngoài bảng: {adjustment_words(found.adjustments)}. Tổng điểm xếp hạng: "
            f"{ranked_total(sheet, found)}."
        )
    if found.out_reason:
        notes.append(found.out_reason)
    elif words := found.part_words:
        notes.append(f"{words[0].upper()}{words[1:]}.")
    return (*notes, *eligibility_notes(found.eligibility))
