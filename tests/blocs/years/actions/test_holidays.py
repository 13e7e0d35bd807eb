"""The calendar of working days: kept by the office, told in the log book."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.states import SeatRole
from blocs.years.actions.holidays import add_fixed_holidays, keep_holiday, remove_holiday
from blocs.years.models import Holiday
from blocs.years.models.work_calendar import work_calendar
from tests.factories.people import UnitFactory, leader_of, official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
TET = {"day": dt.date(2027, 2, 8), "name": "Tết Nguyên đán", "is_worked": False}


def test_day_is_added_changed_and_removed():
    office = official(SeatRole.OFFICE)
    day = keep_holiday(Holiday(), data=TET, actor=office)
    keep_holiday(day, data=TET | {"name": "Tết Đinh Mùi"}, actor=office)
    assert Holiday.objects.get().name == "Tết Đinh Mùi"
    remove_holiday(Holiday.objects.get(), actor=office)
    assert Holiday.objects.count() == 0
    assert list(ActivityEntry.objects.order_by("pk").values_list("label", flat=True)) == [
        "Thêm ngày nghỉ, ngày làm bù",
        "Sửa ngày nghỉ, ngày làm bù",
        "Bỏ ngày nghỉ, ngày làm bù",
    ]


def test_day_worked_instead_is_a_weekend():
    office = official(SeatRole.OFFICE)
    for day in range(8, 13):
        data = TET | {"day": dt.date(2027, 2, day), "is_worked": True}
        with pytest.raises(ValidationError, match="thứ Bảy hoặc Chủ nhật"):
            keep_holiday(Holiday(), data=data, actor=office)
    saturday = {"day": dt.date(2027, 2, 13), "name": "Làm bù", "is_worked": True}
    keep_holiday(Holiday(), data=saturday, actor=office)
    keep_holiday(Holiday(), data=TET, actor=office)
    calendar = work_calendar()
    assert (calendar.off, calendar.worked) == ({dt.date(2027, 2, 8)}, {dt.date(2027, 2, 13)})


def test_fixed_days_are_added_once():
    office = official(SeatRole.OFFICE)
    assert add_fixed_holidays(2027, actor=office) == 5
    assert [f"{one.day:%d/%m} {one.name}" for one in Holiday.objects.all()] == [
        "01/01 Tết Dương lịch",
        "30/04 Ngày Chiến thắng",
        "01/05 Ngày Quốc tế lao động",
        "03/05 Nghỉ bù Ngày Quốc tế lao động",
        "02/09 Quốc khánh",
    ]
    with pytest.raises(ValidationError, match="đã có đủ"):
        add_fixed_holidays(2027, actor=office)


def test_nobody_else_keeps_the_calendar():
    with pytest.raises(PermissionDenied):
        keep_holiday(Holiday(), data=TET, actor=leader_of(UnitFactory()))
    with pytest.raises(PermissionDenied):
        add_fixed_holidays(2027, actor=official(SeatRole.COUNCIL))
    assert Holiday.objects.count() == 0
