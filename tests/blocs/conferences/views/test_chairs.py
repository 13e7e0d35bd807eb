"""The head of the day of a conference chairs it, whoever led when it was prepared."""

import datetime as dt

import pytest
import time_machine

from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.models import Conference
from blocs.states import ConferenceState, SeatRole, YearState
from blocs.years.actions.leaders import cancel_leaders, change_leaders
from blocs.years.models import BlocYear
from tests.factories.conferences import conference_of, named_year
from tests.factories.people import SeatFactory, editor_of, official
from tests.page_forms import fields_of
from thidua.common.models import ActivityEntry
from thidua.common.vietnamese.dates import ZONE

pytestmark = pytest.mark.django_db
TODAY = dt.datetime(2026, 12, 4, 9, tzinfo=ZONE)
HELD = dt.datetime(2026, 12, 10, 8, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def in_december():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def year():
    """Sở A leads, Sở B is deputy, each with a leader of its own."""
    found = named_year(["Sở A", "Sở B", "Sở C"], year=2026, state=YearState.CLOSING)
    for member in found.members.select_related("unit"):
        seat = SeatFactory(unit=member.unit, role=SeatRole.LEADER, starts_on=dt.date(2026, 1, 1))
        seat.user.full_name = f"Lãnh đạo {member.unit.name}"
        seat.user.save()
        member.unit.leader_title = "Giám đốc"
        member.unit.save()
    return BlocYear.objects.get(pk=found.pk)


def prepared(client, year):
    """The secretary of the head prepares the conference as its page proposes it."""
    client.force_login(editor_of(year.head))
    url = Conference(bloc_year=year).address("conference_new")
    typed = fields_of(client.get(url)) | {"day": "10/12/2026", "time": "08:00"}
    assert client.post(url, typed).status_code == 302
    return Conference.objects.get(bloc_year=year)


def lead(year, letter, on=TODAY):
    """The office lets this unit lead from the day; nobody leads where none is named."""
    unit = letter and year.members.get(unit__name=f"Sở {letter}").unit
    said = {"data": {"head": unit or None}, "on": on.date(), "decision": "BB 05"}
    return change_leaders(year, actor=official(SeatRole.OFFICE), **said)


def chair(conference):
    conference.refresh_from_db()
    return conference.chair_name, conference.chair_title


A = ("Lãnh đạo Sở A", "Giám đốc Sở A, Khối trưởng")
C = ("Lãnh đạo Sở C", "Giám đốc Sở C, Khối trưởng")


def test_a_change_of_head_names_the_chair_of_what_is_prepared(client, year):
    conference = prepared(client, year)
    assert chair(conference) == A
    lead(year, "C")
    assert chair(conference) == C
    entry = ActivityEntry.objects.about(conference).first()
    assert (entry.label, entry.changes) == (
        "Ghi chủ tọa theo khối trưởng",
        [{"field": "chủ tọa", "before": ", ".join(A), "after": ", ".join(C)}],
    )
    page = client.get(conference.get_absolute_url())
    assert ("Chủ tọa", ", ".join(C)) in page.context["facts"]


@pytest.mark.parametrize("days", (20, 0))
def test_the_conference_opens_and_its_minutes_name_the_head_of_the_day(client, year, days):
    conference = prepared(client, year)
    lead(year, "C", TODAY - dt.timedelta(days=days))
    # Somebody writes the old line back: at the opening it is the head of the day all the same.
    Conference.objects.update(chair_name=A[0], chair_title=A[1])
    conference.attendances.update(is_present=True)
    with time_machine.travel(HELD, tick=False):
        client.force_login(editor_of(year.members.get(unit__name="Sở C").unit))
        assert client.post(conference.address("conference_move", "open")).status_code == 302
    found = Conference.objects.for_page().get()
    paper = minutes_of(found)
    assert (found.state, paper.chair, paper.signers[1].name) == (
        "open",
        ", ".join(C),
        C[0],
    )
    entry = ActivityEntry.objects.about(found).first()
    assert (entry.label, entry.changes[0]["after"]) == ("Khai mạc hội nghị", ", ".join(C))


def test_a_chair_that_somebody_named_otherwise_stays(client, year):
    conference = prepared(client, year)
    own = ("Nguyễn Văn N", "Phó Giám đốc Sở A")
    Conference.objects.update(chair_name=own[0], chair_title=own[1])
    lead(year, "C")
    assert chair(conference) == own


def test_while_nobody_leads_the_line_stays_until_somebody_does(client, year):
    conference = prepared(client, year)
    lead(year, "")
    assert chair(conference) == A
    lead(BlocYear.objects.get(pk=year.pk), "C")
    assert chair(conference) == C


def test_a_change_taken_back_gives_the_chair_back(client, year):
    conference = prepared(client, year)
    lead(year, "C")
    change = year.leaderships.get(number=1)
    cancel_leaders(change, actor=official(SeatRole.OFFICE), reason="Ghi nhầm đơn vị")
    assert chair(conference) == A


@pytest.mark.parametrize("state", ("open", "counted", "signed"))
def test_what_was_opened_under_the_old_head_keeps_its_chair(year, state):
    """On the day of the change itself, too: whoever opened it has chaired it."""
    held = {"chair_name": A[0], "chair_title": A[1], "starts_at": TODAY - dt.timedelta(hours=2)}
    ended = TODAY - dt.timedelta(hours=1)
    conference = conference_of(year, state=ConferenceState(state), ended_at=ended, **held)
    lead(year, "C")
    assert chair(conference) == A
