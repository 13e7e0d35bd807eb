"""What each answer forbids the browser, and what becomes of cookies and sessions."""

import datetime as dt
import re

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.test import Client, RequestFactory
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.actions.people import stop_person
from tests.factories.blocs import year_with_members
from tests.factories.people import UserFactory, leader_of, official
from thidua.common.pages.kept import known_person

pytestmark = pytest.mark.django_db
LOGIN, LOGOUT, HOME = (
    reverse(name) for name in ("accounts:login", "accounts:logout", "home:tasks")
)
CHANGE, CHOOSE_YEAR = reverse("accounts:password_change"), reverse("home:choose_year")
PASSWORD = "mua-xuan-nho-nho"
POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
SAID = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}


@pytest.fixture
def office(settings):
    """A client of an office that is reached by https."""
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_SSL_REDIRECT = True
    return Client()


@pytest.fixture
def person():
    return account()


def account(password=PASSWORD, **more):
    user = UserFactory(username="nguyenvana", full_name="Nguyễn Văn A", **more)
    user.set_password(password)
    user.save()
    return user


def sign_in(client, password=PASSWORD):
    return client.post(LOGIN, {"username": "nguyenvana", "password": password})


def session_of(client):
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.mark.parametrize(
    ("page", "status"),
    [(LOGIN, 200), (HOME, 200), (CHANGE, 200), ("/x/", 404), ("/static/css/tokens.css", 200)],
)
def test_every_answer_says_what_a_browser_may_not_do(office, page, status):
    office.force_login(leader_of(year_with_members().head))
    answer = office.get(page, secure=True, follow=page == LOGIN)
    assert answer.status_code == status
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert {name: answer[name] for name in SAID} == SAID
    assert "Access-Control-Allow-Origin" not in answer
    answer.close()


def test_plain_http_is_led_to_https(office):
    answer = office.get(LOGIN)
    assert (answer.status_code, answer.url) == (301, f"https://testserver{LOGIN}")


@pytest.mark.parametrize("page", (LOGIN, CHANGE, "/static/css/tokens.css"))
def test_no_page_answers_to_trace(client, person, page):
    if page != LOGIN:
        client.force_login(person)
    assert client.generic("TRACE", page).status_code in {404, 405}


@pytest.mark.parametrize(("page", "answered"), [(LOGOUT, LOGIN), (CHOOSE_YEAR, HOME)])
def test_a_post_without_its_token_is_refused(page, answered):
    person = leader_of(year_with_members().head)
    own, forged = Client(), Client(enforce_csrf_checks=True)
    for client in (own, forged):
        client.force_login(person)
    assert forged.post(page, {"year": "2026"}).status_code == 403
    assert "_auth_user_id" in forged.session
    assert own.post(page, {"year": "2026"}).url == answered


def test_cookies_of_a_session_are_closed_to_scripts_and_to_other_sites(client, person):
    sign_in(client)
    found = [
        (one["httponly"], one["samesite"], one["domain"], one["path"])
        for one in (
            client.cookies[name]
            for name in (settings.SESSION_COOKIE_NAME, settings.WHO_COOKIE_NAME)
        )
    ]
    assert found == [(True, "Lax", "", "/")] * 2


def test_signing_in_gives_a_new_session_and_signing_out_ends_it(client, person):
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    sign_in(client)
    during = session_of(client)
    assert (during != before, len(during)) == (True, 32)
    thief = Client(headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={during}"})
    assert thief.get(CHANGE).status_code == 200
    client.post(LOGOUT)
    assert thief.get(CHANGE).url == f"{LOGIN}?next={CHANGE}"


def test_a_change_of_password_ends_the_sessions_elsewhere(client, person):
    elsewhere, new = Client(), "mua-thu-vang-la"
    sign_in(elsewhere)
    sign_in(client)
    typed = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(CHANGE, typed).status_code == 302
    assert client.get(CHANGE).status_code == 200
    assert elsewhere.get(CHANGE).url == f"{LOGIN}?next={CHANGE}"


def test_stopping_an_account_and_a_new_password_by_others_end_its_sessions(client, person):
    sign_in(client)
    stop_person(person, actor=official(SeatRole.SYSADMIN))
    assert client.get(CHANGE).url == f"{LOGIN}?next={CHANGE}"
    another = UserFactory()
    elsewhere = Client()
    elsewhere.force_login(another)
    assert elsewhere.get(CHANGE).status_code == 200
    another.set_password(PASSWORD)
    another.save()
    assert elsewhere.get(CHANGE).url == f"{LOGIN}?next={CHANGE}"


def test_the_mark_of_a_browser_is_believed_for_thirty_days_and_never_when_forged(client, person):
    with time_machine.travel(dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC), tick=False) as clock:
        sign_in(client)
        mark = client.cookies[settings.WHO_COOKIE_NAME].value
        assert known(mark) == str(person.pk)
        assert known(f"{person.pk + 1}{mark.lstrip('0123456789')}") == ""
        # What was signed for something else is no mark.
        assert known(signing.get_cookie_signer(salt="other").sign(person.pk)) == ""
        clock.shift(dt.timedelta(days=30))
        assert known(mark) == str(person.pk)
        clock.shift(dt.timedelta(seconds=1))
        assert known(mark) == ""


def known(mark):
    request = RequestFactory().get("/")
    request.COOKIES[settings.WHO_COOKIE_NAME] = mark
    return known_person(request)


def test_an_unexpected_fault_is_a_sentence_without_its_cause(client, person, monkeypatch):
    def fail(*args, **kwargs):
        raise LookupError("mật khẩu của cơ sở dữ liệu là abc")

    monkeypatch.setattr("thidua.accounts.views.PasswordChange.get_context_data", fail)
    client.force_login(person)
    client.raise_request_exception = False
    answer = client.get(CHANGE)
    body = answer.content.decode()
    assert (answer.status_code, "<h1>Hệ thống gặp lỗi" in body) == (500, True)
    assert [word for word in ("abc", "LookupError", "Traceback", ".py") if word in body] == []


@pytest.mark.parametrize("folder", ("/static/", "/static/css/", "/media/", "/.git/config"))
def test_no_folder_is_listed_and_no_other_file_served(client, person, folder):
    client.force_login(person)
    assert client.get(folder).status_code == 404


@pytest.mark.parametrize(
    "password", (" khoảng trắng hai đầu ", "aaaaaaaaab", "Ă" * 64, "a b!“”…\t0123" * 12)
)
def test_a_password_of_any_letters_and_length_counts_as_it_is_typed(client, password):
    user = account(must_change_password=False)
    client.force_login(user)
    typed = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    assert client.post(CHANGE, typed).status_code == 302
    for wrong in (password.swapcase(), password.strip()[:-1], password + " "):
        assert sign_in(Client(), wrong).status_code == 422
    assert sign_in(Client(), password).status_code == 302


@pytest.mark.parametrize(("page", "count"), [(LOGIN, 1), (CHANGE, 3)])
def test_typed_passwords_are_masked_and_may_be_pasted(client, page, count):
    if page == CHANGE:
        client.force_login(account())
    body = client.get(page).content.decode()
    fields = re.findall(r'<input[^>]*name="[^"]*password[^>]*>', body)
    assert [len(re.findall('type="password"', field)) for field in fields] == [1] * count
    # Nothing keeps a password manager out.
    wishes = re.findall(r'autocomplete="([^"]*)"', " ".join(fields))
    assert set(wishes) <= {"current-password", "new-password"}
    assert "onpaste" not in body
