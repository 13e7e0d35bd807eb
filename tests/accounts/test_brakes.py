"""Guessing is slowed down, by name and by address; nobody can keep another person out."""

import datetime as dt
import html

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.actions.people import reset_password
from blocs.units.actions.requests import confirm_request
from tests.factories.people import SeatFactory, UserFactory, official
from thidua.accounts import brakes
from thidua.accounts.addresses import client_address
from thidua.accounts.checks import trusted_proxies
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
LOGIN = reverse("accounts:login")
PASSWORD = "mua-xuan-nho-nho"
START = dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC)
HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"


def account(username="nguyenvana"):
    user = UserFactory(username=username, full_name=f"Người {username}")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def chair():
    return account("chutich")


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def attempt(client, password=PASSWORD, *, name="chutich", address=HERE, **headers):
    typed = {"username": name, "password": password}
    return client.post(LOGIN, typed, REMOTE_ADDR=address, **headers)


def fail(times, *, client=None, **more):
    client = client or Client()
    return [attempt(client, "sai-mat-khau", **more).status_code for _ in range(times)]


def known_browser(address=HERE):
    """A browser in which the Chairman has signed in before."""
    client = Client()
    attempt(client, address=address)
    client.post(reverse("accounts:logout"))
    return client


def test_five_failures_pause_a_name_at_an_address_and_say_for_how_long(chair, clock):
    assert fail(5) == [422, 422, 422, 422, 429]
    clock.shift(dt.timedelta(minutes=4, seconds=30))
    answer = attempt(Client())
    assert (answer.status_code, answer["Retry-After"]) == (429, "630")
    text = html.unescape(answer.content.decode())
    assert "Hãy thử lại sau <strong>11 phút</strong> (lúc 15:15)." in text
    assert [row.label for row in ActivityEntry.objects.about(chair)] == [
        "Tạm dừng đăng nhập do sai mật khẩu nhiều lần",
        *["Đăng nhập không thành công"] * 4,
    ]


def test_tries_during_the_pause_do_not_prolong_it(chair, clock):
    fail(5)
    for _ in range(7):
        clock.shift(dt.timedelta(minutes=2))
        assert fail(1) == [429]
    clock.shift(dt.timedelta(minutes=1))
    assert attempt(Client()).status_code == 302


def test_nor_do_tries_at_other_names(chair, clock):
    fail(5)
    clock.shift(dt.timedelta(minutes=10))
    fail(1, name="tranthib")
    assert attempt(Client())["Retry-After"] == "300"
    clock.shift(dt.timedelta(minutes=5))
    assert attempt(Client()).status_code == 302


def test_the_page_asked_for_is_not_forgotten(chair):
    fail(5)
    typed = {"username": "chutich", "password": PASSWORD, "next": "/don-vi/"}
    answer = Client().post(LOGIN, typed, REMOTE_ADDR=HERE)
    assert f'href="{LOGIN}?next=%2Fdon-vi%2F"' in answer.content.decode()


def test_another_name_at_the_same_address_signs_in(chair):
    account("tranthib")
    fail(5)
    assert attempt(Client(), name="tranthib").status_code == 302


@pytest.mark.parametrize("name", ("CHUTICH", "ChuTich"))
def test_capitals_give_no_further_tries_and_are_told_of_alike(chair, name):
    fail(1, name=name)
    assert ActivityEntry.objects.about(chair).count() == 1
    fail(4)
    assert attempt(Client(), name=name).status_code == 429


def test_a_name_that_does_not_exist_pauses_as_well():
    """Else the pause would tell which names exist."""
    assert fail(5, name="khongcoai") == [422, 422, 422, 422, 429]
    assert ActivityEntry.objects.count() == 0


def test_a_good_sign_in_forgets_earlier_failures(chair):
    client = Client()
    fail(4, client=client)
    assert attempt(client).status_code == 302
    client.logout()
    assert fail(4) == [422] * 4


# The stranger who guesses at the Chairman's name.


def test_a_stranger_elsewhere_does_not_keep_the_chairman_out(chair):
    """By the fault of the lock behind the proxy: five wrong ones, the right one elsewhere."""
    fail(30, address=ELSEWHERE)
    assert attempt(Client()).status_code == 302


def test_a_stranger_at_many_addresses_does_not_keep_the_chairman_out(chair):
    for number in range(1, 60):
        fail(5, address=f"10.9.0.{number}")
    assert attempt(Client()).status_code == 302


def test_a_stranger_in_the_same_house_does_not_keep_the_chairmans_own_browser_out(chair):
    own = known_browser()
    fail(5)
    assert attempt(Client()).status_code == 429
    assert attempt(own).status_code == 302


def test_an_own_browser_may_not_be_guessed_at_without_end(chair):
    own = known_browser()
    assert fail(6, client=own) == [422, 422, 422, 422, 429, 429]


def test_the_browser_of_somebody_else_is_not_the_own_one(chair):
    account("tranthib")
    client = Client()
    attempt(client, name="tranthib")
    client.post(reverse("accounts:logout"))
    fail(5)
    assert attempt(client).status_code == 429


def test_a_name_guessed_at_from_everywhere_has_fewer_tries_at_each_address(chair):
    for number in range(1, 5):
        fail(5, address=f"10.9.0.{number}")
    assert fail(3, address="10.9.0.9") == [422, 422, 429]


def test_a_name_guessed_at_from_everywhere_has_all_its_tries_in_the_own_browser(chair):
    own = known_browser()
    for number in range(1, 5):
        fail(5, address=f"10.9.0.{number}")
    assert fail(4, client=own) == [422] * 4
    assert attempt(own).status_code == 302


def test_many_names_from_one_address_are_slowed_down(clock):
    """Two tries at each of many names: no name is paused, the address waits between two tries."""
    account("tranthib")
    tried = [fail(2, name=f"ten{number}") for number in range(10)]
    assert tried == [[422, 422]] * 10
    answer = attempt(Client(), name="tranthib")
    assert (answer.status_code, answer["Retry-After"]) == (429, "20")
    assert "sau <strong>20 giây</strong>" in html.unescape(answer.content.decode())
    assert attempt(Client(), name="tranthib", address=ELSEWHERE).status_code == 302
    clock.shift(dt.timedelta(seconds=20))
    assert fail(2, name="tranthib") == [422, 429]
    clock.shift(dt.timedelta(seconds=20))
    assert attempt(Client(), name="tranthib").status_code == 302


def test_a_known_browser_does_not_wait_for_its_address(chair, clock):
    own = known_browser()
    for number in range(10):
        fail(2, name=f"ten{number}")
    assert attempt(own).status_code == 302


# Which address that is.


@pytest.mark.parametrize(
    ("proxies", "header", "direct", "address"),
    [
        (0, "9.9.9.9", "10.0.0.1", "10.0.0.1"),
        (0, None, "10.0.0.1", "10.0.0.1"),
        (1, "203.0.113.7", "127.0.0.1", "203.0.113.7"),
        # What stands further left the browser has written itself.
        (1, "9.9.9.9, 203.0.113.7", "127.0.0.1", "203.0.113.7"),
        (2, "9.9.9.9, 203.0.113.7, 10.0.0.5", "127.0.0.1", "203.0.113.7"),
        # Somebody who came past the proxies.
        (2, "", "10.0.0.1", None),
        (1, None, "10.0.0.1", None),
        (1, "chẳng là gì", "127.0.0.1", "127.0.0.1"),
        (0, None, "", None),
        (1, "203.0.113.7", "", "203.0.113.7"),
        (0, None, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (0, None, "::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_the_address_is_counted_from_the_right(rf, settings, proxies, header, direct, address):
    settings.TRUSTED_PROXIES = proxies
    told = {} if header is None else {"HTTP_X_FORWARDED_FOR": header}
    request = rf.get("/", REMOTE_ADDR=direct, **told)
    assert client_address(request) == (address or (direct or None))


def test_behind_the_documented_proxy_each_visitor_is_another(chair, settings):
    settings.TRUSTED_PROXIES = 1
    stranger = {"address": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}
    assert fail(5, **stranger)[-1] == 429
    spoofed = {"address": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.9, 203.0.113.7"}
    assert attempt(Client(), **spoofed).status_code == 429
    own = {"address": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.9"}
    assert attempt(Client(), **own).status_code == 302


@pytest.mark.parametrize(
    ("proxies", "header", "found"),
    [(0, ("HTTP_X_FORWARDED_PROTO", "https"), 1), (1, ("X", "https"), 0), (0, None, 0)],
)
def test_an_office_that_counts_no_proxy_is_warned(settings, proxies, header, found):
    settings.TRUSTED_PROXIES, settings.SECURE_PROXY_SSL_HEADER = proxies, header
    assert len(trusted_proxies()) == found


# What is written down.


def test_neither_names_nor_passwords_are_kept_or_logged(chair, caplog):
    secret = "mat-khau-go-nham-cho"
    attempt(Client(), "sai-mat-khau", name=secret)
    attempt(Client(), secret)
    kept = str(list(AccessAttempt.objects.values()))
    assert AccessAttempt.objects.count() == 2
    for told in (kept, caplog.text):
        assert secret not in told
        assert "sai-mat-khau" not in told
        assert "chutich" not in told


# The office lifts it.


@pytest.mark.parametrize("role", (SeatRole.OFFICE, SeatRole.SYSADMIN))
def test_the_office_lets_the_person_in(chair, client, role):
    own = known_browser()
    fail(5)
    fail(5, client=own)
    client.force_login(official(role))
    rows = client.get(reverse("units:pause_list")).context["rows"]
    assert [row["person"] for row in rows] == [chair]
    client.post(reverse("units:pause_lift", args=(chair.pk,)))
    assert client.get(reverse("units:pause_list")).context["rows"] == []
    assert attempt(Client()).status_code == 302
    assert attempt(own).status_code == 302
    assert ActivityEntry.objects.filter(label="Bỏ tạm dừng đăng nhập").get().subject == chair


@pytest.mark.parametrize("role", (SeatRole.EDITOR, SeatRole.LEADER))
def test_whose_password_is_given_anew_waits_for_nothing(role):
    person = SeatFactory(role=role, user=account("nguyenvanb")).user
    fail(5, name="nguyenvanb")
    asked = reset_password(person, actor=official(SeatRole.SYSADMIN), password="mua-thu-vang-la")
    if role == SeatRole.LEADER:
        confirm_request(asked, actor=official(SeatRole.OFFICE))
    assert attempt(Client(), "mua-thu-vang-la", name="nguyenvanb").status_code == 302


@pytest.mark.parametrize("role", (SeatRole.COUNCIL, SeatRole.CHAIR))
def test_nobody_else_lifts_it(chair, client, role):
    fail(5)
    client.force_login(official(role))
    assert client.get(reverse("units:pause_list")).status_code == 403
    assert client.post(reverse("units:pause_lift", args=(chair.pk,))).status_code == 404
    assert attempt(Client()).status_code == 429


def test_the_page_of_a_person_offers_it_while_there_is_a_pause(chair, client):
    client.force_login(official(SeatRole.SYSADMIN))
    page = reverse("units:person_detail", args=(chair.pk,))
    fail(4)
    assert client.get(page).context["is_paused"] is False
    fail(1)
    assert client.get(page).context["is_paused"] is True
    with time_machine.travel(dt.datetime.now(dt.UTC) + brakes.get_cool_off()):
        assert brakes.paused_keys() == {}
