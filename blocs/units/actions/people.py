"""What the system administrator does with people and their seats; every act is in the log."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.states import GUARDED_ROLES, SeatRole
from blocs.units.actions.requests import (
    ask_for_password,
    ask_for_seat,
    check_password,
    checked_seat,
    locked,
    put_first_password,
    seat_words,
    told_of_reset,
)
from blocs.units.models.blocs import Bloc
from blocs.units.models.requests import AccountRequest
from blocs.units.models.seats import Seat
from blocs.units.models.units import Unit
from thidua.accounts.brakes import forget_failures
from thidua.accounts.models import User
from thidua.accounts.passwords import hash_of_random
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import overwrite
from thidua.common.vietnamese.dates import short_date


@transaction.atomic
def create_person(
    *, actor, data: Mapping, password: str, seat: Mapping, is_random: bool = False
) -> User:
    """Open an account with a first password, to be changed at the first sign-in, and one seat.

    `is_random`: the password was made by chance, as those of many accounts at once are.
    """
    require(actor, "units.manage_people")
    person = User(**data)
    check_password(person, password)
    put_first_password(person, (hash_of_random if is_random else make_password)(password))
    person.full_clean()
    person.save()
    record(actor, "units.create_person", person, label="Mở tài khoản")
    give_seat(person, actor=actor, **seat)
    return person


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
def reset_password(person: User, *, actor, password: str) -> User | AccountRequest:
    """Give a new first password; for who holds a guarded seat, ask a second person for it."""
    require(actor, "units.manage_people")
    person = locked(person)
    if person.seats.guarded(timezone.localdate()).exists():
        return ask_for_password(person, actor=actor, password=password)
    check_password(person, password)
    put_first_password(person, make_password(password), told=told_of_reset(actor))
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
    """End the use of an account and all its sessions; what the person did stays under the name."""
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
    # Else a session of before would live again with the account.
    person.session_round += 1
    person.save(update_fields=("is_active", "session_round"))
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
    sees_only: Iterable[Bloc] = (),
    edits_only: Iterable[Bloc] = (),
) -> Seat | AccountRequest:
    """Seat a person from that day; a guarded seat is asked of a second person instead.

    `sees_only` and `edits_only` limit the seat to these blocs; none of them: no limit.
    """
    require(actor, "units.manage_people")
    facts = {"role": role, "unit": unit, "title": title, "starts_on": starts_on, "ends_on": ends_on}
    limits = {"sees_only": sees_only, "edits_only": edits_only}
    facts |= {name: sorted(bloc.pk for bloc in blocs) for name, blocs in limits.items()}
    if role in GUARDED_ROLES:
        return ask_for_seat(person, actor=actor, facts=facts)
    seat = checked_seat(person, facts)
    seat.save()
    record(actor, "units.give_seat", person, label=f"Giao vị trí: {seat_words(seat)}")
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


@transaction.atomic
def seat_first_administrator(*, username: str, full_name: str, password: str, on: date) -> User:
    """Open the first administrator's account; refused once there is one, who seats all others.

    The only account nobody with a right can open; it is called from the command line alone.
    """
    if Seat.objects.filter(role=SeatRole.SYSADMIN).exists():
        raise ValidationError("Đã có quản trị hệ thống. Hãy mở tài khoản trên trang “Người dùng”.")
    person = first_of(SeatRole.SYSADMIN, username, full_name, password, on)
    record(person, "units.create_person", person, label="Mở tài khoản quản trị đầu tiên")
    return person


@transaction.atomic
def seat_first_official(*, username: str, full_name: str, password: str, on: date) -> User:
    """Open the account that confirms the first requests; refused once anybody could confirm.

    Called from the command line alone, beside the first administrator: nobody seats himself.
    """
    if Seat.objects.filter(role__in=(SeatRole.OFFICE, SeatRole.CHAIR)).exists():
        raise ValidationError("Đã có người của cơ quan thường trực hoặc Chủ tịch xác nhận được.")
    person = first_of(SeatRole.OFFICE, username, full_name, password, on)
    record(person, "units.create_person", person, label="Mở tài khoản cơ quan thường trực đầu tiên")
    return person


def first_of(role: str, username: str, full_name: str, password: str, on: date) -> User:
    """A new account with this seat and a first password."""
    person = User(username=username, full_name=full_name)
    check_password(person, password)
    put_first_password(person, make_password(password))
    person.full_clean()
    person.save()
    Seat.objects.create(user=person, role=role, starts_on=on, given_on=on)
    return person
