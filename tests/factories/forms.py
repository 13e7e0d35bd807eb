"""A score sheet that lives in memory only: a table of tests/criteria with any answers."""

import io
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from blocs.criteria.models import Criterion, ScoringTable
from blocs.criteria.models.tree import Tree
from blocs.reports.models import Report, Score
from blocs.reports.models.sheets import sheet_with
from blocs.scoring import Entry
from blocs.scoring.totals.tables import from_json, outline, walk
from blocs.sheet_files.actions import READERS, form_leaves
from blocs.sheet_files.documents import SHEET_NAME, report_workbook
from blocs.sheet_files.domain.sheet_import import read_form
from blocs.units.models import Bloc, Unit
from blocs.years.models import BlocYear
from tests.criteria import criteria
from thidua.workbooks import read_workbook


def tree_in_memory(name):
    """The tree of one file of tests/criteria, its rows with numbers but not stored."""
    return tree_of_nodes(from_json(criteria(name)).nodes)


def tree_of_nodes(nodes):
    rows = {
        path: Criterion(
            pk=number,
            code=node.code,
            name=node.name,
            kind=node.kind,
            max_points=node.max_points or Decimal(0),
            measure=node.measure,
            rule=node.rule,
        )
        for number, (path, node) in enumerate(walk(nodes), start=1)
    }
    return Tree(nodes, rows, outline(nodes))


def sheet_in_memory(tree, answers):
    """A sheet with the (entry, note) of each path."""
    year = BlocYear(bloc=Bloc(name="Khối thi đua số 5", code="KTĐ5"), year=2026)
    unit = Unit(name="Sở Xây dựng", short_name="Sở Xây dựng", code="SXD")
    table = ScoringTable(bloc_year=year, title="Bảng chấm điểm", total_max=100, fingerprint="0")
    report = Report(pk=1, bloc_year=year, unit=unit, table=table)
    scores = {row.pk: score_of(row, *answers[path]) for path, row in tree.leaves()}
    return sheet_with(report, tree, scores)


def score_of(row, entry, note):
    return Score(
        criterion=row,
        value=entry.value,
        target=entry.target,
        choice=entry.choice,
        facts=dict(entry.facts),
        not_applicable=entry.not_applicable,
        note=note,
    )


def nothing(tree):
    """An empty answer at every leaf."""
    return {path: (Entry(), "") for path, _ in tree.leaves()}


def rows_of(content, name=SHEET_NAME):
    """The rows of one sheet of a workbook, as the product reads them."""
    return read_workbook(SimpleUploadedFile("a.xlsx", content))[name].rows


def through_excel(sheet, stored=None, decimals=4):
    """The form of `sheet` written, read back and compared with `stored` (the sheet itself)."""
    rows = rows_of(report_workbook(sheet, shows_given=False))
    return read_form(rows, form_leaves(stored or sheet), READERS, decimals=decimals)


def saved(book, name="Bảng điểm.xlsx"):
    """A workbook of openpyxl as somebody uploads it."""
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile(name, file.getvalue())


def place(page, path, code):
    """The cell of a leaf in a column, found as the reader finds it: by the hidden codes."""
    codes = next(row for row in page.iter_rows() if "ma" in [cell.value for cell in row])
    columns = {cell.value: cell.column for cell in codes if cell.value}
    line = next(
        row
        for row in range(codes[0].row + 1, page.max_row + 1)
        if page.cell(row, columns["ma"]).value == path
    )
    return page.cell(line, columns[code])
