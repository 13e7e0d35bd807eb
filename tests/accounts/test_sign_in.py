"""Signing in and out, the lock after five failures, the log of it."""

import datetime as dt
import html

import pytest
import time_machine
from django.urls import reverse

from tests.factories.people import UserFactory
from thidua.common.models import ActivityEntry
from thidua.common.pages.kept import WHO_COOKIE

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
    assert client.cookies[WHO_COOKIE]["httponly"] is True
    assert [(entry.actor, entry.label) for entry in ActivityEntry.objects.all()] == [
        (person, "Đăng nhập")
    ]


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


def fail(client, times):
    return [sign_in(client, "sai-mat-khau").status_code for _ in range(times)]


def test_the_fifth_failure_locks_and_says_so_in_vietnamese(client, person):
    assert fail(client, 5) == [422, 422, 422, 422, 429]
    answer = sign_in(client)
    assert answer.status_code == 429
    text = html.unescape(answer.content.decode())
    assert "Tài khoản tạm khóa" in text
    assert "Mật khẩu đã bị nhập sai nhiều lần liên tiếp" in text
    assert not signed_in(client)
    assert [row.label for row in ActivityEntry.objects.about(person)] == [
        "Tạm khóa đăng nhập do sai mật khẩu nhiều lần",
        *["Đăng nhập không thành công"] * 4,
    ]


def test_the_lock_is_for_one_account_only(client, person):
    other = UserFactory(username="tranthib")
    other.set_password(PASSWORD)
    other.save()
    fail(client, 5)
    assert sign_in(client, username="tranthib").status_code == 302


def test_the_lock_ends_by_itself(client, person):
    with time_machine.travel(dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC), tick=False):
        fail(client, 5)
        assert sign_in(client).status_code == 429
    with time_machine.travel(dt.datetime(2026, 11, 2, 8, 16, tzinfo=dt.UTC), tick=False):
        assert sign_in(client).status_code == 302


def test_a_good_sign_in_forgets_earlier_failures(client, person):
    fail(client, 4)
    assert sign_in(client).status_code == 302
    client.logout()
    assert fail(client, 4) == [422, 422, 422, 422]


def test_signing_out_takes_a_button_press(client, person):
    sign_in(client)
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert signed_in(client)
    assert client.post(reverse("accounts:logout")).url == LOGIN
    assert not signed_in(client)
