"""Who marks whom, the marks of each sheet, and the points of all units side by side."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.urls import reverse

from blocs.appraisal.documents.assignments import MARK, OWN
from blocs.appraisal.domain.appraisal import mean_of, spread_of
from blocs.appraisal.domain.deviation import middle
from blocs.appraisal.models.combining import CombinedRow, combined_rows
from blocs.appraisal.models.comparison import (
    BlocPoints,
    bloc_points,
    compared_leaves,
    last_points,
    past_report,
)
from blocs.reports.models import Assignment, Report
from blocs.reports.models.assignments import assignments_of, last_round, mode_of, newest, undone
from blocs.reports.models.sheets import sheet_of
from blocs.states import COUNCIL_STATES, SENT_STATES, AppraisalMode
from blocs.units.models import Unit
from blocs.years.domain.taking_part import Duty
from blocs.years.models import BlocYear
from blocs.years.models.changes import members_owing
from blocs.years.models.regulation import decimals_of, regulation_of
from thidua.common.vietnamese.numbers import format_trimmed, points_text
from thidua.papers.told import TELLERS, Artefact, Fact, ToldRow

MATRICES = (AppraisalMode.PAIRS, AppraisalMode.GROUP)
ITSELF, DONE, ASKED, EMPTY = "chính mình", "xong", "chấm", "–"


@TELLERS.add
def year_listed(year: BlocYear) -> Iterator[Artefact]:
    """Who heads the year and how far it is, in the list of all blocs."""
    facts = (
        Fact("đơn vị đứng đầu", str(year.head or "chưa chọn")),
        Fact("trạng thái", year.state_words),
    )
    row = ToldRow(str(year.bloc), facts, skips=True)
    yield Artefact("danh sách năm thi đua", reverse("years:year_list"), (row,))


@TELLERS.add
def assignments_told(year: BlocYear) -> Iterator[Artefact]:
    """The matrix of who marks whom, on its page and in its paper."""
    if mode_of(year) not in MATRICES:
        return
    units = [member.unit for member in members_owing(year, Duty.SIT)]
    found = Assignment.objects.told().filter(report__bloc_year=year)
    first = newest(list(found.select_related("unit", "report").order_by("round", "pk")))
    if not first or not units:
        return
    done = {(one.report.unit_id, one.unit_id): bool(one.done_at) for one in first}
    url = reverse("appraisal:assignments", args=(year.pk,))
    rows = tuple(matrix_told(sheet, units, done) for sheet in units)
    yield Artefact("trang phân công chấm điểm", url, rows)
    url = reverse("appraisal:assignments_paper", args=(year.pk,))
    paper = tuple(crosses_told(sheet, units, done) for sheet in units)
    yield Artefact("bảng phân công chấm điểm (PDF)", url, (*paper, loads_told(units, done)))


def matrix_told(sheet: Unit, units: Sequence[Unit], done: dict[tuple[int, int], bool]) -> ToldRow:
    """The row of one sheet: a cell for each unit, and how many mark it."""
    words = {None: "", True: DONE, False: ASKED}
    cells = tuple(
        Fact(
            f"{one} chấm",
            ITSELF if one == sheet else words[done.get((sheet.pk, one.pk))],
        )
        for one in units
    )
    count = sum((sheet.pk, one.pk) in done for one in units)
    return ToldRow(sheet.name, (*cells, Fact("số đơn vị chấm", str(count))))


def crosses_told(sheet: Unit, units: Sequence[Unit], done: dict[tuple[int, int], bool]) -> ToldRow:
    """The same row in print, where an empty cell leaves nothing between the signs."""
    signs = (
        OWN if one == sheet else MARK for one in units if one == sheet or (sheet.pk, one.pk) in done
    )
    return ToldRow(sheet.name, (Fact("đơn vị chấm", " ".join(signs)),))


def loads_told(units: Sequence[Unit], done: dict[tuple[int, int], bool]) -> ToldRow:
    """How many sheets each unit marks, in the order of the columns."""
    loads = (sum((sheet.pk, one.pk) in done for sheet in units) for one in units)
    return ToldRow("Số bảng điểm phải chấm", (Fact("số bảng điểm", " ".join(map(str, loads))),))


@TELLERS.add
def marks_told(year: BlocYear) -> Iterator[Artefact]:
    """What each appraiser gave at each leaf of a sheet, once all of them have finished."""
    reports = year.reports.for_page().filter(state__in=SENT_STATES).order_by("pk")
    for report in reports if mode_of(year) != AppraisalMode.HEAD else ():
        report.bloc_year = year
        assignments = assignments_of(report)
        if not assignments or (undone(assignments) and regulation_of(year).is_blind):
            continue
        url = reverse("appraisal:marks_table", args=(report.pk,))
        rows = combined_rows(sheet_of(report), assignments)
        told = tuple(mark_told(one, assignments, report) for one in rows)
        yield Artefact(f"trang điểm chấm – {report.unit}", url, told)


def mark_told(one: CombinedRow, assignments: Sequence[Assignment], report: Report) -> ToldRow:
    """One leaf: maximum, own points, each appraiser's, mean, spread, what they become."""
    places, several = decimals_of(report.bloc_year), last_round(assignments) > 1
    score, leaf = one.row.score, one.row.criterion
    given = {mine.pk: mark for marks in one.rounds for mine, mark in marks}
    marks = tuple(
        Fact(
            f"điểm của {mine.unit}{f' (vòng {mine.round})' if several else ''}",
            points_text(mark.points, places) if (mark := given.get(mine.pk)) else "",
        )
        for mine in assignments
    )
    facts = (
        Fact("điểm tối đa", points_text(leaf.max_points or None, places)),
        Fact("điểm tự chấm", points_text(score.self_points if score else None, places)),
        *marks,
        Fact("trung bình", points_text(mean_of(one.points), places)),
        Fact("chênh cao – thấp", points_text(spread_of(one.points), places)),
    )
    if isinstance(one.outcome, Decimal):
        facts = (*facts, Fact("điểm gộp", points_text(one.outcome, places)))
    if report.state in COUNCIL_STATES and isinstance(one.outcome, Decimal):
        agreed = points_text(score.appraised_points if score else None, places)
        facts = (*facts, Fact("điểm thẩm định", agreed))
    return ToldRow(leaf.name, facts)


@TELLERS.add
def points_told(year: BlocYear) -> Iterator[Artefact]:
    """All units beside all leaves, and each sheet beside last year and the bloc."""
    bloc, places = bloc_points(year), decimals_of(year)
    if not bloc.reports:
        return
    url = reverse("appraisal:year_points", args=(year.pk,))
    rows = tuple(row for part in bloc.parts() for row in part_told(part, places))
    yield Artefact("trang đối chiếu điểm", url, rows)
    for report in bloc.reports:
        report.bloc_year = year
        url = reverse("appraisal:deviation", args=(report.pk,))
        yield Artefact(f"trang đối chiếu – {report.unit}", url, tuple(beside_told(report, places)))


def part_told(part: BlocPoints, places: int) -> Iterator[ToldRow]:
    """Each leaf: its maximum, the points that count of every unit, and their median."""
    for path, leaf in part.tree.leaves() if part.tree else ():
        counted = part.counted(path)
        cells = (
            Fact(f"điểm của {report.unit}", shown(points, places))
            for report, points in zip(part.reports, counted, strict=True)
        )
        maximum = Fact("điểm tối đa", format_trimmed(leaf.max_points, 4))
        yield ToldRow(
            leaf.name, (maximum, *cells, Fact("trung vị", shown(middle(counted), places)))
        )


def beside_told(report: Report, places: int) -> Iterator[ToldRow]:
    """Each leaf of one sheet: own, appraised, last year's points and the median."""
    past = past_report(report)
    bloc = bloc_points(report.bloc_year, [past.table] if past else ())
    last = last_points(past, report, bloc) if past else {}
    for _, leaf, points in compared_leaves(report, bloc, last):
        figures = {
            "điểm tự chấm": points.own,
            "điểm thẩm định": points.given,
            "điểm năm trước": points.last,
            "trung vị": points.median,
        }
        maximum = format_trimmed(leaf.max_points, 4) if leaf.max_points else ""
        told = (Fact(name, shown(figure, places)) for name, figure in figures.items())
        yield ToldRow(leaf.name, (Fact("điểm tối đa", maximum), *told))


def shown(points: Decimal | None, places: int) -> str:
    """Points as these pages print them; what nobody knows is a dash."""
    return points_text(points, places) or EMPTY
