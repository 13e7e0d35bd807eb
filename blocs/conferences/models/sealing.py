"""What holds the sealing of minutes: sheets that are not appraised, objections that may still come.

Nothing is sealed with a unit left out in silence (issue: minutes sealed with 5 of 8 sheets): each
sheet is appraised, or its unit is set aside this year with a reason.
"""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from blocs.conferences.models.conferences import Conference
from blocs.ranking.models.ranked_sheets import NOT_SENT, WHY_OUT
from blocs.reports.models.appeal_window import OBJECTABLE, appeal_window
from blocs.reports.models.reports import Report
from blocs.states import COUNCIL_STATES, SENT_STATES, ReportState
from blocs.units.models.units import Unit
from blocs.years.domain.taking_part import Duty
from blocs.years.models.changes import members_owing
from blocs.years.models.work_calendar import work_calendar
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.dates import day_in_vietnam, short_date

SET_ASIDE = (
    "Đơn vị nào không xét năm nay thì cơ quan thường trực ghi “không xét năm nay” kèm lý do ở "
    "trang Thay đổi thành phần, từ ngày {day} trở về trước; báo cáo đến sau được thống nhất tại "
    "hội nghị bổ sung."
)
APPRAISED_LATER = (
    "{unit}: thẩm định xong ngày {day}, sau ngày kết thúc hội nghị {last} ghi trong biên bản; biên "
    "bản không thống nhất được điểm chưa có. Hãy ghi đúng ngày họp, ngày kết thúc."
)
SENT_LATER = (
    "Hội nghị ghi họp ngày {day}, trước ngày đơn vị nộp báo cáo: {units}; hội nghị không bàn được "
    "báo cáo chưa có. Hãy ghi đúng ngày họp. {aside}"
)
OPEN_WINDOW = (
    "{unit}: còn được kiến nghị về điểm đến hết ngày {day}. Ký biên bản sau ngày đó, hoặc lãnh đạo "
    "đơn vị ghi không kiến nghị ở trang báo cáo của đơn vị."
)


def unappraised_sheets(conference: Conference) -> list[str]:
    """Each unit whose sheet is not appraised, its state, and who does what; nothing for most."""
    year = conference.bloc_year
    states = dict(year.reports.values_list("unit_id", "state"))
    waiting = [
        f"{member.unit.name}: {waiting_words(year, member.unit, states.get(member.unit_id))}"
        for member in members_owing(year, Duty.REPORT, conference.day).exclude(
            unit__in=year.stated_places.values("unit")
        )
        if states.get(member.unit_id) not in COUNCIL_STATES
    ]
    return [*waiting, SET_ASIDE.format(day=short_date(conference.day))] if waiting else []


def waiting_words(year: BlocYear, unit: Unit, state: str | None) -> str:
    """«Đã nộp, chưa thẩm định xong. Sở A (khối trưởng) hoàn thành thẩm định.»"""
    found = ReportState(state) if state else None
    if found == ReportState.SUBMITTED:
        return f"{WHY_OUT[found]} {appraiser_of(year, unit)} hoàn thành thẩm định."
    if found == ReportState.RETURNED:
        return f"{WHY_OUT[found]} Lãnh đạo đơn vị sửa theo yêu cầu rồi nộp lại."
    return f"{NOT_SENT} Lãnh đạo đơn vị nộp báo cáo."


def appraiser_of(year: BlocYear, unit: Unit) -> str:
    """Who completes the appraisal of a sheet: the head, and for its own sheet the deputy."""
    if unit.pk != year.head_id:
        return f"{year.head} ({year.bloc.head_word})"
    return f"{year.deputy} ({year.bloc.word} phó)" if year.deputy_id else "Cơ quan thường trực"


def later_appraisals(conference: Conference) -> list[str]:
    """Each sheet whose appraisal was finished after the day on which the sitting ended."""
    ended = conference.ended_at
    if ended is None:
        return []
    last = day_in_vietnam(ended)
    found = []
    for report in objectable(conference):
        day = day_in_vietnam(report.appraised_at) if report.appraised_at else last
        if day > last:
            said = {"day": short_date(day), "last": short_date(last)}
            found.append(APPRAISED_LATER.format(unit=report.unit.name, **said))
    return found


def day_faults(conference: Conference, day: date) -> list[str]:
    """Why the sitting cannot be held on that day: its year or a sheet it takes up came later."""
    year = conference.bloc_year
    outside: list[str] = year.sitting_faults(conference.title, day)
    owing = members_owing(year, Duty.REPORT, day).values("unit")
    rows = year.reports.filter(state__in=SENT_STATES, unit__in=owing).select_related("unit")
    sent = [(row.unit, row.first_submitted_at or row.submitted_at) for row in rows.order_by("pk")]
    late = [f"{unit} ({short_date(at)})" for unit, at in sent if day_in_vietnam(at) > day]
    if not late or outside:
        return outside
    said = {"day": short_date(day), "aside": SET_ASIDE.format(day=short_date(day))}
    return [SENT_LATER.format(units=", ".join(late), **said)]


def open_windows(conference: Conference) -> list[str]:
    """Each unit that may still object to its points and has not waived it."""
    today, found = timezone.localdate(), []
    calendar = work_calendar(today.year - 1, today.year, today.year + 1)
    for report in objectable(conference):
        window = appeal_window(report, today, calendar)
        if window and window.is_open:
            day = short_date(window.last_on)
            found.append(OPEN_WINDOW.format(unit=report.unit.name, day=day))
    return found


def objectable(conference: Conference) -> Iterable[Report]:
    """The appraised sheets that the sealing will agree, in the order of the bloc.

    Whoever owes no report on the day of the conference is not asked, and holds nobody up.
    """
    year = conference.bloc_year
    owing = members_owing(year, Duty.REPORT, conference.day)
    order = dict(owing.values_list("unit_id", "order"))
    rows = year.reports.filter(state__in=OBJECTABLE, unit__in=order).select_related("unit")
    found = list(rows)
    for report in found:
        report.bloc_year = year
    return sorted(found, key=lambda report: (order[report.unit_id], report.pk))


def waiver_words(conference: Conference) -> tuple[str, ...]:
    """Who said to object to nothing, as the minutes list it."""
    rows = conference.bloc_year.reports.filter(state__in=COUNCIL_STATES)
    waived = rows.exclude(waived_at=None).order_by("waived_at", "pk")
    names = list(waived.values_list("unit__name", flat=True))
    if not names:
        return ()
    return (f"Đơn vị thống nhất điểm thẩm định, không kiến nghị: {'; '.join(names)}.",)
