"""The calendar of working days that the office keeps."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.scoring.ranking.workdays import SATURDAY, fixed_holidays
from blocs.years.models.work_calendar import Holiday
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import overwrite

NOT_A_WEEKEND = "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật."
ALL_THERE = "Các ngày nghỉ cố định năm {year} đã có đủ."


@transaction.atomic
def keep_holiday(
    holiday: Holiday, *, data: Mapping, actor: User, seen: str | None = None
) -> Holiday:
    """Add a day to the calendar or change one; `data` by field name, day, name and is_worked."""
    require(actor, "years.keep_holidays")
    is_new = holiday.pk is None
    if not is_new:
        holiday = Holiday.objects.select_for_update(of=("self",)).get(pk=holiday.pk)
    changes = overwrite(holiday, data, "years.keep_holiday", seen=seen)
    if not changes:
        return holiday
    if holiday.is_worked and holiday.day and holiday.day.weekday() < SATURDAY:
        raise ValidationError({"day": NOT_A_WEEKEND})
    holiday.full_clean()
    holiday.save()
    label = "Thêm ngày nghỉ, ngày làm bù" if is_new else "Sửa ngày nghỉ, ngày làm bù"
    record(actor, "years.keep_holiday", holiday, label=label, changes=changes)
    return holiday


@transaction.atomic
def remove_holiday(holiday: Holiday, *, actor: User) -> None:
    """Take a day out of the calendar: it is an ordinary day of the week again."""
    require(actor, "years.keep_holidays")
    holiday = Holiday.objects.select_for_update(of=("self",)).get(pk=holiday.pk)
    record(actor, "years.remove_holiday", holiday, label="Bỏ ngày nghỉ, ngày làm bù")
    holiday.delete()


@transaction.atomic
def add_fixed_holidays(year: int, *, actor: User) -> int:
    """Add the holidays with a fixed day and the days off instead; how many were missing."""
    require(actor, "years.keep_holidays")
    known = set(Holiday.objects.filter(day__year=year).values_list("day", flat=True))
    missing = [
        Holiday(day=day, name=name) for day, name in fixed_holidays(year) if day not in known
    ]
    if not missing:
        raise ValidationError(ALL_THERE.format(year=year))
    for holiday in missing:
        holiday.save()
        record(actor, "years.keep_holiday", holiday, label="Thêm ngày nghỉ cố định")
    return len(missing)
