"""The calendar of working days: kept by the office, told in the log book."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.holidays.actions import (
    confirm_calendar,
    keep_holiday,
    propose_calendar,
    remove_holiday,
)
from blocs.legal.domain.holidays import proposed_days
from blocs.states import SeatRole
from blocs.years.models import Holiday, YearCalendar
from blocs.years.models.work_calendar import work_calendar
from tests.factories.people import UnitFactory, leader_of, official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
DAY = {"day": dt.date(2027, 3, 8), "name": "Nghỉ hoán đổi", "is_worked": False}
NOTICE = {"document": "Thông báo 1/TB-BNV", "dated_on": dt.date(2026, 11, 2)}


def labels():
    return list(ActivityEntry.objects.order_by("pk").values_list("label", flat=True))


def test_first_day_of_a_year_brings_the_proposed_ones():
    office = official(SeatRole.OFFICE)
    day = keep_holiday(Holiday(), data=DAY, actor=office)
    proposed = [one.day for one in proposed_days(2027)]
    assert sorted([*proposed, day.day]) == [one.day for one in Holiday.objects.all()]
    keep_holiday(day, data=DAY | {"name": "Nghỉ theo công điện"}, actor=office)
    remove_holiday(Holiday.objects.get(pk=day.pk), actor=office)
    assert [one.day for one in Holiday.objects.all()] == proposed
    assert labels() == [
        *["Thêm ngày nghỉ dự kiến"] * len(proposed),
        "Thêm ngày nghỉ, ngày làm bù",
        "Sửa ngày nghỉ, ngày làm bù",
        "Bỏ ngày nghỉ, ngày làm bù",
    ]


def test_a_proposed_day_is_not_typed_a_second_time():
    with pytest.raises(ValidationError) as caught:
        keep_holiday(
            Holiday(), data=DAY | {"day": dt.date(2027, 9, 2)}, actor=official(SeatRole.OFFICE)
        )
    assert caught.value.message_dict == {
        "day": ["Ngày này đã có trong lịch dự kiến năm 2027; hãy lưu lịch dự kiến rồi sửa ngày đó."]
    }
    assert Holiday.objects.count() == 0


def test_day_worked_instead_is_a_weekend():
    office = official(SeatRole.OFFICE)
    for day in range(8, 13):
        data = DAY | {"day": dt.date(2027, 3, day), "is_worked": True}
        with pytest.raises(ValidationError, match="thứ Bảy hoặc Chủ nhật"):
            keep_holiday(Holiday(), data=data, actor=office)
    saturday = {"day": dt.date(2027, 3, 13), "name": "Làm bù", "is_worked": True}
    keep_holiday(Holiday(), data=saturday, actor=office)
    keep_holiday(Holiday(), data=DAY, actor=office)
    calendar = work_calendar()
    assert calendar.off == {*(one.day for one in proposed_days(2027)), DAY["day"]}
    assert calendar.worked == {dt.date(2027, 3, 13)}


def test_what_is_not_kept_of_a_year_is_counted_as_proposed():
    off = {one.day for one in proposed_days(2028)}
    assert (work_calendar().off, work_calendar(2028).off) == (frozenset(), off)


def test_proposed_days_are_added_once():
    office = official(SeatRole.OFFICE)
    assert propose_calendar(2027, actor=office) == len(proposed_days(2027)) == 15
    with pytest.raises(ValidationError, match="đã có đủ"):
        propose_calendar(2027, actor=office)
    Holiday.objects.get(day=dt.date(2027, 2, 4)).delete()
    assert propose_calendar(2027, actor=office) == 1


@time_machine.travel("2026-11-29T03:00:00Z")
def test_a_year_is_confirmed_by_a_document_and_changes_by_documents_then():
    office = official(SeatRole.OFFICE)
    propose_calendar(2027, actor=office)
    confirm_calendar(2027, data=NOTICE, actor=office)
    assert work_calendar().confirmed == {2027}
    day = Holiday.objects.get(day=dt.date(2027, 2, 4))
    refusals = []
    for act in (
        lambda: keep_holiday(Holiday(), data=DAY, actor=office),
        lambda: keep_holiday(day, data={"name": "Nghỉ Tết"}, actor=office),
        lambda: remove_holiday(day, actor=office),
        lambda: propose_calendar(2027, actor=office),
    ):
        with pytest.raises(ValidationError) as caught:
            act()
        refusals.extend(caught.value.messages)
    assert {*refusals} == {
        "Lịch nghỉ năm 2027 đã được xác nhận theo Thông báo 1/TB-BNV; ngày thêm, sửa hay bỏ sau "
        "đó phải ghi văn bản cho phép."
    }
    assert len(refusals) == 4
    keep_holiday(Holiday(), data=DAY | {"document": "Công văn 9/VPCP-KGVX"}, actor=office)
    remove_holiday(day, actor=office, document="Công văn 10/VPCP-KGVX")
    last = ActivityEntry.objects.order_by("-pk").first()
    assert (last.label, last.note) == ("Bỏ ngày nghỉ, ngày làm bù", "Công văn 10/VPCP-KGVX")


@time_machine.travel("2026-11-29T03:00:00Z")
def test_a_year_is_not_confirmed_without_the_days_of_the_law_or_for_a_day_to_come():
    office = official(SeatRole.OFFICE)
    propose_calendar(2027, actor=office)
    Holiday.objects.filter(day=dt.date(2027, 4, 16)).delete()
    with pytest.raises(ValidationError) as caught:
        confirm_calendar(2027, data=NOTICE, actor=office)
    assert caught.value.messages == [
        "Lịch năm 2027 còn thiếu 16/04/2027 Giỗ Tổ Hùng Vương; hãy lưu lịch dự kiến hoặc thêm ngày "
        "rồi xác nhận."
    ]
    propose_calendar(2027, actor=office)
    late = NOTICE | {"dated_on": dt.date(2026, 11, 30)}
    with pytest.raises(ValidationError) as caught:
        confirm_calendar(2027, data=late, actor=office)
    assert caught.value.message_dict == {
        "dated_on": [
            "Văn bản công bố lịch nghỉ ghi ngày 30/11/2026, chưa đến ngày đó; hãy ghi ngày thực "
            "tế, không muộn hơn 29/11/2026."
        ]
    }
    assert YearCalendar.objects.count() == 0


def test_nobody_else_keeps_the_calendar():
    with pytest.raises(PermissionDenied):
        keep_holiday(Holiday(), data=DAY, actor=leader_of(UnitFactory()))
    with pytest.raises(PermissionDenied):
        propose_calendar(2027, actor=official(SeatRole.COUNCIL))
    with pytest.raises(PermissionDenied):
        confirm_calendar(2027, data=NOTICE, actor=official(SeatRole.CHAIR))
    assert (Holiday.objects.count(), YearCalendar.objects.count()) == (0, 0)
