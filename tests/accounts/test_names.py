"""User names that differ by capitals alone are one name."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from blocs.states import SeatRole
from blocs.units.actions.people import create_person, seat_first_administrator
from tests.factories.people import UserFactory, official
from thidua.accounts.models import User
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
DAY, PASSWORD = "2026-01-01", "mua-xuan-nho-nho"
MOVE = import_module("thidua.accounts.migrations.0002_names_that_differ_in_capitals")


def open_account(username):
    return create_person(
        actor=official(SeatRole.SYSADMIN),
        data={"username": username, "full_name": "Nguyễn Văn A"},
        password=PASSWORD,
        seat={"role": SeatRole.COUNCIL, "unit": None, "starts_on": DAY},
    )


def test_a_name_is_kept_in_small_letters():
    assert open_account("Nguyen.VanĐức").username == "nguyen.vanđức"


def test_two_names_that_differ_by_capitals_cannot_be():
    UserFactory(username="nguyen.van.a")
    with pytest.raises(ValidationError) as refusal:
        open_account("Nguyen.Van.A")
    assert refusal.value.message_dict == {"username": ["Tên đăng nhập đã được sử dụng"]}


def test_the_first_administrator_has_a_name_in_small_letters():
    names = {"username": "Quan.Tri", "full_name": "Nguyễn Văn A"}
    person = seat_first_administrator(**names, password=PASSWORD, on=DAY)
    assert User.objects.get_by_natural_key("QUAN.TRI") == person


def test_names_of_before_are_moved_and_each_move_is_told():
    """The rule of the database takes wide letters, so that they stand here for capitals."""
    assert MOVE.in_small_letters("ĐỨC.An") == "đức.an"
    first = UserFactory(username="ａn", last_login="2026-01-01T00:00:00Z")
    last = UserFactory(username="aｎ", last_login="2026-05-01T00:00:00Z")
    never, other = UserFactory(username="an"), UserFactory(username="bｉnh")
    untouched = UserFactory(username="chi")
    MOVE.to_small_letters(apps, None)
    rows = dict(User.objects.values_list("pk", "username"))
    assert rows == {
        last.pk: "an",
        first.pk: "an-2",
        never.pk: "an-3",
        other.pk: "binh",
        untouched.pk: "chi",
    }
    told = {row.subject_id: row.changes for row in ActivityEntry.objects.all()}
    assert told == {
        one.pk: [{"field": "Tên đăng nhập", "before": before, "after": rows[one.pk]}]
        for one, before in ((first, "ａn"), (last, "aｎ"), (never, "an"), (other, "bｉnh"))
    }
