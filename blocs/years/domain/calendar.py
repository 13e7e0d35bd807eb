"""The last days of a bloc's year, and where it begins."""

from dataclasses import dataclass, fields
from datetime import date, time

from thidua.common.deadlines import Deadline


@dataclass(frozen=True)
class YearDates:
    """The last days of one bloc year, None where the bloc has set none, and their hours.

    Without an hour a deadline lasts to the end of its day.
    """

    registration_due: date | None = None
    registration_hour: time | None = None
    agreement_due: date | None = None
    agreement_hour: time | None = None
    midyear_due: date | None = None
    midyear_hour: time | None = None
    report_due: date | None = None
    report_hour: time | None = None
    appraisal_due: date | None = None
    appraisal_hour: time | None = None
    conference_due: date | None = None
    conference_hour: time | None = None
    proposal_due: date | None = None
    proposal_hour: time | None = None

    def deadline(self, name: str) -> Deadline | None:
        """The deadline of a step by the name of its day, «report_due»; None where none is set."""
        day: date | None = getattr(self, name)
        return Deadline(day, getattr(self, hour_of(name))) if day else None


def hour_of(name: str) -> str:
    """The name of the hour beside the name of a day: «report_hour» for «report_due»."""
    return name.replace("_due", "_hour")


DAYS = tuple(field.name for field in fields(YearDates) if field.name.endswith("_due"))


def default_dates(year: int) -> YearDates:
    """Dates to start from for a bloc year; the bloc changes them as its regulation says."""
    return YearDates(
        registration_due=date(year, 3, 15),
        agreement_due=date(year, 3, 31),
        midyear_due=date(year, 7, 15),
        report_due=date(year, 12, 15),
        appraisal_due=date(year, 12, 31),
        conference_due=date(year + 1, 1, 20),
        proposal_due=date(year + 1, 1, 31),
    )


def school_dates(year: int) -> YearDates:
    """The same for the school year that begins in September of `year`."""
    return YearDates(
        registration_due=date(year, 10, 15),
        agreement_due=date(year, 10, 31),
        midyear_due=date(year + 1, 1, 20),
        report_due=date(year + 1, 5, 31),
        appraisal_due=date(year + 1, 6, 15),
        conference_due=date(year + 1, 6, 30),
        proposal_due=date(year + 1, 7, 10),
    )
