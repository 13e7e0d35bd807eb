"""Changing the password, and the first one that somebody else has set."""

import pytest
from django.urls import reverse

from blocs.states import SeatRole
from tests.factories.people import SeatFactory
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
CHANGE = reverse("accounts:password_change")
OLD, NEW = "mua-xuan-nho-nho", "mua-thu-vang-la"


@pytest.fixture
def person(client):
    user = SeatFactory(role=SeatRole.OFFICE, unit=None, user__must_change_password=True).user
    user.set_password(OLD)
    user.save()
    client.force_login(user)
    return user


def change(client, old=OLD, new=NEW, again=NEW):
    return client.post(CHANGE, {"old_password": old, "new_password1": new, "new_password2": again})


def test_with_a_first_password_every_page_leads_to_the_change(client, person):
    for page in ("home:tasks", "units:unit_list", "units:bloc_list", "units:unit_new"):
        assert client.get(reverse(page)).url == CHANGE
    assert client.post(reverse("units:unit_new"), {"name": "Sở Xây dựng"}).url == CHANGE
    answer = client.get(CHANGE)
    assert answer.context["must_change"] is True
    assert client.post(reverse("accounts:logout")).status_code == 302


def test_after_the_change_one_works_on_without_signing_in_again(client, person):
    assert change(client).url == reverse("home:tasks")
    person.refresh_from_db()
    assert (person.check_password(NEW), person.must_change_password) == (True, False)
    assert client.get(reverse("units:unit_list")).status_code == 200
    assert [entry.label for entry in ActivityEntry.objects.all()] == ["Đổi mật khẩu"]


@pytest.mark.parametrize(
    ("typed", "errors"),
    (
        (
            {"old": "khong-phai"},
            {"old_password": ["Mật khẩu cũ không chính xác. Hãy nhập lại lần nữa"]},
        ),
        (
            {"again": "khac-di-roi-day"},
            {"new_password2": ["Hai trường mật khẩu không giống nhau."]},
        ),
        (
            {"new": "ngan", "again": "ngan"},
            {"new_password2": ["Mật khẩu quá ngắn; phải có ít nhất 10 ký tự."]},
        ),
        (
            {"new": "password123", "again": "password123"},
            {"new_password2": ["Mật khẩu này quá phổ biến."]},
        ),
    ),
)
def test_a_bad_change_says_why_and_changes_nothing(client, person, typed, errors):
    answer = change(client, **typed)
    assert answer.context["form"].errors == errors
    person.refresh_from_db()
    assert (person.check_password(OLD), person.must_change_password) == (True, True)
    told = ["Mật khẩu nhập để xác nhận không đúng"] if "old" in typed else []
    assert [entry.label for entry in ActivityEntry.objects.all()] == told


def test_an_open_session_guesses_the_old_password_no_faster_than_the_page_of_signing_in(
    client, person
):
    answers = [change(client, old="sai-mat-khau") for _ in range(5)]
    assert [one.status_code for one in answers] == [422, 422, 422, 422, 429]
    assert int(answers[4]["Retry-After"]) > 800
    assert change(client).status_code == 429
    person.refresh_from_db()
    assert person.check_password(OLD)
    told = ActivityEntry.objects.about(person).order_by("pk")
    assert [entry.action for entry in told] == ["accounts.fail_proof"] * 4 + ["accounts.lock_out"]
