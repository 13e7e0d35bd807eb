"""The working days of the office's calendar."""

from django.db import models

from blocs.scoring.ranking.workdays import WorkCalendar


class Holiday(models.Model):
    """A day that is no working day, or a weekend day that is worked instead (làm bù)."""

    day = models.DateField("ngày", unique=True)
    name = models.CharField("tên", max_length=150)
    is_worked = models.BooleanField("ngày làm bù", default=False)

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"
        ordering = ("day",)

    def __str__(self):
        return f"{self.day:%d/%m/%Y} – {self.name}"


def work_calendar() -> WorkCalendar:
    """Holidays and days worked instead, as the office keeps them; one query."""
    days = list(Holiday.objects.values_list("day", "is_worked"))
    return WorkCalendar(
        off=frozenset(day for day, is_worked in days if not is_worked),
        worked=frozenset(day for day, is_worked in days if is_worked),
    )
