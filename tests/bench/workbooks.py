"""Excel in and out: beside openpyxl's bare reading, against the clock, and in memory."""

import io
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from blocs.criteria.models import Criterion
from blocs.ranking.documents.bloc_workbook import bloc_workbook
from blocs.reports.models import Report, Score
from blocs.reports.models.sheets import read_sheet, read_sheets
from blocs.sheet_files.actions import READERS, apply_import, preview_import
from blocs.sheet_files.documents import report_workbook
from blocs.year_files.domain.year_import import read_year
from tests.bench.timing import ratio, resident
from tests.factories.blocs import ScoringTableFactory, year_with_members
from tests.factories.people import editor_of
from tests.factories.year_files import year_book
from thidua.accounts.models import User
from thidua.workbooks import read_workbook

NAME = "Hoàn thành chỉ tiêu, nhiệm vụ được Ủy ban nhân dân tỉnh giao trong kế hoạch năm (số {})"
# With its groups a year file has 1,919 lines; 2,000 are the most it may have.
YEAR_LEAVES, YEAR_UNITS = 1900, 14
CHILD = """
import sys
import django; django.setup()
from tests.bench.workbooks import memory_in_child
memory_in_child(*sys.argv[1:])
"""


def bare_reading(content):
    """What openpyxl alone needs for the same cells."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for page in book.worksheets:
        for _ in page.iter_rows(values_only=True):
            pass
    book.close()


@cache
def year_file():
    """A year of 1,900 leaves: 3 columns of the leaf and 28 of 14 units."""
    units = tuple(
        (f"D{number:02d}", f"Đơn vị thử số {number}", "", "Trưởng" if number == 0 else "")
        for number in range(YEAR_UNITS)
    )
    groups = YEAR_LEAVES // 100
    table = [(str(group), f"Nhóm {group}", "", 1000) for group in range(1, groups + 1)]
    leaves = [(f"{group}/{leaf}", leaf) for group in range(1, groups + 1) for leaf in range(100)]
    rule = '{"formula": "proportional"}'
    table += [(path, NAME.format(leaf), "quantitative", 10, "%", "", rule) for path, leaf in leaves]
    results = [
        (path, "", NAME.format(leaf), *(100, 95.5 + leaf / 100) * YEAR_UNITS)
        for path, leaf in leaves
    ]
    file = io.BytesIO()
    year_book({"year": 2027}, units, table, results).save(file)
    return file.getvalue()


def read_year_file(content):
    """Reading a year's file with its report per cell."""
    book = read_workbook(SimpleUploadedFile("a.xlsx", content))
    found = read_year({name: page.rows for name, page in book.items()}, READERS)
    answers = sum(map(len, found.answers.values()))
    if found.problems or answers != YEAR_LEAVES * YEAR_UNITS:
        raise RuntimeError(f"{answers}: {found.problems[:3]}")


def year_import_ratio():
    """1,900 rows of 31 columns: read, every cell checked, against reading alone."""
    content = year_file()
    return ratio(lambda: read_year_file(content), lambda: bare_reading(content), rounds=4)


@cache
def big_report(leaves=2000, units=1):
    """A table of so many leaves, and the reports of so many units on it."""
    year = year_with_members(max(units, 3))
    table = ScoringTableFactory(bloc_year=year, published=True, total_max=leaves * 10)
    group = Criterion.objects.create(table=table, code="I", name="Nhóm", max_points=leaves * 10)
    rows = Criterion.objects.bulk_create(
        Criterion(
            table=table,
            parent=group,
            code=str(number),
            name=NAME.format(number),
            kind="direct",
            max_points=10,
            order=number,
        )
        for number in range(leaves)
    )
    members = [member.unit for member in year.members.order_by("order")][:units]
    reports = [
        Report.objects.create(bloc_year=year, unit=unit, table=table, results="Đủ.")
        for unit in members
    ]
    Score.objects.bulk_create(
        Score(report=report, criterion=row, value=9, self_points=9, note="Có báo cáo kèm theo.")
        for report in reports
        for row in rows
    )
    return reports


@cache
def filled_form():
    """The form of the big report with another result at every leaf."""
    report = big_report()[0]
    book = load_workbook(io.BytesIO(report_workbook(read_sheet(report), shows_given=False)))
    page = book["Bảng điểm"]
    codes = next(row for row in page.iter_rows(max_row=12) if "ma" in [one.value for one in row])
    column = next(cell.column for cell in codes if cell.value == "ket_qua")
    for row in range(codes[0].row + 2, page.max_row):
        page.cell(row, column).value = 8.5
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@cache
def bench_editor():
    return editor_of(big_report()[0].unit)


def preview_form():
    upload = SimpleUploadedFile("a.xlsx", filled_form())
    found = preview_import(big_report()[0], upload=upload, actor=bench_editor())
    if found.faults or len(found.changes) != 2000:
        raise RuntimeError(f"{len(found.changes)}: {found.faults[:3]}")
    return found


def form_preview_ratio():
    """A unit's form of 2,000 leaves: read, compared, scored, against reading alone."""
    content = filled_form()
    preview_form()
    return ratio(preview_form, lambda: bare_reading(content), rounds=4)


def export():
    """The whole bloc in one file: 10 units of 500 leaves, from the database to the bytes."""
    reports = [report.pk for report in big_report(500, 10)]
    sheets = read_sheets(Report.objects.filter(pk__in=reports).for_page())
    return bloc_workbook(sheets[0].report.bloc_year, sheets, shows_given=())


def bare_writing(pages):
    """What openpyxl alone needs to write the same cells, without a look."""
    book = Workbook(write_only=True)
    for title, rows in pages:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(io.BytesIO())


def export_ratio():
    """Queries, sums, words and looks of 5,000 rows against the bare writing of their cells."""
    book = load_workbook(io.BytesIO(export()))
    pages = [
        (page.title, [[cell.value for cell in row] for row in page.iter_rows()])
        for page in book.worksheets
    ]
    return ratio(export, lambda: bare_writing(pages), rounds=4)


def read_only_step(path):
    read_year_file(Path(path).read_bytes())


def form_step(path, report, actor):
    """Both steps of bringing a form back."""
    found, actor = Report.objects.for_page().get(pk=report), User.objects.get(pk=actor)
    upload = SimpleUploadedFile("a.xlsx", Path(path).read_bytes())
    preview = preview_import(found, upload=upload, actor=actor)
    rows = [change.typed for change in preview.changes]
    apply_import(found, rows=rows, source="a.xlsx", actor=actor)


def export_step(*reports):
    sheets = read_sheets(Report.objects.filter(pk__in=reports).for_page())
    bloc_workbook(sheets[0].report.bloc_year, sheets, shows_given=())


def memory_in_child(step, *arguments):
    """Megabytes that a step takes at most beyond what the process holds at rest."""
    begun = resident(Path("/proc/self/status").read_text())
    globals()[step](*arguments)
    sys.stdout.write(str(resident(Path("/proc/self/status").read_text(), "VmHWM") - begun))


def excel_memory():
    """The greediest of reading a year, bringing a form back and writing a bloc."""
    with TemporaryDirectory() as folder:
        year, form = Path(folder) / "nam.xlsx", Path(folder) / "bang.xlsx"
        year.write_bytes(year_file())
        form.write_bytes(filled_form())
        report, editor = big_report()[0], bench_editor()
        steps = (
            ("read_only_step", year),
            ("form_step", form, report.pk, editor.pk),
            ("export_step", *(one.pk for one in big_report(500, 10))),
        )
        return max(child(*map(str, step)) for step in steps)


def child(*arguments):
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *arguments],
        env=os.environ.copy(),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return float(done.stdout)
