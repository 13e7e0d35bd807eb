"""The one account that the command line opens."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from blocs.states import SeatRole
from blocs.units.actions.people import seat_first_administrator, seat_first_official
from blocs.units.management.commands import first_administrator as command
from blocs.units.models import Seat
from tests.factories.people import official

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


NAMES = ("quan.tri", "Nguyễn Văn A", "tinh.tdkt", "Nguyễn Văn B")


@pytest.fixture
def typed(monkeypatch):
    monkeypatch.setattr(command, "getpass", lambda words: PERSON["password"])


def seats():
    return sorted(Seat.objects.values_list("user__username", "role"))


def test_the_command_seats_the_administrator_and_the_one_who_confirms(typed, capsys):
    call_command("first_administrator", *NAMES)
    assert seats() == [("quan.tri", "sysadmin"), ("tinh.tdkt", "office")]
    assert capsys.readouterr().out.count("Đã lập tài khoản") == 2
    with pytest.raises(CommandError, match="xác nhận được"):
        call_command("first_administrator", *NAMES)


def test_an_installation_that_has_an_administrator_alone_gets_the_second_person(typed):
    official(SeatRole.SYSADMIN)
    call_command("first_administrator", *NAMES)
    assert [row for row in seats() if row[1] == "office"] == [("tinh.tdkt", "office")]


@pytest.mark.parametrize("role", (SeatRole.OFFICE, SeatRole.CHAIR))
def test_where_somebody_can_confirm_the_command_seats_nobody(role):
    official(role)
    with pytest.raises(ValidationError, match="xác nhận được"):
        seat_first_official(**PERSON)
    assert Seat.objects.count() == 1


def test_a_password_typed_two_ways_is_asked_again(monkeypatch, capsys):
    official(SeatRole.SYSADMIN)
    words = [PERSON["password"], "Mat-khau-dau-tien-8", PERSON["password"], PERSON["password"]]
    monkeypatch.setattr(command, "getpass", lambda asked: words.pop(0))
    call_command("first_administrator", *NAMES)
    assert words == []
    assert "Hai lần nhập khác nhau" in capsys.readouterr().err
    assert Seat.objects.get(role="office").user.check_password(PERSON["password"])
