"""A whole bloc year from one workbook: all of it, or nothing with every wrong cell."""

import io
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from openpyxl import load_workbook

from blocs.criteria.models import ScoringTable
from blocs.reports.models import Report, Score
from blocs.states import SeatRole, TableState, YearState
from blocs.units.models import Bloc, Membership, Unit
from blocs.year_files.actions import import_year
from blocs.year_files.documents.checked import YearFileError
from blocs.year_files.documents.template import year_template
from blocs.years.models import BlocYear
from tests.factories.blocs import BlocFactory
from tests.factories.people import UnitFactory, editor_of, official
from tests.factories.year_files import FACT_RULE, RESULTS, TABLE, UNITS, year_book, year_upload
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return official(SeatRole.OFFICE)


def told(actor, book):
    """The wrong cells of a file, each as (sheet, cell, value, reason)."""
    with pytest.raises(YearFileError) as caught:
        import_year(year_upload(book), actor=actor)
    return [(one.sheet, one.cell, one.value, one.reason) for one in caught.value.faults]


def test_a_year_is_opened_with_units_table_and_results(office):
    made = import_year(year_upload(), actor=office)
    year = BlocYear.objects.get(bloc__code="KTĐ9", year=2026)
    assert (made.bloc_year, made.units, made.leaves, made.answers) == (year, 2, 3, 6)
    assert (year.state, year.head.code, year.deputy.code) == (YearState.OPEN, "SA", "SB")
    table = year.tables.get()
    assert (table.state, table.total_max, table.title) == (
        TableState.PUBLISHED,
        Decimal(100),
        "Bảng chấm điểm năm 2026",
    )
    assert table.criteria.get(name="Hoàn thành nhiệm vụ").needs_evidence is True
    assert list(
        Score.objects.order_by("report__unit__code", "criterion__name").values_list(
            "report__unit__code",
            "criterion__name",
            "value",
            "target",
            "not_applicable",
            "self_points",
        )
    ) == [
        ("SA", "Hoàn thành nhiệm vụ", Decimal("35.5"), None, False, Decimal("35.5")),
        ("SA", "Hồ sơ đúng hạn", Decimal(80), Decimal(100), False, Decimal(40)),
        ("SA", "Không có đơn thư", Decimal(1), None, False, Decimal(10)),
        ("SB", "Hoàn thành nhiệm vụ", Decimal(40), None, False, Decimal(40)),
        ("SB", "Hồ sơ đúng hạn", None, None, True, None),
        ("SB", "Không có đơn thư", Decimal(0), None, False, Decimal(0)),
    ]
    totals = dict(Report.objects.values_list("unit__code", "self_total"))
    assert totals == {"SA": Decimal("85.5"), "SB": Decimal(40)}
    entry = ActivityEntry.objects.about(year).get(action="year_files.import_year")
    assert (entry.actor, entry.note) == (office, "nam-2026.xlsx")


def everything():
    models = (Bloc, BlocYear, Membership, Report, Score, ScoringTable, Unit, ActivityEntry)
    return {model: model.objects.count() for model in models}


def test_a_check_does_everything_and_keeps_nothing(office):
    before = everything()
    made = import_year(year_upload(), actor=office, is_check=True)
    assert (made.units, made.leaves, made.answers) == (2, 3, 6)
    assert everything() == before


def test_a_second_run_is_refused(office):
    import_year(year_upload(), actor=office)
    before = everything()
    with pytest.raises(ValidationError) as caught:
        import_year(year_upload(), actor=office)
    assert caught.value.messages == [
        "Khối thi đua số 9 đã có năm 2026; tệp này không nhập được nữa."
    ]
    assert everything() == before


def test_known_bloc_and_units_are_used_and_others_of_the_bloc_left_out(office):
    bloc = BlocFactory(code="KTĐ9", name="Khối thi đua số 9")
    known = UnitFactory(code="SA", name="Sở Thử nghiệm A")
    other = UnitFactory()
    Membership.objects.create(bloc=bloc, unit=other, starts_on="2020-01-01")
    import_year(year_upload(), actor=office)
    year = bloc.years.get()
    assert year.head == known
    assert [member.unit.code for member in year.members.order_by("order")] == ["SA", "SB"]


WRONG = [
    ("Thông tin", "B5", "tổ", "Không có “tổ”. Chọn một trong: khối; cụm."),
    ("Thông tin", "B6", "1999", "Năm phải từ 2000 đến 2100."),
    ("Đơn vị", "A3", "SA", "Chưa có đơn vị nào giữ vai trò “Trưởng”."),
    (
        "Đơn vị",
        "D3",
        "Chánh",
        "Không có “Chánh”. Chọn một trong: Trưởng; Phó; Phó thứ hai; Thành viên.",
    ),
    ("Đơn vị", "A4", "SA", "“SA” đã có ở dòng 3."),
    ("Bảng điểm", "A5", "III/1", "Không có nhóm “III” ở các dòng trên."),
    (
        "Bảng điểm",
        "C6",
        "thần bí",
        "Không có “thần bí”. Chọn một trong: Nhóm tiêu chí; Chấm điểm trực tiếp; "
        "Định lượng theo chỉ tiêu; Đạt hoặc không đạt; Tính theo số lượng, có mức trần; "
        "Điểm thưởng; Điểm trừ; Kết quả xếp loại từ bên ngoài; Điểm chuẩn, điểm trừ và điểm "
        "thưởng theo điều khoản.",
    ),
    ("Bảng điểm", "D6", "x", "“x” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5."),
    (
        "Bảng điểm",
        "G6",
        "[",
        'Quy tắc phải là JSON, ví dụ {"formula": "proportional"}.',
    ),
    (
        "Kết quả",
        "D3",
        "5",
        "Tiêu chí này không nhập chỉ tiêu riêng của đơn vị. Hãy xóa ô.",
    ),
    (
        "Kết quả",
        "E3",
        "không rõ",
        "“không rõ” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5.",
    ),
    (
        "Kết quả",
        "A4",
        "IX",
        "Không có tiêu chí được chấm điểm mang mã “IX” ở trang “Bảng điểm”.",
    ),
    ("Kết quả", "A5", "I/1", "“I/1” đã có ở dòng 3."),
]


def test_every_wrong_cell_is_told_at_once_and_nothing_is_written(office):
    before = everything()
    units = (("SA", "Sở Thử nghiệm A", "", "Chánh"), ("SA", "Sở Thử nghiệm B", "", "Phó"))
    table = (
        *TABLE[:2],
        ("III/1", "Lạc", "pass_fail", 1),
        ("I/3", "Lạ", "thần bí", "x", "", "", "["),
    )
    results = (("I/1", "", "", 5, "không rõ"), ("IX", "", "", 1), ("I/1", "", ""))
    book = year_book({"year": 1999, "bloc_kind": "tổ"}, units, table, results)
    assert told(office, book) == WRONG
    assert everything() == before


def test_a_result_the_rule_does_not_know_is_told_at_its_cell(office):
    results = (("I/1", "", "", None, 41), *RESULTS[2:])
    assert told(office, year_book(results=results)) == [
        ("Kết quả", "E3", "41", "Điểm 41 nằm ngoài khoảng từ 0 đến 40.")
    ]


def test_what_was_not_assigned_has_no_result(office):
    results = (RESULTS[1], ("I/2", "", "", None, None, "KG", 5), ("II/1", "", "", None, "kg"))
    assert told(office, year_book(results=results)) == [
        (
            "Kết quả",
            "G4",
            "5",
            "Đã ghi “KG” thì để trống kết quả của đơn vị ở tiêu chí này.",
        ),
        (
            "Kết quả",
            "E5",
            "kg",
            "Tiêu chí này áp dụng cho mọi đơn vị, không ghi “KG” được.",
        ),
    ]


def test_a_table_that_does_not_add_up_is_told(office):
    table = (("I", "Nhiệm vụ", "", 80), *TABLE[1:])
    assert told(office, year_book(table=table))[0] == (
        "Bảng điểm",
        "D3",
        "80",
        "Mục I “Nhiệm vụ”: tổng điểm các mục con là 90, khác điểm tối đa 80.",
    )


def test_a_known_code_with_another_name_is_told(office):
    UnitFactory(code="SA", name="Sở Khác")
    assert told(office, year_book()) == [
        ("Đơn vị", "A3", "SA", "Mã “SA” là của Sở Khác. Hãy ghi đúng tên hoặc dùng mã khác.")
    ]


def test_facts_have_a_line_each(office):
    table = (*TABLE[:4], ("II/1", "Đơn thư", "clauses", 10, "", "", FACT_RULE))
    results = (*RESULTS[:3], ("II/1", "so_vu", "Số vụ", None, 2, None, 0), ("II/1", "la", ""))
    assert told(office, year_book(table=table, results=results)) == [
        ("Kết quả", "B7", "la", "Tiêu chí “II/1” không có số liệu “la”.")
    ]
    import_year(year_upload(year_book(table=table, results=results[:-1])), actor=office)
    facts = Score.objects.filter(criterion__name="Đơn thư").order_by("report__unit__code")
    assert list(facts.values_list("facts", "self_points")) == [
        ({"so_vu": "2"}, Decimal(8)),
        ({"so_vu": "0"}, Decimal(10)),
    ]


def test_a_file_without_the_sheets_is_refused(office):
    book = year_book()
    del book["Kết quả"]
    assert told(office, book) == [
        ("Kết quả", "A1", "", "Tệp thiếu trang “Kết quả”. Hãy dùng mẫu của phần mềm.")
    ]


def test_only_the_office_opens_a_year(office):
    with pytest.raises(PermissionDenied):
        import_year(year_upload(), actor=editor_of(UnitFactory()))
    assert BlocYear.objects.count() == 0
    assert ContentType.objects.count() > 0


def test_the_template_holds_help_and_lists_but_no_figure():
    book = load_workbook(io.BytesIO(year_template()))
    assert book.sheetnames == [
        "Hướng dẫn",
        "Thông tin",
        "Đơn vị",
        "Bảng điểm",
        "Kết quả",
        "danh-muc",
    ]
    figures = [
        cell.value
        for page in book
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    ]
    assert figures == []
    assert len(UNITS) == 2
