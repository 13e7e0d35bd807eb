"""The home of the people of a unit: the year in its bloc, how far they are, what was before."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocs.ranking.models.past_years import PastYear, past_years
from blocs.states import COUNCIL_STATES, TAKING_REPORTS, ReportState
from blocs.units.models.units import Unit
from blocs.years.models import BlocYear
from blocs.years.tasks import Desk
from blocs.years.views.pages import year_tabs, year_track
from thidua.common.charts.dots import DotStrip, Dotted, dot_strip
from thidua.common.charts.years import YearsChart, YearValue, years_chart
from thidua.common.task_lines import Task, page
from thidua.common.vietnamese.collation import sort_key
from thidua.common.vietnamese.numbers import format_trimmed, two_digits
from thidua.home.news import NewsLine, news_of
from thidua.home.seats import years_of
from thidua.home.unit_papers import OwnFacts, PaperLine, own_facts, papers_of

OWN_HANDS = (ReportState.DRAFT, ReportState.RETURNED)


@dataclass(frozen=True)
class TaskProgress:
    """How far the most urgent task is: a bar and its words."""

    done: int
    most: int
    words: str


@dataclass(frozen=True)
class Sending:
    """Who of the bloc has sent its report, for its head: counts, who lacks, a text to remind."""

    sent: int
    most: int
    lacking: Sequence[str]
    reminder: str


@dataclass(frozen=True)
class UnitHome:
    """What templates/home/_unit.html shows beside the tasks; `year` is None without any."""

    unit: Unit
    year: BlocYear | None = None
    head: str = ""
    steps: Sequence[dict] = ()
    progress: TaskProgress | None = None
    sending: Sending | None = None
    points: YearsChart | None = None
    is_open: bool = False
    strip: DotStrip | None = None
    strip_title: str = ""
    news: Sequence[NewsLine] = ()
    papers: Sequence[PaperLine] = ()


def unit_home(desk: Desk, tasks: Sequence[Task], year: int) -> UnitHome | None:
    """The home page of who sits in a unit, in the chosen year or else the newest; None for others.

    As many queries for any number of units, years and tasks.
    """
    units = {seat.unit_id: seat.unit for seat in desk.standing.seats if seat.unit_id}
    if not units:
        return None
    unit_id, bloc_year = chosen(desk, year)
    if bloc_year is None:
        return UnitHome(next(iter(units.values())))
    unit = units[unit_id]
    own, past = own_facts(bloc_year, unit), past_years(unit.pk, desk.user)
    return UnitHome(
        unit=unit,
        year=bloc_year,
        head=bloc_year.head.short_name if bloc_year.head else "đang khuyết",
        steps=year_track(bloc_year, desk.now, year_tabs(bloc_year, desk.user)),
        progress=progress_of(tasks, own),
        sending=sending_of(bloc_year) if leads(desk, bloc_year) else None,
        points=points_of(past, bloc_year, own),
        is_open=is_open(past, bloc_year, own),
        strip=strip_of(past),
        strip_title=f"Đơn vị trong {bloc_year.bloc.word}, năm {past[-1].span}" if past else "",
        news=news_of(bloc_year, own),
        papers=papers_of(bloc_year, own),
    )


def chosen(desk: Desk, year: int) -> tuple[int, BlocYear | None]:
    """The unit and its bloc year that lies in the chosen year; without one, the newest."""
    posts = sorted(desk.standing.posts, key=lambda post: (year not in years_of(post), -post.year))
    if not posts:
        return 0, None
    first, known = posts[0], {one.pk: one for one in desk.years}
    found = known.get(first.bloc_year_id)
    # A year that is only planned, or over, is not among those that go on.
    return first.unit_id, found or BlocYear.objects.for_page().get(pk=first.bloc_year_id)


def leads(desk: Desk, year: BlocYear) -> bool:
    """Whether the person works for the head or a deputy of the bloc."""
    return bool(({year.head_id} | year.deputy_ids) & desk.standing.units)


def progress_of(tasks: Sequence[Task], own: OwnFacts) -> TaskProgress | None:
    """How much of the own sheet is filled in, where that is the most urgent task."""
    is_own = bool(tasks and own.report and own.due) and own.report_state in OWN_HANDS
    if not is_own or tasks[0].url != page("reports:report_detail", own.report):
        return None
    words = f"{own.filled}/{own.due} tiêu chí đã chấm"
    if own.self_total is not None:
        words += f", tạm tính {format_trimmed(own.self_total)} điểm"
    return TaskProgress(own.filled, own.due, words)


def sending_of(year: BlocYear) -> Sending | None:
    """Who has not sent in its report while the year takes them."""
    if year.state not in TAKING_REPORTS or not year.member_count:
        return None
    names = sorted(filter(None, (year.unsent or "").split("\n")), key=sort_key)
    return Sending(year.sent_count, year.member_count, names, reminder_of(year, names))


def reminder_of(year: BlocYear, names: Sequence[str]) -> str:
    """What the head sends to those who lack, by whatever messenger; empty where nobody does."""
    if not names:
        return ""
    due = year.deadline("report_due")
    until = f", hạn nộp {due.words}" if due else ""
    return (
        f"Kính gửi {', '.join(names)}: {two_digits(len(names))} đơn vị chưa nộp báo cáo và bảng tự "
        f"chấm điểm {year.words} của {year.bloc}{until}. Đề nghị đơn vị hoàn thành và nộp trên "
        "phần mềm Thi đua."
    )


def is_open(past: Sequence[PastYear], year: BlocYear, own: OwnFacts) -> bool:
    """Whether the last point of the picture is the unit's own score, which nobody appraised."""
    is_sealed = any(one.bloc_year == year.pk for one in past)
    return not is_sealed and own.self_total is not None and own.report_state not in COUNCIL_STATES


def points_of(past: Sequence[PastYear], year: BlocYear, own: OwnFacts) -> YearsChart | None:
    """The points of the sealed years with the bloc's band; the own score of the year that goes on.

    Years that compare percent are left out: they are another scale.
    """
    values = [one.value for one in past if not one.by_percent]
    if is_open(past, year, own):
        values.append(YearValue(year.span, own.self_total, under="tự chấm", is_open=True))
    return years_chart(values)


def strip_of(past: Sequence[PastYear]) -> DotStrip | None:
    """The unit among its bloc in the last sealed year in which it has a place.

    The others have no names here: the page of the ranking tells them.
    """
    if not past or past[-1].own is None:
        return None
    ranked = sorted(past[-1].results.values(), key=lambda one: one.place)
    own = past[-1].own
    return dot_strip([Dotted(f"Hạng {one.place}", one.points, one is own) for one in ranked])
