"""The calendar of working days that the office keeps: proposed, corrected, confirmed."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.legal.domain.holidays import CalendarDay, missing_holidays, proposed_days
from blocs.scoring.ranking.workdays import SATURDAY
from blocs.years.models.work_calendar import (
    Holiday,
    YearCalendar,
    confirmed_calendar,
    holiday_of,
)
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import overwrite
from thidua.common.vietnamese.dates import short_date
from thidua.papers.days import day_faults

NOT_A_WEEKEND = "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật."
ALL_THERE = "Lịch năm {year} đã có đủ các ngày dự kiến."
SETTLED = (
    "Lịch nghỉ năm {year} đã được xác nhận theo {document}; ngày thêm, sửa hay bỏ sau đó phải ghi "
    "văn bản cho phép."
)
OTHER_YEAR = (
    "Một ngày của lịch năm {year} không chuyển sang năm khác: hãy bỏ ngày này rồi thêm ngày mới ở "
    "lịch năm kia."
)
PROPOSED = "Ngày này đã có trong lịch dự kiến năm {year}; hãy lưu lịch dự kiến rồi sửa ngày đó."
LACKS = "Lịch năm {year} còn thiếu {days}; hãy lưu lịch dự kiến hoặc thêm ngày rồi xác nhận."


@transaction.atomic
def keep_holiday(
    holiday: Holiday, *, data: Mapping, actor: User, seen: str | None = None
) -> Holiday:
    """Add a day to the calendar or change one; `data` by the names of its fields.

    The first day that is typed for a year brings the proposed ones with it. In a confirmed year
    the day names its own document.
    """
    require(actor, "years.keep_holidays")
    is_new, before = holiday.pk is None, holiday.day
    if not is_new:
        holiday = Holiday.objects.select_for_update(of=("self",)).get(pk=holiday.pk)
        before = holiday.day
    changes = overwrite(holiday, data, "years.keep_holiday", seen=seen)
    if not changes:
        return holiday
    _check(holiday, before)
    holiday.full_clean()
    if is_new and not _is_kept(holiday.day.year):
        _start_year(holiday.day, actor)
    holiday.save()
    label = "Thêm ngày nghỉ, ngày làm bù" if is_new else "Sửa ngày nghỉ, ngày làm bù"
    record(actor, "years.keep_holiday", holiday, label=label, changes=changes)
    return holiday


def _check(holiday: Holiday, before: date | None) -> None:
    """What the calendar itself refuses; `before` is the day as it was kept."""
    if not holiday.day:
        return
    if holiday.is_worked and holiday.day.weekday() < SATURDAY:
        raise ValidationError({"day": NOT_A_WEEKEND})
    if before and before.year != holiday.day.year:
        raise ValidationError({"day": OTHER_YEAR.format(year=before.year)})
    known = confirmed_calendar(holiday.day.year)
    if known and not holiday.document.strip():
        text = SETTLED.format(year=known.year, document=known.document)
        raise ValidationError({"document": text})


def _is_kept(year: int) -> bool:
    return Holiday.objects.filter(day__year=year).exists()


def _start_year(day: date, actor: User) -> None:
    """Keep the proposed days of a year in which the first day is typed."""
    if any(one.day == day for one in proposed_days(day.year)):
        raise ValidationError({"day": PROPOSED.format(year=day.year)})
    _keep(proposed_days(day.year), actor)


def _keep(days: tuple[CalendarDay, ...], actor: User) -> None:
    for one in days:
        holiday = holiday_of(one)
        holiday.save()
        record(actor, "years.keep_holiday", holiday, label="Thêm ngày nghỉ dự kiến")


@transaction.atomic
def remove_holiday(holiday: Holiday, *, actor: User, document: str = "") -> None:
    """Take a day out of the calendar: it is an ordinary day of the week again.

    `document` allows it where the year is confirmed.
    """
    require(actor, "years.keep_holidays")
    holiday = Holiday.objects.select_for_update(of=("self",)).get(pk=holiday.pk)
    if (known := confirmed_calendar(holiday.day.year)) and not document.strip():
        text = SETTLED.format(year=holiday.day.year, document=known.document)
        raise ValidationError({"document": text})
    label = "Bỏ ngày nghỉ, ngày làm bù"
    record(actor, "years.remove_holiday", holiday, label=label, note=document)
    holiday.delete()


@transaction.atomic
def propose_calendar(year: int, *, actor: User) -> int:
    """Keep the proposed days of the year that are not there yet; how many were missing."""
    require(actor, "years.keep_holidays")
    if known := confirmed_calendar(year):
        raise ValidationError(SETTLED.format(year=year, document=known.document))
    kept = set(Holiday.objects.filter(day__year=year).values_list("day", flat=True))
    missing = tuple(one for one in proposed_days(year) if one.day not in kept)
    if not missing:
        raise ValidationError(ALL_THERE.format(year=year))
    _keep(missing, actor)
    return len(missing)


@transaction.atomic
def confirm_calendar(
    year: int, *, data: Mapping, actor: User, seen: str | None = None
) -> YearCalendar:
    """Say by which document the calendar of a year is settled; `data` document and dated_on.

    Refused while a holiday of the law is missing (Bộ luật Lao động 2019, Điều 112).
    """
    require(actor, "years.keep_holidays")
    rows = YearCalendar.objects.select_for_update(of=("self",))
    calendar = rows.filter(year=year).first() or YearCalendar(year=year)
    changes = overwrite(calendar, data, "years.confirm_calendar", seen=seen)
    if not changes and calendar.pk:
        return calendar
    if faults := day_faults("Văn bản công bố lịch nghỉ", calendar.dated_on, timezone.localdate()):
        raise ValidationError({"dated_on": faults})
    off = Holiday.objects.filter(day__year=year, is_worked=False).values_list("day", flat=True)
    if missing := missing_holidays(year, off):
        days = "; ".join(f"{short_date(one.day)} {one.name}" for one in missing)
        raise ValidationError(LACKS.format(year=year, days=days))
    calendar.confirmed_by, calendar.confirmed_at = actor, timezone.now()
    calendar.full_clean()
    calendar.save()
    label = f"Xác nhận lịch nghỉ năm {year}"
    record(actor, "years.confirm_calendar", calendar, label=label, changes=changes)
    return calendar
