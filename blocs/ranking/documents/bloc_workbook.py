"""The sheets of a whole bloc in one Excel file: a summary, then the form of every unit."""

from collections.abc import Collection, Iterator, Sequence

from blocs.ranking.documents.ranking_workbook import compared_column
from blocs.ranking.models.ranked_units import RankedUnit
from blocs.ranking.models.rankings import Ranking, ranking_of
from blocs.reports.domain.whole_sums import NOT_WHOLE
from blocs.reports.models.sheets import Sheet
from blocs.scoring.totals.tables import Node
from blocs.sheet_files.documents import (
    FROZEN,
    ILLUSTRATIVE,
    MOTTO,
    SUMMARY_NAME,
    about_page,
    draft_words,
    file_name,
    sheet_names,
    sheet_page,
    stored_or_open,
)
from blocs.years.models import BlocYear
from thidua.workbooks import Column, Value, WorkbookRow, WorkbookSheet, write_workbook

TOTALS = ("Tổng tự chấm", "Tổng thẩm định", "Điểm ngoài bảng", "Tổng điểm xếp hạng")


def bloc_workbook(
    bloc_year: BlocYear, sheets: Sequence[Sheet], *, shows_given: Collection[int]
) -> bytes:
    """`shows_given`: reports whose appraised points are shown, and what the ranking makes of them.

    A unit has points after its sheet once the whole sheet is appraised.
    """
    names = sheet_names([sheet.report.unit.short_name for sheet in sheets])
    pages = [
        sheet_page(sheet, name, shows_given=sheet.report.pk in shows_given)
        for sheet, name in zip(sheets, names, strict=True)
    ]
    about = about_page(zip(names, (sheet.report for sheet in sheets), strict=True))
    ranking = ranking_of(bloc_year) if shows_given else None
    return write_workbook([summary_page(bloc_year, sheets, shows_given, ranking), *pages, about])


def bloc_file_name(bloc_year: BlocYear) -> str:
    """«BangDiem_KhoiThiDuaSo5_2026.xlsx»."""
    return file_name(bloc_year.bloc.name, bloc_year.span)


def summary_page(
    bloc_year: BlocYear,
    sheets: Sequence[Sheet],
    shows_given: Collection[int],
    ranking: Ranking | None,
) -> WorkbookSheet:
    """One line per unit: its state, the points of each part, and the totals."""
    tables = {sheet.report.table_id for sheet in sheets}
    sections = sheets[0].tree.nodes if len(tables) == 1 else ()
    rows_ranked = ranking.rows if ranking else ()
    ranked = {row.report.pk: row for row in rows_ranked if row.report.pk in shows_given}
    shows_compared = ranking is not None and ranking.compares_months
    columns = [
        Column("STT", 6, kind="number"),
        Column("Đơn vị", 40),
        Column("Trạng thái", 20),
        *(Column(node.name, 16, kind="number") for node in sections),
        *(Column(total, 12, kind="number") for total in TOTALS),
        *share_columns(ranking),
        *(compared_column(ranking) if ranking else ()),
    ]
    rows = []
    for number, sheet in enumerate(sheets, start=1):
        report = sheet.report
        totals = (
            *sheet_totals(sheet, shows_given),
            *after_the_sheet(ranked.get(report.pk), ranking, shows_compared),
        )
        draft = draft_words(sheet, shows_given=report.pk in shows_given)
        state = report.get_state_display()
        head = (number, report.unit.name, f"{state} ({draft})" if draft else state)
        rows.append(WorkbookRow([*head, *own_parts(sheet, sections), *totals]))
    titles = (*MOTTO, f"TỔNG HỢP ĐIỂM THI ĐUA {bloc_year.words.upper()}", bloc_year.bloc.name)
    if bloc_year.is_illustrative:
        titles = (*titles, ILLUSTRATIVE)
    return WorkbookSheet(SUMMARY_NAME, columns, rows, title_lines=titles, frozen_columns=FROZEN)


def own_parts(sheet: Sheet, sections: Sequence[Node]) -> Iterator[Value]:
    """The unit's own points of each part; empty before it has any, a word where one is open."""
    if sheet.report.self_total is None:
        return (None for _ in sections)
    sums = sheet.whole_sums()
    parts = (sums.part(node) for node in sections)
    return (NOT_WHOLE if points is None else points for points in parts)


def sheet_totals(sheet: Sheet, shows_given: Collection[int]) -> Iterator[Value]:
    """Own and appraised total; the appraised one where the reader may know it."""
    report = sheet.report
    yield stored_or_open(sheet, "self_points", report.self_total)
    is_shown = report.pk in shows_given
    yield stored_or_open(sheet, "appraised_points", report.appraised_total) if is_shown else None


def share_columns(ranking: Ranking | None) -> tuple[Column, ...]:
    """Maximum and percent, where units have different maxima."""
    if ranking is None or not ranking.by_percent:
        return ()
    return (Column("Điểm tối đa", 12, kind="number"), Column("Tỷ lệ đạt (%)", 12, kind="number"))


def after_the_sheet(
    row: RankedUnit | None, ranking: Ranking | None, shows_compared: bool
) -> Iterator[Value]:
    """Points outside the table and the total; what is compared where that is another figure."""
    yield row.outside if row else None
    yield row.given.total if row else None
    if share_columns(ranking):
        yield row.given.percent_of if row else None
        yield row.given.percent if row else None
    if shows_compared:
        yield row.placed.total if row else None
