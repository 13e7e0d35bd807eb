"""What is written into a workbook comes back as it was: numbers, levels, facts, notes."""

import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from blocs.reports.domain.sheet_rows import inputs_of, may_be_left_out
from blocs.scoring import Entry, InputType
from blocs.sheet_files.documents import report_file_name, report_workbook, sheet_names
from blocs.sheet_files.domain.sheet_cells import answer_stamp, clean_note
from tests.factories.forms import (
    nothing,
    rows_of,
    score_of,
    sheet_in_memory,
    through_excel,
    tree_in_memory,
)

TABLES = (
    "template-khoi-so-nganh",
    "template-cum-xa",
    "tien-giang-clauses",
    "hcmc-tdkt",
    "ca-cum-347",
)
TREES = {name: tree_in_memory(name) for name in TABLES}
NUMBERS = st.decimals(Decimal("-99999999.9999"), Decimal("99999999.9999"), places=4)
COUNTS = st.integers(0, 99_999_999).map(Decimal)
NOTES = st.text(max_size=80) | st.sampled_from(
    ("=1+1", "+84", "-5", "@SUM(A1)", "Có\r\nhai dòng", "  9,5 ", "Uỷ ban", "1.000")
)
DAYS = st.dates().map(lambda day: day.isoformat())
FACTS = {
    "yes_no": st.booleans(),
    "date": DAYS,
    "count": COUNTS.map(str),
    "number": NUMBERS.map(lambda number: f"{number:f}"),
}


@st.composite
def answers(draw, row):
    """An answer such as the sheet keeps for a leaf of this kind, and a note."""
    found, facts = {}, {}
    if may_be_left_out(row.kind, row.rule) and draw(st.booleans()):
        return Entry(not_applicable=True), draw(NOTES)
    for asked in inputs_of(row.kind, row.rule):
        if draw(st.booleans()):
            continue
        if asked.type is InputType.FACT:
            facts[asked.key] = draw(FACTS[asked.fact_type or "number"])
        elif asked.type is InputType.LEVEL:
            found["choice"] = draw(st.sampled_from(asked.choices))
        elif asked.type is InputType.PASSED:
            found["value"] = Decimal(draw(st.integers(0, 1)))
        else:
            found[asked.field] = draw(NUMBERS)
    return Entry(**found, facts=facts), draw(NOTES)


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=5)
@given(data=st.data())
def test_a_sheet_comes_back_from_excel_as_it_was(name, data):
    tree = TREES[name]
    typed = {path: data.draw(answers(row)) for path, row in tree.leaves()}
    sheet, empty = (sheet_in_memory(tree, one) for one in (typed, nothing(tree)))
    reading = through_excel(sheet, stored=empty)
    assert reading.problems == ()
    assert {
        answer.leaf.path: answer_stamp(answer.entry, answer.note) for answer in reading.answers
    } == {path: answer_stamp(*answer) for path, answer in typed.items()}
    assert {answer.leaf.path: answer.note for answer in reading.answers} == {
        path: clean_note(note) for path, (_, note) in typed.items()
    }
    assert through_excel(sheet).changes == ()
    again = {answer.leaf.path: (answer.entry, answer.note) for answer in reading.answers}
    first, second = (
        rows_of(report_workbook(sheet_in_memory(tree, one), shows_given=False))
        for one in (typed, again)
    )
    assert first == second


@given(number=NUMBERS)
@settings(max_examples=60)
def test_a_number_comes_back_exactly(number):
    tree = TREES["hcmc-tdkt"]
    path, _ = tree.leaves()[0]
    sheet = sheet_in_memory(tree, nothing(tree) | {path: (Entry(value=number), "")})
    read = {one.leaf.path: one.entry.value for one in through_excel(sheet).answers}
    assert read[path] == number


def test_all_kinds_of_leaves_are_in_the_tables():
    kinds = {row.kind for tree in TREES.values() for _, row in tree.leaves()}
    assert kinds == {
        "clauses",
        "deduction",
        "direct",
        "external_rating",
        "pass_fail",
        "per_occurrence",
        "quantitative",
        "bonus",
    }


def test_points_and_totals_are_numbers_and_never_formulas():
    tree = TREES["template-khoi-so-nganh"]
    sheet = sheet_in_memory(tree, nothing(tree))
    book = load_workbook(io.BytesIO(report_workbook(sheet, shows_given=True)))
    kinds = {cell.data_type for row in book["Bảng điểm"].iter_rows() for cell in row}
    assert kinds == {"n", "s"}
    assert book["thong-tin-mau"].sheet_state == "hidden"
    assert book["Bảng điểm"].protection.sheet is True


def test_a_file_is_called_by_unit_and_year():
    tree = TREES["hcmc-tdkt"]
    report = sheet_in_memory(tree, nothing(tree)).report
    assert report_file_name(report) == "BangDiem_SoXayDung_2026.xlsx"


def test_sheets_have_names_that_excel_accepts():
    long = "Ban Quản lý các khu công nghiệp tỉnh"
    wanted = ["Sở A/B", long, long, "tổng hợp", "?", "Danh-Muc", "\U0001f3ed" * 31, "[X]\\'"]
    assert sheet_names(wanted) == [
        "Sở A B",
        "Ban Quản lý các khu công nghiệp",
        "Ban Quản lý các khu công ng (2)",
        "tổng hợp (2)",
        "Đơn vị",
        "Danh-Muc (2)",
        "Đơn vị (2)",
        "X",
    ]


def test_marks_do_not_depend_on_how_numbers_are_written():
    one = Entry(value=Decimal("9.50"), facts={"a": "5.0", "b": "2026-12-05"})
    other = Entry(value=Decimal("9.5"), facts={"b": "2026-12-05", "a": "5"})
    assert answer_stamp(one, "x ") == answer_stamp(other, "x")
    assert answer_stamp(one, "x") != answer_stamp(one, "y")
    assert score_of(None, one, "x").facts == {"a": "5.0", "b": "2026-12-05"}
