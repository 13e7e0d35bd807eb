"""From appraised sheets to the strings of the two papers of a scoring."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from django.utils import timezone

from blocs.ranking.documents.ranking_notes import adjustment_words, beside_notes, out_notes
from blocs.ranking.documents.ranking_table import ScoreSummary, SummaryCell, SummaryRow
from blocs.ranking.documents.score_sheet import ScoreLine, ScoreSheetPaper
from blocs.ranking.domain.ground_words import standing_marks
from blocs.ranking.models.ranked_sheets import beside_sheet
from blocs.ranking.models.rankings import PLACES, RankedUnit, Ranking, ranking_of
from blocs.reports.models import Report
from blocs.reports.models.sheets import Sheet, SheetRow, sheet_of
from blocs.scoring import NotApplicable, SheetTotal, summing_words, walk
from blocs.scoring.ranking.bloc_ranking import Judged
from blocs.scoring.totals.tables import Node
from blocs.scoring.totals.totals import part_points
from blocs.states import ConferenceState
from blocs.years.documents import bloc_letterhead, lines, place_date
from blocs.years.models import BlocYear
from thidua.common.dates import long_date
from thidua.common.numbers import (
    format_decimal,
    format_difference,
    format_trimmed,
    points_text,
    printed_gap,
)
from thidua.papers.papers import Letterhead, Signer, break_lines

Printed = Callable[..., ScoreLine]
LINE = 26
SUBJECT_WIDTH = 90
NOT_ASSIGNED = "Không giao chỉ tiêu"
TOTAL = "Tổng điểm là tổng điểm thẩm định của các nội dung, cộng điểm thưởng, trừ điểm trừ."
ILLUSTRATIVE = "Số liệu minh họa."
PROVISIONAL = "(Dự thảo: điểm chưa được hội nghị tổng kết thống nhất)"


def score_summary_paper(ranking: Ranking) -> ScoreSummary:
    """Bảng tổng hợp điểm of a bloc year, best unit first; units without a place come last."""
    year, bloc = ranking.bloc_year, ranking.bloc_year.bloc
    rows = [summary_row(number, row, ranking) for number, row in enumerate(ranking.rows, start=1)]
    empty = tuple(SummaryCell("", "") for _ in ranking.sections)
    rows += [
        SummaryRow(str(number), left.unit.name, empty, "", "")
        for number, left in enumerate(ranking.out, start=len(rows) + 1)
    ]
    return ScoreSummary(
        title=f"Bảng tổng hợp điểm thi đua năm {year.year} của {bloc.name}",
        letterhead=bloc_letterhead(bloc),
        heading=f"BẢNG TỔNG HỢP ĐIỂM THI ĐUA NĂM {year.year}",
        attached_lines=(attached_line(ranking),),
        groups=tuple(section_heading(node) for node in ranking.sections),
        rows=tuple(rows),
        notes=summary_notes(ranking),
        signers=summary_signers(year),
    )


def summary_row(number: int, row: RankedUnit, ranking: Ranking) -> SummaryRow:
    places = ranking.point_decimals
    cells = tuple(
        SummaryCell(
            points_text(part_points(row.own, node), places),
            points_text(part_points(row.given, node), places),
        )
        for node in ranking.sections
    )
    total = ranking.printed_totals[row.unit.pk]
    place = str(row.placed.place)
    return SummaryRow(str(number), row.unit.name, cells, total, place, row.judged.class_label)


def section_heading(node: Node) -> str:
    """«Cải cách hành chính (150)»; bonus and deduction may have no ceiling."""
    if not node.max_points:
        return node.name
    return f"{node.name} ({format_trimmed(node.max_points, 4)})"


def attached_line(ranking: Ranking) -> str:
    """What the table is enclosed with; before the conference it says that it is a draft."""
    conference = getattr(ranking.bloc_year, "conference", None)
    if not ranking.is_agreed or conference is None:
        return PROVISIONAL
    number = f" số {conference.minutes_number}" if conference.minutes_number else ""
    day = long_date(conference.starts_at)
    return f"(Kèm theo Biên bản{number} {day} của {ranking.bloc_year.bloc.name})"


def summary_notes(ranking: Ranking) -> tuple[str, ...]:
    """How the totals are made, how equal ones are ranked, and who has no place and why."""
    notes = [f"{TOTAL} {ranking.tie_rule}"]
    if ranking.by_percent:
        notes.append(
            "Đơn vị không được giao một số chỉ tiêu thì xếp hạng theo tỷ lệ giữa tổng điểm và "
            "điểm tối đa của các tiêu chí được giao: " + percent_list(ranking) + "."
        )
    if ranking.open_ties:
        notes.append(f"Hội nghị quyết định thứ hạng giữa: {'; '.join(ranking.open_ties)}.")
    return (
        *notes,
        *beside_notes(ranking),
        *out_notes(ranking),
        *illustrative(ranking.bloc_year),
    )


def percent_list(ranking: Ranking) -> str:
    return "; ".join(
        f"{row.unit.name} {format_decimal(row.given.percent)}%"
        for row in ranking.rows
        if row.given.percent is not None
    )


def illustrative(year: BlocYear) -> tuple[str, ...]:
    return (ILLUSTRATIVE,) if year.is_illustrative else ()


def summary_signers(year: BlocYear) -> tuple[Signer, ...]:
    """The secretary, the deputy and the head of the bloc, from left to right."""
    conference = getattr(year, "conference", None)
    held = conference and conference.state != ConferenceState.PREPARED
    secretary = conference.secretary_name if held else ""
    word = year.bloc.word.upper()
    signers = [Signer(("THƯ KÝ",), secretary)]
    if year.deputy:
        signers.append(Signer((f"{word} PHÓ",), year.deputy.leader_name))
    return (*signers, Signer((f"{word} TRƯỞNG",), year.head.leader_name if year.head else ""))


def score_sheet_paper(report: Report, *, shows_appraisal: bool) -> ScoreSheetPaper:
    """Bảng tự chấm điểm of one unit; appraised points only where the reader may know them."""
    sheet, unit, year = sheet_of(report), report.unit, report.bloc_year
    own = sheet.stored_total()
    given = sheet.appraised_total() if shows_appraisal else None
    title = f"Năm {year.year} của {unit.name}"
    return ScoreSheetPaper(
        title=f"Bảng tự chấm điểm thi đua {title[0].lower()}{title[1:]}",
        letterhead=Letterhead(
            superior_lines=break_lines(unit.superior.upper(), LINE),
            body_lines=lines(unit.letterhead) or break_lines(unit.name.upper(), LINE),
            place_date=place_date(year.bloc, submitted_on(report)),
        ),
        subject_lines=break_lines(title, SUBJECT_WIDTH),
        lines=tuple(score_lines(sheet, own, given)),
        notes=(
            *sheet_notes(sheet, shows_appraisal=shows_appraisal),
            *(sheet_beside(sheet) if shows_appraisal else ()),
        ),
        signers=(
            Signer(("NGƯỜI LẬP BIỂU",), ""),
            Signer((unit.leader_title.upper(),), unit.leader_name),
        ),
    )


def submitted_on(report: Report):
    """The day the unit answers for; none while it is still writing."""
    return timezone.localtime(report.submitted_at).date() if report.submitted_at else None


def score_lines(sheet: Sheet, own: SheetTotal, given: SheetTotal | None) -> Iterator[ScoreLine]:
    """Groups with their sums, leaves with their points, the total at the end."""
    rows = {row.path: row for row in sheet.rows}
    nodes = dict(walk(sheet.tree.nodes))
    printed = partial(line, places=max(PLACES, sheet.decimals))
    for path, number in sheet.tree.numbers.items():
        if path in rows:
            yield leaf_line(printed, number, rows[path], own, given)
        else:
            yield group_line(printed, number, path, nodes[path], own, given)
    maximum = format_trimmed(sheet.report.table.total_max, 4)
    yield printed("total", ("", "Tổng điểm", maximum), own.total, given and given.total, "")


def group_line(printed: Printed, number, path, node, own, given):
    maximum = format_trimmed(node.max_points, 4) if node.max_points else ""
    points = own.groups.get(path), given and given.groups.get(path)
    return printed("group", (number, node.name, maximum), *points, "")


def leaf_line(printed: Printed, number: str, row: SheetRow, own, given):
    leaf, score = row.criterion, row.score
    maximum = format_trimmed(leaf.max_points, 4) if leaf.max_points else ""
    head = (number, leaf.name, maximum)
    if score is None:
        return printed("leaf", head, None, None, "")
    if isinstance(own.outcomes.get(row.path), NotApplicable):
        return printed("leaf", head, None, None, NOT_ASSIGNED)
    points = score.appraised_points if given else None
    return printed("leaf", head, score.self_points, points, score.appraisal_reason if given else "")


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


def sheet_notes(sheet: Sheet, *, shows_appraisal: bool) -> tuple[str, ...]:
    notes = ["Chênh lệch là điểm thẩm định trừ điểm tự chấm."] if shows_appraisal else []
    summing = " ".join(summing_words(sheet.rules))
    return (*notes, summing, *illustrative(sheet.report.bloc_year))


def ranked_total(sheet: Sheet, found: Judged) -> str:
    """As the ranking prints it; before the whole sheet is appraised, what it gives so far."""
    ranking = ranking_of(sheet.report.bloc_year)
    so_far = format_decimal(found.total.total, max(PLACES, sheet.decimals))
    return ranking.printed_totals.get(sheet.report.unit_id, so_far)


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
    return (*notes, *standing_marks(found.standing))
