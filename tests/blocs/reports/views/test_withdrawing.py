"""What was sent can be taken back until work on it begins, a return until the unit begins."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from blocs.reports.actions.scores import save_appraisal, save_scores
from blocs.reports.models import Correction
from blocs.reports.workflows import REPORT
from blocs.states import ReportState
from tests.factories.appraisals import assigned, marked_year, marks, report_of, units_of
from tests.factories.blocs import fill
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import DIRECT, given, member_report, row_of, submitted_report, typed
from thidua.common.models import ActivityEntry
from thidua.common.vietnamese.dates import ZONE
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 12, 7, 9, tzinfo=ZONE)
HOUR = dt.timedelta(hours=1)
WORDS = (
    "Lãnh đạo đơn vị thu hồi được báo cáo cho đến khi khối bắt đầu thẩm định (điểm, phiếu chấm "
    "hoặc yêu cầu sửa đầu tiên)."
)
BEGUN = (
    "Đã bắt đầu thẩm định lúc 10:00 07/12/2026 nên không thu hồi được nữa; cần sửa thì đề "
    "nghị đơn vị đứng đầu trả lại báo cáo."
)
UNCHANGED = "Báo cáo chưa thay đổi gì so với lần trả lại lúc 10:00 07/12/2026. Vẫn nộp lại?"


def move(client, report, name, **data):
    return client.post(reverse("reports:report_move", args=(report.pk, name)), data)


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def labels(client, report):
    return [one["label"] for one in client.get(report.get_absolute_url()).context["moves"]]


def tasks_of(client):
    return [task.label for task in client.get(reverse("home:tasks")).context["tasks"]]


@pytest.fixture(autouse=True)
def clock(settings):
    """It is Monday, nine o'clock, until a test moves the hand; nobody is signed out meanwhile."""
    settings.SESSION_IDLE_MINUTES = 7 * 24 * 60
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sent(client):
    """A report sent in on Monday at nine by its leader, who is signed in."""
    report = fill(member_report(results="Hoàn thành."), "9.5")
    report.scores.filter(criterion__kind="deduction").delete()
    leader = leader_of(report.unit)
    client.force_login(leader)
    return perform(REPORT, "submit", report, actor=leader)


def test_sent_report_is_taken_back_and_counts_as_not_sent(client, clock, sent):
    clock.move_to(MONDAY + HOUR)
    page = client.get(sent.get_absolute_url()).context
    assert (page["withdrawal"], labels(client, sent)) == (WORDS, ["Thu hồi báo cáo"])
    answer = move(client, sent, "withdraw", note=" ")
    assert (answer.status_code, told(answer)) == (422, ["Vui lòng nêu lý do."])
    assert move(client, sent, "withdraw", note="Ghi nhầm số liệu.").status_code == 302
    sent.refresh_from_db()
    found = (sent.state, sent.submitted_at, sent.first_submitted_at, sent.is_late)
    assert found == ("draft", None, None, False)
    line = ActivityEntry.objects.about(sent).first()
    states = (line.from_state, line.to_state)
    assert (line.label, line.note, states) == (
        "Thu hồi báo cáo",
        "Ghi nhầm số liệu.",
        ("submitted", "draft"),
    )
    assert tasks_of(client) == ["Hoàn thành và nộp báo cáo, bảng tự chấm năm 2026"]
    client.force_login(leader_of(sent.bloc_year.head))
    assert client.get(sent.get_absolute_url()).status_code == 404


def judged(report):
    save_appraisal(
        report,
        rows=[given(report, DIRECT, "9", "Thiếu.", 1)],
        actor=leader_of(report.bloc_year.head),
    )


def asked(report):
    leaf, who = row_of(report, DIRECT).criterion, editor_of(report.bloc_year.head)
    now = dt.datetime.now(dt.UTC)
    Correction.objects.create(
        report=report, criterion=leaf, asked_by=who, reason="Thiếu.", asked_at=now
    )


@pytest.mark.parametrize("work", (judged, asked))
def test_first_work_of_the_bloc_ends_the_time_to_take_back(client, clock, sent, work):
    report = sent
    report.scores.update(revision=1)
    clock.move_to(MONDAY + HOUR)
    work(report)
    page = client.get(report.get_absolute_url()).context
    assert page["withdrawal"] == BEGUN
    assert [one["obstacles"] for one in page["moves"]] == [[BEGUN]]
    answer = move(client, report, "withdraw", note="Sửa.")
    assert (answer.status_code, told(answer)) == (422, [BEGUN])
    report.refresh_from_db()
    assert report.state == "submitted"


def test_a_mark_of_another_unit_ends_it_too(client, clock):
    year = marked_year(3)
    _, deputy, own = units_of(year)
    report = report_of(year, own)
    type(report).objects.filter(pk=report.pk).update(submitted_at=MONDAY, first_submitted_at=MONDAY)
    (assignment,) = assigned(report, deputy)
    client.force_login(leader_of(own))
    clock.move_to(MONDAY + HOUR)
    assert client.get(report.get_absolute_url()).context["withdrawal"] == WORDS
    assignment.marks.create(
        criterion=row_of(report, DIRECT).criterion,
        points=marks(assignment)[0].points,
        saved_by=editor_of(deputy),
        saved_at=dt.datetime.now(dt.UTC),
    )
    assert client.get(report.get_absolute_url()).context["withdrawal"] == BEGUN
    assert move(client, report, "withdraw", note="Sửa.").status_code == 422


def test_report_sent_late_after_taking_it_back_is_late(client, clock, sent):
    year = sent.bloc_year
    type(year).objects.filter(pk=year.pk).update(report_due=MONDAY.date())
    clock.move_to(MONDAY + HOUR)
    move(client, sent, "withdraw", note="Ghi nhầm.")
    clock.move_to(MONDAY + 24 * HOUR)
    client.force_login(leader_of(sent.unit))
    assert move(client, sent, "submit").status_code == 302
    sent.refresh_from_db()
    assert (sent.is_late, sent.first_submitted_at) == (True, MONDAY + 24 * HOUR)


def test_taken_back_answer_to_a_return_is_returned_again_with_what_was_asked(client, clock, sent):
    clock.move_to(MONDAY + HOUR)
    asked(sent)
    perform(REPORT, "return", sent, actor=leader_of(sent.bloc_year.head), note="Thiếu số.")
    clock.move_to(MONDAY + 2 * HOUR)
    move(client, sent, "submit", confirmed="on")
    assert sent.corrections.filter(answered_at=None).count() == 0
    assert move(client, sent, "withdraw", note="Chưa sửa xong.").status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.first_submitted_at) == ("returned", MONDAY)
    assert sent.corrections.filter(answered_at=None).count() == 1
    page = client.get(sent.get_absolute_url())
    assert page.context["returned"] == {"reason": "Thiếu số.", "at": "10:00 07/12/2026"}


def test_reason_of_a_return_stands_on_top_and_in_the_task(client, clock, sent):
    clock.move_to(MONDAY + HOUR)
    client.force_login(leader_of(sent.bloc_year.head))
    move(client, sent, "return", note="Mục I.1 thiếu quyết định công nhận.")
    client.force_login(editor_of(sent.unit))
    assert tasks_of(client) == [
        "Sửa báo cáo bị trả lại năm 2026: Mục I.1 thiếu quyết định công nhận."
    ]
    body = client.get(sent.get_absolute_url()).content.decode()
    assert body.index("Mục I.1 thiếu quyết định công nhận.") < body.index("Tổng điểm tự chấm")


def test_sending_again_unchanged_asks_and_goes_on_with_a_tick(client, clock, sent):
    clock.move_to(MONDAY + HOUR)
    perform(REPORT, "return", sent, actor=leader_of(sent.bloc_year.head), note="Thiếu số.")
    (submit,) = client.get(sent.get_absolute_url()).context["moves"]
    assert (submit["obstacles"], submit["questions"]) == ([], [UNCHANGED])
    answer = move(client, sent, "submit")
    assert (answer.status_code, told(answer)[0]) == (422, UNCHANGED)
    assert 'name="confirmed"' in answer.content.decode()
    assert move(client, sent, "submit", confirmed="on").status_code == 302
    sent.refresh_from_db()
    assert sent.state == "submitted"


@pytest.mark.parametrize("what", ("leaf", "text"))
def test_sending_again_changed_asks_nothing(client, clock, sent, what):
    clock.move_to(MONDAY + HOUR)
    perform(REPORT, "return", sent, actor=leader_of(sent.bloc_year.head), note="Thiếu số.")
    if what == "leaf":
        row = typed(sent, DIRECT, value="8", revision=row_of(sent, DIRECT).score.revision)
        save_scores(sent, rows=[row], actor=editor_of(sent.unit))
    else:
        type(sent).objects.filter(pk=sent.pk).update(movements="Ba đợt thi đua.")
    assert move(client, sent, "submit").status_code == 302


def test_return_is_taken_back_until_the_unit_begins(client, clock, sent):
    head = leader_of(sent.bloc_year.head)
    client.force_login(head)
    clock.move_to(MONDAY + HOUR)
    move(client, sent, "return", note="Nhầm đơn vị.")
    assert labels(client, sent) == ["Hủy việc trả lại"]
    assert move(client, sent, "undo_return", note="Trả nhầm.").status_code == 302
    sent.refresh_from_db()
    found = (sent.state, sent.return_reason, sent.returned_at, sent.submitted_at)
    assert found == ("submitted", "", None, MONDAY)
    move(client, sent, "return", note="Thiếu số.")
    type(sent).objects.filter(pk=sent.pk).update(results="Hoàn thành 42 nhiệm vụ.")
    answer = move(client, sent, "undo_return", note="Trả nhầm.")
    assert (answer.status_code, told(answer)[-1:]) == (
        422,
        ["Đơn vị đã bắt đầu sửa báo cáo nên không hủy việc trả lại được nữa."],
    )


@pytest.mark.parametrize("state", (ReportState.APPRAISED, ReportState.AGREED))
def test_page_says_why_a_judged_report_stays(client, state):
    report = submitted_report(appraised_total=38)
    type(report).objects.filter(pk=report.pk).update(state=state)
    client.force_login(editor_of(report.unit))
    page = client.get(report.get_absolute_url()).context
    assert page["withdrawal"] == (
        "Khối đã thẩm định báo cáo nên đơn vị không thu hồi được nữa; không nhất trí về điểm thì "
        "gửi kiến nghị hoặc giải trình."
    )
