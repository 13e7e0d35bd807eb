"""What has just happened to the year of a unit: moves of what its people read, told once more."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from blocs.conferences.models import Conference
from blocs.reports.models import Report
from blocs.years.models import BlocYear, Registration
from thidua.common.models import ActivityEntry
from thidua.home.unit_papers import OwnFacts

MOST = 5


@dataclass(frozen=True)
class NewsLine:
    """One move: when, what it is called, of what."""

    at: datetime
    label: str
    subject: str


def news_of(year: BlocYear, own: OwnFacts) -> list[NewsLine]:
    """The last moves of the year, its conference, the own papers, and decisions made public.

    No more than the pages of these objects tell the same person; neither notes nor values.
    """
    kinds = ContentType.objects.get_for_models(BlocYear, Conference, Registration, Report, Decision)
    conference = getattr(year, "conference", None)
    seen = Q(subject_type=kinds[BlocYear], subject_id=year.pk)
    for model, pk in (
        (Conference, conference.pk if conference else None),
        (Registration, own.registration),
        (Report, own.report),
    ):
        if pk:
            seen |= Q(subject_type=kinds[model], subject_id=pk)
    seen |= Q(subject_type=kinds[Decision], to_state=DecisionState.PUBLISHED)
    rows = ActivityEntry.objects.filter(seen).exclude(to_state="").order_by("-at", "-pk")
    told = rows.values_list("at", "label", "subject_name")[:MOST]
    return [NewsLine(*line) for line in told]
