"""The moments of a bloc year, in the time of Viet Nam."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta


def at(text: str) -> datetime:
    """«2021-01-28 14:00» as a moment in Viet Nam."""
    return datetime.fromisoformat(f"{text}+07:00")


@dataclass(frozen=True)
class When:
    """When each step of a bloc year came about; a year that stops earlier uses the first ones."""

    planned: datetime
    opened: datetime
    registered: datetime
    circulated: datetime
    signed: datetime
    issued: datetime
    started: datetime
    reviewed: datetime
    closing: datetime
    submitted: datetime
    appraised: datetime
    met: datetime
    ranked: datetime
    proposed: datetime
    received: datetime
    appraised_by_office: datetime
    put_before_council: datetime
    advised: datetime
    decided: datetime
    published: datetime
    archived: datetime

    def moved(self, days: int, since: str = "planned") -> "When":
        """The same year with every moment from the step `since` on moved by some days."""
        names = [field.name for field in fields(self)]
        later = names[names.index(since) :]
        return replace(self, **{name: getattr(self, name) + timedelta(days=days) for name in later})


@dataclass(frozen=True)
class Dues:
    """The deadlines a bloc set for its year."""

    registration_due: date
    agreement_due: date
    midyear_due: date
    report_due: date
    appraisal_due: date
    conference_due: date
    proposal_due: date


def dues(*days: str) -> Dues:
    """Seven days as ISO text, in the order of the year."""
    return Dues(*(date.fromisoformat(day) for day in days))


WHEN_2020 = When(
    planned=at("2020-01-06 09:00"),
    opened=at("2020-01-15 09:30"),
    registered=at("2020-02-14 08:15"),
    circulated=at("2020-02-17 09:00"),
    signed=at("2020-02-20 14:30"),
    issued=at("2020-03-10 10:00"),
    started=at("2020-03-16 08:00"),
    reviewed=at("2020-07-10 16:00"),
    closing=at("2020-11-16 08:00"),
    submitted=at("2020-12-07 08:20"),
    appraised=at("2021-01-11 09:00"),
    met=at("2021-01-28 14:00"),
    ranked=at("2021-01-29 08:30"),
    proposed=at("2021-02-03 09:00"),
    received=at("2021-02-04 10:15"),
    appraised_by_office=at("2021-02-24 09:00"),
    put_before_council=at("2021-02-25 14:00"),
    advised=at("2021-03-05 16:30"),
    decided=at("2021-03-12 09:00"),
    published=at("2021-03-15 08:00"),
    archived=at("2021-03-19 15:00"),
)
DUES_2020 = dues(
    "2020-02-28",
    "2020-02-28",
    "2020-07-15",
    "2020-12-18",
    "2021-01-15",
    "2021-01-31",
    "2021-02-10",
)
# 2021 begins with the conference of 2020: its agreement is signed there.
WHEN_2021 = replace(
    WHEN_2020.moved(365),
    planned=at("2021-01-18 09:00"),
    opened=at("2021-01-20 09:00"),
    registered=at("2021-01-25 08:00"),
    circulated=at("2021-01-26 09:00"),
    signed=at("2021-01-28 16:00"),
    issued=at("2021-02-01 10:00"),
)
DUES_2021 = dues(
    "2021-02-26",
    "2021-01-29",
    "2021-07-15",
    "2021-12-17",
    "2022-01-14",
    "2022-01-28",
    "2022-02-10",
)
WHEN_2026 = When(
    planned=at("2026-01-05 09:00"),
    opened=at("2026-01-12 09:00"),
    registered=at("2026-02-05 08:30"),
    circulated=at("2026-02-09 09:00"),
    signed=at("2026-02-12 08:40"),
    issued=at("2026-02-26 14:00"),
    started=at("2026-03-02 08:00"),
    reviewed=at("2026-07-08 16:00"),
    closing=at("2026-09-21 08:00"),
    submitted=at("2026-10-01 08:20"),
    appraised=at("2026-10-12 09:00"),
    met=at("2026-10-20 08:00"),
    ranked=at("2026-10-21 09:00"),
    proposed=at("2026-10-23 09:00"),
    received=at("2026-10-26 10:15"),
    appraised_by_office=at("2026-10-30 09:00"),
    put_before_council=at("2026-11-02 14:00"),
    advised=at("2026-11-09 16:30"),
    decided=at("2026-11-12 09:00"),
    published=at("2026-11-13 08:00"),
    archived=at("2026-11-16 15:00"),
)
DUES_2026 = dues(
    "2026-03-15",
    "2026-03-31",
    "2026-07-15",
    "2026-10-15",
    "2026-10-31",
    "2026-11-20",
    "2026-11-30",
)
# Khối 5 closes its year late: its reports come in now.
WHEN_BLOC_5 = replace(
    WHEN_2026.moved(45, since="met"),
    closing=at("2026-11-02 08:00"),
    submitted=at("2026-11-09 08:20"),
    appraised=at("2026-11-17 09:00"),
)
DUES_BLOC_5 = dues(
    "2026-03-15",
    "2026-03-31",
    "2026-07-15",
    "2026-11-30",
    "2026-12-10",
    "2026-12-18",
    "2026-12-28",
)
# Schools go by the school year.
WHEN_SCHOOLS = WHEN_2026.moved(-70, since="closing")
# A cluster founded in the autumn does its first year in a few weeks.
WHEN_NEW_CLUSTER = WHEN_2026.moved(280)
DUES_NEW_CLUSTER = dues(
    "2026-11-30",
    "2026-11-30",
    "2026-12-10",
    "2026-12-25",
    "2027-01-08",
    "2027-01-20",
    "2027-01-31",
)
DUES_2027 = dues(
    "2027-03-15",
    "2027-03-31",
    "2027-07-15",
    "2027-12-10",
    "2027-12-31",
    "2028-01-20",
    "2028-01-31",
)
