"""The closing conference of a year, step by step."""

from blocs.states import ConferenceState, YearState
from thidua.common.task_lines import page, task


def conference_tasks(desk):
    """What the head unit owes the conference of each closing year."""
    return [
        task(
            next_step(getattr(year, "conference", None)),
            page("conferences:conference_detail", year.pk),
            str(year),
            year.deadline("conference_due"),
            desk.now,
        )
        for year in desk.years
        if year.state == YearState.CLOSING and year.head_id in desk.standing.units
    ]


def next_step(conference):
    """The next thing to do about the closing conference."""
    if conference is None:
        return "Chuẩn bị hội nghị tổng kết"
    if conference.state == ConferenceState.COUNTED:
        return "Ký biên bản hội nghị tổng kết"
    if conference.state == ConferenceState.SIGNED:
        return "Chốt xếp hạng sau hội nghị"
    return "Ghi diễn biến và kết quả hội nghị tổng kết"
