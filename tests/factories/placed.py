"""A ranked year whose units have exactly the totals a test names."""

from decimal import Decimal

from blocs.criteria.models import Criterion
from blocs.states import ReportState, YearState
from tests.factories.blocs import (
    ReportFactory,
    ScoringTableFactory,
    fill,
    regulate,
    year_with_members,
)


def placed_year(totals, **rules):
    """A year after its conference, without a ballot; `totals` are points of 100 by unit name."""
    year = year_with_members(len(totals), state=YearState.RANKED)
    regulate(year, **rules)
    table = ScoringTableFactory(bloc_year=year, published=True)
    Criterion.objects.create(table=table, code="1", name="Nhiệm vụ", kind="direct", max_points=100)
    for member, (name, points) in zip(
        year.members.order_by("order").select_related("unit"), totals.items(), strict=True
    ):
        unit = member.unit
        unit.name = name
        unit.save()
        report = ReportFactory(
            bloc_year=year,
            unit=unit,
            table=table,
            submitted=True,
            state=ReportState.AGREED,
            appraised_total=Decimal(points),
        )
        fill(report, Decimal(points), Decimal(points))
    return year
