"""The last days of a bloc's year, and where it begins."""

from dataclasses import dataclass, fields
from datetime import date, time

from thidua.common.deadlines import Deadline
from thidua.common.vietnamese.dates import short_date


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


# Each step with what must be over by then; registration and agreement come in either order.
EARLIER = {name: DAYS[:place] for place, name in enumerate(DAYS) if place > 1}
FAR_DAY = "Hạn phải từ {first} đến {last}; vui lòng xem lại năm."
OUTSIDE = "{paper} ghi ngày {day}; ngày này phải từ {first} đến {last}, vui lòng xem lại năm."
BEFORE_ITS_BASIS = "Hạn này không được trước {before}; vui lòng xem lại hai hạn."
CALLED = {
    "registration_due": "hạn đăng ký thi đua",
    "agreement_due": "hạn ký giao ước",
    "midyear_due": "hạn sơ kết",
    "report_due": "hạn nộp báo cáo",
    "appraisal_due": "hạn thẩm định",
    "conference_due": "hạn hội nghị tổng kết",
}


def first_paper_day(year: int) -> date:
    """Before this day nothing of the year is written: it is prepared from the July before."""
    return date(year - 1, 7, 1)


def last_paper_day(year: int) -> date:
    """After this day nothing of the year is written: it is decided on in the second year after."""
    return date(year + 2, 12, 31)


def outside_faults(
    paper: str, day: date | None, year: int, begins_on: date | None = None
) -> list[str]:
    """Why a paper or meeting of this bloc year cannot be of that day; nothing where none is said.

    `paper` is said as people say it («Giao ước»); the bounds are those between which anything of
    the year is written, and of what nobody prepares before the year begins that first day.
    """
    first, last = begins_on or first_paper_day(year), last_paper_day(year)
    if day is None or first <= day <= last:
        return []
    said = {"first": short_date(first), "last": short_date(last)}
    return [OUTSIDE.format(paper=paper, day=short_date(day), **said)]


def due_faults(dates: YearDates, year: int) -> dict[str, str]:
    """Why last days cannot be those of this bloc year, one sentence by the name of the day.

    A year is prepared from the middle of the year before; a school year that begins in `year` is
    decided on in the second year after it. Each step rests on those before it (domain, 5): of the
    set ones the last is named; on the same day the hours are compared.
    """
    first, last = first_paper_day(year), last_paper_day(year)
    span = FAR_DAY.format(first=short_date(first), last=short_date(last))
    days = {name: day for name in DAYS if (day := getattr(dates, name))}
    faults = {name: span for name, day in days.items() if not first <= day <= last}
    ends = {name: (day, getattr(dates, hour_of(name)) or time.max) for name, day in days.items()}
    for name, earlier in EARLIER.items():
        latest = max((one for one in earlier if one in ends), key=lambda one: ends[one], default="")
        if not latest or name not in ends or ends[latest] <= ends[name]:
            continue
        on_its_day = days[latest] == days[name] and dates.deadline(latest)
        words = f"{CALLED[latest]} ({on_its_day.words if on_its_day else short_date(days[latest])})"
        faults.setdefault(name, BEFORE_ITS_BASIS.format(before=words))
    return faults


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
