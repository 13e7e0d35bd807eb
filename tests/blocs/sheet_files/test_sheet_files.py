"""Score sheets as Excel files: out, back in, and who may."""

import datetime as dt
import io
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from blocs.reports.models import Report, Score
from blocs.states import SeatRole
from blocs.years.models import BlocYear
from tests.factories.blocs import ReportFactory, fill, small_table, year_with_members
from tests.factories.forms import place, saved
from tests.factories.people import SeatFactory, editor_of, leader_of, official
from tests.factories.reports import (
    COUNT,
    DIRECT,
    RATIO,
    in_state,
    member_report,
    row_of,
    score_of,
    submitted_report,
)
from tests.papers.reading import lines_of
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def address(name, report):
    return reverse(f"sheet_files:{name}", args=(report.pk,))


def signed_client(client, user):
    client.force_login(user)
    return client


def fetched(client, report, name="sheet_workbook"):
    """The workbook as openpyxl opens it."""
    answer = client.get(address(name, report))
    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    return load_workbook(io.BytesIO(answer.content))


def filled(client, report, cells):
    """The form of the report with these cells typed: {(label, code): value}."""
    book = fetched(client, report)
    for (label, code), value in cells.items():
        place(book["Bảng điểm"], row_of(report, label).path, code).value = value
    return saved(book)


def previewed(client, report, upload):
    return client.post(address("sheet_file", report), {"file": upload})


def confirmed(client, report, preview):
    payload = preview.context["payload"]
    return client.post(address("sheet_file_apply", report), {"payload": payload})


@pytest.fixture
def report():
    return member_report()


@pytest.fixture
def editor(client, report):
    return signed_client(client, editor_of(report.unit))


def test_a_filled_form_is_shown_first_and_written_on_confirmation(editor, report):
    typed = {(DIRECT, "ket_qua"): "35,5", (RATIO, "chi_tieu"): 100, (RATIO, "ket_qua"): 80}
    preview = previewed(editor, report, filled(editor, report, typed))
    assert preview.status_code == 200
    assert [
        (line.number, line.stored, line.typed, line.points_before, line.points_after)
        for line in preview.context["lines"]
    ] == [("I.1", "để trống", "35,5", "", "35,50"), ("I.2", "để trống", "80 / 100 %", "", "24,00")]
    assert (preview.context["total_before"], preview.context["total_after"]) == ("chưa có", "59,50")
    assert Score.objects.count() == 0
    assert confirmed(editor, report, preview).status_code == 302
    assert (score_of(report, DIRECT).value, score_of(report, DIRECT).self_points) == (
        Decimal("35.5"),
        Decimal("35.5"),
    )
    assert score_of(report, RATIO).self_points == Decimal(24)
    assert Report.objects.get(pk=report.pk).self_total == Decimal("59.5")
    entry = ActivityEntry.objects.about(report).get(action="reports.import_scores")
    assert (entry.label, entry.note) == (
        "Nhập điểm từ tệp Excel: 02 tiêu chí",
        "Bảng điểm.xlsx",
    )


NO_INPUT = "Tiêu chí này không nhập ở cột này. Hãy xóa ô."
WRONG = {
    (DIRECT, "chi_tieu"): (5, "F10", "5", NO_INPUT),
    (DIRECT, "ket_qua"): (
        "bốn mươi",
        "G10",
        "bốn mươi",
        "“bốn mươi” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5.",
    ),
    (RATIO, "chi_tieu"): (True, "F11", "có", "Ô chứa giá trị đúng/sai; ở đây cần một số."),
    (RATIO, "ket_qua"): (
        "1.000",
        "G11",
        "1.000",
        "“1.000” có thể đọc là 1000 hoặc 1. Vui lòng viết lại theo một trong hai cách đó.",
    ),
    (RATIO, "khong_giao"): ("y", "I11", "y", "Chỉ đánh dấu “x” hoặc để trống."),
}


def test_every_wrong_cell_is_reported_at_once_and_nothing_can_be_confirmed(editor, report):
    typed = {place: told[0] for place, told in WRONG.items()}
    preview = previewed(editor, report, filled(editor, report, typed))
    assert preview.status_code == 422
    assert [
        (fault.sheet, fault.cell, fault.value, fault.reason) for fault in preview.context["faults"]
    ] == [("Bảng điểm", *told[1:]) for told in WRONG.values()]
    assert preview.context["payload"] == ""
    assert Score.objects.count() == 0


def test_lines_that_are_lost_doubled_or_foreign_are_told(editor, report):
    """Nothing that somebody typed is left out in silence."""
    book = fetched(editor, report)
    paths = {label: row_of(report, label).path for label in (DIRECT, RATIO, COUNT)}
    place(book["Bảng điểm"], paths[RATIO], "ket_qua").value = 80
    place(book["Bảng điểm"], paths[RATIO], "ma").value = "IX/9"
    place(book["Bảng điểm"], paths[COUNT], "ma").value = paths[DIRECT]
    preview = previewed(editor, report, saved(book))
    assert (preview.status_code, preview.context["payload"]) == (422, "")
    lost = "Tệp thiếu dòng của tiêu chí {}. Hãy tải lại mẫu, đừng xóa dòng."
    assert sorted(fault.reason for fault in preview.context["faults"]) == [
        "Dòng này không thuộc bảng chấm điểm. Hãy xóa dòng hoặc tải lại mẫu.",
        "Tiêu chí này đã có ở dòng 10. Hãy chỉ giữ một dòng.",
        lost.format(RATIO),
        lost.format(COUNT),
    ]


def test_a_leaf_is_left_out_or_answered_and_its_note_has_an_end(editor, report):
    typed = {
        (DIRECT, "thuyet_minh"): "a" * 4000,
        (RATIO, "khong_giao"): "x",
        (RATIO, "ket_qua"): 80,
        (COUNT, "thuyet_minh"): "a" * 4001,
    }
    preview = previewed(editor, report, filled(editor, report, typed))
    assert [fault.reason for fault in preview.context["faults"]] == [
        "Đã đánh dấu “Không giao” thì để trống kết quả; nếu có kết quả thì bỏ dấu.",
        "Thuyết minh dài hơn 4000 ký tự. Hãy viết ngắn lại hoặc gửi kèm tệp.",
    ]


def test_a_value_the_rule_does_not_know_is_a_question_at_its_cell(editor, report):
    preview = previewed(editor, report, filled(editor, report, {(DIRECT, "ket_qua"): 41}))
    (fault,) = preview.context["faults"]
    assert (fault.cell, fault.reason) == ("G10", "Điểm 41 nằm ngoài khoảng từ 0 đến 40.")


def test_an_untouched_form_changes_nothing_even_when_the_sheet_moved_on(editor, report):
    fill(report, Decimal("9.5"))
    book = saved(fetched(editor, report))
    report.scores.filter(criterion=row_of(report, DIRECT).criterion).update(value=8, revision=1)
    preview = previewed(editor, report, book)
    assert (preview.status_code, preview.context["lines"], preview.context["payload"]) == (
        200,
        [],
        "",
    )


def test_a_blank_form_does_not_clear_what_is_stored(editor, report):
    fill(report, Decimal("9.5"))
    book = fetched(editor, report, "sheet_template")
    assert place(book["Bảng điểm"], row_of(report, DIRECT).path, "ket_qua").value is None
    assert previewed(editor, report, saved(book)).context["lines"] == []


def test_a_leaf_saved_by_somebody_else_since_is_told_before_it_is_replaced(editor, report):
    fill(report, Decimal("9.5"))
    upload = filled(editor, report, {(DIRECT, "ket_qua"): 30})
    stored = report.scores.filter(criterion=row_of(report, DIRECT).criterion)
    stored.update(value=8, revision=1)
    preview = previewed(editor, report, upload)
    assert [(line.stored, line.typed, line.is_overtaken) for line in preview.context["lines"]] == [
        ("8", "30", True)
    ]
    stored.update(value=7, revision=2)
    again = confirmed(editor, report, preview)
    assert (again.status_code, again.context["lines"][0].stored) == (409, "7")
    assert stored.get().value == 7
    assert confirmed(editor, report, again).status_code == 302
    assert stored.get().value == 30


def test_a_formula_counts_as_its_result_and_is_refused_without_one(editor, report):
    upload = filled(editor, report, {(DIRECT, "ket_qua"): "=30+5"})
    (fault,) = previewed(editor, report, upload).context["faults"]
    assert (fault.cell, fault.value, fault.reason) == (
        "G10",
        "(công thức)",
        "Ô có công thức chưa có kết quả. Hãy chép ô rồi dán lại dạng giá trị (Values).",
    )


def test_a_note_that_looks_like_a_formula_stays_text_both_ways(editor, report):
    fill(report, Decimal("9.5"))
    report.scores.update(note="=HYPERLINK(1)")
    cell = place(fetched(editor, report)["Bảng điểm"], row_of(report, DIRECT).path, "thuyet_minh")
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


WHERE = "Hãy tải mẫu ở trang này, chép số liệu sang rồi tải lên."


def about(book, code, value):
    page = book["thong-tin-mau"]
    column = [cell.value for cell in page[1]].index(code) + 1
    page.cell(2, column).value = value


OTHER_TABLE = "làm theo bảng chấm điểm phiên bản khác; báo cáo áp dụng phiên bản 1."


@pytest.mark.parametrize(
    ("code", "value", "sentence"),
    (
        ("mau", "thi-dua/bang-diem/0", "làm theo mẫu đời khác (thi-dua/bang-diem/0)."),
        ("nam", 2025, "là mẫu của {bloc}, năm 2025; báo cáo này là của {bloc}, năm 2026."),
        ("don_vi", "KHAC", "không có bảng điểm của đơn vị này (mã {unit})."),
        ("ma_bang", "1" * 64, OTHER_TABLE),
        ("phien_ban_bang", "1e999", OTHER_TABLE),
        ("trang", "Trang khác", "không còn trang “Trang khác” của mẫu."),
    ),
)
def test_a_form_of_something_else_is_refused_with_advice(editor, report, code, value, sentence):
    book = fetched(editor, report)
    about(book, code, value)
    answer = previewed(editor, report, saved(book, "a.xlsx"))
    told = sentence.format(bloc=report.bloc_year.bloc.code, unit=report.unit.code)
    assert (answer.status_code, answer.context["form"].errors["file"]) == (
        422,
        [f"Tệp “a.xlsx” {told} {WHERE}"],
    )


@pytest.mark.parametrize(
    ("span", "theirs"),
    (("2025–2026", "năm học 2025–2026"), ("2026", "năm 2026"), ("", "không ghi năm")),
)
def test_a_form_of_a_school_year_says_so_and_takes_no_other(editor, report, span, theirs):
    BlocYear.objects.update(is_school_year=True)
    answer = editor.get(address("sheet_workbook", report))
    assert answer["Content-Disposition"].endswith('_2026-2027.xlsx"')
    book = load_workbook(io.BytesIO(answer.content))
    own = previewed(editor, report, saved(book, "a.xlsx"))
    assert own.status_code == 200
    about(book, "nam", span)
    refused = previewed(editor, report, saved(book, "a.xlsx"))
    code = report.bloc_year.bloc.code
    assert refused.context["form"].errors["file"] == [
        f"Tệp “a.xlsx” là mẫu của {code}, {theirs}; báo cáo này là của {code}, năm học 2026–2027. "
        f"{WHERE}"
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"%PDF-1.7", "không phải là tệp Excel (.xlsx)."),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "là Excel đời cũ (.xls) hoặc có mật khẩu."),
    ),
)
def test_a_file_that_is_no_workbook_is_refused(editor, report, content, sentence):
    answer = previewed(editor, report, SimpleUploadedFile("a.xlsx", content))
    (told,) = answer.context["form"].errors["file"]
    assert (answer.status_code, told.startswith(f"Tệp “a.xlsx” {sentence}")) == (422, True)


def test_somebody_elses_workbook_is_not_a_form(editor, report):
    book = fetched(editor, report)
    del book["thong-tin-mau"]
    answer = previewed(editor, report, saved(book, "a.xlsx"))
    assert answer.context["form"].errors["file"] == [
        f"Tệp “a.xlsx” không phải là mẫu bảng điểm của phần mềm. {WHERE}"
    ]


def test_a_preview_is_of_one_person_and_one_report(client, report):
    preview = previewed(
        signed_client(client, editor_of(report.unit)),
        report,
        filled(client, report, {(DIRECT, "ket_qua"): 30}),
    )
    other = signed_client(client, editor_of(report.unit))
    for payload in (preview.context["payload"], "giả mạo", ""):
        answer = other.post(address("sheet_file_apply", report), {"payload": payload})
        assert (answer.status_code, answer.url) == (302, address("sheet_file", report))
    assert Score.objects.count() == 0


def test_a_preview_holds_for_its_own_report_and_for_eight_hours(client, report):
    person = editor_of(report.unit)
    signed_client(client, person)
    preview = previewed(client, report, filled(client, report, {(DIRECT, "ket_qua"): 30}))
    other = member_report()
    SeatFactory(user=person, unit=other.unit, role=SeatRole.EDITOR)
    assert confirmed(client, other, preview).url == address("sheet_file", other)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=8, minutes=1)):
        signed_client(client, person)
        assert confirmed(client, report, preview).url == address("sheet_file", report)
    assert Score.objects.count() == 0
    assert confirmed(client, report, preview).status_code == 302
    assert Score.objects.count() == 1


def test_whoever_may_read_fetches_and_only_editors_bring_back(client, report):
    upload = SimpleUploadedFile("a.xlsx", b"x")
    leader = signed_client(client, leader_of(report.unit))
    assert leader.get(address("sheet_workbook", report)).status_code == 200
    assert previewed(leader, report, upload).status_code == 403
    stranger = signed_client(client, editor_of(report.bloc_year.head))
    assert stranger.get(address("sheet_workbook", report)).status_code == 404
    assert previewed(stranger, report, upload).status_code == 404
    submitted = in_state_submitted(report)
    editor = signed_client(client, editor_of(report.unit))
    assert editor.get(address("sheet_file", submitted)).status_code == 403
    assert editor.get(address("sheet_workbook", submitted)).status_code == 200
    office = signed_client(client, official(SeatRole.OFFICE))
    assert office.get(address("sheet_workbook", submitted)).status_code == 200
    assert previewed(office, submitted, upload).status_code == 403


def in_state_submitted(report):
    Report.objects.filter(pk=report.pk).update(submitted_at="2026-12-01T05:00:00Z")
    return in_state(report, "submitted")


def test_appraised_points_are_in_the_file_for_appraisers_only(client):
    report = submitted_report()
    report.scores.update(appraised_points=9, appraisal_reason="Thiếu minh chứng.")
    unit = fetched(signed_client(client, editor_of(report.unit)), report)
    assert "diem_tham_dinh" not in [cell.value for cell in unit["Bảng điểm"][8]]
    head = fetched(signed_client(client, leader_of(report.bloc_year.head)), report)
    assert place(head["Bảng điểm"], row_of(report, DIRECT).path, "diem_tham_dinh").value == 9


DRAFT = "Đã nộp (dự thảo, chưa thẩm định xong)"


def test_the_bloc_in_one_file_holds_what_one_may_read(client):
    year = year_with_members(3)
    table = small_table(year)
    units = [member.unit for member in year.members.order_by("order")]
    for unit, is_sent in zip(units, (True, True, False), strict=True):
        fill(ReportFactory(bloc_year=year, unit=unit, table=table, submitted=is_sent))
    Report.objects.update(self_total=Decimal("47.5"))
    url = reverse("ranking:bloc_workbook", args=(year.pk,))
    office = signed_client(client, official(SeatRole.OFFICE))
    answer = office.get(url)
    name = f"BangDiem_KhoiThiDuaSo{year.bloc.name.split()[-1]}_2026.xlsx"
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == [
        "Tổng hợp",
        units[0].short_name,
        units[1].short_name,
        "thong-tin-mau",
    ]
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    rows = list(book["Tổng hợp"].iter_rows(min_row=5, values_only=True))
    assert rows[0] == (
        "STT",
        "Đơn vị",
        "Trạng thái",
        "Nhiệm vụ chính trị",
        "Phong trào thi đua",
        "Điểm thưởng sáng kiến",
        "Điểm trừ chậm báo cáo",
        "Tổng tự chấm",
        "Tổng thẩm định",
        "Điểm ngoài bảng",
        "Tổng điểm xếp hạng",
    )
    assert rows[1] == (1, units[0].name, DRAFT, 19, 9.5, 9.5, -9.5, 47.5, None, None, None)
    member = signed_client(client, editor_of(units[2]))
    assert load_workbook(io.BytesIO(member.get(url).content)).sheetnames == [
        "Tổng hợp",
        units[2].short_name,
        "thong-tin-mau",
    ]


def test_the_sheet_of_a_unit_is_taken_out_of_the_file_of_the_bloc(editor, report):
    """Who got the whole bloc's file may bring back the own sheet of it."""
    ReportFactory(bloc_year=report.bloc_year, table=report.table)
    url = reverse("ranking:bloc_workbook", args=(report.bloc_year.pk,))
    book = load_workbook(io.BytesIO(editor.get(url).content))
    page = book[report.unit.short_name]
    place(page, row_of(report, DIRECT).path, "ket_qua").value = 30
    lines = previewed(editor, report, saved(book)).context["lines"]
    assert [(line.number, line.typed) for line in lines] == [("I.1", "30")]


@pytest.mark.parametrize("count", (1, 3))
def test_the_file_of_the_bloc_costs_the_same(client, count, django_assert_num_queries):
    year = year_with_members(3)
    table = small_table(year)
    for member in year.members.all()[:count]:
        fill(ReportFactory(bloc_year=year, unit=member.unit, table=table, submitted=True))
    office = signed_client(client, official(SeatRole.OFFICE))
    url = reverse("ranking:bloc_workbook", args=(year.pk,))
    office.get(url)  # kinds of objects are read once for a process
    # Three of them ask how long the file is and whether it was opened today.
    with django_assert_num_queries(16):
        assert office.get(url).status_code == 200


def test_unit_reads_no_appraised_total_in_the_file_before_it_is_told(client):
    report = submitted_report()
    Report.objects.update(self_total=Decimal("38.0"), appraised_total=Decimal("33.25"))
    url = reverse("ranking:bloc_workbook", args=(report.bloc_year_id,))
    totals = []
    for person in (editor_of(report.unit), leader_of(report.bloc_year.head)):
        content = signed_client(client, person).get(url).content
        (line,) = lines_of(content, "Tổng hợp", "STT")
        totals.append((line["Tổng tự chấm"], line["Tổng thẩm định"]))
    assert totals == [(38, None), (38, "chưa đủ")]
