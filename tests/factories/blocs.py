"""A bloc year in every state, without surprises."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from blocs.criteria.models import Criterion, ScoringTable
from blocs.reports.models import Report, Score
from blocs.states import ReportState, TableState, YearState
from blocs.units.models import Bloc
from blocs.years.models import BlocYear, Regulation, YearMember
from blocs.years.models.regulation import regulation_of
from tests.factories.people import UnitFactory


class BlocFactory(DjangoModelFactory):
    class Meta:
        model = Bloc

    name = factory.Sequence(lambda n: f"Khối thi đua số {n}")
    code = factory.Sequence(lambda n: f"KTĐ{n}")


class BlocYearFactory(DjangoModelFactory):
    """A year with a head, a deputy and its rules; members are added by `with_members`."""

    class Meta:
        model = BlocYear

    bloc = factory.SubFactory(BlocFactory)
    year = 2026
    state = YearState.CLOSING
    head = factory.SubFactory(UnitFactory)
    deputy = factory.SubFactory(UnitFactory)
    report_due = dt.date(2026, 12, 10)


def year_with_members(count=3, **kwargs):
    """A bloc year of `count` units, head and deputy the first two, with rules and members."""
    year = BlocYearFactory(**kwargs)
    Regulation.objects.create(bloc_year=year)
    units = [year.head, year.deputy, *UnitFactory.create_batch(max(count - 2, 0))][:count]
    for order, unit in enumerate(units, start=1):
        YearMember.objects.create(bloc_year=year, unit=unit, order=order)
    return year


def regulate(year, **rules):
    """Say this in the regulation of the year, also in the one that hangs on `year` already."""
    regulation = regulation_of(year)
    vars(regulation).update(rules)
    regulation.save()


class ScoringTableFactory(DjangoModelFactory):
    class Meta:
        model = ScoringTable

    bloc_year = factory.SubFactory(BlocYearFactory)
    title = "Bảng chấm điểm thi đua"
    total_max = Decimal(100)

    class Params:
        published = factory.Trait(
            state=TableState.PUBLISHED,
            published_at=factory.LazyFunction(timezone.now),
            fingerprint="0" * 64,
        )


PROPORTIONAL = {"formula": "proportional"}
TEN_EACH = {"per_unit": "10"}


def small_table(year, **kwargs):
    """A published table of 100 points: two groups, three leaves, a bonus and a deduction."""
    table = ScoringTableFactory(bloc_year=year, **({"published": True} | kwargs))
    work = Criterion.objects.create(
        table=table, code="I", name="Nhiệm vụ chính trị", max_points=70, order=1
    )
    emulation = Criterion.objects.create(
        table=table, code="II", name="Phong trào thi đua", max_points=30, order=2
    )
    for parent, code, name, kind, points, measure, rule in (
        (work, "1", "Hoàn thành nhiệm vụ được giao", "direct", 40, "", {}),
        (work, "2", "Giải quyết hồ sơ đúng hạn", "quantitative", 30, "%", PROPORTIONAL),
        (emulation, "1", "Mô hình mới được công nhận", "per_occurrence", 30, "mô hình", TEN_EACH),
        (None, "III", "Điểm thưởng sáng kiến", "bonus", 5, "", {"points": "1", "cap": "5"}),
        (None, "IV", "Điểm trừ chậm báo cáo", "deduction", 0, "", {"points": "-0.5"}),
    ):
        Criterion.objects.create(
            table=table,
            parent=parent,
            code=code,
            name=name,
            kind=kind,
            max_points=points,
            order=table.criteria.count() + 1,
            measure=measure,
            rule=rule,
        )
    return table


class ReportFactory(DjangoModelFactory):
    """A report of the head unit unless told otherwise; its sheet is empty."""

    class Meta:
        model = Report

    bloc_year = factory.LazyFunction(year_with_members)
    unit = factory.LazyAttribute(lambda report: report.bloc_year.head)
    table = factory.LazyAttribute(lambda report: small_table(report.bloc_year))
    results = "Hoàn thành 100% nhiệm vụ được giao."

    class Params:
        submitted = factory.Trait(
            state=ReportState.SUBMITTED, submitted_at=factory.LazyFunction(timezone.now)
        )


def fill(report, points=Decimal("9.5"), appraised=None):
    """Self-points at every leaf, and appraised points where given."""
    for criterion in report.table.criteria.exclude(kind="group"):
        Score.objects.create(
            report=report,
            criterion=criterion,
            value=points,
            self_points=points,
            appraised_points=appraised,
            appraisal_reason="" if appraised in (None, points) else "Thiếu minh chứng.",
        )
    return report
