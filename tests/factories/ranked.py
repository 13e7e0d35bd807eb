"""A year whose three units are appraised and ranked."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from blocs.states import ReportState
from blocs.years.models import BlocYear
from tests.factories.blocs import ReportFactory, fill, regulate, small_table, year_with_members
from tests.factories.grounds import GROUNDS

D = Decimal
# A Thursday; the report was due then.
DUE = dt.date(2026, 12, 10)


def at(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))


def ranked_year(points=("9", "8", "7"), days=(DUE, DUE, DUE), grounds=GROUNDS, **scoring):
    """Three units with these points at every leaf, sent in on these days."""
    year = year_with_members(len(points), report_due=DUE)
    table = small_table(year, settings={"disqualifiers": grounds})
    if scoring:
        regulate(year, **scoring)
    for member, own, day in zip(year.members.order_by("order"), points, days, strict=True):
        report = ReportFactory(
            bloc_year=year,
            unit=member.unit,
            table=table,
            state=ReportState.APPRAISED,
            first_submitted_at=at(day),
            submitted_at=at(day),
            appraised_total=D(0),
        )
        fill(report, D(own), D(own))
        report.scores.filter(criterion__code="IV").delete()
    return fresh(year)


def fresh(year):
    return BlocYear.objects.select_related("bloc").get(pk=year.pk)


def units(year):
    return [member.unit for member in year.members.order_by("order")]
