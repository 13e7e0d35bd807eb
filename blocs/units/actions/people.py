"""What the system administrator does with people and their seats; every act is in the log."""

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.states import SeatRole
from blocs.units.models.seats import Seat
from blocs.units.models.units import Unit
from thidua.accounts.brakes import forget_failures
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import overwrite
from thidua.common.vietnamese.dates import short_date


@transaction.atomic
def create_person(*, actor, data: Mapping, password: str, seat: Mapping) -> User:
    """Open an account with a first password, to be changed at the first sign-in, and one seat."""
    require(actor, "units.manage_people")
    person = User(**data, must_change_password=True)
    set_first_password(person, password)
    person.full_clean()
    person.save()
    record(actor, "units.create_person", person, label="Mở tài khoản")
    give_seat(person, actor=actor, **seat)
    return person


def set_first_password(person: User, password: str) -> None:
    """A password that somebody else knows: good enough, and valid for one sign-in only."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    person.set_password(password)
    person.must_change_password = True


@transaction.atomic
def edit_person(person: User, *, actor, data: Mapping, seen: str | None = None) -> User:
    """Correct name and telephone; the user name stays, the log book knows people by it."""
    require(actor, "units.manage_people")
    person = locked(person)
    changes = overwrite(person, data, "units.edit_person", seen=seen)
    if not changes:
        return person
    person.full_clean(exclude=("password",))
    person.save()
    record(actor, "units.edit_person", person, label="Sửa thông tin người dùng", changes=changes)
    return person


@transaction.atomic
def reset_password(person: User, *, actor, password: str) -> User:
    """Give a new first password and lift a lock after too many failures."""
    require(actor, "units.manage_people")
    person = locked(person)
    set_first_password(person, password)
    person.save()
    forget_failures(person.username)
    record(actor, "units.reset_password", person, label="Đặt lại mật khẩu lần đầu")
    return person


@transaction.atomic
def lift_pause(person: User, *, actor) -> User:
    """Let the person sign in at once, however many wrong passwords were tried at the name."""
    require(actor, "units.lift_pause")
    person = locked(person)
    forget_failures(person.username)
    record(actor, "units.lift_pause", person, label="Bỏ tạm dừng đăng nhập")
    return person


@transaction.atomic
def stop_person(person: User, *, actor) -> User:
    """End the use of an account; what the person did stays under the name."""
    require(actor, "units.manage_people")
    if person.pk == actor.pk:
        raise ValidationError("Không thể tự ngừng tài khoản đang dùng.")
    return switch(person, actor=actor, is_active=False, label="Ngừng tài khoản")


@transaction.atomic
def resume_person(person: User, *, actor) -> User:
    """Let a stopped account be used again."""
    require(actor, "units.manage_people")
    return switch(person, actor=actor, is_active=True, label="Mở lại tài khoản")


def switch(person: User, *, actor, is_active: bool, label: str) -> User:
    """Stop an account or let it sign in again; its history stays."""
    person = locked(person)
    person.is_active = is_active
    person.save(update_fields=("is_active",))
    record(actor, "units.resume_person" if is_active else "units.stop_person", person, label=label)
    return person


@transaction.atomic
def give_seat(
    person: User,
    *,
    actor,
    role: str,
    unit: Unit | None,
    starts_on: date,
    title: str = "",
    ends_on: date | None = None,
) -> Seat:
    """Seat a person from that day; nobody but the system administrator gives seats."""
    require(actor, "units.manage_people")
    seat = Seat(
        user=person, role=role, unit=unit, title=title, starts_on=starts_on, ends_on=ends_on
    )
    seat.full_clean()
    if person.seats.on(starts_on).filter(role=role, unit=unit).exists():
        raise ValidationError(f"{person} đang giữ vị trí này: {seat}.")
    seat.save()
    record(actor, "units.give_seat", person, label=f"Giao vị trí: {seat}")
    return seat


@transaction.atomic
def end_seat(seat: Seat, *, actor, ends_on: date) -> Seat:
    """The person leaves the seat; that day is the last one."""
    require(actor, "units.manage_people")
    seat = (
        Seat.objects.select_for_update(of=("self",)).select_related("unit", "user").get(pk=seat.pk)
    )
    if seat.user_id == actor.pk and seat.role == SeatRole.SYSADMIN:
        raise ValidationError("Không thể tự kết thúc vị trí quản trị hệ thống của mình.")
    seat.ends_on = ends_on
    seat.full_clean()
    seat.save()
    label = f"Kết thúc vị trí: {seat}, ngày cuối {short_date(ends_on)}"
    record(actor, "units.end_seat", seat.user, label=label)
    return seat


def locked(person: User) -> User:
    """The row as it is now, held until the transaction ends."""
    return User.objects.select_for_update(of=("self",)).get(pk=person.pk)


@transaction.atomic
def seat_first_administrator(*, username: str, full_name: str, password: str, on: date) -> User:
    """Open the first administrator's account; refused once there is one, who seats all others.

    The only account nobody with a right can open; it is called from the command line alone.
    """
    if Seat.objects.filter(role=SeatRole.SYSADMIN).exists():
        raise ValidationError("Đã có quản trị hệ thống. Hãy mở tài khoản trên trang “Người dùng”.")
    person = User(username=username, full_name=full_name)
    set_first_password(person, password)
    person.full_clean()
    person.save()
    Seat.objects.create(user=person, role=SeatRole.SYSADMIN, starts_on=on)
    record(person, "units.create_person", person, label="Mở tài khoản quản trị đầu tiên")
    return person
