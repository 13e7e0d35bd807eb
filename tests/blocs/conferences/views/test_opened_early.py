"""A conference opened before its day says why; its minutes tell when it was planned, and why."""

import datetime as dt

import pytest
import time_machine

from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.models import Conference
from blocs.states import ConferenceState, SeatRole
from blocs.years.actions.members import record_change
from tests.factories.blocs import year_with_members
from tests.factories.conferences import conference_of
from tests.factories.people import editor_of, official
from tests.page_forms import save
from thidua.common.models import ActivityEntry
from thidua.common.vietnamese.dates import ZONE
from thidua.common.workflow import NEEDS_NOTE

pytestmark = pytest.mark.django_db
PLANNED = dt.datetime(2026, 12, 21, 8, tzinfo=ZONE)
OPENED = dt.datetime(2026, 12, 18, 14, 5, 40, tzinfo=ZONE)
WHY = (
    "Hội nghị định họp ngày 21/12/2026, hôm nay mới là 18/12/2026. Khai mạc hôm nay thì ghi lý do "
    "họp sớm: giờ khai mạc thành giờ bắt đầu, thời gian đã định và lý do được in trong biên bản."
)
SAID = "sớm hơn thời gian đã định (08 giờ 00, ngày 21 tháng 12 năm 2026), lý do: Bão số 9"


@pytest.fixture
def conference():
    with time_machine.travel(OPENED, tick=False):
        year = year_with_members(3)
        yield conference_of(year, state=ConferenceState.PREPARED, starts_at=PLANNED)


def fresh(conference):
    return Conference.objects.for_page().get(pk=conference.pk)


def opening(client, conference, **typed):
    client.force_login(editor_of(conference.bloc_year.head))
    return client.post(conference.address("conference_move", "open"), typed)


def test_the_page_asks_why_before_it_opens(client, conference):
    client.force_login(editor_of(conference.bloc_year.head))
    (move,) = client.get(conference.get_absolute_url()).context["moves"]
    asked = (move["label"], move["obstacles"], move["needs_note"], move["consequence"])
    assert asked == ("Khai mạc hội nghị", [], True, WHY)
    page = client.get(conference.address("conference_move", "open"))
    assert (page.context["move"].needs_note, page.context["move"].consequence) == (True, WHY)


@pytest.mark.parametrize("note", ("", "   "))
def test_without_a_reason_it_stays_closed(client, conference, note):
    answer = opening(client, conference, note=note)
    assert (answer.status_code, NEEDS_NOTE in answer.content.decode()) == (422, True)
    found = fresh(conference)
    assert (found.state, found.starts_at, found.planned_at) == ("prepared", PLANNED, None)


def test_minutes_page_and_log_book_say_when_it_was_planned_and_why(client, conference):
    assert opening(client, conference, note=" Bão số 9. ").status_code == 302
    found = fresh(conference)
    begun = OPENED.replace(second=0)
    kept = (found.state, found.starts_at, found.planned_at, found.early_reason)
    assert kept == ("open", begun, PLANNED, "Bão số 9.")
    paper = minutes_of(found)
    assert (paper.started, paper.early) == (
        "14 giờ 05, ngày 18 tháng 12 năm 2026",
        f"Hội nghị họp {SAID}.",
    )
    facts = client.get(found.get_absolute_url()).context["facts"]
    assert facts[:2] == [
        ("Bắt đầu", "14 giờ 05, ngày 18/12/2026"),
        ("Họp sớm", f"Hội nghị họp {SAID}."),
    ]
    entry = ActivityEntry.objects.about(found).first()
    assert (entry.note, entry.changes) == (
        " Bão số 9. ",
        [{"field": "thời gian họp", "before": "08:00 21/12/2026", "after": "14:05 18/12/2026"}],
    )


@pytest.mark.parametrize(("hour", "day"), [(23, 18), (8, 17), (8, 1)])
def test_on_its_day_or_later_no_reason_is_asked(client, conference, hour, day):
    starts = dt.datetime(2026, 12, day, hour, tzinfo=ZONE)
    Conference.objects.update(starts_at=starts)
    assert opening(client, conference).status_code == 302
    found = fresh(conference)
    assert (found.state, found.starts_at, found.planned_at) == ("open", starts, None)
    assert minutes_of(found).early == ""


def test_units_of_the_day_it_meets_are_called(client, conference):
    """Who leaves between the two days still sits, and without it too few are there."""
    third = conference.bloc_year.members.order_by("order").last().unit
    left = {"kind": "left", "on": dt.date(2026, 12, 19), "decision": "QĐ 9", "reason": "Tách."}
    record_change(
        conference.bloc_year,
        actor=official(SeatRole.OFFICE),
        unit=third,
        counterpart=None,
        **left,
    )
    assert conference.attendances.count() == 2
    first = conference.attendances.order_by("pk").first()
    first.is_present = False
    first.save()
    conference.bloc_year.regulation.quorum_numerator = 1
    conference.bloc_year.regulation.quorum_denominator = 2
    conference.bloc_year.regulation.save()
    answer = opening(client, conference, note="Bão số 9")
    words = "Có mặt 1/3 đơn vị, chưa đủ điều kiện tiến hành (cần ít nhất 1/2, tức 2 đơn vị)."
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert (fresh(conference).state, conference.attendances.count()) == ("prepared", 2)
    conference.attendances.update(is_present=True)
    assert opening(client, conference, note="Bão số 9").status_code == 302
    assert [row.is_present for row in fresh(conference).roll] == [True, True, False]


def edited(client, conference, day):
    address = conference.address("conference_edit")
    return save(
        client, address, {"day": f"{day:02d}/12/2026", "time": "08:00", "form": "in_person"}
    )


def test_what_is_opened_does_not_lie_ahead(client, conference):
    opening(client, conference, note="Bão số 9")
    refused = edited(client, conference, 19)
    assert (refused.status_code, refused.context["form"].errors["day"]) == (
        422,
        ["Hội nghị đã khai mạc thì ngày họp không muộn hơn hôm nay, 18/12/2026."],
    )
    assert edited(client, conference, 17).status_code == 302
    assert minutes_of(fresh(conference)).early == f"Hội nghị họp {SAID}."


def test_opened_by_mistake_it_met_on_its_day_after_all(client, conference):
    opening(client, conference, note="Nhầm")
    with time_machine.travel(PLANNED, tick=False):
        client.force_login(editor_of(conference.bloc_year.head))
        assert edited(client, conference, 21).status_code == 302
    assert minutes_of(fresh(conference)).early == ""
