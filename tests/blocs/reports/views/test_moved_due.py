"""The last day of the reports moves in a running year: with a reason, told; lateness follows."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from blocs.ranking.models.rankings import ranking_of
from blocs.reports.models import Report
from blocs.states import ReportState, SeatRole, YearState
from blocs.years.actions.editing import NO_DUE_REASON, Moving, edit_year
from blocs.years.models import RulesAmendment
from tests.blocs.ranking.test_whole_ranking import DUE, fresh, ranked_year
from tests.factories.blocs import regulate, year_with_members
from tests.factories.people import editor_of, official
from tests.page_forms import fields_of
from tests.papers.papers import read_pdf
from thidua.common.models import ActivityEntry
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
REASON = "Bão số 12, ba đơn vị mất điện."
FRIDAY, MONDAY = DUE + dt.timedelta(days=1), DUE + dt.timedelta(days=4)


@pytest.fixture(autouse=True)
def in_december():
    with time_machine.travel("2026-12-16T02:00:00Z"):
        yield


@pytest.fixture
def year():
    """Three reports: in time, a working day late, two working days late; half a point a day."""
    found = ranked_year(days=(DUE, FRIDAY, MONDAY), late_per_day=Decimal("0.5"))
    type(found).objects.update(state=YearState.CLOSING, appraisal_due=None)
    found.reports.exclude(unit=found.head).update(is_late=True)
    return fresh(found)


def move(client, year, day, **typed):
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("years:year_edit", args=(year.pk,))
    return client.post(url, fields_of(client.get(url)) | {"report_due": day} | typed)


def late(year):
    return [report.is_late for report in year.reports.order_by("pk")]


def lost(year):
    rows = sorted(ranking_of(fresh(year)).rows, key=lambda row: row.unit.pk)
    return [[item.points for item in row.adjustments] for row in rows]


def test_without_a_reason_nothing_moves_and_what_was_typed_stays(client, year):
    answer = move(client, year, "15/12/2026")
    assert (answer.status_code, answer.context["form"].errors) == (
        422,
        {"due_reason": [NO_DUE_REASON]},
    )
    assert answer.context["form"]["report_due"].value() == "15/12/2026"
    assert (fresh(year).report_due, RulesAmendment.objects.count()) == (DUE, 0)


@pytest.mark.parametrize(
    ("day", "hour", "marks", "points"),
    (
        ("11/12/2026", "", [False, False, True], [[], [], [Decimal("-0.5")]]),
        ("14/12/2026", "", [False, False, False], [[], [], []]),
        # They came at nine on these days.
        ("14/12/2026", "08:30", [False, False, True], [[], [], [Decimal("-0.5")]]),
        (
            "09/12/2026",
            "",
            [True, True, True],
            [[Decimal("-0.5")], [Decimal("-1.0")], [Decimal("-1.5")]],
        ),
    ),
)
def test_marks_and_points_of_sheets_not_agreed_follow(client, year, day, hour, marks, points):
    assert (late(year), lost(year)) == (
        [False, True, True],
        [[], [Decimal("-0.5")], [Decimal("-1.0")]],
    )
    move(client, year, day, report_hour=hour, due_reason=REASON)
    assert (late(year), lost(year)) == (marks, points)


def test_old_and_new_are_logged_told_printed_and_taken_note_of(client, year):
    move(client, year, "11/12/2026", report_hour="17:00", due_reason=REASON)
    amendment, second = RulesAmendment.objects.get(), year.reports.order_by("pk")[1].unit
    moved = {
        "field": "hạn nộp báo cáo, tự chấm",
        "before": "hết ngày 10/12/2026",
        "after": "17 giờ 00 ngày 11/12/2026",
    }
    follows = {"field": f"báo cáo của {second}", "before": "chậm hạn", "after": "đúng hạn"}
    assert (amendment.number, amendment.reason, amendment.changes) == (1, REASON, [moved, follows])
    entry = ActivityEntry.objects.get(action="years.amend_rules")
    assert (entry.note, entry.changes) == (REASON, [moved, follows])
    sentence = (
        "Hạn nộp báo cáo đã đổi (sửa đổi số 01): hết ngày 10/12/2026 → 17 giờ 00 ngày 11/12/2026 "
        "– xem"
    )
    for member in year.members.select_related("unit"):
        client.force_login(editor_of(member.unit))
        assert [row.label for row in client.get("/").context["tasks"]].count(sentence) == 1
        client.post(reverse("years:rules_amendment_read", args=(amendment.pk,)))
        assert [row.label for row in client.get("/").context["tasks"]].count(sentence) == 0
    paper = client.get(reverse("years:rules_amendment_paper", args=(amendment.pk,))).content
    text = " ".join(read_pdf(paper).text.split())
    assert f"Lý do sửa đổi: {REASON[:-1]}." in text
    assert "tự chấm hết ngày 10/12/2026 17 giờ 00 ngày 11/12/2026" in text
    assert "tính cho mọi báo cáo của năm chưa được thống nhất điểm, kể cả báo cáo đã nộp./." in text
    assert "Căn cứ" not in text
    assert [found.sentence for found in check(fresh(year))[1]] == []


def test_what_a_sitting_agreed_keeps_its_mark(client, year):
    agreed = year.reports.order_by("pk").last()
    Report.objects.filter(pk=agreed.pk).update(state=ReportState.AGREED)
    move(client, year, "15/12/2026", due_reason=REASON)
    assert late(year) == [False, False, True]


def test_a_rule_of_which_submission_counts_is_followed_too(client, year):
    """The last day stays; the amended rule counts the first of two submissions."""
    regulate(year, counted_submission="last")
    again = year.reports.order_by("pk").first()
    Report.objects.filter(pk=again.pk).update(
        submitted_at=again.submitted_at + dt.timedelta(days=5), is_late=True
    )
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("years:year_rules", args=(year.pk,))
    asked = {
        "amended_on": "16/12/2026",
        "document": "QĐ 5",
        "amendment_reason": "Theo quy chế mới.",
        "counted_submission": "first",
    }
    answer = client.post(url, fields_of(client.get(url)) | asked)
    assert answer.status_code == 302
    assert late(year) == [False, True, True]
    told = RulesAmendment.objects.get().changes[-1]
    assert (told["before"], told["after"]) == ("chậm hạn", "đúng hạn")


def test_a_year_that_is_not_opened_asks_no_reason(client):
    planned = year_with_members(3, state=YearState.PLANNED)
    edit_year(planned, actor=official(SeatRole.OFFICE), data={"report_due": FRIDAY})
    assert (fresh(planned).report_due, RulesAmendment.objects.count()) == (FRIDAY, 0)


@pytest.mark.parametrize("reason", ("", "   "))
def test_blank_words_are_no_reason(year, reason):
    office = official(SeatRole.OFFICE)
    with pytest.raises(ValidationError) as refusal:
        edit_year(year, actor=office, data={"report_due": None}, moving=Moving(reason))
    assert refusal.value.message_dict == {"due_reason": [NO_DUE_REASON]}
