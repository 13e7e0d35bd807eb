"""Where one is signed in, signing out elsewhere, and the end of a session nobody works in."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.models import Unit
from tests.factories.people import official
from thidua.accounts.sessions import browser_words
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
LOGIN, HOME = reverse("accounts:login"), reverse("home:tasks")
LIST, END = reverse("accounts:session_list"), reverse("accounts:sessions_end")
END_ONE = reverse("accounts:session_end")
NEW_UNIT = reverse("units:unit_new")
PASSWORD = "mua-xuan-nho-nho"
START = dt.datetime(2026, 11, 2, 1, tzinfo=dt.UTC)
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
TYPED = {
    "name": "Sở Xây dựng",
    "short_name": "Sở XD",
    "code": "SXD",
    "superior": "UBND TỈNH",
    "letterhead": "SỞ XÂY DỰNG",
    "leader_title": "Giám đốc",
}


@pytest.fixture
def person():
    user = official(SeatRole.OFFICE)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def browser(person, address="10.0.0.1"):
    client = Client(HTTP_USER_AGENT=CHROME, REMOTE_ADDR=address)
    sign_in(client, person)
    return client


def sign_in(client, person, **more):
    return client.post(LOGIN, {"username": person.username, "password": PASSWORD, **more})


def places(client):
    return [(one.address, one.is_this) for one in client.get(LIST).context["sessions"]]


def is_in(client):
    return client.get(HOME).status_code == 200


def test_one_sees_where_one_is_signed_in(person, clock):
    here = browser(person)
    clock.shift(dt.timedelta(minutes=5))
    there = browser(person, "10.0.0.2")
    browser(official_with_password(), "10.0.0.9")
    assert places(here) == [("10.0.0.2", False), ("10.0.0.1", True)]
    shown = here.get(LIST).context["sessions"][1]
    assert (shown.signed_in_at, shown.browser) == (START, "Chrome trên Windows")
    there.post(reverse("accounts:logout"))
    assert places(here) == [("10.0.0.1", True)]


def official_with_password():
    other = official(SeatRole.OFFICE)
    other.set_password(PASSWORD)
    other.save()
    return other


def test_signing_out_elsewhere_ends_all_other_sessions(person):
    here, there = browser(person), browser(person, "10.0.0.2")
    assert here.get(END).status_code == 405
    assert here.post(END).url == LIST
    assert (is_in(here), is_in(there)) == (True, False)
    assert places(here) == [("10.0.0.1", True)]
    assert ActivityEntry.objects.about(person).first().label == "Đăng xuất mọi nơi khác"


def test_one_session_is_ended_and_the_others_go_on(person):
    here, there = browser(person), browser(person, "10.0.0.2")
    third = browser(person, "10.0.0.3")
    shown = {one.address: one for one in here.get(LIST).context["sessions"]}
    assert here.get(END_ONE).status_code == 405
    answer = here.post(END_ONE, {"row": shown["10.0.0.2"].row}, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "Đã đăng xuất: Chrome trên Windows, 10.0.0.2."
    ]
    assert (is_in(here), is_in(there), is_in(third)) == (True, False, True)
    assert places(here) == [("10.0.0.3", False), ("10.0.0.1", True)]
    told = ActivityEntry.objects.about(person).first()
    assert told.label == "Đăng xuất một nơi: Chrome trên Windows, 10.0.0.2"


def test_neither_this_session_nor_one_of_another_person_is_ended_so(person):
    here, stranger = browser(person), official_with_password()
    theirs = browser(stranger, "10.0.0.9")
    (mine,), (other,) = (one.get(LIST).context["sessions"] for one in (here, theirs))
    for row in (mine.row, other.row, "", "x"):
        answer = here.post(END_ONE, {"row": row}, follow=True)
        assert [str(said) for said in answer.context["messages"]] == ["Phiên này đã kết thúc."]
    assert (is_in(here), is_in(theirs)) == (True, True)


def test_changing_the_password_ends_the_others_and_keeps_this_one_in_the_list(person):
    here, there = browser(person), browser(person, "10.0.0.2")
    new = {"old_password": PASSWORD, "new_password1": "mua-thu-vang-la"}
    here.post(reverse("accounts:password_change"), new | {"new_password2": "mua-thu-vang-la"})
    assert (is_in(here), is_in(there)) == (True, False)
    assert places(here) == [("10.0.0.1", True)]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome trên Windows"),
        (f"{CHROME} Edg/140.0", "Edge trên Windows"),
        (f"coc_coc_browser {CHROME}", "Cốc Cốc trên Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0", "Firefox trên Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Safari/604", "Safari trên iOS"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile", "Chrome trên Android"),
        ("<unknown>", "trình duyệt khác trên máy khác"),
    ],
)
def test_a_browser_is_told_in_words(agent, words):
    assert browser_words(agent) == words


# Who left the desk.


def test_who_works_stays_in_and_who_left_is_signed_out(person, clock):
    client = browser(person)
    for _ in range(4):
        clock.shift(dt.timedelta(minutes=29))
        assert is_in(client)
    clock.shift(dt.timedelta(minutes=31))
    answer = client.get(HOME)
    assert answer.url == f"{LOGIN}?next={HOME}"
    page = client.get(answer.url)
    assert [str(one) for one in page.context["messages"]] == [
        "Phiên làm việc đã kết thúc vì 30 phút không thao tác. Vui lòng đăng nhập lại."
    ]
    assert list(client.get(answer.url).context["messages"]) == []


def test_what_is_sent_after_an_idle_hour_is_not_lost(person, clock):
    client = browser(person)
    clock.shift(dt.timedelta(hours=1))
    answer = client.post(NEW_UNIT, TYPED)
    assert answer.url == f"{LOGIN}?next={NEW_UNIT}"
    assert sign_in(client, person, next=NEW_UNIT).url == NEW_UNIT
    assert client.get(NEW_UNIT).context["form"].data.dict() == TYPED
    client.post(NEW_UNIT, TYPED)
    assert Unit.objects.get().name == "Sở Xây dựng"


def test_eight_hours_after_signing_in_one_signs_in_again_however_busy(person, clock):
    client = browser(person)
    for _ in range(24):
        clock.shift(dt.timedelta(minutes=20))
        assert is_in(client)
    clock.shift(dt.timedelta(minutes=1))
    assert not is_in(client)


@pytest.mark.parametrize(("minutes", "stays"), [(0, True), (5, False)])
def test_the_office_says_how_long(person, clock, settings, minutes, stays):
    settings.SESSION_IDLE_MINUTES = minutes
    client = browser(person)
    clock.shift(dt.timedelta(hours=2))
    assert is_in(client) is stays


def test_an_hour_of_another_session_keeps_no_session_alive(person, clock):
    here = browser(person)
    clock.shift(dt.timedelta(minutes=25))
    browser(person, "10.0.0.2")
    clock.shift(dt.timedelta(minutes=10))
    assert not is_in(here)


def test_requests_within_a_minute_write_nothing(person, clock, django_assert_num_queries):
    client = browser(person)
    clock.shift(dt.timedelta(seconds=59))
    before = dict(client.session)
    client.get(HOME)
    assert dict(client.session) == before
    clock.shift(dt.timedelta(seconds=1))
    client.get(HOME)
    assert client.session["seen_at"] == before["seen_at"] + 60
