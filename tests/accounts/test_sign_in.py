"""Signing in and out, and the log of it; what slows guessing down, test_brakes tells."""

import pytest
from django.conf import settings
from django.urls import reverse, reverse_lazy

from tests.factories.people import UserFactory
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
LOGIN = reverse("accounts:login")
PASSWORD = "mua-xuan-nho-nho"


@pytest.fixture
def person():
    user = UserFactory(username="nguyenvana", full_name="Nguyễn Văn A")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, password=PASSWORD, username="nguyenvana", **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def signed_in(client):
    return "_auth_user_id" in client.session


def test_right_password_leads_home_and_is_logged(client, person):
    answer = sign_in(client)
    assert (answer.status_code, answer.url) == (302, reverse("home:tasks"))
    assert signed_in(client)
    assert client.cookies[settings.WHO_COOKIE_NAME]["httponly"] is True
    assert [(entry.actor, entry.label) for entry in ActivityEntry.objects.all()] == [
        (person, "Đăng nhập")
    ]


@pytest.mark.parametrize("typed", ("NguyenVanA", "NGUYENVANA", "ｎguyenvana"))
def test_a_name_does_not_distinguish_capitals(client, person, typed):
    assert sign_in(client, username=typed).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_one_returns_to_the_page_asked_for(client, person):
    page = reverse("accounts:password_change")
    assert client.get(page).url == f"{LOGIN}?next={page}"
    assert sign_in(client, next=page).url == page


def test_one_is_not_led_to_another_site(client, person):
    assert sign_in(client, next="https://example.com/").url == reverse("home:tasks")


@pytest.mark.parametrize("username", ("nguyenvana", "khongcoai"))
def test_wrong_password_says_what_to_check_and_not_who_exists(client, person, username):
    answer = sign_in(client, "sai-mat-khau", username)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ "
        "tiếng Việt rồi nhập lại."
    ]
    assert not signed_in(client)
    # A name that is no account may be a password typed into the wrong field.
    written = [(row.actor_name, row.label, row.subject) for row in ActivityEntry.objects.all()]
    known = [("Chưa đăng nhập", "Đăng nhập không thành công", person)]
    assert written == (known if username == "nguyenvana" else [])


def test_a_stopped_account_does_not_sign_in(client, person):
    person.is_active = False
    person.save()
    assert sign_in(client).status_code == 422
    assert not signed_in(client)


def test_signing_out_takes_a_button_press(client, person):
    sign_in(client)
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert signed_in(client)
    assert client.post(reverse("accounts:logout")).url == LOGIN
    assert not signed_in(client)


@pytest.mark.parametrize("name", ("accounts:logout", "home:choose_year", "accounts:sessions_end"))
def test_a_button_pressed_after_the_session_leads_home_once_signed_in(client, person, name):
    assert client.post(reverse(name)).url == f"{LOGIN}?next={reverse(name)}"
    answer = sign_in(client, next=reverse(name))
    assert answer.url == reverse("home:tasks")


@pytest.mark.parametrize("to", (reverse_lazy("accounts:logout"), "/don-vi/", "https://example.com"))
def test_signing_out_leads_nowhere_else(client, person, to):
    sign_in(client)
    assert client.post(reverse("accounts:logout"), {"next": to}).url == LOGIN
    assert not signed_in(client)
