"""A year file keeps the numbers of a table as issued, and may be of a school year."""

import datetime as dt
from decimal import Decimal

import pytest

from blocs.criteria.models import Criterion
from blocs.reports.models import Score
from blocs.states import SeatRole
from blocs.units.models import Membership
from blocs.year_files.actions import import_year
from blocs.year_files.documents.checked import YearFileError
from blocs.years.models import BlocYear
from tests.factories.people import official
from tests.factories.year_files import year_book, year_upload

pytestmark = pytest.mark.django_db
NOT_A_YEAR = "Ghi năm như “2026”, hoặc năm học như “2026–2027”."
GROUP = ("I", "Nhiệm vụ", "", 100, "", "", "")


@pytest.fixture
def office():
    return official(SeatRole.OFFICE)


def direct(path, name, most):
    return (path, name, "Chấm điểm trực tiếp", most, "", "", "")


def told(office, **parts):
    with pytest.raises(YearFileError) as caught:
        import_year(year_upload(year_book(**parts)), actor=office)
    return [(one.sheet, one.cell, one.reason) for one in caught.value.faults]


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [("I/-", "I/-", ("-", "-")), ("I/a", "I/a", ("a", "a")), ("I/1/", "I/2/", ("1/", "2/")),
     ("I/", "I/", ("", "")), ("I/1/", "I/1/", ("1/", "1/"))],
)  # fmt: skip
def test_labels_are_kept_as_issued_and_may_repeat(office, first, second, shown):
    table = (GROUP, direct(first, "Thu ngân sách", 60), direct(second, "Chi ngân sách", 40))
    results = (
        (second, "", "Chi ngân sách", None, 30, None, 20),
        (first, "", "Thu ngân sách", None, 50, None, 55),
    )
    import_year(year_upload(year_book(table=table, results=results)), actor=office)
    lines = Criterion.objects.filter(parent__code="I").order_by("order")
    assert tuple(line.issued for line in lines) == shown
    assert len({line.code for line in lines}) == 2
    scores = Score.objects.order_by("report__unit__code", "criterion__order")
    assert [(row.report.unit.code, row.criterion.name, row.self_points) for row in scores] == [
        ("SA", "Thu ngân sách", Decimal(50)),
        ("SA", "Chi ngân sách", Decimal(30)),
        ("SB", "Thu ngân sách", Decimal(55)),
        ("SB", "Chi ngân sách", Decimal(20)),
    ]


def test_lines_of_groups_that_share_a_label_stand_below_their_own(office):
    table = (
        ("-", "Kinh tế", "", 60, "", "", ""),
        direct("-/+", "Thu ngân sách", 60),
        ("-", "Xã hội", "", 40, "", "", ""),
        direct("-/+", "Giảm nghèo", 40),
    )
    results = (("-/+", "", "Giảm nghèo", None, 30, None, 20),)
    import_year(year_upload(year_book(table=table, results=results)), actor=office)
    lines = Criterion.objects.exclude(parent=None).order_by("parent__order")
    assert [(line.parent.name, line.issued, line.name) for line in lines] == [
        ("Kinh tế", "+", "Thu ngân sách"),
        ("Xã hội", "+", "Giảm nghèo"),
    ]
    assert {row.criterion.name for row in Score.objects.all()} == {"Giảm nghèo"}


def test_a_rule_finds_another_line_by_what_is_written(office):
    needs = ("T/1", "Thưởng", "bonus", 5, "", "", '{"needs_full": "I/1/"}')
    table = (GROUP, direct("I/1/", "Thu ngân sách", 100), ("T", "Thưởng", "", 5), needs)
    results = (("I/1/", "", "", None, 90, None, 100), ("T/1", "", "", None, 5, None, 5))
    import_year(year_upload(year_book(table=table, results=results)), actor=office)
    totals = Score.objects.order_by("report__unit__code").values_list("report__self_total")
    assert [total for (total,) in totals.distinct()] == [Decimal(90), Decimal(105)]


def test_a_result_that_could_be_of_two_lines_is_asked_about(office):
    table = (GROUP, direct("I/-", "Thu ngân sách", 60), direct("I/-", "Chi ngân sách", 40))
    results = (("I/-", "", "", None, 30), ("I/-", "", "Nợ công", None, 30))
    reason = (
        "Mã “I/-” là của 02 dòng ở trang “Bảng điểm”. Hãy ghi nội dung của dòng đúng như ở trang "
        "ấy để phần mềm biết là dòng nào."
    )
    assert told(office, table=table, results=results) == [
        ("Kết quả", "C3", reason),
        ("Kết quả", "C4", reason),
    ]


def test_lines_that_nothing_tells_apart_are_refused(office):
    table = (GROUP, direct("I/-", "Thu ngân sách", 60), direct("I/-", "Thu ngân sách", 40))
    assert told(office, table=table, results=()) == [("Bảng điểm", "A5", "“I/-” đã có ở dòng 4.")]


@pytest.mark.parametrize("typed", ["2026–2027", "2026-2027", "năm học 2026 – 2027"])
def test_a_school_year_is_opened_from_september(office, typed):
    import_year(year_upload(year_book({"year": typed})), actor=office)
    year = BlocYear.objects.get()
    assert (year.words, year.begins_on) == ("năm học 2026–2027", dt.date(2026, 9, 1))
    assert {row.starts_on for row in Membership.objects.all()} == {dt.date(2026, 9, 1)}


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("2026–2028", "Năm học 2026–2028 không liền nhau; hãy ghi “2026–2027”."),
        ("1999", "Năm phải từ 2000 đến 2100."),
        (2026.5, NOT_A_YEAR),
        ("hai nghìn", NOT_A_YEAR),
    ],
)
def test_what_is_no_year_is_told_how_to_write_it(office, typed, reason):
    assert told(office, facts={"year": typed}) == [("Thông tin", "B6", reason)]
