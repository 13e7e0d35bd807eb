"""A closing conference with the names of a real bloc; every person in it is invented."""

import datetime as dt
from decimal import Decimal

from blocs.conferences.actions.ballots import record_ballot
from blocs.conferences.actions.rounds import LineEntry
from blocs.conferences.models import AgendaItem, Attendance, Conference
from blocs.states import (
    COUNCIL_STATES,
    BallotMethod,
    ConferenceState,
    ReportState,
    YearState,
)
from blocs.years.models import YearMember
from tests.factories.blocs import (
    ReportFactory,
    fill,
    regulate,
    small_table,
    year_with_members,
)
from tests.factories.people import UnitFactory, editor_of
from thidua.common.vietnamese.dates import ZONE

# The members of the bloc of 2020 as published; the longest name has 91 characters.
UNITS = (
    "Sở Giao thông Vận tải",
    "Sở Xây dựng",
    "Sở Tài nguyên và Môi trường",
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Công thương",
    "Ban Quản lý các Khu công nghiệp",
    "Ban Quản lý dự án đầu tư xây dựng công trình giao thông và nông nghiệp phát triển nông thôn",
    "Ban Quản lý dự án đầu tư xây dựng công trình dân dụng và công nghiệp",
)
START = dt.datetime(2021, 1, 28, 14, 0, tzinfo=ZONE)
END = dt.datetime(2021, 1, 28, 16, 45, tzinfo=ZONE)


def named_year(names=UNITS, **kwargs):
    """A bloc year whose members bear these names, head and deputy the first two."""
    units = [UnitFactory(name=name) for name in names]
    year = year_with_members(0, head=units[0], deputy=units[1], **({"year": 2020} | kwargs))
    for order, unit in enumerate(units, start=1):
        YearMember.objects.create(bloc_year=year, unit=unit, order=order)
    return year


def conference_of(year=None, *, present=None, state=ConferenceState.OPEN, **facts):
    """A conference with the roll of its year; the first `present` units came (all by default)."""
    year = year or named_year()
    facts = {
        "starts_at": START,
        "place": "Hội trường Sở Giao thông Vận tải",
        "chair_name": "Nguyễn Văn A",
        "chair_title": "Giám đốc Sở Giao thông Vận tải, Khối trưởng",
        "secretary_name": "Trần Thị B",
        "secretary_title": "Chánh Văn phòng Sở Giao thông Vận tải",
    } | facts
    conference = Conference.objects.create(bloc_year=year, state=state, **facts)
    for place, member in enumerate(year.members.order_by("order", "pk")):
        came = present is None or place < present
        Attendance.objects.create(
            conference=conference,
            unit=member.unit,
            is_present=came,
            delegate_name=f"Lê Văn {place + 1}" if came else "",
            delegate_title="Phó Giám đốc" if came else "",
            absence_reason="" if came else "đi công tác",
        )
    return conference


def conference_of_equals():
    """Open on 10/12/2026: Sở A and Sở B have equal points, and the rules do not part them."""
    held = dt.datetime(2026, 12, 10, 1, tzinfo=dt.UTC)
    year = named_year(("Sở A", "Sở B", "Sở C"), year=2026, state=YearState.CLOSING)
    regulate(year, appeal_days=None, tie_rules=["work_points"])
    table = small_table(year)
    found = conference_of(year, starts_at=held, next_head_basis="do tỉnh giao")
    for unit, points in zip(units_of(found), ("9", "9", "7"), strict=True):
        facts = {"first_submitted_at": held, "submitted_at": held}
        facts |= {"state": ReportState.APPRAISED, "appraised_total": Decimal(points)}
        report = ReportFactory(bloc_year=year, unit=unit, table=table, **facts)
        fill(report, Decimal(points), Decimal(points))
    add_agenda(found, ("Kết quả", "", "scores"))
    return found


def further_sitting(year, state, starts_at, units):
    """The sitting that continues the signed conference of the year; these units are there."""
    sitting = Conference.objects.create(
        bloc_year=year, number=2, state=state, starts_at=starts_at, place="Hội trường"
    )
    for unit in units:
        Attendance.objects.create(conference=sitting, unit=unit, is_present=True)
    return sitting


def set_aside_the_rest(year):
    """Members whose sheet is not appraised are not considered this year, so that minutes seal."""
    done = year.reports.filter(state__in=COUNCIL_STATES).values("unit")
    year.members.exclude(unit__in=done).update(unconsidered_on=dt.date(2000, 1, 1))


def add_agenda(conference, *rows):
    """Points as (title, text, topic), numbered from 1."""
    for order, (title, text, topic) in enumerate(rows, start=1):
        AgendaItem.objects.create(
            conference=conference, order=order, title=title, text=text, topic=topic
        )


def numbers(issued=8, returned=8, valid=8, invalid=0, method=BallotMethod.SECRET):
    return {
        "method": method,
        "issued": issued,
        "returned": returned,
        "valid": valid,
        "invalid": invalid,
    }


def units_of(conference):
    members = conference.bloc_year.members.select_related("unit").order_by("order", "pk")
    return [member.unit for member in members]


def count(conference, kind, votes, *, number=1, actor=None, decision="", decided=(), **figures):
    """Record a round of a vote; `votes` are (place of the unit, for[, against[, award]]) from 0."""
    units = units_of(conference)
    lines = []
    for place, votes_for, *rest in votes:
        against = rest[0] if rest else None
        award = rest[1] if len(rest) > 1 else ""
        lines.append(
            LineEntry(units[place].pk, votes_for, against, award, is_decided=place in decided)
        )
    return record_ballot(
        conference,
        kind=kind,
        number=number,
        numbers=numbers(**figures),
        lines=lines,
        decision=decision,
        actor=actor or editor_of(conference.bloc_year.head),
    )
