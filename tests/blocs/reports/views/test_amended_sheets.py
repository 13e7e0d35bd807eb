"""A sheet that was sent in before an amendment says so; its unit confirms it or does it again."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.criteria.actions.amendments import start_amendment
from blocs.criteria.actions.criteria import edit_criterion
from blocs.criteria.actions.tables import publish_table
from blocs.reports.actions.scores import save_appraisal, save_scores
from blocs.reports.models import Report
from blocs.states import ReportState, SeatRole
from blocs.years.models import RulesAmendment
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import COUNT, DIRECT, RATIO, given, member_report, row_of, typed
from tests.page_forms import fields_of
from tests.papers.papers import read_pdf
from thidua.common.basis import UNCHANGED
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
D = Decimal
ASKED = (
    " Lãnh đạo đơn vị xác nhận điểm tự chấm theo sửa đổi, hoặc mở lại để làm lại; đơn vị chưa làm "
    "thì khối trưởng trả lại báo cáo."
)
CHANGED = (
    "Căn cứ đã thay đổi: Bảng chấm điểm: phiên bản 1 → phiên bản 2 (sửa đổi lần 1); Mục I.1 Hoàn "
    "thành nhiệm vụ được giao: 40 / 40 điểm → 40 / 45 điểm; Mục I.2 Giải quyết hồ sơ đúng hạn: 27 "
    "/ 30 điểm → 22,5 / 25 điểm."
)
REASON = "Điểm tính lại đúng, đơn vị giữ nguyên kết quả."


@pytest.fixture
def report(client):
    """The sheet of the third unit, sent in by its leader."""
    made = member_report()
    rows = [
        typed(made, DIRECT, value="40"),
        typed(made, RATIO, value="90", target="100"),
        typed(made, COUNT, value="2", note="Hai mô hình."),
    ]
    save_scores(made, actor=editor_of(made.unit), rows=rows)
    client.force_login(leader_of(made.unit))
    url = reverse("reports:report_move", args=(made.pk, "submit"))
    assert client.post(url, {"confirmed": "on"}).status_code == 302
    return fresh(made)


def fresh(report):
    return Report.objects.for_page().get(pk=report.pk)


def amend(report, **data):
    """The office amends two maxima, or what `data` says of the first line."""
    office = official(SeatRole.OFFICE)
    draft = start_amendment(report.table, actor=office, reason="Theo kết luận hội nghị sơ kết.")
    first = draft.criteria.get(code="1", parent__code="I")
    edit_criterion(first, actor=office, data=data or {"max_points": D(45)})
    if not data:
        second = draft.criteria.get(code="2", parent__code="I")
        edit_criterion(second, actor=office, data={"max_points": D(25)})
    return publish_table(draft, actor=office)


def page(client, person, report):
    client.force_login(person)
    return client.get(report.get_absolute_url())


def settle(client, report, way, **typed_more):
    client.force_login(leader_of(report.unit))
    url = reverse("reports:report_amended", args=(report.pk,))
    return client.post(url, fields_of(client.get(url)) | {"way": way} | typed_more)


def obstacles(client, report, move="Hoàn thành thẩm định"):
    moves = page(client, leader_of(report.bloc_year.head), report).context["moves"]
    return next(row["obstacles"] for row in moves if row["label"] == move)


def sheet_paper(client, report):
    content = client.get(reverse("ranking:report_paper", args=(report.pk,))).content
    return " ".join(read_pdf(content).text.split())


def test_page_paper_and_task_say_what_the_amendment_changes(client, report):
    assert dict(page(client, leader_of(report.unit), report).context["facts"])["Nộp theo bảng"] == (
        "phiên bản 1"
    )
    amend(report)
    shown = page(client, leader_of(report.unit), report).context
    url = reverse("reports:report_amended", args=(report.pk,))
    assert (shown["amended"], shown["amended_url"]) == ([CHANGED + ASKED], url)
    under = "phiên bản 1; nay theo phiên bản 2 (sửa đổi lần 1)"
    assert dict(shown["facts"])["Nộp theo bảng"] == under
    paper = sheet_paper(client, report)
    assert paper.count(f"Bảng điểm nộp theo bảng chấm điểm {under}.") == 1
    # A line of the PDF may end inside «I.2».
    assert paper.replace(" ", "").count(CHANGED.replace(" ", "")) == 1
    label = "Xác nhận hoặc làm lại bảng điểm theo bảng sửa đổi năm 2026"
    assert [(row.label, row.url) for row in client.get("/").context["tasks"]].count(
        (label, url)
    ) == 1
    assert page(client, leader_of(report.bloc_year.head), report).context["amended_url"] == ""
    assert obstacles(client, report)[0] == CHANGED + ASKED


def test_the_unit_confirms_with_a_reason_and_the_way_is_free(client, report):
    amend(report)
    answer = settle(client, report, "keep", reason="")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    assert settle(client, report, "keep", reason=REASON).status_code == 302
    entry = ActivityEntry.objects.get(action="reports.confirm_amended")
    assert (entry.note, len(entry.changes)) == (REASON, 3)
    version = report.versions.first()
    assert (version.number, version.kind, version.self_total) == (2, "submitted", D("82.5"))
    assert version.reason == "Đơn vị xác nhận điểm tự chấm theo sửa đổi."
    shown = page(client, leader_of(report.unit), report).context
    assert shown["amended"] == []
    assert [row.url for row in client.get("/").context["tasks"]].count(
        reverse("reports:report_amended", args=(report.pk,))
    ) == 0
    assert sheet_paper(client, report).count("Căn cứ đã thay đổi") == 0
    assert [sentence for sentence in obstacles(client, report) if "Căn cứ" in sentence] == []
    now = fresh(report)
    points = ((DIRECT, "40"), (RATIO, "22.5"), (COUNT, "20"))
    rows = [
        given(now, label, own, revision=row_of(now, label).score.revision) for label, own in points
    ]
    save_appraisal(now, actor=editor_of(now.bloc_year.head), rows=rows)
    assert obstacles(client, report) == []
    assert settle(client, report, "keep", reason=REASON).context["form"].non_field_errors() == [
        UNCHANGED
    ]


def test_the_unit_does_it_again_and_sends_it_under_the_new_version(client, report):
    amend(report)
    assert settle(client, report, "redo", reason="Có số liệu mới.").status_code == 302
    opened = fresh(report)
    words = "Đơn vị mở lại để làm lại theo sửa đổi: Có số liệu mới."
    assert (opened.state, opened.return_reason) == (ReportState.RETURNED, words)
    rows = [typed(opened, DIRECT, value="44", revision=row_of(opened, DIRECT).score.revision)]
    save_scores(opened, actor=editor_of(opened.unit), rows=rows)
    client.force_login(leader_of(opened.unit))
    client.post(reverse("reports:report_move", args=(opened.pk, "submit")), {"confirmed": "on"})
    sent = fresh(report)
    assert (sent.state, sent.sent_table, sent.self_total) == ("submitted", sent.table, D("86.5"))
    shown = page(client, leader_of(report.unit), report).context
    assert (shown["amended"], dict(shown["facts"])["Nộp theo bảng"]) == (
        [],
        "phiên bản 2 (sửa đổi lần 1)",
    )


@pytest.mark.parametrize("person", (editor_of, leader_of))
def test_the_head_does_not_settle_it_for_the_unit(client, report, person):
    amend(report)
    client.force_login(person(report.bloc_year.head))
    url = reverse("reports:report_amended", args=(report.pk,))
    assert (client.get(url).status_code, client.post(url, {"reason": "A"}).status_code) == (
        403,
        403,
    )


def test_other_words_of_a_line_ask_nobody(client, report):
    amend(report, name="Hoàn thành tốt nhiệm vụ được giao")
    shown = page(client, leader_of(report.unit), report).context
    assert (shown["amended"], fresh(report).table.version) == ([], 2)
    assert dict(shown["facts"])["Nộp theo bảng"] == (
        "phiên bản 1; nay theo phiên bản 2 (sửa đổi lần 1)"
    )


def test_amended_decimals_are_told_and_other_rules_are_not(client, report):
    """The rules of the year change by number, too: only what the sheet is counted by asks."""
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("years:year_rules", args=(report.bloc_year_id,))
    asked = {"document": "QĐ 5", "amendment_reason": "Theo quy chế mới."}
    type(report).objects.update(
        submitted_at="2026-11-02T03:00:00Z", first_submitted_at="2026-11-02T03:00:00Z"
    )
    for day, more in (("03/11/2026", {"vote_threshold": "75"}), ("04/11/2026", {"decimals": "3"})):
        typed_rules = asked | {"amended_on": day} | more
        answer = client.post(url, fields_of(client.get(url)) | typed_rules)
        assert answer.status_code == 302
        found = page(client, leader_of(report.unit), report).context["amended"]
        decimals = "Căn cứ đã thay đổi: Số chữ số thập phân của điểm: 2 → 3."
        assert found == ([decimals + ASKED] if "decimals" in more else [])
        client.force_login(official(SeatRole.OFFICE))
    assert RulesAmendment.objects.count() == 2
