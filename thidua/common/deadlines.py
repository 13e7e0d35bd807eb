"""A deadline: its last day, or the hour of that day at which it ends; told and asked here alone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from thidua.common.vietnamese.dates import ZONE, clock, day_in_vietnam, short_date

SATURDAY = 5
WEEKEND = ("thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class Deadline:
    """The last moment for something: to the end of `day`, or to `hour` of it, in Vietnam."""

    day: date
    hour: time | None = None

    def __str__(self) -> str:
        """«15/12/2026» or «17:00 15/12/2026», for lists and the track."""
        return f"{self.hour:%H:%M} {short_date(self.day)}" if self.hour else short_date(self.day)

    @property
    def short_words(self) -> str:
        """«15/12» or «17:00 15/12», where the year goes without saying."""
        return f"{self.hour:%H:%M} {self.day:%d/%m}" if self.hour else f"{self.day:%d/%m}"

    @property
    def words(self) -> str:
        """«hết ngày 15/12/2026», «17 giờ 00 ngày 13/12/2026 (Chủ nhật)»: how it counts."""
        until = clock(self.hour) if self.hour else "hết"
        place = self.day.weekday() - SATURDAY
        weekend = f" ({WEEKEND[place]})" if place >= 0 else ""
        return f"{until} ngày {short_date(self.day)}{weekend}"

    def is_past(self, when: date | datetime) -> bool:
        """Whether it is over at that moment; a mere day is over it from the next day on."""
        if not isinstance(when, datetime):
            return when > self.day
        day = day_in_vietnam(when)
        return day > self.day or (day == self.day and self._is_after_hour(when))

    def is_on(self, when: date | datetime) -> bool:
        """Whether that moment is of its last day."""
        return day_in_vietnam(when) == self.day

    def counted_day(self, moment: datetime) -> date:
        """The day as of which what comes at that moment counts: after the hour it is the next."""
        return day_in_vietnam(moment) + timedelta(days=self._is_after_hour(moment))

    def left_words(self, when: date | datetime) -> str:
        """«còn 3 ngày», «hôm nay», «quá hạn 2 ngày»; «quá giờ» after the hour of the last day."""
        days = (self.day - day_in_vietnam(when)).days
        if days == 0:
            return "đã quá giờ" if self.is_past(when) else "hôm nay"
        return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"

    def _is_after_hour(self, moment: datetime) -> bool:
        return self.hour is not None and moment.astimezone(ZONE).time() > self.hour
