"""People and their seats."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from blocs.states import RequestKind, SeatRole
from blocs.units.models import AccountRequest, Seat, Unit
from thidua.accounts.models import Authenticator, SpareCodes, User
from thidua.accounts.second_factor import new_secret


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"Sở Thử nghiệm số {n}")
    short_name = factory.Sequence(lambda n: f"Sở TN{n}")
    code = factory.Sequence(lambda n: f"DV{n:04d}")
    superior = "UBND TỈNH ĐẮK LẮK"
    letterhead = factory.LazyAttribute(lambda unit: unit.name.upper())
    leader_name = "Nguyễn Văn A"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"nguoi{n}")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn {n}")


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = Seat

    user = factory.SubFactory(UserFactory)
    role = SeatRole.EDITOR
    unit = factory.SubFactory(UnitFactory)
    starts_on = dt.date(2015, 1, 1)


def editor_of(unit):
    """A new person who edits for the unit."""
    return SeatFactory(unit=unit, role=SeatRole.EDITOR).user


def leader_of(unit):
    return SeatFactory(unit=unit, role=SeatRole.LEADER).user


def official(role, **seat):
    """A new person with a seat at the province."""
    return SeatFactory(unit=None, role=role, **seat).user


def auditor(**seat):
    """A new person who sees for some days what the province's office sees."""
    return official(SeatRole.AUDITOR, ends_on=dt.date(2099, 12, 31), **seat)


def request_about(person, **facts):
    """A new password for the person, asked for by an administrator of its own."""
    asked = {"kind": RequestKind.PASSWORD, "asked_by": official(SeatRole.SYSADMIN)} | facts
    return AccountRequest.objects.create(user=person, **asked)


def with_factor(person, *codes):
    """The person with an authenticator, and with these codes for need."""
    key = new_secret(person)
    device = Authenticator.objects.create(user=person, name="Điện thoại", key=key)
    SpareCodes.objects.create(user=person, name="Mã dự phòng").keep(codes)
    return device
