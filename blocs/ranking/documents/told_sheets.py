"""Each sheet that was sent in, leaf by leaf, wherever it is told; and how far each report is."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.urls import reverse

from blocs.ranking.documents.ranking_notes import adjustment_words
from blocs.ranking.models.ranked_sheets import beside_sheet
from blocs.reports.domain.sheet_rows import answer_words
from blocs.reports.models import Report
from blocs.reports.models.sheet_basis import sent_under
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet, sheet_of
from blocs.reports.models.submission_days import sent_words
from blocs.reports.models.versions import SheetVersion
from blocs.scoring.totals.totals import COUNTED_ZERO
from blocs.states import COUNCIL_STATES, SENT_STATES
from blocs.years.models import BlocYear
from blocs.years.models.regulation import decimals_of, printed_places
from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.numbers import (
    format_decimal,
    format_difference,
    format_trimmed,
    points_text,
)
from thidua.common.vietnamese.text import squeeze
from thidua.papers.told import Artefact, Fact, ToldRow

OWN, GIVEN = "điểm tự chấm", "điểm thẩm định"
EXACT = 4


def sent_sheets(year: BlocYear) -> Iterator[Artefact]:
    """List, page, paper and workbook of every sheet that is in."""
    reports = list(year.reports.for_page().filter(state__in=SENT_STATES).order_by("pk"))
    if not reports:
        return
    for report in reports:
        report.bloc_year = year
    url = reverse("reports:year_reports", args=(year.pk,))
    yield Artefact("trang báo cáo và điểm", url, tuple(map(listed, reports)))
    for report in reports:
        sheet = sheet_of(report)
        page = (*sending(report), *page_leaves(sheet), *page_total(sheet))
        yield Artefact(f"trang báo cáo – {report.unit}", report.get_absolute_url(), page)
        url = reverse("ranking:report_paper", args=(report.pk,))
        paper = (*paper_leaves(sheet), *paper_total(sheet), *beside(sheet))
        yield Artefact(f"bảng tự chấm điểm – {report.unit} (PDF)", url, paper)
        url = reverse("sheet_files:sheet_workbook", args=(report.pk,))
        yield Artefact(f"bảng điểm – {report.unit} (Excel)", url, tuple(book_leaves(sheet)))
    url = reverse("reports:report_list")
    yield Artefact("danh sách báo cáo", url, tuple(map(listed_everywhere, reports)))


def is_judged(report: Report) -> bool:
    """Whether everybody who opens the sheet is shown the appraised points."""
    return report.state in COUNCIL_STATES


def late_words(report: Report, words: str) -> str:
    return words if report.is_late else ""


def listed(report: Report) -> ToldRow:
    """The row of the list: state, sending with its mark, totals that are complete."""
    decimals = decimals_of(report.bloc_year)
    sent = f"{sent_words(report.submitted_at)}{late_words(report, ' (chậm hạn)')}"
    facts = [Fact("trạng thái", report.get_state_display()), Fact("nộp lúc", sent)]
    if is_judged(report):
        facts.append(Fact("tổng tự chấm", points_text(report.self_total, decimals)))
        facts.append(Fact("tổng thẩm định", points_text(report.appraised_total, decimals)))
    return ToldRow(report.unit.name, tuple(facts), skips=True)


def listed_everywhere(report: Report) -> ToldRow:
    """The row of the list of all blocs, on whichever of its pages it stands."""
    row = listed(report)
    bloc = Fact("khối, cụm", report.bloc_year.bloc.code)
    day = sent_words(report.submitted_at, tells_hour=False)
    sent = Fact("nộp ngày", f"{day}{late_words(report, ' (chậm hạn)')}")
    state, _, *totals = row.facts
    return replace(row, facts=(bloc, state, sent, *totals))


def versions_told(year: BlocYear) -> Iterator[Artefact]:
    """The frozen versions of each sheet: their list, and the newest of them leaf by leaf."""
    decimals = decimals_of(year)
    for report in year.reports.for_page().order_by("pk"):
        report.bloc_year = year
        versions = list(report.versions.select_related("taken_by"))
        if not versions or report.state not in SENT_STATES:
            continue
        rows = tuple(version_told(version, report, decimals) for version in versions)
        url = reverse("reports:version_list", args=(report.pk,))
        yield Artefact(f"trang các phiên bản – {report.unit}", url, rows)
        leaves = tuple(frozen_told(row, report, decimals) for row in versions[0].rows)
        url = versions[0].get_absolute_url()
        yield Artefact(f"phiên bản {versions[0].number} – {report.unit}", url, leaves)


def version_told(version: SheetVersion, report: Report, decimals: int) -> ToldRow:
    """Kind, moment, writer and totals of a version."""
    facts = [
        Fact("loại", version.get_kind_display()),
        Fact("lập lúc", moment_words(version.taken_at)),
        Fact("người lập", str(version.taken_by)),
        Fact("tổng tự chấm", points_text(version.self_total, decimals)),
    ]
    if is_judged(report):
        facts.append(Fact("tổng thẩm định", points_text(version.appraised_total, decimals)))
    return ToldRow(str(version.number), tuple(facts))


def frozen_told(row: dict[str, Any], report: Report, decimals: int) -> ToldRow:
    """One leaf as it was frozen: maximum, answer, own and appraised points."""
    maximum = row["max"] if row["max"] != "0" else ""
    facts = [
        Fact("điểm tối đa", frozen_points(maximum, decimals)),
        Fact("kết quả", squeeze(row["answer"])),
        Fact(OWN, frozen_points(row["own"], decimals)),
    ]
    if is_judged(report):
        facts.append(Fact(GIVEN, frozen_points(row["given"], decimals)))
    return ToldRow(row["name"], tuple(facts))


def frozen_points(value: str, decimals: int) -> str:
    return format_decimal(Decimal(value), decimals) if value else ""


def sending(report: Report) -> Iterator[ToldRow]:
    """When the report came in, whether late, and under which table."""
    if at := report.first_submitted_at:
        first = f"{sent_words(at)}{late_words(report, ', chậm hạn')}"
        yield ToldRow("Nộp lần đầu", (Fact("nộp lần đầu", first),))
    if words := sent_under(report):
        yield ToldRow("Nộp theo bảng", (Fact("phiên bản bảng", words),))
    if due := report.bloc_year.deadline("report_due"):
        yield ToldRow("Hạn nộp", (Fact("hạn nộp", due.words),))


def scored(sheet: Sheet) -> Iterator[SheetRow]:
    """The leaves whose own points are known and count."""
    return (row for row in sheet.rows if row.own is not None and not row.entry.not_applicable)


def given_of(row: SheetRow) -> Decimal | None:
    return row.score.appraised_points if row.score else None


def page_leaves(sheet: Sheet) -> Iterator[ToldRow]:
    """Maximum, answer, own and appraised points and their difference, one after the other."""
    decimals = decimals_of(sheet.report.bloc_year)
    for row in scored(sheet):
        node = row.criterion
        facts = [
            Fact("điểm tối đa", points_text(node.max_points or None, decimals)),
            Fact("kết quả", answer_words(node.kind, node.rule, node.measure, row.entry)),
            Fact(OWN, points_text(row.own, decimals)),
        ]
        if is_judged(sheet.report) and (given := given_of(row)) is not None:
            facts.append(Fact(GIVEN, points_text(given, decimals)))
            facts.append(Fact("chênh lệch", format_difference(given, row.own, decimals)))
        yield ToldRow(node.name, tuple(facts))
    for row in sheet.left_empty():
        yield ToldRow(row.criterion.name, (Fact(OWN, COUNTED_ZERO),), skips=True)


def page_total(sheet: Sheet) -> Iterator[ToldRow]:
    """The stored totals below the sheet."""
    report, decimals = sheet.report, decimals_of(sheet.report.bloc_year)
    maximum = Fact("điểm tối đa", points_text(report.table.total_max, decimals))
    own = Fact("tổng tự chấm", points_text(report.self_total, decimals))
    facts = [maximum, Fact("kết quả", ""), own]
    if is_judged(report):
        facts.append(Fact("tổng thẩm định", points_text(report.appraised_total, decimals)))
    yield ToldRow("Tổng cộng", tuple(facts))


def paper_leaves(sheet: Sheet) -> Iterator[ToldRow]:
    """The same leaves with the decimals of papers, without the answer."""
    places = printed_places(sheet.report.bloc_year, sheet.decimals)
    for row in scored(sheet):
        maximum = row.criterion.max_points
        facts = [
            Fact("điểm tối đa", format_trimmed(maximum, EXACT) if maximum else ""),
            Fact(OWN, points_text(row.own, places)),
        ]
        if is_judged(sheet.report) and (given := given_of(row)) is not None:
            facts.append(Fact(GIVEN, points_text(given, places)))
        yield ToldRow(row.criterion.name, tuple(facts))
    for row in sheet.left_empty():
        maximum, given = row.criterion.max_points, given_of(row)
        facts = [Fact("điểm tối đa", format_trimmed(maximum, EXACT) if maximum else "")]
        if is_judged(sheet.report) and given is not None:
            facts.append(Fact(GIVEN, points_text(given, places)))
        yield ToldRow(row.criterion.name, (*facts, Fact(OWN, COUNTED_ZERO)))


def paper_total(sheet: Sheet) -> Iterator[ToldRow]:
    """The last line of the table once every leaf has its points."""
    report = sheet.report
    places = printed_places(report.bloc_year, sheet.decimals)
    if not is_judged(report) or sheet.open_paths("appraised_points"):
        return
    facts = (
        Fact("điểm tối đa", format_trimmed(report.table.total_max, EXACT)),
        Fact("tổng tự chấm", points_text(sheet.whole_sums().total, places)),
        Fact("tổng thẩm định", points_text(sheet.whole_sums("appraised_points").total, places)),
    )
    yield ToldRow("Tổng điểm", facts)


def beside(sheet: Sheet) -> Iterator[ToldRow]:
    """Late days and other points outside the table, as the paper notes them."""
    if not is_judged(sheet.report):
        return
    if adjustments := beside_sheet(sheet).adjustments:
        yield ToldRow("Điểm ngoài bảng:", (Fact("nộp chậm", adjustment_words(adjustments)),))


def book_leaves(sheet: Sheet) -> Iterator[ToldRow]:
    """Maximum, own and appraised points in the cells of the workbook."""
    for row in scored(sheet):
        maximum = row.criterion.max_points
        facts = [Fact("điểm tối đa", format_trimmed(maximum, EXACT))] if maximum else []
        facts.append(Fact(OWN, format_trimmed(row.own, EXACT)))
        if is_judged(sheet.report) and (given := given_of(row)) is not None:
            facts.append(Fact(GIVEN, format_trimmed(given, EXACT)))
        yield ToldRow(row.criterion.name, tuple(facts), skips=True)
    for row in sheet.left_empty():
        yield ToldRow(row.criterion.name, (Fact(OWN, COUNTED_ZERO),), skips=True)
