"""Accounts and seats: only the system administrator, everything logged."""

import datetime as dt

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.states import SeatRole
from blocs.units.actions.people import (
    create_person,
    edit_person,
    end_seat,
    give_seat,
    reset_password,
    resume_person,
    stop_person,
)
from tests.factories.people import SeatFactory, UnitFactory, UserFactory, leader_of, official
from thidua.accounts.brakes import name_key
from thidua.accounts.models import User
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 1)
PASSWORD = "mua-xuan-nho-nho"


@pytest.fixture
def sysadmin():
    return official(SeatRole.SYSADMIN)


@pytest.mark.parametrize("role", (SeatRole.OFFICE, SeatRole.COUNCIL, SeatRole.CHAIR))
def test_nobody_else_touches_accounts(role):
    seat = SeatFactory()
    person = seat.user
    superuser = UserFactory(is_superuser=True, is_staff=True)
    for actor in (official(role), leader_of(seat.unit), superuser):
        for act in (
            lambda actor=actor: create_person(actor=actor, data={}, password=PASSWORD, seat={}),
            lambda actor=actor: edit_person(person, actor=actor, data={}),
            lambda actor=actor: reset_password(person, actor=actor, password=PASSWORD),
            lambda actor=actor: stop_person(person, actor=actor),
            lambda actor=actor: resume_person(person, actor=actor),
            lambda actor=actor: give_seat(
                actor, actor=actor, role=SeatRole.OFFICE, unit=None, starts_on=DAY
            ),
            lambda actor=actor: end_seat(seat, actor=actor, ends_on=DAY),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_each_seat_is_logged_with_its_giver(sysadmin):
    person, unit = UserFactory(), UnitFactory(name="Sở Xây dựng")
    seat = give_seat(person, actor=sysadmin, role=SeatRole.EDITOR, unit=unit, starts_on=DAY)
    end_seat(seat, actor=sysadmin, ends_on=dt.date(2026, 6, 30))
    entries = ActivityEntry.objects.about(person)
    assert [(entry.actor, entry.label) for entry in entries] == [
        (sysadmin, "Kết thúc vị trí: Sở Xây dựng – cán bộ đầu mối, ngày cuối 30/06/2026"),
        (sysadmin, "Giao vị trí: Sở Xây dựng – cán bộ đầu mối, ghi lùi từ ngày 01/01/2026"),
    ]


def test_a_wrong_seat_opens_no_account(sysadmin):
    with pytest.raises(ValidationError):
        create_person(
            actor=sysadmin,
            data={"username": "nguyenvana", "full_name": "Nguyễn Văn A"},
            password=PASSWORD,
            seat={"role": SeatRole.EDITOR, "unit": None, "starts_on": DAY},
        )
    assert list(User.objects.all()) == [sysadmin]


def test_the_password_is_not_the_user_name(sysadmin):
    with pytest.raises(ValidationError) as refusal:
        reset_password(UserFactory(username="nguyenvana1"), actor=sysadmin, password="nguyenvana1")
    assert refusal.value.message_dict == {"password": ["Mật khẩu quá giống với Tên đăng nhập."]}


def test_a_new_password_lifts_the_lock(sysadmin):
    person = UserFactory(username="nguyenvana")
    AccessAttempt.objects.create(
        username=name_key("nguyenvana"), ip_address="127.0.0.1", failures_since_start=5
    )
    reset_password(person, actor=sysadmin, password=PASSWORD)
    assert AccessAttempt.objects.count() == 0


def test_a_seat_may_be_taken_again_after_its_end(sysadmin):
    person = UserFactory()
    give = {"actor": sysadmin, "role": SeatRole.EDITOR, "unit": UnitFactory()}
    end_seat(give_seat(person, starts_on=DAY, **give), actor=sysadmin, ends_on=DAY)
    give_seat(person, starts_on=dt.date(2026, 1, 2), **give)
    assert person.seats.count() == 2


def test_a_password_that_somebody_else_set_is_good_for_one_sign_in(sysadmin):
    person = UserFactory(must_change_password=False)
    reset_password(person, actor=sysadmin, password=PASSWORD)
    person.refresh_from_db()
    assert (person.must_change_password, person.check_password(PASSWORD)) == (True, True)
