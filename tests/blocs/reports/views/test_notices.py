"""Proof of notice: who of the unit first had before them what was returned or appraised."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from blocs.reports.models import Report
from blocs.reports.workflows import REPORT
from blocs.states import SeatRole
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import submitted_report
from thidua.common.log_book.openings import NOTICE
from thidua.common.models import ActivityEntry
from thidua.common.vietnamese.dates import ZONE
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 12, 7, 9, tzinfo=ZONE)
DAY = dt.timedelta(days=1)
RETURNED, GIVEN = "Nhận báo cáo bị trả lại", "Nhận điểm thẩm định"


@pytest.fixture(autouse=True)
def clock(settings):
    settings.SESSION_IDLE_MINUTES = 7 * 24 * 60
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def returned():
    report = submitted_report()
    head = leader_of(report.bloc_year.head)
    return perform(REPORT, "return", report, actor=head, note="Thiếu số liệu."), head


def seen_by(client, person, report):
    client.force_login(person)
    return dict(client.get(report.get_absolute_url()).context["facts"])


def notices():
    found = ActivityEntry.objects.filter(action=NOTICE).order_by("at", "pk")
    return [(row.actor_name, row.label) for row in found]


def test_who_returned_a_report_sees_when_each_of_the_unit_first_opened_it(client, clock, returned):
    report, head = returned
    editor, leader = editor_of(report.unit), leader_of(report.unit)
    waiting = "đơn vị chưa mở xem (từ 09:00 07/12/2026)"
    assert seen_by(client, head, report)[RETURNED] == waiting
    clock.move_to(MONDAY + DAY)
    assert seen_by(client, editor, report)[RETURNED] == f"09:00 08/12/2026 {editor}"
    clock.move_to(MONDAY + 2 * DAY)
    # Once for each person, however often it is opened.
    seen_by(client, editor, report)
    seen_by(client, leader, report)
    told = f"09:00 08/12/2026 {editor}; 09:00 09/12/2026 {leader}"
    for person in (head, official(SeatRole.OFFICE), editor_of(report.bloc_year.head)):
        assert seen_by(client, person, report)[RETURNED] == told
    assert notices() == [(str(editor), RETURNED), (str(leader), RETURNED)]


def test_each_return_and_the_appraisal_are_taken_note_of_anew(client, clock, returned):
    report, head = returned
    leader = leader_of(report.unit)
    seen_by(client, leader, report)
    clock.move_to(MONDAY + DAY)
    Report.objects.update(returned_at=MONDAY + DAY)
    assert "chưa mở xem" in seen_by(client, head, report)[RETURNED]
    seen_by(client, leader, report)
    Report.objects.update(state="appraised", appraised_at=MONDAY + DAY, appraised_total=90)
    report.refresh_from_db()
    facts = seen_by(client, head, report)
    assert (RETURNED in facts, "chưa mở xem" in facts[GIVEN]) == (False, True)
    assert seen_by(client, leader, report)[GIVEN] == f"09:00 08/12/2026 {leader}"
    assert notices() == [(str(leader), RETURNED)] * 2 + [(str(leader), GIVEN)]


def test_a_sheet_of_corrections_is_a_notice_too_and_others_leave_none(client, returned):
    report, head = returned
    leaf = report.table.criteria.exclude(kind="group").first()
    report.corrections.create(
        criterion=leaf, asked_by=head, asked_at=MONDAY, reason="Thiếu.", asked_by_unit=None
    )
    seen_by(client, head, report)
    assert notices() == []
    editor = editor_of(report.unit)
    client.force_login(editor)
    client.get(reverse("appraisal:correction_sheet", args=(report.pk,)))
    assert notices() == [(str(editor), RETURNED)]


def test_the_office_lists_what_nobody_has_opened(client, returned):
    report, _ = returned
    client.force_login(official(SeatRole.OFFICE))
    page = reverse("home:late_list")
    assert list(client.get(page).context["unread"]) == [report]
    seen_by(client, editor_of(report.unit), report)
    client.force_login(official(SeatRole.OFFICE))
    assert list(client.get(page).context["unread"]) == []
