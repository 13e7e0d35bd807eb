"""Nobody seats himself: a seat of power and its holder's password take two people."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from blocs.states import GUARDED_ROLES, UNIT_ROLES, SeatRole
from blocs.units.actions.people import create_person, give_seat, reset_password
from blocs.units.actions.requests import confirm_request, refuse_request, withdraw_request
from blocs.units.models import AccountRequest, Seat
from tests.factories.people import SeatFactory, UnitFactory, UserFactory, official, request_about
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
PASSWORD = "mua-xuan-nho-nho"


@pytest.fixture
def admin():
    return official(SeatRole.SYSADMIN)


@pytest.fixture
def office():
    return official(SeatRole.OFFICE)


def ask(person, admin, role=SeatRole.CHAIR, **more):
    unit = UnitFactory() if role in UNIT_ROLES else None
    facts = {"role": role, "unit": unit, "starts_on": timezone.localdate()} | more
    if role == SeatRole.AUDITOR:
        facts |= {"ends_on": timezone.localdate()}
    return give_seat(person, actor=admin, **facts)


def lines(person):
    return [(row.actor, row.label, row.note) for row in ActivityEntry.objects.about(person)]


@pytest.mark.parametrize("role", SeatRole)
def test_which_seats_take_two_people(admin, role):
    person = UserFactory()
    given = ask(person, admin, role)
    assert isinstance(given, AccountRequest) is (role in GUARDED_ROLES) is (role != "editor")
    assert person.seats.exists() is (role == SeatRole.EDITOR)


@pytest.mark.parametrize("role", (SeatRole.OFFICE, SeatRole.CHAIR))
def test_a_second_person_confirms_and_both_stand_in_the_log(admin, role):
    person, second = UserFactory(), official(role)
    asked = ask(person, admin, SeatRole.COUNCIL)
    confirm_request(asked, actor=second)
    seat = person.seats.get()
    assert (seat.role, seat.given_on, seat.is_back_dated) == (
        "council",
        timezone.localdate(),
        False,
    )
    assert lines(person) == [
        (
            second,
            "Giao vị trí: thành viên Hội đồng",
            f"{admin} đề nghị, {second} xác nhận.",
        ),
        (admin, "Đề nghị giao vị trí: thành viên Hội đồng", ""),
    ]


def test_an_account_opened_with_a_seat_of_power_waits_without_it(admin, office):
    data = {"username": "moi", "full_name": "Nguyễn Văn A"}
    seat = {"role": SeatRole.CHAIR, "unit": None, "starts_on": timezone.localdate()}
    person = create_person(actor=admin, data=data, password=PASSWORD, seat=seat)
    assert not person.seats.exists()
    confirm_request(person.account_requests.get(), actor=office)
    assert person.seats.get().role == "chair"


def test_nobody_confirms_alone(admin, office):
    both = SeatFactory(user=admin, role=SeatRole.OFFICE, unit=None).user
    to_other, to_office = ask(UserFactory(), both), ask(office, both)
    council, other_admin = official(SeatRole.COUNCIL), official(SeatRole.SYSADMIN)
    for asked, actor in (
        (to_other, both),  # who asked
        (to_office, office),  # who would get it
        (to_other, council),
        (to_other, other_admin),
    ):
        for act in (confirm_request, lambda one, actor: refuse_request(one, actor=actor, note="X")):
            with pytest.raises(PermissionDenied):
                act(asked, actor=actor)
    assert AccountRequest.objects.waiting().count() == 2
    assert not Seat.objects.filter(role=SeatRole.CHAIR).exists()


@pytest.mark.parametrize("role", GUARDED_ROLES)
def test_the_password_of_who_has_power_takes_two_people(admin, role):
    office = official(SeatRole.OFFICE)
    unit = UnitFactory() if role in UNIT_ROLES else None
    person = SeatFactory(role=role, unit=unit, ends_on=dt.date(2099, 12, 31)).user
    person.set_password("mat-khau-cua-minh")
    person.save()
    asked = reset_password(person, actor=admin, password=PASSWORD)
    person.refresh_from_db()
    assert person.check_password("mat-khau-cua-minh")
    assert PASSWORD not in asked.password
    confirm_request(asked, actor=office)
    person.refresh_from_db()
    assert (person.check_password(PASSWORD), person.must_change_password) == (True, True)
    assert person.reset_note.startswith("Mật khẩu của bạn đã được đặt lại lúc ")
    assert f"theo đề nghị của {admin}, {office} xác nhận." in person.reset_note
    asked.refresh_from_db()
    assert asked.password == ""


@pytest.mark.parametrize(
    ("days", "is_guarded"), [((-30, -1), False), ((-30, 0), True), ((5, None), True)]
)
def test_a_seat_that_ended_guards_no_password(admin, days, is_guarded):
    today = timezone.localdate()
    starts, ends = (None if n is None else today + dt.timedelta(n) for n in days)
    person = SeatFactory(role=SeatRole.LEADER, starts_on=starts, ends_on=ends).user
    done = reset_password(person, actor=admin, password=PASSWORD)
    assert isinstance(done, AccountRequest) is is_guarded


def test_who_edits_for_a_unit_is_told_who_reset_the_password(admin):
    person = SeatFactory().user
    reset_password(person, actor=admin, password=PASSWORD)
    person.refresh_from_db()
    assert f"theo đề nghị của {admin}. Nếu" in person.reset_note


@pytest.mark.parametrize("end", ("refuse", "withdraw"))
def test_what_is_not_confirmed_leaves_nothing_behind(admin, office, end):
    person = SeatFactory(role=SeatRole.LEADER).user
    asked = reset_password(person, actor=admin, password=PASSWORD)
    if end == "refuse":
        refuse_request(asked, actor=office, note="Không rõ ai hỏi.")
    else:
        withdraw_request(asked, actor=admin)
    asked.refresh_from_db()
    person.refresh_from_db()
    assert (asked.password, person.check_password(PASSWORD), person.reset_note) == ("", False, "")
    wanted = {
        "refuse": (office, "Không đồng ý: đặt lại mật khẩu", "Không rõ ai hỏi."),
        "withdraw": (admin, "Rút đề nghị: đặt lại mật khẩu", ""),
    }
    assert lines(person)[0] == wanted[end]
    for act in (
        lambda: confirm_request(asked, actor=office),
        lambda: refuse_request(asked, actor=office, note="X"),
        lambda: withdraw_request(asked, actor=admin),
    ):
        with pytest.raises(ValidationError, match="đã được quyết định"):
            act()


def test_only_the_administrator_withdraws(office):
    with pytest.raises(PermissionDenied):
        withdraw_request(request_about(UserFactory()), actor=office)


def test_one_thing_is_asked_for_once(admin, office):
    person = SeatFactory(role=SeatRole.LEADER).user
    asked = [reset_password(person, actor=admin, password=PASSWORD), ask(person, admin)]
    with pytest.raises(ValidationError, match="đang chờ người thứ hai"):
        reset_password(person, actor=admin, password=PASSWORD)
    with pytest.raises(ValidationError, match="đang chờ người thứ hai"):
        ask(person, admin)
    for one in asked:
        refuse_request(one, actor=office, note="Nhầm")
    assert isinstance(ask(person, admin), AccountRequest)


def test_a_weak_password_is_refused_before_it_is_asked_for(admin):
    person = SeatFactory(role=SeatRole.LEADER).user
    with pytest.raises(ValidationError) as refusal:
        reset_password(person, actor=admin, password="1234567890")
    assert list(refusal.value.error_dict) == ["password"]
    assert AccountRequest.objects.count() == 0


def test_a_seat_held_meanwhile_is_not_given_twice(admin, office):
    person = UserFactory()
    asked = ask(person, admin)
    SeatFactory(user=person, role=SeatRole.CHAIR, unit=None)
    with pytest.raises(ValidationError, match="đang giữ vị trí này"):
        confirm_request(asked, actor=office)
    assert AccountRequest.objects.waiting().get() == asked


def test_a_back_dated_seat_is_marked(admin, office):
    person, day = UserFactory(), timezone.localdate() - dt.timedelta(days=40)
    asked = ask(person, admin, starts_on=day)
    assert asked.is_back_dated is True
    confirm_request(asked, actor=office)
    assert person.seats.get().is_back_dated is True
    assert f", ghi lùi từ ngày {day:%d/%m/%Y}" in lines(person)[0][1]


def test_seats_of_before_this_was_kept_are_not_marked():
    assert SeatFactory().is_back_dated is False
