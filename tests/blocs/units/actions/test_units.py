"""What is refused, what is logged, and who may, when units are kept."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.states import SeatRole
from blocs.units.actions.ends import record_succession
from blocs.units.actions.units import create_unit, edit_unit
from blocs.units.models import Membership, Unit
from tests.factories.blocs import BlocFactory
from tests.factories.people import UnitFactory, leader_of, official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 3, 1)


@pytest.fixture
def office():
    return official(SeatRole.OFFICE)


@pytest.mark.parametrize("role", (SeatRole.SYSADMIN, SeatRole.COUNCIL, SeatRole.CHAIR))
def test_only_the_office_keeps_units(role):
    unit = UnitFactory()
    for actor in (official(role), leader_of(unit)):
        with pytest.raises(PermissionDenied):
            create_unit(actor=actor, data={"name": "Sở Xây dựng"})
        with pytest.raises(PermissionDenied):
            edit_unit(unit, actor=actor, data={"code": "X"})
        with pytest.raises(PermissionDenied):
            record_succession(
                unit, actor=actor, successor=UnitFactory(), on=DAY, moves_memberships=True
            )


def test_the_log_keeps_what_was_before(office):
    unit = UnitFactory(leader_name="Nguyễn Văn A")
    edit_unit(
        unit, actor=office, data={"leader_name": "Trần Thị B", "founded_on": dt.date(2020, 1, 2)}
    )
    assert ActivityEntry.objects.get().changes == [
        {"field": "họ tên thủ trưởng", "before": "Nguyễn Văn A", "after": "Trần Thị B"},
        {"field": "thành lập ngày", "before": "", "after": "02/01/2020"},
    ]


@pytest.mark.parametrize("name", Unit.NAMES)
def test_a_name_is_not_edited_like_a_fact(office, name):
    unit = UnitFactory()
    with pytest.raises(ValidationError) as refused:
        edit_unit(unit, actor=office, data={name: "Tên khác"})
    assert refused.value.messages == [
        "Tên không sửa ở đây: dùng “Đổi tên” khi có tên mới từ một ngày, “Sửa lỗi chính tả trong "
        "tên” khi tên bị viết sai."
    ]


def test_nothing_changed_is_nothing_logged(office):
    unit = UnitFactory()
    edit_unit(unit, actor=office, data={"name": unit.name})
    assert ActivityEntry.objects.count() == 0


def test_a_unit_that_ended_leaves_its_name_free(office):
    old = UnitFactory(name="Sở Xây dựng", dissolved_on=DAY)
    data = {
        "name": "Sở Xây dựng",
        "short_name": "SXD",
        "code": "SXD",
        "letterhead": "SỞ XÂY DỰNG",
    }
    new = create_unit(actor=office, data=data)
    assert list(Unit.objects.order_by("pk")) == [old, new]


def test_a_unit_cannot_follow_itself_nor_its_own_successor(office):
    old, new = UnitFactory(), UnitFactory()
    with pytest.raises(ValidationError) as same:
        record_succession(old, actor=office, successor=old, on=DAY, moves_memberships=False)
    assert same.value.messages == ["Đơn vị không thể kế thừa chính mình."]
    record_succession(old, actor=office, successor=new, on=DAY, moves_memberships=False)
    with pytest.raises(ValidationError) as back:
        record_succession(new, actor=office, successor=old, on=DAY, moves_memberships=False)
    assert back.value.messages == [f"{old} đã được ghi là đơn vị trước của {new}."]
    with pytest.raises(ValidationError) as twice:
        record_succession(old, actor=office, successor=new, on=DAY, moves_memberships=False)
    assert twice.value.messages == ["Việc kế thừa này đã được ghi."]


def test_two_units_merged_into_one_take_one_place(office):
    bloc, new = BlocFactory(), UnitFactory()
    for _ in range(2):
        old = UnitFactory()
        Membership.objects.create(bloc=bloc, unit=old, starts_on="2015-01-01")
        record_succession(old, actor=office, successor=new, on=DAY, moves_memberships=True)
    assert list(bloc.memberships.on(DAY).values_list("unit", flat=True)) == [new.pk]


def test_without_the_tick_the_memberships_stay(office):
    old = UnitFactory()
    Membership.objects.create(bloc=BlocFactory(), unit=old, starts_on="2015-01-01")
    record_succession(old, actor=office, successor=UnitFactory(), on=DAY, moves_memberships=False)
    assert old.memberships.filter(ends_on=None).count() == 1


def test_a_unit_ends_with_its_succession_unless_it_ended_before(office):
    earlier = dt.date(2025, 6, 30)
    for ended, expected in ((None, DAY), (earlier, earlier)):
        old = UnitFactory(dissolved_on=ended)
        new = UnitFactory()
        record_succession(old, actor=office, successor=new, on=DAY, moves_memberships=False)
        old.refresh_from_db()
        assert old.dissolved_on == expected
