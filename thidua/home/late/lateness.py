"""What is late and what is missing in the year's blocs, by whom it waits for, each with a text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, DateTimeField, Exists, F, OuterRef, QuerySet, When
from django.utils import timezone

from blocs.reports.models import Report
from blocs.scoring.ranking.workdays import WorkCalendar, countdown_words
from blocs.states import RUNNING_YEARS, ReportState
from blocs.years.domain.track import Step, StepState, year_steps
from blocs.years.models import BlocYear
from blocs.years.views.pages import LACKING, awaits_head, progress_of, who_acts
from thidua.common.log_book.openings import NOTICE
from thidua.common.models import ActivityEntry
from thidua.common.vietnamese.collation import sort_key
from thidua.common.vietnamese.dates import day_in_vietnam
from thidua.common.vietnamese.text import low_first
from thidua.home.province_figures import first_of, years_seen

MOST_YEARS = 200


@dataclass(frozen=True)
class OwedStep:
    """One step that somebody owes: what, since when or until when, in words."""

    step: str
    words: str
    is_late: bool


@dataclass(frozen=True)
class Addressee:
    """A unit, or whoever else a step waits for, all that it owes in a year, and a text to send."""

    name: str
    year: BlocYear
    missing: Sequence[OwedStep]

    @property
    def is_late(self) -> bool:
        return any(one.is_late for one in self.missing)

    @property
    def text(self) -> str:
        """What the office sends by whatever messenger."""
        owed = "; ".join(f"{low_first(one.step)} ({one.words})" for one in self.missing)
        return (
            f"Kính gửi {self.name}: {self.year} còn chờ quý đơn vị: {owed}. Đề nghị hoàn thành "
            "trên phần mềm Thi đua."
        )


def addressees(user, year: int, now: datetime, calendar: WorkCalendar) -> list[Addressee]:
    """Everybody who is waited for in the blocs that the person sees: who is late comes first.

    One query for any number of blocs.
    """
    years = first_of(years_seen(user, year).filter(state__in=RUNNING_YEARS), MOST_YEARS)
    found: dict[tuple[int, str], tuple[BlocYear, list[OwedStep]]] = {}
    for one in years:
        for name, missing in owed_in(one, now, calendar):
            found.setdefault((one.pk, name), (one, []))[1].append(missing)
    told = [Addressee(name, one, missing) for (_, name), (one, missing) in found.items()]
    return sorted(told, key=lambda one: (not one.is_late, sort_key(str(one.year.bloc))))


def owed_in(
    year: BlocYear, now: datetime, calendar: WorkCalendar
) -> Iterator[tuple[str, OwedStep]]:
    """Who is waited for in this year, and for what: late steps, and open ones with a day."""
    for step in year_steps(year.state, year.dates, now, progress_of(year)):
        if step.due is None or step.state not in (StepState.OVERDUE, StepState.CURRENT):
            continue
        is_late = step.state == StepState.OVERDUE
        left = countdown_words(day_in_vietnam(now), step.due.day, calendar)
        missing = OwedStep(step.label, f"hạn {step.due}, {left}", is_late)
        for name in names_of(step, year):
            yield name, missing


def names_of(step: Step, year: BlocYear) -> list[str]:
    """The units that lack, by their short names, else whose step it is."""
    if step.code not in LACKING or awaits_head(step, year):
        return [who_acts(step, year)]
    return sorted(filter(None, getattr(year, LACKING[step.code]).split("\n")), key=sort_key)


def unread(user, year: int) -> QuerySet:
    """Returned and appraised reports that nobody of the unit has opened yet, the oldest first."""
    seen = Report.objects.visible_to(user).in_year(year).select_related("unit", "bloc_year__bloc")
    return not_noticed(seen).order_by("since", "pk")[:MOST_YEARS]


def not_noticed(reports: QuerySet) -> QuerySet:
    """Those whose news nobody of the unit has opened yet; with the moment since when, `since`."""
    returned = When(state=ReportState.RETURNED, then=F("returned_at"))
    appraised = When(state=ReportState.APPRAISED, then=F("appraised_at"))
    dated = reports.annotate(
        since=Case(returned, appraised, default=None, output_field=DateTimeField())
    )
    read = ActivityEntry.objects.filter(
        subject_type=ContentType.objects.get_for_model(Report),
        subject_id=OuterRef("pk"),
        action=NOTICE,
        at__gte=OuterRef("since"),
    )
    return dated.filter(~Exists(read), since__isnull=False, since__lte=timezone.now())
