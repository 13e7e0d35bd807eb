"""`check_year` over sheets, registrations, changes of members and annexes: one digit is found."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from blocs.states import ReportState
from blocs.years.models import BlocYear
from tests.year_check.test_check_year import (
    ONE_MORE,
    TABLE,
    false_template,
    is_no_sheet,
    year_of,
)
from thidua.common.vietnamese.numbers import format_trimmed
from thidua.papers.told import TELLERS
from thidua.year_check.comparing import differences
from thidua.year_check.opening import check, client_of, openers, whole
from thidua.year_check.reading import read

__all__ = ("false_template",)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
UNIT = "Trường Đại học Tây Nguyên"
PAGE, PAPER, BOOK = (
    f"trang báo cáo – {UNIT}",
    f"bảng tự chấm điểm – {UNIT} (PDF)",
    f"bảng điểm – {UNIT} (Excel)",
)
LIST = "trang báo cáo và điểm"
MATRIX, CROSSES = "trang phân công chấm điểm", "bảng phân công chấm điểm (PDF)"
MARKS = "trang điểm chấm – Trung tâm Khuyến nông tỉnh"
MARKERS = (
    "Trung tâm Phát triển quỹ đất tỉnh",
    "Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch tỉnh",
)
BESIDE = f"trang đối chiếu – {UNIT}"
VERSIONS, FROZEN = "trang các phiên bản – Thanh tra tỉnh", "phiên bản 2 – Thanh tra tỉnh"
REPORTS = "danh sách báo cáo"


def found_in(code, name, year=2026):
    _, found = check(year_of(code, year), about=lambda known: known == name)
    return found


def test_a_list_is_read_to_its_last_page():
    """The reports of this bloc stand beyond the first page of the list of all blocs."""
    year = year_of("KTĐ8")
    (artefact,) = (one for teller in TELLERS for one in teller(year) if one.name == REPORTS)
    client = client_of(next(openers(year)), year.year)
    answer = client.get(artefact.url)
    first = read(answer.headers["Content-Type"], answer.getvalue())
    assert (first.after, len(list(differences(artefact, first))) > 0) == ("?page=2", True)
    assert list(differences(artefact, whole(client, artefact.url, first))) == []


def test_marks_are_told_of_finished_sheets_alone_where_they_are_hidden():
    """In a blind year nobody who checks sees what an appraiser gave before all have finished."""
    year = year_of("KTĐ11")
    artefacts, found = check(year, about=lambda name: name.startswith("trang điểm chấm"))
    assert ([one.name for one in artefacts], found) == ([MARKS], [])
    assert year.reports.filter(assignments__done_at=None, assignments__isnull=False).exists()


@pytest.mark.parametrize("name", (PAGE, PAPER, BOOK, LIST))
def test_the_sheet_of_a_unit_is_told_and_agrees(name):
    artefacts, found = check(year_of("KTĐ8"), about=lambda known: known == name)
    assert ([artefact.name for artefact in artefacts], found) == ([name], [])
    facts = [fact.name for row in artefacts[0].rows for fact in row.facts]
    assert facts.count("điểm thẩm định" if name != LIST else "tổng thẩm định") >= 4


@pytest.mark.parametrize(
    ("code", "template", "value", "name", "facts"),
    (
        (
            "KTĐ8",
            "reports/report_detail/_sheet.html",
            "line.own",
            PAGE,
            {"điểm tự chấm"},
        ),
        (
            "KTĐ8",
            "reports/report_detail/_sheet.html",
            "line.given",
            PAGE,
            {"điểm thẩm định"},
        ),
        (
            "KTĐ8",
            "reports/report_detail/_sheet.html",
            "foot.given",
            PAGE,
            {"tổng thẩm định"},
        ),
        (
            "KTĐ8",
            "components/facts.html",
            "value",
            PAGE,
            {"nộp lần đầu", "hạn nộp", "phiên bản bảng"},
        ),
        (
            "KTĐ8",
            "documents/score_sheet.html",
            "line.self_points",
            PAPER,
            {"điểm tự chấm", "tổng tự chấm"},
        ),
        (
            "KTĐ8",
            "documents/score_sheet.html",
            "line.points",
            PAPER,
            {"điểm thẩm định", "tổng thẩm định"},
        ),
        ("KTĐ8", "reports/year_reports.html", "row.sent", LIST, {"nộp lúc"}),
        ("KTĐ8", "reports/year_reports.html", "row.given", LIST, {"tổng thẩm định"}),
        ("KTĐ8", "components/state.html", "label", LIST, {"trạng thái"}),
        (
            "KTĐ8",
            "registrations/registration_list/_members.html",
            "row.signed",
            "trang đăng ký thi đua",
            {"ngày ký"},
        ),
        (
            "KTĐ8",
            "registrations/registration_list/_members.html",
            "row.lateness",
            "trang đăng ký thi đua",
            {"thời hạn"},
        ),
        ("KTĐ11", "appraisal/appraisals/_matrix.html", "row.count", MATRIX, {"số đơn vị chấm"}),
        ("KTĐ11", "documents/assignments.html", "sign", CROSSES, {"đơn vị chấm"}),
        ("KTĐ11", "documents/assignments.html", "load", CROSSES, {"số bảng điểm"}),
        (
            "KTĐ11",
            "appraisal/appraisals/marks_table.html",
            "cell.points",
            MARKS,
            {"điểm của " + unit for unit in MARKERS},
        ),
        (
            "KTĐ11",
            "appraisal/appraisals/marks_table.html",
            "line.outcome",
            MARKS,
            {"điểm gộp"},
        ),
        (
            "KTĐ11",
            "appraisal/appraisals/marks_table.html",
            "line.given",
            MARKS,
            {"điểm thẩm định"},
        ),
        (
            "KTĐ8",
            "appraisal/deviations/year.html",
            "line.median",
            "trang đối chiếu điểm",
            {"trung vị"},
        ),
        ("KTĐ8", "appraisal/deviations/report.html", "line.given", BESIDE, {"điểm thẩm định"}),
        ("KTĐ3", "reports/versions/list.html", "row.own", VERSIONS, {"tổng tự chấm"}),
        ("KTĐ3", "reports/versions/_lines.html", "line.given", FROZEN, {"điểm thẩm định"}),
        ("KTĐ8", "reports/report_list.html", "row.given", REPORTS, {"tổng thẩm định"}),
        (
            "KTĐ8",
            "proposals/proposal_list.html",
            "asked",
            "danh sách đề nghị khen thưởng",
            {"đề nghị"},
        ),
        (
            "KTĐ8",
            "components/state.html",
            "label",
            "danh sách năm thi đua",
            {"trạng thái"},
        ),
        (
            "KTĐ8",
            "decisions/public_list.html",
            "decision.item_count",
            "danh sách công bố – “Quyết định số 01/QĐ-UBND (minh họa)”",
            {"số tập thể"},
        ),
    ),
)
def test_one_false_digit_is_named(false_template, code, template, value, name, facts):
    false_template(template, f"{{{{ {value} }}}}", ONE_MORE % value)
    assert {one.fact for one in found_in(code, name)} == facts


def test_a_false_cell_of_the_workbook_is_named():
    """The file is made without a template: one appraised figure of it is changed by hand."""
    year = year_of("KTĐ8")
    (artefact,) = (one for teller in TELLERS for one in teller(year) if one.name == BOOK)
    answer = client_of(next(openers(year)), year.year).get(artefact.url)
    kind, body = answer.headers["Content-Type"], answer.getvalue()
    assert list(differences(artefact, read(kind, body))) == []
    book = load_workbook(BytesIO(body))
    told = artefact.rows[0]
    (row,) = (
        row for row in book["Bảng điểm"].iter_rows() if told.subject in [cell.value for cell in row]
    )
    figure = next(fact.text for fact in told.facts if fact.name == "điểm thẩm định")
    cells = [cell for cell in row if cell.data_type == "n" and cell.value is not None]
    last = [cell for cell in cells if format_trimmed(Decimal(str(cell.value)), 4) == figure][-1]
    last.value = 7.77
    saved = BytesIO()
    book.save(saved)
    found = list(differences(artefact, read(kind, saved.getvalue())))
    assert {(one.subject, one.fact) for one in found} == {(told.subject, "điểm thẩm định")}


def test_what_is_not_sent_in_is_told_nowhere():
    """A draft is the unit's own: nobody else opens it, and nothing of it is compared."""
    year = BlocYear.objects.filter(reports__state=ReportState.DRAFT, year=2026).first()
    drafts = [report.unit.name for report in year.reports.filter(state=ReportState.DRAFT)]
    names = [one.name for teller in TELLERS for one in teller(year)]
    sheets = [name for name in names if not is_no_sheet(name)]
    assert [name for name in sheets if any(unit in name for unit in drafts)] == []


def changed_year():
    """A year of the demo with numbered changes of its members."""
    return BlocYear.objects.filter(member_changes__isnull=False, year=2026).first()


@pytest.mark.parametrize(
    ("value", "fact"), (("row.words", "thay đổi"), ("row.decision", "văn bản"))
)
def test_a_false_change_of_members_is_named(false_template, value, fact):
    false_template("years/member_changes.html", f"{{{{ {value} }}}}", ONE_MORE % value)
    _, found = check(changed_year(), about=lambda name: name == "trang thay đổi thành phần")
    assert {one.fact for one in found} == {fact}


CHANGES, ANNEX = "trang so sánh quy định", "phụ lục so sánh quy định (PDF)"


@pytest.mark.parametrize(
    ("code", "year", "template", "value", "name", "facts"),
    (
        (
            "KTĐ8",
            2026,
            "criteria/table_detail/_tree.html",
            "row.maximum",
            f"trang {TABLE}",
            {"điểm tối đa"},
        ),
        ("KTĐ5", 2021, "criteria/regulation/changes.html", "change.after", CHANGES, {"nay"}),
        ("KTĐ5", 2021, "documents/rule_changes.html", "line.before", ANNEX, {"trước"}),
        (
            "CTĐ1",
            2026,
            "reports/versions/midyear.html",
            "row.own",
            "trang số liệu sơ kết",
            {"tổng điểm tạm tính"},
        ),
        (
            "KTĐ11",
            2026,
            "years/leader_list.html",
            "row.head_words",
            "trang đơn vị đứng đầu, đơn vị phó",
            {"đơn vị đứng đầu"},
        ),
        (
            "KTĐ8",
            2026,
            "agreements/agreement_detail/_targets.html",
            "target.planned|trimmed",
            "trang giao ước",
            {"kế hoạch"},
        ),
        (
            "KTĐ8",
            2026,
            "documents/_target_table.html",
            "row.figure",
            "giao ước (PDF)",
            {"kế hoạch"},
        ),
    ),
)
def test_one_false_digit_of_rules_and_plans_is_named(
    false_template, code, year, template, value, name, facts
):
    assert found_in(code, name, year) == []
    false_template(template, f"{{{{ {value} }}}}", ONE_MORE % value)
    assert {one.fact for one in found_in(code, name, year)} == facts


def opened_artefact(code, name):
    """The artefact with what it is made of: media type and bytes."""
    year = year_of(code)
    (artefact,) = (one for teller in TELLERS for one in teller(year) if one.name == name)
    answer = client_of(next(openers(year)), year.year).get(artefact.url)
    return artefact, answer.headers["Content-Type"], answer.getvalue()


def test_a_false_maximum_in_the_files_of_a_table_is_named():
    artefact, kind, body = opened_artefact("KTĐ8", f"{TABLE} (JSON)")
    assert list(differences(artefact, read(kind, body))) == []
    wrong = body.decode().replace('"max_points": "10"', '"max_points": "70"', 1)
    assert wrong != body.decode()
    found = list(differences(artefact, read(kind, wrong.encode())))
    assert {(one.fact, one.expected, one.found) for one in found} == {("điểm tối đa", "10", "70")}
    artefact, kind, body = opened_artefact("KTĐ8", f"{TABLE} (Excel)")
    assert list(differences(artefact, read(kind, body))) == []
    book = load_workbook(BytesIO(body))
    told = next(row for row in artefact.rows if row.facts[-1].text == "10")
    (row,) = (
        row for row in book["Tiêu chí"].iter_rows() if told.subject in [cell.value for cell in row]
    )
    next(cell for cell in row if cell.value == 10).value = 70
    saved = BytesIO()
    book.save(saved)
    found = list(differences(artefact, read(kind, saved.getvalue())))
    assert [(one.subject, one.fact, one.found) for one in found] == [
        (told.subject, "điểm tối đa", "70")
    ]


def test_each_line_of_a_proposal_is_told_on_its_own_page():
    year = year_of("KTĐ8")
    lines = year.proposal.items.exclude(unit=None).select_related("award", "unit")
    names = [f"trang dòng đề nghị – {line.award.name}, {line.unit.name}" for line in lines]
    artefacts, found = check(year, about=lambda name: name in names)
    assert ([one.name for one in artefacts], found) == (names, [])
    assert {len(one.rows) for one in artefacts} <= {3, 4}
