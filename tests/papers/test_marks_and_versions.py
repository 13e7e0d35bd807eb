"""Marks of several units, frozen versions and workbooks: each figure under its own head."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.appraisal.documents.assignments import AssignmentLine, assignments_paper
from blocs.appraisal.views.assignment_rows import matrix_rows
from blocs.criteria.documents.rule_changes import ChangeLine, rule_changes_paper
from blocs.criteria.domain.table_changes import Change
from blocs.reports.models import Assignment
from blocs.reports.models.versions import freeze_sheet
from blocs.states import AppraisalMode, SeatRole
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of
from tests.factories.different import UNITS, different_year
from tests.factories.people import editor_of, leader_of, official
from tests.papers.reading import lines_of, tables_of

pytestmark = pytest.mark.django_db
LABEL = "Mã, ký hiệu"
SECOND = {"I.1": ("8", "Thiếu."), "I.2": ("9", "Chậm."), "II.1": ("7", "Ít."), "III": ("3", "Một.")}
THIRD = {"I.1": ("6", "Sai."), "I.2": ("9.25", "Muộn."), "II.1": ("4", "Hai."), "III": ("2", "Ba.")}


@pytest.fixture
def marked():
    """Four units; the second and the third have marked the fourth, the third has the first left."""
    year = marked_year(4, scorers_per_sheet=2)
    for unit, (short, name, *_) in zip(units_of(year), UNITS, strict=False):
        type(unit).objects.filter(pk=unit.pk).update(short_name=short, name=name)
    first, second, third, fourth = units_of(year)
    two, three = assigned(report_of(year, fourth), second, third)
    assigned(report_of(year, first), third)
    finished(two, **SECOND)
    finished(three, **THIRD)
    return year


def read(client, name, *args, query=""):
    return tables_of(client.get(reverse(name, args=args) + query))


def test_assignments_page(client, marked):
    client.force_login(official(SeatRole.OFFICE))
    matrix, sheets = read(client, "appraisal:assignments", marked.pk)
    assert matrix == [
        ["TT", "Bảng điểm của", "1", "2", "3", "4", "Số đơn vị chấm"],
        ["1", "Sở Xây dựng", "–chính mình", "", "chấm", "", "1"],
        ["2", "Sở Giao thông Vận tải", "", "–chính mình", "", "", "0"],
        ["3", "Sở Công Thương", "", "", "–chính mình", "", "0"],
        ["4", "Ban Quản lý Khu công nghiệp", "", "xong", "xong", "–chính mình", "2"],
    ]
    assert [row[1:6] for row in (sheets[1], sheets[4])] == [
        ["Sở Xây dựng", "Đã nộp", "1", "Sở Công Thương (0/4 tiêu chí)", "0/1"],
        [
            "Ban Quản lý Khu công nghiệp",
            "Đã nộp",
            "1",
            "Sở Giao thông Vận tải (chấm xong); Sở Công Thương (chấm xong)",
            "2/2",
        ],
    ]


def test_assignments_paper(marked):
    reports = {report.unit_id: report for report in marked.reports.all()}
    found = list(Assignment.objects.told().select_related("unit", "report").order_by("round", "pk"))
    rows = matrix_rows(units_of(marked), reports, found)
    paper = assignments_paper(marked, AppraisalMode.PAIRS, rows, "02")
    assert (paper.numbers, paper.loads) == (("1", "2", "3", "4"), ("0", "1", "2", "0"))
    assert paper.lines == (
        AssignmentLine("1", "Sở Xây dựng", ("–", "", "x", ""), "Sở Công Thương"),
        AssignmentLine("2", "Sở Giao thông Vận tải", ("", "–", "", ""), ""),
        AssignmentLine("3", "Sở Công Thương", ("", "", "–", ""), ""),
        AssignmentLine(
            "4",
            "Ban Quản lý Khu công nghiệp",
            ("", "x", "x", "–"),
            "Sở Giao thông Vận tải; Sở Công Thương",
        ),
    )
    assert paper.notes[0].endswith("mỗi bảng điểm do 02 đơn vị chấm.")


def test_marks_table(client, marked):
    client.force_login(editor_of(marked.head))
    report = report_of(marked, units_of(marked)[3])
    (rows,) = read(client, "appraisal:marks_table", report.pk)
    assert [rows[0], rows[2], rows[3], rows[5], rows[6]] == [
        ["TT", "Tiêu chí", "Tối đa", "Tự chấm", "SCT", "SGT", "Trung bình", "Chênh cao – thấp",
         "Điểm gộp", "Thẩm định"],
        ["1", "Hoàn thành nhiệm vụ được giao", "40,00", "9,50", "6,00Lý doSai.",
         "8,00Lý doThiếu.", "7,00", "2,00", "7,00", ""],
        ["2", "Giải quyết hồ sơ đúng hạn", "30,00", "9,50", "9,25Lý doMuộn.", "9,00Lý doChậm.",
         "9,13", "0,25", "9,13", ""],
        ["1", "Mô hình mới được công nhận", "30,00", "9,50", "4,00Lý doHai.", "7,00Lý doÍt.",
         "5,50", "3,00", "5,50", ""],
        ["III", "Điểm thưởng sáng kiến", "5,00", "9,50", "2,00Lý doBa.", "3,00Lý doMột.", "2,50",
         "1,00", "2,50", ""],
    ]  # fmt: skip


def test_marks_of_one_unit(client, marked):
    second, fourth = units_of(marked)[1], units_of(marked)[3]
    client.force_login(editor_of(second))
    (rows,) = read(client, "appraisal:assignment_list")
    assert rows[1][1:7] == [
        "Ban Quản lý Khu công nghiệp", marked.bloc.name, "Sở Giao thông Vận tải", "1", "4/4",
        "Đã chấm xong",
    ]  # fmt: skip
    mine = Assignment.objects.get(unit=second, report__unit=fourth)
    (rows,) = read(client, "appraisal:mark_edit", mine.pk)
    assert [rows[0], rows[2], rows[-1]] == [
        ["TT", "Tiêu chí", "Điểm tối đa", "Đơn vị báo cáo", "Tự chấm", "Điểm chấm", "Chênh lệch",
         "Lý do"],
        ["1", "Hoàn thành nhiệm vụ được giao", "40,00", "9,5", "9,50", "8,00Vòng 1: SCT 6",
         "−1,50", "Thiếu."],
        ["", "Cộng các tiêu chí", "105,00", "", "38,00", "27,00", "−11,00", ""],
    ]  # fmt: skip


@pytest.fixture
def rectified():
    """A report frozen as it was appraised, then with another result and other points."""
    year, office = different_year(), official(SeatRole.OFFICE)
    report = year.reports.get(unit=year.head)
    freeze_sheet(report, kind="appraised", actor=office, reason="Trước khi sửa.")
    score = report.scores.get(criterion__name__startswith="Hoàn")
    score.value, score.appraised_points = Decimal(34), Decimal("33.5")
    score.appraisal_reason = "Kết luận số 12."
    score.save()
    report.appraised_total = Decimal("82.5")
    freeze_sheet(report, kind="rectified", actor=office, reason="Theo kết luận.")
    return report


def test_versions(client, rectified):
    client.force_login(official(SeatRole.OFFICE))
    (rows,) = read(client, "reports:version_list", rectified.pk)
    assert [row[:2] + row[4:] for row in rows] == [
        ["Số", "Loại", "Tự chấm", "Thẩm định", "Lý do"],
        ["2", "Bản đính chính", "87,50", "82,50", "Theo kết luận."],
        ["1", "Bản thẩm định", "87,50", "84,00", "Trước khi sửa."],
    ]
    (rows,) = read(client, "reports:version_detail", rectified.pk, 2)
    assert [rows[0], rows[1], rows[-1]] == [
        ["TT", "Tiêu chí", "Điểm tối đa", "Kết quả", "Tự chấm", "Thẩm định", "Ghi chú"],
        ["I.1", "Hoàn thành nhiệm vụ được giao", "40,00", "34", "36,00", "33,50",
         "Lý do điều chỉnh: Kết luận số 12."],
        ["", "Tổng cộng", "", "", "87,50", "82,50", ""],
    ]  # fmt: skip
    totals, leaf = read(client, "reports:version_compare", rectified.pk, query="?a=1&b=2")
    assert totals == [
        ["Nội dung", "Trước", "Sau"],
        ["Tự chấm", "87,50", "87,50"],
        ["Thẩm định", "84,00", "82,50"],
    ]
    assert leaf == [
        ["Nội dung", "Trước", "Sau"],
        ["Kết quả", "36", "34"],
        ["Điểm thẩm định", "35,00", "33,50"],
        ["Lý do điều chỉnh", "Lý do hoàn thành nhiệm vụ được giao.", "Kết luận số 12."],
    ]


def test_midyear_figures(client):
    year = different_year()
    report = year.reports.get(unit=year.deputy)
    report.self_total = Decimal(91)
    freeze_sheet(report, kind="midyear", actor=official(SeatRole.OFFICE))
    client.force_login(official(SeatRole.OFFICE))
    (rows,) = read(client, "reports:midyear_list", year.pk)
    assert [row[1::3] for row in rows[:3]] == [
        ["Đơn vị", "Tổng điểm tạm tính"],
        ["Sở Xây dựng", ""],
        ["Sở Giao thông Vận tải", "91,00"],
    ]
    (rows,) = read(client, "reports:midyear_detail", year.pk, year.deputy_id)
    assert [rows[0], rows[2], rows[-1]] == [
        ["TT", "Tiêu chí", "Điểm tối đa", "Kết quả", "Tự chấm", "Ghi chú"],
        ["I.2", "Giải quyết hồ sơ đúng hạn", "30,00", "29 %", "29,00", ""],
        ["", "Tổng cộng", "", "", "91,00", ""],
    ]


def test_workbook_of_a_sheet_and_its_empty_form(client):
    year = different_year()
    report = year.reports.get(unit=year.head)
    client.force_login(official(SeatRole.OFFICE))
    filled, empty = (
        lines_of(client.get(reverse(name, args=(report.pk,))).content, "Bảng điểm", "TT")
        for name in ("sheet_files:sheet_workbook", "sheet_files:sheet_template")
    )
    asked = {
        "TT": "2",
        "Nội dung tiêu chí": "Giải quyết hồ sơ đúng hạn",
        "Cách chấm": "30 × kết quả / chỉ tiêu, tối đa 30 điểm.",
        "Điểm tối đa": 30,
        "Đơn vị tính": "%",
        "Chỉ tiêu": None,
        "Mức, đạt hay không": None,
        "Không giao (x)": None,
        "Thuyết minh": None,
    }
    given = {"Điểm thẩm định": 27, "Lý do điều chỉnh": "Lý do giải quyết hồ sơ đúng hạn."}
    assert filled[3] == asked | {"Kết quả, điểm": 28, "Điểm tự chấm": 28} | given
    assert empty[3] == asked | {"Kết quả, điểm": None, "Điểm tự chấm": None} | dict.fromkeys(given)


def test_workbook_of_a_table(client):
    year = different_year()
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("criteria:table_workbook", args=(year.tables.get().pk,))
    content = client.get(url).content
    lines = [
        {head: value for head, value in line.items() if value is not None}
        for line in lines_of(content, "Tiêu chí", "Cấp")[1:]
    ]
    assert [lines[0], lines[2], lines[4], lines[5]] == [
        {"Cấp": 1, LABEL: "I", "Nội dung": "Nhiệm vụ chính trị", "Cách chấm": "Nhóm tiêu chí",
         "Điểm tối đa": 70},
        {"Cấp": 2, LABEL: "2", "Nội dung": "Giải quyết hồ sơ đúng hạn", "Đơn vị tính": "%",
         "Cách chấm": "Định lượng theo chỉ tiêu", "Điểm tối đa": 30,
         "Cách tính (định lượng)": "Theo tỷ lệ hoàn thành chỉ tiêu"},
        {"Cấp": 2, LABEL: "1", "Nội dung": "Mô hình mới được công nhận", "Đơn vị tính": "mô hình",
         "Cách chấm": "Tính theo số lượng, có mức trần", "Điểm tối đa": 30,
         "Điểm mỗi trường hợp": 10},
        {"Cấp": 1, LABEL: "III", "Nội dung": "Điểm thưởng sáng kiến", "Cách chấm": "Điểm thưởng",
         "Điểm tối đa": 5, "Mức trần": 5, "Tham số khác": '{"points": "1"}'},
    ]  # fmt: skip


def test_rule_changes_paper():
    year = different_year()
    before = year.bloc.years.get(year=2025)
    paper = rule_changes_paper(year, before, (Change("Mục I", "điểm tối đa", "60", "70"),))
    assert paper.columns == ("TT", "Mục", "Thay đổi", "Năm 2025", "Năm 2026")
    assert paper.lines == (ChangeLine("1", "Mục I", "điểm tối đa", "60", "70"),)
    assert paper.subject == ("Thay đổi của quy định, bảng chấm điểm năm 2026 so với năm 2025")
    assert paper.notes == ()


def test_home_page_tells_what_waits_and_for_whom(client):
    year = different_year()
    client.force_login(leader_of(year.head))
    tasks = client.get(reverse("home:tasks")).context["tasks"]
    assert [(task.label, task.where) for task in tasks] == [
        ("Thẩm định báo cáo của Sở Tư pháp", "Khối thi đua số 5 năm 2026"),
        ("Lập và gửi đề nghị khen thưởng", "Khối thi đua số 5 năm 2026"),
    ]
