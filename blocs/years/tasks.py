"""Whose tasks are asked for, and those of the years themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from blocs.states import YearState
from blocs.units.models.seats import Standing, standing_of
from blocs.years.models import BlocYear, RulesAmendment, RulesReading
from thidua.common.task_lines import page, task
from thidua.common.vietnamese.dates import day_in_vietnam, short_date
from thidua.common.vietnamese.numbers import two_digits


@dataclass(frozen=True)
class Desk:
    """Whose tasks of which moment; `years` are those that go on in the person's blocs."""

    user: object
    standing: Standing
    years: Sequence[BlocYear]
    now: date | datetime

    @property
    def today(self) -> date:
        return day_in_vietnam(self.now)


def desk_of(user, now: date | datetime) -> Desk:
    """What the functions of all apps ask, read once for them."""
    standing = standing_of(user)
    years = (
        BlocYear.objects.filter(pk__in=standing.acting_years)
        .exclude(state__in=(YearState.PLANNED, YearState.ARCHIVED))
        .for_page()
        .order_by("-year", "pk")
    )
    return Desk(user, standing, list(years) if standing.units else [], now)


def rules_amendment_tasks(desk):
    """Amendments of the rules of a year that the person has not taken note of."""
    by_pk = {year.pk: year for year in desk.years}
    read = RulesReading.objects.filter(amendment=OuterRef("pk"), user=desk.user)
    found = RulesAmendment.objects.filter(~Exists(read), bloc_year__in=by_pk).order_by("pk")
    return [
        task(
            amendment_label(row),
            page("years:rules_amendment_detail", row.pk),
            str(by_pk[row.bloc_year_id]),
            None,
            desk.today,
        )
        for row in (yield found)
    ]


def amendment_label(row):
    """What an amendment changes: the last day of the reports is told itself, old and new."""
    if row.moves_due:
        moved = row.changes[0]
        before, after = moved["before"] or "chưa đặt", moved["after"] or "chưa đặt"
        return f"Hạn nộp báo cáo đã đổi (sửa đổi số {row.number:02d}): {before} → {after} – xem"
    return (
        f"Quy định của năm đã sửa đổi (số {row.number:02d}), áp dụng từ {short_date(row.on)}: "
        f"{two_digits(len(row.changes))} thay đổi – xem"
    )


def aside(words):
    """« (…)» behind the words of a task; empty for nothing."""
    return f" ({words})" if words else ""


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
