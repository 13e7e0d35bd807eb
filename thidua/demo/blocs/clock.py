"""The moments of a bloc year, in the time of Viet Nam, from `data/clock.toml`."""

from dataclasses import astuple, dataclass, fields, replace
from datetime import date, datetime, timedelta

from thidua.demo.data import read_data


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


CLOCK = read_data("clock")
WHEN_2020, WHEN_2026 = When(**CLOCK["when"]["2020"]), When(**CLOCK["when"]["2026"])
# 2021 begins with the conference of 2020: its agreement is signed there.
WHEN_2021 = replace(WHEN_2020.moved(365), **CLOCK["when"]["2021"])
# Khối 5 closes its year late: its reports come in now.
WHEN_BLOC_5 = replace(WHEN_2026.moved(45, since="met"), **CLOCK["when"]["bloc_5"])
# Schools go by the school year.
WHEN_SCHOOLS = WHEN_2026.moved(-70, since="closing")
# A cluster founded in the autumn does its first year in a few weeks.
WHEN_NEW_CLUSTER = WHEN_2026.moved(280)
DUES_2020, DUES_2021, DUES_2026, DUES_2027, DUES_BLOC_5, DUES_NEW_CLUSTER = (
    Dues(**CLOCK["dues"][name])
    for name in ("2020", "2021", "2026", "2027", "bloc_5", "new_cluster")
)
DUES_2025 = Dues(*(day.replace(year=2025) for day in astuple(DUES_2026)))
# From 2027 on the schools count from September: each deadline is eight months later.
DUES_SCHOOLS = Dues(*(day + timedelta(days=243) for day in astuple(DUES_2027)))
