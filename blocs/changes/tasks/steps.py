"""The steps of a year that are somebody's task: to plan it, open it, go on, hand it over."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from blocs.states import YearState
from blocs.units.models.seats import within
from blocs.years.models import BlocYear
from blocs.years.tasks import years_named
from thidua.common.task_lines import page, task


def aside(words):
    """« (…)» behind the words of a task; empty for nothing."""
    return f" ({words})" if words else ""


def own_tasks(desk):
    """What the leader of the head unit does next with the year itself, and its handover."""
    headed = [year for year in desk.years if year.head_id in desk.standing.leads]
    found = [
        task(f"{label} {year.words}", page("years:year_detail", year.pk), str(year), due, desk.now)
        for year in headed
        for label, due in steps_of(year, desk.now)
    ]
    received = BlocYear.objects.filter(
        state=YearState.DECIDED, conference__next_head__in=desk.standing.units
    ).exclude(head__in=desk.standing.units)
    received = yield received.order_by("pk").values_list("pk", flat=True)
    return found + [
        task(
            f"Nhận bàn giao từ {year.head or year.bloc.organiser}: xem hồ sơ, ký biên bản",
            page("years:year_detail", year.pk),
            str(year),
            None,
            desk.now,
        )
        for year in (yield years_named(received)).values()
    ]


def steps_of(year, now):
    """The moves of the year that wait for its head, each with its day."""
    midyear, report = year.deadline("midyear_due"), year.deadline("report_due")
    reviews = year.state == YearState.IN_PROGRESS and midyear is not None
    if year.state == YearState.AGREED and year.has_table:
        yield "Bắt đầu thực hiện", None
    if reviews:
        yield "Ghi kết quả sơ kết 6 tháng", midyear
    if year.state == YearState.MIDYEAR_DONE or (
        year.state == YearState.IN_PROGRESS and (not reviews or midyear.is_past(now))
    ):
        yield "Mở đợt tổng kết", report


def planning_tasks(desk):
    """Planned years that the office opens, and blocs whose last year is over."""
    if not desk.standing.runs:
        return []
    later = BlocYear.objects.filter(bloc=OuterRef("bloc"), year__gt=OuterRef("year"))
    over = Q(state__in=(YearState.DECIDED, YearState.ARCHIVED), bloc__is_active=True)
    years = BlocYear.objects.filter(
        Q(state=YearState.PLANNED) | over & ~Exists(later), within(desk.standing.runs, "bloc")
    )
    found = yield years.order_by("bloc__order", "pk").values_list("pk", flat=True)[:20]
    return [
        task(f"Mở {year.words}", page("years:year_detail", year.pk), str(year), None, desk.now)
        if year.state == YearState.PLANNED
        else task(
            f"Lập {year.words_after(1)}",
            f"{reverse('years:year_new')}?khoi={year.bloc_id}",
            str(year.bloc),
            None,
            desk.now,
        )
        for year in (yield years_named(found)).values()
    ]


def handover_tasks(desk):
    """A decided year is handed over by its head unit."""
    yield from ()
    return [
        task(
            f"Bàn giao cho {year.bloc.head_word} mới{aside(year.no_award_words)}",
            page("years:year_detail", year.pk),
            str(year),
            None,
            desk.now,
        )
        for year in desk.years
        if year.state == YearState.DECIDED and year.head_id in desk.standing.units
    ]
