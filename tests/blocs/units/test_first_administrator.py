"""The one account that the command line opens."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from blocs.units.actions.people import seat_first_administrator
from blocs.units.models import Seat

pytestmark = pytest.mark.django_db
PERSON = {
    "username": "quan.tri",
    "full_name": "Nguyễn Văn A",
    "password": "Mat-khau-dau-tien-9",
    "on": dt.date(2026, 1, 1),
}


def test_first_administrator_is_seated_and_must_change_the_password():
    person = seat_first_administrator(**PERSON)
    assert (person.seats.get().role, person.must_change_password) == ("sysadmin", True)


def test_there_is_no_second_first_administrator():
    seat_first_administrator(**PERSON)
    with pytest.raises(ValidationError, match="Đã có quản trị hệ thống"):
        seat_first_administrator(**PERSON | {"username": "quan.tri.2"})
    assert Seat.objects.count() == 1


def test_a_weak_password_is_refused():
    with pytest.raises(ValidationError) as refusal:
        seat_first_administrator(**PERSON | {"password": "1234567890"})
    assert list(refusal.value.error_dict) == ["password"]
