"""The summary of a bloc year as an Excel file: totals and places, and every leaf."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from blocs.ranking.documents.ranking_table import attached_lines, section_heading, summary_notes
from blocs.ranking.documents.score_leaves import maximum_of
from blocs.ranking.domain.ground_words import eligibility_notes
from blocs.ranking.models.ranked_units import RankedUnit
from blocs.ranking.models.rankings import Ranking
from blocs.reports.domain.whole_sums import NOT_WHOLE
from blocs.scoring import NotApplicable, Outcome, Points, walk
from blocs.scoring.totals.totals import part_points
from thidua.common.vietnamese.text import file_stem
from thidua.workbooks import Column, Value, WorkbookRow, WorkbookSheet, write_workbook

NOT_ASSIGNED = "không giao"


def ranking_workbook(ranking: Ranking) -> bytes:
    """Two sheets: the summary with its notes, and the points of each leaf by unit."""
    return write_workbook((summary_sheet(ranking), *leaves_sheets(ranking)))


def ranking_file_name(ranking: Ranking) -> str:
    """What the file is called."""
    return f"{file_stem(f'bảng tổng hợp điểm {ranking.bloc_year}')}.xlsx"


def titles(ranking: Ranking, what: str) -> tuple[str, ...]:
    year = ranking.bloc_year
    return (f"{what} {year.words} – {year.bloc.name}", *attached_lines(ranking))


def summary_sheet(ranking: Ranking) -> WorkbookSheet:
    """One line a unit, best first; who has no place stands below with the reason."""
    columns = [Column("Hạng", 7, "number"), Column("Mã", 12), Column("Đơn vị", 38)]
    if ranking.shows_groups:
        columns.append(Column("Nhóm", 24))
    for node in ranking.sections:
        heading = section_heading(node, by_percent=ranking.rules.by_percent)
        columns += [
            Column(f"{heading} – tự chấm", 14, "number"),
            Column(f"{heading} – thẩm định", 14, "number"),
        ]
    columns += [
        Column("Điểm ngoài bảng", 12, "number"),
        *own_columns(ranking),
        Column("Tổng điểm", 12, "number"),
        Column("Tỷ lệ đạt (%)", 12, "number"),
        *compared_column(ranking),
        Column("Xếp loại", 18),
        Column("Ghi chú", 50),
    ]
    return WorkbookSheet(
        "Tổng hợp",
        columns,
        [*summary_rows(ranking), *note_rows(ranking)],
        title_lines=titles(ranking, "Bảng tổng hợp điểm thi đua"),
        frozen_columns=3,
    )


def own_columns(ranking: Ranking) -> tuple[Column, ...]:
    """Own total and maximum, where the sections alone do not tell them of every unit."""
    if not ranking.by_percent:
        return ()
    return (Column("Tổng tự chấm", 12, "number"), Column("Điểm tối đa", 12, "number"))


def compared_column(ranking: Ranking) -> tuple[Column, ...]:
    """The figure that is compared, where for somebody it is not simply the total."""
    return (Column(ranking.compared_heading, 12, "number"),) if ranking.compares_months else ()


def summary_rows(ranking: Ranking) -> Iterator[WorkbookRow]:
    """Ranked units, then the others."""
    for row in ranking.rows:
        yield WorkbookRow([row.placed.place, row.unit.code, row.unit.name, *figures(row, ranking)])
    width = 2 * len(ranking.sections) + 3 + ranking.compares_months + ranking.shows_groups
    empty: list[Value] = [None] * (width + 2 * ranking.by_percent)
    for left in ranking.out:
        yield WorkbookRow([None, left.unit.code, left.unit.name, *empty, "", left.reason])


def figures(row: RankedUnit, ranking: Ranking) -> Iterator[Value]:
    """The numbers of one unit as they are, not rounded to what is printed."""
    own = row.own_sums
    if ranking.shows_groups:
        yield ranking.group_name(row)
    for node in ranking.sections:
        yield known(own.part(node))
        yield part_points(row.given, node)
    yield row.outside
    if ranking.by_percent:
        yield known(own.total)
        yield row.given.percent_of
    yield row.given.total
    yield row.given.percent
    if ranking.compares_months:
        yield row.placed.total
    yield row.judged.class_label or row.judged.question
    names = [item.name for item in row.adjustments]
    part = ranking.compared_words(row)
    if part:
        names.append(f"{part[0].upper()}{part[1:]}.")
    notes = (*names, row.judged.class_note, *eligibility_notes(row.eligibility))
    yield " ".join(filter(None, notes))


def note_rows(ranking: Ranking) -> Iterator[WorkbookRow]:
    for note in summary_notes(ranking):
        yield WorkbookRow([None, "", note], look="note")


def leaves_sheets(ranking: Ranking) -> Iterator[WorkbookSheet]:
    """The leaves with the units of their table beside them, a sheet for each table."""
    for number, rows in enumerate(ranking.by_table or [()], start=1):
        name = "Chi tiết" if number == 1 else f"Chi tiết {number}"
        yield leaves_sheet(ranking, rows, name)


def leaves_sheet(ranking: Ranking, rows: Sequence[RankedUnit], name: str) -> WorkbookSheet:
    """One line a leaf, two columns a unit; the units are those of one table."""
    columns = [Column("TT", 10), Column("Nội dung, tiêu chí", 60), Column("Điểm tối đa", 10)]
    for row in rows:
        unit = row.unit.short_name or row.unit.name
        columns += [
            Column(f"{unit} – tự chấm", 13, "number"),
            Column(f"{unit} – thẩm định", 13, "number"),
        ]
    whose = f", nhóm “{ranking.group_name(rows[0])}”," if rows and ranking.shows_groups else ""
    return WorkbookSheet(
        name,
        columns,
        leaf_rows(rows),
        title_lines=titles(ranking, f"Điểm từng tiêu chí{whose}"),
        frozen_columns=3,
    )


def leaf_rows(rows: Sequence[RankedUnit]) -> Iterator[WorkbookRow]:
    """Groups and leaves in the order of their table, the totals last."""
    if not rows:
        return
    tree = rows[0].tree
    for path, node in walk(tree.nodes):
        head = [tree.label_of(path), node.name, maximum_of(node)]
        values = [value for row in rows for value in pair(row, path, node.is_group)]
        yield WorkbookRow([*head, *values], look="group" if node.is_group else "")
    outside = [value for row in rows for value in (None, row.outside)]
    yield WorkbookRow(["", "Điểm ngoài bảng", "", *outside], look="total")
    pairs = ((row.own_sums.total, row.given.total) for row in rows)
    totals = [value for own, given in pairs for value in (known(own), given)]
    yield WorkbookRow(["", "Tổng điểm", "", *totals], look="total")


def known(total: Decimal | None) -> Value:
    """A sum of own points, or the word for one that lacks a leaf."""
    return NOT_WHOLE if total is None else total


def pair(row: RankedUnit, path: str, is_group: bool) -> tuple[Value, Value]:
    """Own and given points of one unit at one line."""
    if is_group:
        return known(row.own_sums.group(path)), row.given.groups.get(path)
    return leaf_value(row.own.outcomes.get(path)), leaf_value(row.given.outcomes.get(path))


def leaf_value(outcome: Outcome | None) -> Value:
    """The points of a leaf; a word where it was not assigned."""
    if isinstance(outcome, NotApplicable):
        return NOT_ASSIGNED
    return outcome.points if isinstance(outcome, Points) else None
