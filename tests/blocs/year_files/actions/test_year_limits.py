"""Files of a year that are too long, too deep, or hold what no column of the product can."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl.utils import get_column_letter

from blocs.criteria.domain.table_cells import MOST_LEVELS
from blocs.sheet_files.actions import READERS
from blocs.states import SeatRole
from blocs.units.models import Unit
from blocs.year_files.actions import import_year
from blocs.year_files.documents.checked import YearFileError, check_file
from blocs.year_files.domain.year_import import read_year
from blocs.year_files.domain.year_pages import MOST, TOO_MANY
from blocs.year_files.domain.year_table import LONGEST_PATH, TOO_DEEP, TOO_LONG
from blocs.years.models import BlocYear
from tests.factories.blocs import BlocFactory
from tests.factories.people import UnitFactory, official
from tests.factories.year_files import TABLE, UNITS, year_book, year_upload
from thidua.workbooks import read_workbook


@pytest.fixture(scope="module")
def pages():
    """The rows of a right file, by the name of the sheet."""
    return {name: list(sheet.rows) for name, sheet in read_workbook(year_upload()).items()}


def problems(pages, page, lines):
    """What is wrong in the file once `lines` stand below those of a sheet."""
    kept = [row for row in pages[page] if any(row)]
    found = read_year({**pages, page: [*kept, *lines]}, READERS)
    return [(one.page, one.row, one.column, one.reason) for one in found.problems]


@pytest.mark.parametrize("page", MOST)
def test_a_sheet_has_so_many_lines_and_the_first_beyond_is_told_alone(pages, page):
    # Titles and codes are no lines.
    free = MOST[page] - (len([row for row in pages[page] if any(row)]) - 2)
    lines = [(f"X{number}", f"Dòng {number}", "") for number in range(free + 1)]
    told = (page, MOST[page] + 3, 1, TOO_MANY.format(most=MOST[page]))
    assert problems(pages, page, lines) == [told]
    assert told not in problems(pages, page, lines[:-1])


def chain(depth):
    """Groups within each other, the last with a leaf."""
    paths = ["Z" + "/1" * level for level in range(depth)]
    return [(path, "Nhóm", "", 1) for path in paths[:-1]] + [(paths[-1], "Việc", "direct", 1)]


@pytest.mark.parametrize("depth", [MOST_LEVELS + 1, 900])
def test_no_group_stands_deeper_than_a_table_has_levels(pages, depth):
    told = problems(pages, "Bảng điểm", chain(depth))
    deep = [row for _, row, _, reason in told if reason in (TOO_DEEP, TOO_LONG)]
    first = 2 + len(TABLE) + MOST_LEVELS + 1
    assert deep == list(range(first, first + depth - MOST_LEVELS))
    assert problems(pages, "Bảng điểm", chain(MOST_LEVELS)) == []


def test_a_path_is_no_longer_than_its_labels_can_be(pages):
    told = problems(pages, "Bảng điểm", [("/" * (LONGEST_PATH + 1), "Dài", "direct", 1)])
    assert told == [("Bảng điểm", 3 + len(TABLE), 1, TOO_LONG)]


def test_a_rule_that_says_nothing_is_told_at_its_cell_and_results_wait(pages):
    told = problems(pages, "Bảng điểm", [("II/2", "Lạ", "direct", 0, "", "", '{"levels": 5}')])
    assert ("Bảng điểm", 8, 7) in {place[:3] for place in told}


@pytest.mark.django_db
def test_what_takes_long_is_told_before_the_lock_of_a_writing_is_held():
    told, office = [], official(SeatRole.OFFICE)
    with CaptureQueriesContext(connection) as queries:
        checked = check_file(year_upload(), tell=lambda *step: told.append(step))
        assert len(queries) == 0
        import_year(checked, actor=office, is_check=True)
    assert told == [
        (0, 2, "Đã đọc và kiểm tra các ô"),
        (1, 2, "Đã tính điểm của SA"),
        (2, 2, "Đã tính điểm của SB"),
    ]
    # A check makes no report: it has counted the points already.
    assert not any("reports_" in one["sql"] for one in queries if "INSERT" in one["sql"])


def cells(book):
    """The wrong cells of a file, as a person of the office is told them."""
    with pytest.raises(YearFileError) as caught:
        import_year(year_upload(book), actor=official(SeatRole.OFFICE), is_check=True)
    return {(one.sheet, one.cell) for one in caught.value.faults}


def one_more(column, value):
    """A third unit whose cell in one column is `value`."""
    line = ["SC", "Sở Thử nghiệm C", "", "", "", "", ""]
    line[column] = value
    return (*UNITS, tuple(line))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "length"), [(0, 31), (1, 256), (2, 101), (4, 256), (5, 151), (6, 151)]
)
def test_what_is_too_long_of_a_unit_is_told_at_its_column(column, length):
    units = one_more(column, "x" * length)
    assert ("Đơn vị", f"{get_column_letter(column + 1)}5") in cells(year_book(units=units))
    assert Unit.objects.filter(code="SA").count() == 0


@pytest.mark.django_db
def test_a_second_unit_of_a_name_is_told_at_the_name():
    UnitFactory(code="CŨ", name="Sở Thử nghiệm B")
    assert cells(year_book()) == {("Đơn vị", "B4")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "value", "cell"),
    [
        ("bloc_code", "K" * 21, "B3"),
        ("bloc_name", "k" * 256, "B4"),
        ("bloc_name", "Khối đã có", "B4"),
        ("table_title", "b" * 256, "B7"),
        ("total_max", 99, "B8"),
        ("bonus_cap", 10**12, "B9"),
    ],
)
def test_what_no_bloc_and_no_table_can_be_is_told_at_its_fact(code, value, cell):
    BlocFactory(code="CŨ", name="Khối đã có")
    assert cells(year_book({code: value})) == {("Thông tin", cell)}
    assert BlocYear.objects.count() == 0


@pytest.mark.django_db
def test_a_known_sign_with_another_name_is_told_at_the_name():
    BlocFactory(code="KTĐ9", name="Khối khác")
    assert cells(year_book()) == {("Thông tin", "B4")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "place", "cell"),
    [
        (("II", "Chấp hành", "", "", "", "", ""), 3, "D6"),
        (("II", "Chấp hành", "", 9, "", "", ""), 3, "D6"),
        (("I/2", "Hồ sơ", "direct", 50, "m" * 61, "", ""), 2, "E5"),
        (("I/" + "k" * 61, "Hồ sơ", "direct", 50, "", "", ""), 2, "A5"),
        (("I/2", "Hồ sơ", "quantitative", 50, "", "", '{"formula": "lạ"}'), 2, "G5"),
    ],
)
def test_what_is_wrong_in_a_line_of_the_table_is_told_at_its_row_and_column(line, place, cell):
    table = (*TABLE[:place], line, *TABLE[place + 1 :])
    told = cells(year_book(table=table, results=()))
    assert ("Bảng điểm", cell) in told
    assert not any(name == "A1" for _, name in told)
