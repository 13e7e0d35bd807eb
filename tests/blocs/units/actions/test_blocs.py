"""What is refused, what is logged, and who may, when blocs and members are kept."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.states import SeatRole
from blocs.units.actions.blocs import (
    NewMember,
    add_member,
    create_bloc,
    edit_bloc,
    end_membership,
    paste_members,
)
from blocs.units.models import Membership, Unit
from tests.factories.blocs import BlocFactory, year_with_members
from tests.factories.people import UnitFactory, leader_of, official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 1)


@pytest.fixture
def office():
    return official(SeatRole.OFFICE)


def test_only_the_office_keeps_blocs():
    year = year_with_members()
    bloc, unit = year.bloc, UnitFactory()
    member = Membership.objects.create(bloc=bloc, unit=year.head, starts_on=DAY)
    for actor in (leader_of(year.head), official(SeatRole.SYSADMIN)):
        for act in (
            lambda actor=actor: create_bloc(actor=actor, data={"name": "Khối"}),
            lambda actor=actor: edit_bloc(bloc, actor=actor, data={"name": "Khối"}),
            lambda actor=actor: add_member(bloc, actor=actor, unit=unit, starts_on=DAY),
            lambda actor=actor: end_membership(member, actor=actor, ends_on=DAY),
            lambda actor=actor: paste_members(bloc, actor=actor, members=[], starts_on=DAY),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_a_unit_is_a_member_once_at_a_time(office):
    bloc, unit = BlocFactory(), UnitFactory(name="Sở Xây dựng")
    member = add_member(bloc, actor=office, unit=unit, starts_on=dt.date(2020, 1, 1))
    with pytest.raises(ValidationError) as open_one:
        add_member(bloc, actor=office, unit=unit, starts_on=DAY)
    assert open_one.value.messages == ["Đơn vị đang là thành viên của khối này."]
    end_membership(member, actor=office, ends_on=dt.date(2026, 6, 1))
    with pytest.raises(ValidationError) as early:
        add_member(bloc, actor=office, unit=unit, starts_on=DAY)
    assert early.value.messages == [
        f"Sở Xây dựng là thành viên của {bloc} đến ngày 01/06/2026; ngày vào khối phải sau ngày đó."
    ]
    add_member(bloc, actor=office, unit=unit, starts_on=dt.date(2026, 6, 2))
    assert bloc.memberships.count() == 2


def test_a_membership_ends_once_with_its_paper(office):
    bloc, unit = BlocFactory(), UnitFactory(name="Sở Xây dựng")
    member = add_member(bloc, actor=office, unit=unit, starts_on=dt.date(2020, 1, 1))
    end_membership(member, actor=office, ends_on=DAY, end_decision="QĐ 9")
    with pytest.raises(ValidationError) as again:
        end_membership(member, actor=office, ends_on=dt.date(2026, 2, 1))
    assert again.value.messages == ["Đơn vị đã rời khối; không ghi lại lần nữa."]
    entry = ActivityEntry.objects.about(bloc).first()
    assert (entry.label, entry.note) == (
        "Thành viên rời khối: Sở Xây dựng",
        "Ngày cuối cùng trong khối: 01/01/2026. QĐ 9",
    )


def test_a_list_with_one_fault_changes_nothing(office):
    bloc = BlocFactory()
    UnitFactory(code="SCT")
    good = {"name": "Sở Xây dựng", "short_name": "SXD", "code": "SXD", "letterhead": "SXD"}
    bad = {"name": "Sở Công thương", "short_name": "SCT", "code": "SCT", "letterhead": "SCT"}
    members = [NewMember(name=data["name"], data=data) for data in (good, bad)]
    with pytest.raises(ValidationError) as refusal:
        paste_members(bloc, actor=office, members=members, starts_on=DAY)
    assert refusal.value.messages == ["Sở Công thương: Đơn vị có Mã đơn vị đã tồn tại."]
    assert (Unit.objects.count(), bloc.memberships.count()) == (1, 0)
    assert ActivityEntry.objects.count() == 0


def test_an_empty_list_is_refused(office):
    with pytest.raises(ValidationError) as refusal:
        paste_members(BlocFactory(), actor=office, members=[], starts_on=DAY)
    assert refusal.value.messages == ["Không có đơn vị nào để thêm vào khối."]


def test_a_changed_bloc_is_logged(office):
    bloc = BlocFactory(name="Khối thi đua số 5", is_active=True)
    edit_bloc(bloc, actor=office, data={"is_active": False})
    assert ActivityEntry.objects.get().changes == [
        {"field": "đang hoạt động", "before": "có", "after": "không"}
    ]
