"""The head of the day of a conference chairs it, whoever led when it was prepared."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.models import Conference
from blocs.conferences.models.chairs import chair_of_the_day
from blocs.conferences.workflows import CONFERENCE
from blocs.states import ConferenceState, SeatRole, YearState
from blocs.units.models import Seat
from blocs.years.actions.leaders import cancel_leaders, change_leaders
from blocs.years.models import BlocYear, YearMember
from tests.factories.blocs import ReportFactory
from tests.factories.conferences import conference_of, named_year
from tests.factories.people import SeatFactory, UnitFactory, editor_of, official
from tests.page_forms import fields_of
from thidua.common.models import ActivityEntry
from thidua.common.vietnamese.dates import ZONE
from thidua.common.workflow import available
from thidua.year_check.opening import check

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


def lead(year, letter, on=TODAY, **more):
    """The office lets this unit lead from the day; nobody leads where none is named."""
    unit = letter and year.members.get(unit__name=f"Sở {letter}").unit
    said = {"data": {"head": unit or None} | more, "on": on.date(), "decision": "BB 05"}
    return change_leaders(year, actor=official(SeatRole.OFFICE), **said)


def again(year):
    return BlocYear.objects.get(pk=year.pk)


def conference_now(conference):
    return Conference.objects.for_page().get(pk=conference.pk)


def opened(client, conference, letter):
    """The secretary of this unit opens it on its day, with everybody there."""
    conference.attendances.update(is_present=True)
    with time_machine.travel(HELD, tick=False):
        client.force_login(leader(conference.bloc_year, letter))
        assert client.post(conference.address("conference_move", "open")).status_code == 302


def edit(client, conference, title):
    """The page of the conference, sent back with another title of its chair."""
    url = conference.address("conference_edit")
    return client.post(url, fields_of(client.get(url)) | {"chair_title": title})


def leader(year, letter):
    return Seat.objects.get(unit__name=f"Sở {letter}", role=SeatRole.LEADER).user


def obstacles(conference, letter):
    """What holds the opening on its day, as its page says it to the leader of this unit."""
    conference.attendances.update(is_present=True)
    with time_machine.travel(HELD, tick=False):
        person = leader(conference.bloc_year, letter)
        ((move, found),) = available(CONFERENCE, conference_now(conference), person)
    assert move.name == "open"
    return found


def printed(conference):
    """Who chaired, as the minutes say it above and below."""
    paper = minutes_of(conference_now(conference))
    return paper.chair, paper.signers[1].name


def chair(conference):
    conference.refresh_from_db()
    return conference.chair_name, conference.chair_title


A = ("Lãnh đạo Sở A", "Giám đốc Sở A, Khối trưởng")
B = ("Lãnh đạo Sở B", "Giám đốc Sở B, Khối phó")
C = ("Lãnh đạo Sở C", "Giám đốc Sở C, Khối trưởng")
ACTING = ("Lãnh đạo Sở C", "Giám đốc Sở C, Phụ trách Khối")
NOBODY = [
    "Ngày 10/12/2026 không đơn vị nào giữ nhiệm vụ khối trưởng, khối phó nên không ai chủ tọa "
    "được. Cơ quan thường trực giao khối trưởng hoặc đơn vị phụ trách ở trang “Khối trưởng, khối "
    "phó” của năm thi đua, rồi khai mạc."
]
LEADS_NOT_C = (
    "Sở C không giữ nhiệm vụ đứng đầu ngày 10/12/2026: chủ tọa là người của khối trưởng, khối phó "
    "hoặc đơn vị phụ trách của ngày họp (Sở A – Khối trưởng; Sở B – Khối phó)."
)


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


def test_while_the_post_is_vacant_nobody_is_named_until_somebody_leads(client, year):
    conference = prepared(client, year)
    lead(year, "")
    assert chair(conference) == ("", "")
    lead(again(year), "C")
    assert chair(conference) == C


def test_a_deputy_chairs_what_is_opened_while_the_post_is_vacant(client, year):
    conference = prepared(client, year)
    lead(year, "")
    opened(client, conference, "B")
    assert (chair(conference), printed(conference)) == (B, (", ".join(B), B[0]))
    lead(again(year), "C")
    assert chair(conference) == B


def test_who_stands_in_for_the_head_is_named_so(client, year):
    conference = prepared(client, year)
    lead(year, "C", head_is_acting=True)
    assert chair(conference) == ACTING
    opened(client, conference, "C")
    assert printed(conference) == (", ".join(ACTING), ACTING[0])


def test_where_nobody_leads_the_page_says_who_names_one(client, year):
    conference = prepared(client, year)
    lead(year, "", deputy=None)
    with time_machine.travel(HELD, tick=False):
        client.force_login(official(SeatRole.OFFICE))
        page = client.get(conference.get_absolute_url())
        assert page.context["hindrances"] == NOBODY
        assert CONFERENCE["open"].obstacles(conference_now(conference))[:1] == NOBODY
    lead(again(year), "C", head_is_acting=True)
    opened(client, conference, "C")
    assert printed(conference) == (", ".join(ACTING), ACTING[0])


@pytest.mark.parametrize(
    ("title", "refusal"),
    (
        ("Phó Giám đốc Sở C", LEADS_NOT_C),
        ("Phó Giám đốc Sở B", None),
        ("Trưởng ban kiểm phiếu", None),
    ),
)
def test_a_chair_of_a_unit_that_does_not_lead_is_refused(client, year, title, refusal):
    conference = prepared(client, year)
    client.force_login(editor_of(year.head))
    answer = edit(client, conference, title)
    if refusal is None:
        assert (answer.status_code, chair(conference)[1]) == (302, title)
        return
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"chair_title": [refusal]}
    assert answer.context["form"]["chair_title"].value() == title


def test_a_unit_whose_name_begins_as_that_of_another_is_told_apart(client, year):
    """«Sở C» is read in «Sở C thương» and leads not; nobody else is blamed for it."""
    unit = year.members.get(unit__name="Sở C").unit
    longer = UnitFactory(name="Sở C thương")
    YearMember.objects.create(bloc_year=year, unit=longer, order=9)
    conference = prepared(client, year)
    client.force_login(editor_of(year.head))
    answer = edit(client, conference, f"Giám đốc {longer.name}")
    (words,) = answer.context["form"].errors["chair_title"]
    assert words == LEADS_NOT_C.replace(unit.name, longer.name, 1)


def test_an_own_line_of_who_leads_no_more_holds_the_opening(client, year):
    conference = prepared(client, year)
    Conference.objects.update(chair_name="Nguyễn Văn N", chair_title="Phó Giám đốc Sở A")
    lead(year, "C")
    words = LEADS_NOT_C.replace("Sở C", "Sở A", 1).replace("Sở A – Khối", "Sở C – Khối")
    assert obstacles(conference, "C") == [words]


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


WRITE = (
    "Sửa chủ tọa ở trang Sửa thông tin của hội nghị, hoặc cơ quan thường trực xem lại ngày thay "
    "đổi, rồi mới ký biên bản."
)


def counted(client, year):
    """The conference of 10/12 was chaired by the head of that day, and its votes are counted."""
    conference = prepared(client, year)
    opened(client, conference, "A")
    Conference.objects.update(state=ConferenceState.COUNTED)
    assert chair(conference) == A
    return conference_now(conference)


@pytest.mark.parametrize(
    ("posts", "said"),
    (
        (
            {"letter": "C"},
            "Sở A không giữ nhiệm vụ đứng đầu ngày 10/12/2026: chủ tọa là người của khối trưởng, "
            "khối phó hoặc đơn vị phụ trách của ngày họp (Sở C – Khối trưởng; Sở B – Khối phó).",
        ),
        (
            {"letter": "A", "head_is_acting": True},
            "Chủ tọa đang ghi “Giám đốc Sở A, Khối trưởng”; nhiệm vụ đứng đầu ngày 10/12/2026: Sở "
            "A – Phụ trách Khối; Sở B – Khối phó.",
        ),
    ),
)
def test_who_led_that_day_is_recorded_after_the_count(client, year, posts, said):
    conference = counted(client, year)
    with time_machine.travel(HELD + dt.timedelta(days=5), tick=False):
        lead(year, **posts)
        head = leader(year, posts["letter"])
        client.force_login(head)
        page = client.get(conference.get_absolute_url()).context
        assert page["hindrances"] == [f"{said} {WRITE}"]
        sign = client.get(conference.address("minutes_sign")).context
        assert f"{said} {WRITE}" in sign["closed"].splitlines()
        # Who chaired in truth is written without a post that it had not that day.
        client.force_login(editor_of(again(year).head))
        assert edit(client, conference, "Giám đốc, điều hành hội nghị").status_code == 302
        assert client.get(conference.get_absolute_url()).context["hindrances"] == []


def test_who_leads_from_the_day_after_changes_nothing(client, year):
    conference = counted(client, year)
    later = HELD + dt.timedelta(days=1)
    with time_machine.travel(HELD + dt.timedelta(days=5), tick=False):
        lead(year, "C", on=later)
        client.force_login(leader(year, "C"))
        assert client.get(conference.get_absolute_url()).context["hindrances"] == []


def moved(client, conference, day, **typed):
    """The page of the conference, sent back with another day."""
    url = conference.address("conference_edit")
    return client.post(url, fields_of(client.get(url)) | {"day": day} | typed)


@pytest.mark.parametrize("is_opened", (False, True))
def test_the_chair_follows_a_day_that_is_moved_back_and_forth(client, year, is_opened):
    lead(year, "C", on=dt.datetime(2026, 12, 3, 8, tzinfo=ZONE))
    conference = prepared(client, again(year))
    if is_opened:
        opened(client, conference, "C")
    with time_machine.travel(HELD, tick=False):
        client.force_login(editor_of(again(year).head))
        assert moved(client, conference, "02/12/2026").status_code == 302
        assert chair(conference) == A
        entry = ActivityEntry.objects.about(conference).first()
        told = {"field": "chủ tọa", "before": ", ".join(C), "after": ", ".join(A)}
        assert (entry.label, entry.changes[-1]) == ("Sửa hội nghị", told)
        assert moved(client, conference, "10/12/2026").status_code == 302
        assert chair(conference) == C


def test_a_chair_that_somebody_named_stays_on_another_day(client, year):
    conference = prepared(client, year)
    assert edit(client, conference, "Chánh Văn phòng, điều hành").status_code == 302
    lead(year, "C")
    client.force_login(editor_of(again(year).head))
    assert moved(client, conference, "02/12/2026").status_code == 302
    assert chair(conference)[1] == "Chánh Văn phòng, điều hành"
    typed = {"chair_title": C[1], "chair_name": C[0]}
    assert moved(client, conference, "10/12/2026", **typed).status_code == 302
    assert chair(conference) == C


@pytest.mark.parametrize(
    ("is_school_year", "day", "said"),
    (
        (False, "30/11/2025", "30/11/2025; ngày này phải từ 01/01/2026"),
        (False, "31/12/2025", "31/12/2025; ngày này phải từ 01/01/2026"),
        (True, "31/08/2026", "31/08/2026; ngày này phải từ 01/09/2026"),
    ),
)
def test_nothing_is_closed_before_its_year_begins(client, year, is_school_year, day, said):
    conference = prepared(client, year)
    BlocYear.objects.update(is_school_year=is_school_year)
    answer = moved(client, conference, day)
    assert answer.context["form"].errors["day"] == [
        f"Hội nghị tổng kết ghi ngày {said} đến 31/12/2028, vui lòng xem lại năm."
    ]
    conference.refresh_from_db()
    assert conference.day == HELD.date()
    first = "01/09/2026" if is_school_year else "01/01/2026"
    assert moved(client, conference, first).status_code == 302


def test_nothing_is_opened_before_the_sheets_were_handed_in(client, year):
    conference = prepared(client, year)
    at = HELD - dt.timedelta(days=1)
    facts = {"state": "submitted", "first_submitted_at": at, "submitted_at": HELD}
    ReportFactory(bloc_year=year, unit=year.members.get(unit__name="Sở B").unit, **facts)
    assert obstacles(conference, "A") == []
    assert moved(client, conference, "08/12/2026").status_code == 302
    (said,) = obstacles(conference, "A")
    assert said.startswith(
        "Hội nghị ghi họp ngày 08/12/2026, trước ngày đơn vị nộp báo cáo: Sở B (09/12/2026); hội "
        "nghị không bàn được báo cáo chưa có. Hãy ghi đúng ngày họp. Đơn vị nào không xét"
    )
    # One that was opened is not moved there either.
    assert moved(client, conference, "10/12/2026").status_code == 302
    opened(client, conference, "A")
    with time_machine.travel(HELD, tick=False):
        answer = moved(client, conference, "08/12/2026")
    assert answer.context["form"].errors["day"] == [said]


def change_page(year, letter, on, **more):
    """The page on which the office records who leads, sent with another head."""
    client = Client()
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("changes:leader_edit", args=(year.pk,))
    unit = year.members.get(unit__name=f"Sở {letter}").unit
    typed = fields_of(client.get(url)) | {"head": unit.pk, "on": on, "decision": "BB 05"}
    return client, url, client.post(url, typed | more)


def test_a_change_of_head_lists_the_chairs_and_asks_once(client, year):
    conference = prepared(client, year)
    office, url, answer = change_page(year, "C", "01/05/2026")
    assert answer.context["effects"] == [
        f"Hội nghị tổng kết ngày 10/12/2026: chủ tọa là {', '.join(C)}.",
        "Việc của năm do Sở A làm từ 01/05/2026 đến nay vẫn giữ: “Lập hội nghị tổng kết” lúc "
        "09:00 04/12/2026.",
        "Việc đang mở của khối trưởng chuyển từ Sở A sang Sở C.",
    ]
    assert chair(conference) == A
    assert not again(year).leaderships.exists()
    assert office.post(url, fields_of(answer)).status_code == 302
    assert chair(conference) == C
    assert again(year).head.name == "Sở C"


def test_a_change_of_head_says_which_opened_sitting_it_holds(client, year):
    conference = counted(client, year)
    with time_machine.travel(HELD + dt.timedelta(days=5), tick=False):
        _, _, answer = change_page(year, "C", "01/05/2026")
    listed = answer.context["effects"]
    assert listed[0].startswith("Hội nghị tổng kết ngày 10/12/2026: Sở A không giữ nhiệm vụ đứng")
    assert "“Khai mạc hội nghị”" in listed[1]
    assert conference_now(conference).chair_title == A[1]


def test_a_change_of_head_that_touches_nothing_is_saved_at_once(year):
    _, _, answer = change_page(year, "C", "04/12/2026")
    assert (answer.status_code, again(year).head.name) == (302, "Sở C")


def test_the_check_of_a_year_names_a_chair_who_did_not_lead_that_day(client, year):
    conference = counted(client, year)
    told = dict.fromkeys(("before", "after"))
    told["before"] = chair_of_the_day(conference_now(conference))
    with time_machine.travel(HELD + dt.timedelta(days=5), tick=False):
        lead(year, "C", on=HELD - dt.timedelta(days=1))
        told["after"] = chair_of_the_day(conference_now(conference))
        _, found = check(again(year), about=lambda name: name == "trang hội nghị tổng kết")
    assert told == {"before": ", ".join(A), "after": ", ".join(C)}
    assert [(one.fact, one.expected) for one in found] == [("chủ tọa", ", ".join(C))]
    assert found[0].found.startswith("Lãnh đạo Sở A")


def test_taking_a_change_back_lists_first_who_chairs_again(client, year):
    """The chair of what is prepared, and the post that passes; nothing is written before."""
    conference = prepared(client, year)
    lead(year, "C")
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("changes:leader_cancel", args=(year.leaderships.get(number=1).pk,))
    answer = client.post(url, {"reason": "Ghi nhầm"})
    chairs, post = answer.context["effects"]
    assert (answer.status_code, chair(conference)) == (200, C)
    assert (", ".join(A) in chairs, "Sở C" in post, "Sở A" in post) == (True, True, True)
    assert client.post(url, fields_of(answer)).status_code == 302
    assert chair(conference) == A


def test_the_page_goes_on_saving_itself_after_the_day_was_moved(client, year):
    """The answer brings the chair of the new day; else the old one would be written back."""
    conference = prepared(client, year)
    lead(year, "C")
    client.force_login(editor_of(again(year).head))
    url = conference.address("conference_edit")
    page = fields_of(client.get(url)) | {"person": client.session["_auth_user_id"]}
    said = client.post(f"{url}?tu-luu", page | {"day": "02/12/2026"}).json()
    assert said["values"] == dict(zip(("chair_name", "chair_title"), A, strict=True))
    assert said["note"] == "Chủ tọa đổi theo khối trưởng của ngày họp mới."
    page |= {"day": "02/12/2026", "seen": said["seen"], "place": "Hội trường B"}
    last = client.post(f"{url}?tu-luu", page | said["values"])
    assert (last.status_code, "values" in last.json(), chair(conference)) == (200, False, A)
    assert conference.place == "Hội trường B"
