"""The last days of a bloc's year, and where it begins."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class YearDates:
    """The last days of one bloc year; None where the bloc has set none."""

    registration_due: date | None = None
    agreement_due: date | None = None
    midyear_due: date | None = None
    report_due: date | None = None
    appraisal_due: date | None = None
    conference_due: date | None = None
    proposal_due: date | None = None


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
