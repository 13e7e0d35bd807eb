"""The working days of the office's calendar, and which years of it a notice has confirmed."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Cast, ExtractYear

from blocs.legal.domain.holidays import CalendarDay, proposed_days
from blocs.scoring.ranking.workdays import WorkCalendar
from thidua.common.fields import author
from thidua.common.registry import Registry
from thidua.common.vietnamese.dates import short_date

# Who counts working days says here, in sentences, what another calendar would change.
WINDOWS: Registry[Callable[[WorkCalendar, WorkCalendar], Iterable[str]]] = Registry()


class Holiday(models.Model):
    """A day that is no working day, or a weekend day that is worked instead (làm bù)."""

    day = models.DateField("ngày", unique=True)
    name = models.CharField("tên", max_length=150)
    is_worked = models.BooleanField("ngày làm bù", default=False)
    document = models.CharField("văn bản công bố", max_length=150, blank=True)

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"
        ordering = ("day",)

    def __str__(self):
        return f"{short_date(self.day)} – {self.name}"


class YearCalendar(models.Model):
    """The calendar of a year as the office confirmed it; a year without one is «dự kiến»."""

    year = models.PositiveSmallIntegerField("năm", unique=True)
    document = models.CharField("văn bản công bố", max_length=150)
    dated_on = models.DateField("ngày văn bản", null=True, blank=True)
    confirmed_at = models.DateTimeField("xác nhận lúc")
    confirmed_by = author("người xác nhận")

    class Meta:
        verbose_name = "lịch nghỉ của năm"
        verbose_name_plural = "lịch nghỉ của năm"
        ordering = ("year",)

    def __str__(self):
        return f"Lịch nghỉ năm {self.year}"


def kept_days() -> models.QuerySet:
    """Every day that the office keeps, as plain values: day, worked instead, year confirmed."""
    known = YearCalendar.objects.filter(year=ExtractYear(OuterRef("day")))
    told = {"told_day": Cast("day", models.CharField()), "is_known": Exists(known)}
    return Holiday.objects.annotate(**told).values_list("told_day", "is_worked", "is_known")


def work_calendar(*years: int, rows: Iterable[tuple] | None = None) -> WorkCalendar:
    """Holidays and days worked instead, as the office keeps them; one query without the `rows`.

    Of those of `years` of which nothing is kept, the days that the law proposes.
    """
    read = kept_days() if rows is None else rows
    days = [(date.fromisoformat(day), is_worked, is_known) for day, is_worked, is_known in read]
    kept = {day.year for day, _, _ in days}
    proposed = [one for year in years if year not in kept for one in proposed_days(year)]
    return WorkCalendar(
        off=frozenset(
            [day for day, is_worked, _ in days if not is_worked]
            + [one.day for one in proposed if not one.is_worked]
        ),
        worked=frozenset(
            [day for day, is_worked, _ in days if is_worked]
            + [one.day for one in proposed if one.is_worked]
        ),
        confirmed=frozenset(day.year for day, _, is_confirmed in days if is_confirmed),
    )


def days_of_year(year: int) -> tuple[list[Holiday], bool]:
    """The days kept of a year, else those proposed, not saved; and whether they are kept."""
    kept = list(Holiday.objects.filter(day__year=year))
    return (kept, True) if kept else ([holiday_of(one) for one in proposed_days(year)], False)


def holiday_of(one: CalendarDay) -> Holiday:
    """A proposed day as a row of the calendar, not saved."""
    return Holiday(day=one.day, name=one.name, is_worked=one.is_worked, document=one.document)


def confirmed_calendar(year: int) -> YearCalendar | None:
    """The confirmation of this year's calendar, or None while it is «dự kiến»."""
    return YearCalendar.objects.filter(year=year).first()


def moved_windows(before: WorkCalendar, after: WorkCalendar) -> list[str]:
    """Every window and every count of days that the other calendar would change, in sentences."""
    return [sentence for source in WINDOWS for sentence in source(before, after)]
