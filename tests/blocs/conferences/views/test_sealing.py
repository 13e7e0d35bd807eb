"""What holds the sealing of minutes: sheets not appraised, objections that may come, no quorum."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from blocs.appraisal.models import Appeal
from blocs.conferences.models import Conference
from blocs.states import AppealState, ConferenceState, ReportState, YearState
from blocs.states import MemberChangeKind as K
from tests.factories.blocs import ReportFactory, fill, regulate, small_table
from tests.factories.changes import change_members
from tests.factories.conferences import (
    add_agenda,
    conference_of,
    count,
    named_year,
    set_aside_the_rest,
    units_of,
)
from tests.factories.people import editor_of, leader_of
from thidua.papers.models import Paper

pytestmark = pytest.mark.django_db
NAMES = ("Sở A", "Sở B", "Sở C", "Sở D", "Sở E")
# A Thursday; five working days later it is Thursday again.
HELD = dt.datetime(2026, 12, 10, 1, tzinfo=dt.UTC)
TYPED = {"number": "6", "ended_day": "10/12/2026", "ended_time": "11:45", "approvals": "5"}
SET_ASIDE = (
    "Đơn vị nào không xét năm nay thì cơ quan thường trực ghi “không xét năm nay” kèm lý do ở "
    "trang Thay đổi thành phần, từ ngày 10/12/2026 trở về trước; báo cáo đến sau được thống nhất "
    "tại hội nghị bổ sung."
)
LATER = [
    "Sở C: Báo cáo bị trả lại, chưa nộp lại. Lãnh đạo đơn vị sửa theo yêu cầu rồi nộp lại.",
    "Sở D: Chưa nộp báo cáo và bảng tự chấm điểm. Lãnh đạo đơn vị nộp báo cáo.",
    "Sở E: Chưa nộp báo cáo và bảng tự chấm điểm. Lãnh đạo đơn vị nộp báo cáo.",
]


@pytest.fixture(autouse=True)
def evening_of_the_conference():
    with time_machine.travel("2026-12-10T09:00:00Z"):
        yield


def sheet(year, unit, state, appraised_at=None):
    report = ReportFactory(
        bloc_year=year,
        unit=unit,
        table=year.tables.get(),
        state=state,
        submitted_at=timezone.now(),
        appraised_at=appraised_at,
        appraised_total=Decimal("8.75"),
    )
    fill(report, Decimal(9), Decimal(9))
    return report


@pytest.fixture
def conference():
    """Five units, all there, counted: only what their sheets are is left open."""
    year = named_year(NAMES, year=2026, state=YearState.CLOSING)
    small_table(year)
    found = conference_of(
        year, starts_at=HELD, state=ConferenceState.COUNTED, next_head_basis="do tỉnh giao"
    )
    add_agenda(found, ("Tổng kết", "Đã thảo luận.", ""))
    return found


def sign_page(conference):
    return reverse("conferences:minutes_sign", args=(conference.bloc_year_id,))


def refused(client, conference, **typed):
    """What the page says before, and again when the leader signs all the same."""
    client.force_login(leader_of(conference.bloc_year.head))
    shown = client.get(sign_page(conference)).context
    before = shown["closed"].splitlines()
    answer = client.post(sign_page(conference), TYPED | typed)
    assert (answer.status_code, Paper.objects.count()) == (422, 0)
    assert answer.context["form"].non_field_errors() == before
    assert {field.field.disabled for field in shown["form"].visible_fields()} == {True}
    return before


def sealed(client, conference, **typed):
    client.force_login(leader_of(conference.bloc_year.head))
    assert client.post(sign_page(conference), TYPED | typed).status_code == 302
    return Paper.objects.get(kind="minutes")


@pytest.mark.parametrize(
    ("waiting", "sentence"),
    (
        (1, "Sở B: Đã nộp, chưa thẩm định xong. Sở A (khối trưởng) hoàn thành thẩm định."),
        (0, "Sở A: Đã nộp, chưa thẩm định xong. Sở B (khối phó) hoàn thành thẩm định."),
    ),
)
def test_each_unit_without_an_appraised_sheet_is_named_with_who_acts(
    client, conference, waiting, sentence
):
    year, units = conference.bloc_year, units_of(conference)
    sheet(year, units[1 - waiting], ReportState.APPRAISED)
    sheet(year, units[waiting], ReportState.SUBMITTED)
    sheet(year, units[2], ReportState.RETURNED)
    sheet(year, units[3], ReportState.DRAFT)
    assert refused(client, conference) == [sentence, *LATER, SET_ASIDE]


def test_units_set_aside_with_a_reason_let_the_minutes_be_sealed(client, conference):
    year, units = conference.bloc_year, units_of(conference)
    for unit in units[:3]:
        sheet(year, unit, ReportState.APPRAISED)
    for unit in units[3:]:
        change_members(year, unit, K.NOT_CONSIDERED, HELD.date(), reason="Không nộp báo cáo")
    sealed(client, conference)
    states = year.reports.order_by("unit__name").values_list("state", flat=True)
    assert list(states) == [ReportState.AGREED] * 3


def test_a_unit_set_aside_after_the_conference_still_held_it(client, conference):
    year, units = conference.bloc_year, units_of(conference)
    for unit in units[:4]:
        sheet(year, unit, ReportState.APPRAISED)
    with time_machine.travel("2026-12-11T09:00:00Z"):
        change_members(year, units[4], K.NOT_CONSIDERED, dt.date(2026, 12, 11))
    assert refused(client, conference) == [LATER[2], SET_ASIDE]


def appraised(conference, at, days=5):
    regulate(conference.bloc_year, appeal_days=days)
    report = sheet(conference.bloc_year, units_of(conference)[2], ReportState.APPRAISED, at)
    set_aside_the_rest(conference.bloc_year)
    return report


def test_minutes_wait_for_the_last_day_of_objections(client, conference):
    appraised(conference, dt.datetime(2026, 12, 3, 2, tzinfo=dt.UTC))
    assert refused(client, conference) == [
        "Sở C: còn được kiến nghị về điểm đến hết ngày 10/12/2026. Ký biên bản sau ngày đó, hoặc "
        "lãnh đạo đơn vị ghi không kiến nghị ở trang báo cáo của đơn vị."
    ]
    with time_machine.travel("2026-12-10T17:00:00Z"):
        sealed(client, conference)


@pytest.mark.parametrize("kind", (K.LEFT, K.NOT_CONSIDERED))
def test_the_window_of_a_unit_that_owes_no_report_holds_nobody_up(client, conference, kind):
    report = appraised(conference, dt.datetime(2026, 12, 3, 2, tzinfo=dt.UTC))
    # Before the count is confirmed the roll follows who takes part.
    Conference.objects.update(state=ConferenceState.OPEN)
    change_members(conference.bloc_year, report.unit, kind, HELD.date())
    Conference.objects.update(state=ConferenceState.COUNTED)
    sealed(client, conference, approvals="4")
    report.refresh_from_db()
    assert report.state == ReportState.APPRAISED


def test_a_waiver_closes_the_window_and_the_minutes_list_it(client, conference):
    report = appraised(conference, HELD - dt.timedelta(days=1))
    add_agenda(conference, ("Kết quả chấm điểm", "", "scores"))
    leader = leader_of(report.unit)
    client.force_login(leader)
    url = reverse("reports:report_move", args=(report.pk, "waive"))
    assert client.post(url).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.waived_by) == (ReportState.APPRAISED, leader)
    explain = reverse("reports:report_move", args=(report.pk, "explain"))
    report.explanation = "Đề nghị xem lại."
    report.save()
    closed = "Thời hạn kiến nghị, giải trình đã khép vì đơn vị ghi không kiến nghị lúc 16:00 "
    assert client.get(explain).context["obstacles"] == [f"{closed}10/12/2026."]
    paper = sealed(client, conference)
    told = [line for section in paper.data["sections"] for line in section["closing"]]
    assert told == [
        "Đơn vị thống nhất điểm thẩm định, không kiến nghị: Sở C.",
        "Khối trưởng năm 2027: do tỉnh giao.",
    ]


def test_an_objection_without_an_answer_holds_the_minutes(client, conference):
    report = appraised(conference, dt.datetime(2026, 11, 3, 2, tzinfo=dt.UTC))
    leaf = report.table.criteria.exclude(kind="group").first()
    raised = {"state": AppealState.OPEN, "raised_at": report.appraised_at}
    Appeal.objects.create(report=report, criterion=leaf, text="Xem lại.", **raised)
    assert refused(client, conference) == ["Sở C còn 01 kiến nghị về điểm chưa được trả lời."]


def test_who_waives_has_nothing_left_to_waive(client, conference):
    report = appraised(conference, HELD, days=None)
    client.force_login(leader_of(report.unit))
    url = reverse("reports:report_move", args=(report.pk, "waive"))
    assert client.get(url).context["obstacles"] == [
        "Quy định của năm không đặt thời hạn kiến nghị nên không cần ghi."
    ]


LOST = "Có mặt 3/5 đơn vị, chưa đủ điều kiện tiến hành (cần ít nhất 2/3, tức 4 đơn vị)."


def leave(conference):
    """Two delegates go home after the opening."""
    gone = units_of(conference)[3:]
    conference.attendances.filter(unit__in=gone).update(is_present=False)


def test_quorum_is_asked_at_the_sealing(client, conference):
    set_aside_the_rest(conference.bloc_year)
    leave(conference)
    assert refused(client, conference, approvals="3") == [LOST]


def test_quorum_is_asked_at_each_vote_and_at_its_confirmation(client, conference):
    Conference.objects.update(state=ConferenceState.OPEN)
    conference = Conference.objects.get()
    count(conference, "award", [(0, 5, 0, "flag")], issued=5, returned=5, valid=5)
    leave(conference)
    client.force_login(editor_of(conference.bloc_year.head))
    url = reverse("conferences:ballot_edit", args=(conference.bloc_year_id, "head"))
    seen = client.get(url).context["cells"]["seen"].value
    votes = {"method": "secret", "issued": 3, "returned": 3, "valid": 3, "invalid": 0}
    key = f"u{units_of(conference)[0].pk}"
    answer = client.post(url, votes | {"seen": seen, "decision": "", f"{key}-votes_for": 3})
    assert (answer.status_code, [str(one) for one in answer.context["messages"]]) == (422, [LOST])
    client.force_login(leader_of(conference.bloc_year.head))
    confirm = reverse("conferences:conference_move", args=(conference.bloc_year_id, "confirm"))
    assert client.get(confirm).context["obstacles"][0] == LOST


def test_the_page_that_is_closed_leads_to_where_each_thing_is_done(client, conference):
    """To what the reader may do: the secretary does not open a confirmed count again."""
    year = conference.bloc_year
    Conference.objects.update(place="")
    leave(conference)
    sheets = [
        ("Báo cáo và điểm", reverse("reports:year_reports", args=(year.pk,))),
        ("Thay đổi thành phần", reverse("changes:member_change_list", args=(year.pk,))),
    ]
    anew = ("Mở lại kết quả kiểm phiếu", conference.address("conference_move", "reopen"))
    facts = ("Sửa thông tin hội nghị", conference.address("conference_edit"))
    client.force_login(leader_of(year.head))
    assert list(client.get(sign_page(conference)).context["ways"]) == [anew, facts, *sheets]
    client.force_login(editor_of(year.head))
    answer = client.get(conference.address("minutes_copy"))
    assert list(answer.context["ways"]) == [facts, *sheets]
    assert f'<a href="{facts[1]}">{facts[0]}</a>' in answer.content.decode()


def test_an_end_before_the_last_appraisal_is_mended_on_the_page(client, conference):
    """The only thing that the fields of the page settle leaves it open."""
    regulate(conference.bloc_year, appeal_days=None)
    sheet(conference.bloc_year, units_of(conference)[2], ReportState.APPRAISED, timezone.now())
    set_aside_the_rest(conference.bloc_year)
    Conference.objects.update(ended_at=HELD + dt.timedelta(minutes=90))
    with time_machine.travel("2026-12-12T09:00:00Z"):
        conference.bloc_year.reports.update(appraised_at=timezone.now())
        client.force_login(leader_of(conference.bloc_year.head))
        page = client.get(sign_page(conference)).context
        assert (page["closed"], len(page["obstacles"])) == ("", 1)
        sealed(client, conference, ended_day="12/12/2026")
