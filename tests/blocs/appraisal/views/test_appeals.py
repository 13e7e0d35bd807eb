"""Objections as pages: the window in words, the draft, the sending, the answer."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from blocs.appraisal.models import Appeal
from blocs.reports.models import Report
from blocs.states import AppealState
from tests.factories.blocs import year_with_members
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import COUNT, DIRECT, in_state, row_of, score_of, submitted_report

pytestmark = pytest.mark.django_db
LIST = 10
MONDAY = dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC)
# Tuesday 24 November is Ngày Văn hóa; nobody has confirmed the calendar of 2026.
EXPECTED = " (dự kiến: lịch nghỉ năm 2026 chưa được xác nhận)"
UNTIL = f"đến hết ngày 01/12/2026: còn 4 ngày làm việc{EXPECTED}."
TEXT = "Đơn vị đã có quyết định công nhận."


@pytest.fixture
def report():
    """Appraised on Monday 23 November 2026; two leaves were lowered."""
    report = submitted_report()
    for label, points in ((DIRECT, 8), (COUNT, 9)):
        report.scores.filter(criterion=row_of(report, label).criterion).update(
            appraised_points=points, appraisal_reason="Thiếu quyết định."
        )
    Report.objects.filter(pk=report.pk).update(appraised_at=MONDAY, appraised_total=17)
    return in_state(report, "appraised")


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(MONDAY + dt.timedelta(days=2)):
        yield


def page(name, *args):
    return reverse(f"appraisal:{name}", args=args)


def edit(report, label=DIRECT):
    return page("appeal_edit", report.pk, row_of(report, label).criterion.pk)


def appeal_on(report, label=DIRECT, state=AppealState.OPEN):
    return Appeal.objects.create(
        report=report,
        criterion=row_of(report, label).criterion,
        text=TEXT,
        state=state,
        raised_at=None if state == AppealState.DRAFT else MONDAY,
    )


def test_list_tells_the_window_and_the_lowered_leaves(client, report):
    client.force_login(editor_of(report.unit))
    context = client.get(page("appeal_list", report.pk)).context
    assert context["window"] == f"Thời hạn kiến nghị {UNTIL}"
    assert [(row.label, row.own, row.given, row.difference) for row in context["rows"]] == [
        ("I.1", "9,50", "8,00", "−1,50"),
        ("II.1", "9,50", "9,00", "−0,50"),
    ]
    assert [row.url for row in context["rows"]] == [edit(report, DIRECT), edit(report, COUNT)]
    words = client.get(report.get_absolute_url()).context["appeals"]
    assert words == f"Kiến nghị về điểm {UNTIL}"


def test_after_the_window_nothing_is_offered(client, report):
    client.force_login(editor_of(report.unit))
    with time_machine.travel(dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)):
        client.force_login(editor_of(report.unit))
        context = client.get(page("appeal_list", report.pk)).context
    assert context["window"].endswith(f"đã hết hạn ngày 01/12/2026{EXPECTED}.")
    assert [row.url for row in context["rows"]] == ["", ""]


def test_editor_drafts_leader_sends_head_answers(client, report):
    client.force_login(editor_of(report.unit))
    client.post(edit(report), {"text": TEXT, "asked_points": "9,5"})
    appeal = Appeal.objects.get()
    assert (appeal.state, appeal.asked_points) == (AppealState.DRAFT, 9.5)
    client.force_login(leader_of(report.bloc_year.head))
    assert client.get(page("appeal_list", report.pk)).context["cards"] == []
    assert client.get(page("appeal_answer", appeal.pk)).status_code == 404
    client.force_login(leader_of(report.unit))
    sent = client.post(page("appeal_move", appeal.pk, "raise"))
    assert sent.headers["Location"] == page("appeal_list", report.pk)
    client.force_login(leader_of(report.bloc_year.head))
    card = client.get(page("appeal_list", report.pk)).context["cards"][0]
    assert (card.state, card.answer_url) == ("Chờ trả lời", page("appeal_answer", appeal.pk))
    data = {"decision": "accept", "points": "9", "answer": "Chấp nhận một phần."}
    assert client.post(card.answer_url, data).status_code == 302
    assert score_of(report, DIRECT).appraised_points == 9
    card = client.get(page("appeal_list", report.pk)).context["cards"][0]
    assert (card.state, dict(card.points)["Điểm sau khi trả lời"]) == ("Chấp nhận", "9,00")


def test_refused_answer_keeps_what_was_typed(client, report):
    appeal = appeal_on(report)
    client.force_login(leader_of(report.bloc_year.head))
    data = {"decision": "accept", "points": "", "answer": "Được."}
    answer = client.post(page("appeal_answer", appeal.pk), data)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "points": ["Chấp nhận kiến nghị thì phải ghi điểm mới."]
    }
    assert answer.context["form"]["answer"].value() == "Được."


def test_answered_objection_is_not_answered_again(client, report):
    appeal = appeal_on(report, state=AppealState.WITHDRAWN)
    client.force_login(leader_of(report.bloc_year.head))
    answer = client.get(page("appeal_answer", appeal.pk))
    assert answer.headers["Location"] == page("appeal_list", report.pk)


def test_rights_of_the_pages(client, report):
    appeal = appeal_on(report)
    client.force_login(leader_of(report.unit))
    assert client.get(page("appeal_answer", appeal.pk)).status_code == 403
    assert client.get(edit(report)).status_code == 403
    client.force_login(editor_of(report.unit))
    assert client.post(page("appeal_move", appeal.pk, "withdraw")).status_code == 403
    client.force_login(leader_of(year_with_members(3).head))
    for url in (
        page("appeal_list", report.pk),
        page("appeal_answer", appeal.pk),
        page("appeal_move", appeal.pk, "raise"),
    ):
        assert client.get(url).status_code == 404


def test_people_of_a_unit_that_left_read_and_do_not_object(client, report):
    draft = appeal_on(report, state=AppealState.DRAFT)
    report.bloc_year.members.filter(unit=report.unit).update(left_on=dt.date(2026, 11, 24))
    client.force_login(editor_of(report.unit))
    assert client.get(page("appeal_list", report.pk)).status_code == 200
    assert client.post(edit(report, COUNT), {"text": TEXT}).status_code == 403
    client.force_login(leader_of(report.unit))
    assert client.post(page("appeal_move", draft.pk, "raise")).status_code == 404
    draft.refresh_from_db()
    assert (draft.state, Appeal.objects.count()) == (AppealState.DRAFT, 1)


def test_nothing_is_told_before_the_appraisal_is_complete(client, report):
    in_state(report, "submitted")
    client.force_login(editor_of(report.unit))
    assert client.get(page("appeal_list", report.pk)).status_code == 404


@pytest.mark.parametrize("labels", ((DIRECT,), (DIRECT, COUNT, "III")))
def test_list_costs_the_same(client, report, labels, django_assert_num_queries):
    for label in labels:
        appeal_on(report, label)
    client.force_login(leader_of(report.unit))
    client.get(page("appeal_list", report.pk))  # kinds of objects are read once for a process
    with django_assert_num_queries(LIST):
        assert len(client.get(page("appeal_list", report.pk)).context["cards"]) == len(labels)
