"""The sittings of a year, step by step."""

from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.sittings import CONTINUED_IN, late_units
from blocs.states import ConferenceState, YearState
from blocs.years.models.frozen_rules import is_signed
from thidua.common.task_lines import page, task


def closing_tasks(desk):
    """What the head unit owes the closing conference of each closing year."""
    yield from ()
    return [
        task(
            next_step(getattr(year, "conference", None)),
            page("conferences:conference_detail", year.pk),
            str(year),
            year.deadline("conference_due"),
            desk.now,
        )
        for year in headed_years(desk)
        if year.state == YearState.CLOSING
    ]


def headed_years(desk):
    return [year for year in desk.years if year.head_id in desk.standing.units]


def further_tasks(desk):
    """Further sittings that wait, and late sheets that wait for one."""
    years = [year for year in headed_years(desk) if year.state in CONTINUED_IN]
    by_pk = {year.pk: year for year in years if is_signed(year)}
    found = Conference.objects.filter(bloc_year__in=by_pk, number__gt=1)
    rows = yield found.order_by("pk")
    waiting = [row for row in rows if row.state != ConferenceState.SIGNED]
    tasks = [
        task(
            f"{FURTHER[row.state]} {row.title.lower()}",
            row.get_absolute_url(),
            str(by_pk[row.bloc_year_id]),
            None,
            None,
        )
        for row in waiting
    ]
    held = {row.bloc_year_id for row in waiting}
    late = [(year, late_units(year)) for pk, year in by_pk.items() if pk not in held]
    return tasks + [
        task(
            f"Lập hội nghị bổ sung: {', '.join(names)} có báo cáo chờ thống nhất điểm",
            page("conferences:sitting_new", year.pk),
            str(year),
            None,
            None,
        )
        for year, names in late
        if names
    ]


FURTHER = {
    ConferenceState.PREPARED: "Ghi diễn biến và kết quả",
    ConferenceState.OPEN: "Ghi diễn biến và kết quả",
    ConferenceState.COUNTED: "Ký biên bản",
}


def next_step(conference):
    """The next thing to do about the closing conference."""
    if conference is None:
        return "Chuẩn bị hội nghị tổng kết"
    if conference.state == ConferenceState.COUNTED:
        return "Ký biên bản hội nghị tổng kết"
    if conference.state == ConferenceState.SIGNED:
        return "Chốt xếp hạng sau hội nghị"
    return "Ghi diễn biến và kết quả hội nghị tổng kết"
