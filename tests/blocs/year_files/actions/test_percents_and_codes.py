"""The workbook of a year: percents where a leaf counts in %, codes as the table issued them."""

from decimal import Decimal

import pytest

from blocs.reports.models import Score
from blocs.states import SeatRole
from blocs.year_files.actions import import_year
from blocs.year_files.documents.checked import YearFileError
from tests.factories.people import official
from tests.factories.year_files import year_book, year_upload

pytestmark = pytest.mark.django_db


def percent_book(**cells):
    """The filled workbook with these cells of its results shown as percents."""
    book = year_book()
    for name, value in cells.items():
        cell = book["Kết quả"][name]
        cell.value, cell.number_format = value, "0%"
    return book


def told(book):
    with pytest.raises(YearFileError) as caught:
        import_year(year_upload(book), actor=official(SeatRole.OFFICE))
    return [(one.sheet, one.cell, one.value, one.reason) for one in caught.value.faults]


def test_a_percent_of_a_leaf_in_percent_is_what_people_read():
    import_year(year_upload(percent_book(D5=1, E5=0.8)), actor=official(SeatRole.OFFICE))
    score = Score.objects.get(report__unit__code="SA", criterion__name="Hồ sơ đúng hạn")
    assert (score.target, score.value, score.self_points) == (
        Decimal(100),
        Decimal(80),
        Decimal(40),
    )


def test_a_percent_elsewhere_is_asked_about():
    asked = (
        "Ô ghi 35% ở dạng phần trăm, không rõ là 35% hay 0,35. Hãy đổi ô sang dạng số rồi ghi "
        "đúng con số cần nhập."
    )
    assert told(percent_book(E4=0.35)) == [("Kết quả", "E4", "35%", asked)]
    assert Score.objects.count() == 0


def test_a_code_that_became_a_number_is_asked_about():
    book = year_book()
    book["Bảng điểm"]["A4"].value = 1.1
    assert ("Bảng điểm", "A4", "1,1") in [fault[:3] for fault in told(book)]
    assert told(book)[0][3] == (
        "Excel đã đổi mã này thành số 1,1. Hãy đổi cột sang dạng chữ (Text) rồi ghi lại mã như "
        "bản gốc."
    )
