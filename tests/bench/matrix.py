"""All points of a bloc on one page: 15 units of 60 leaves."""

from decimal import Decimal
from functools import cache

from django.template import engines
from django.test import Client, override_settings
from django.urls import include, path, reverse
from django.utils.html import format_html_join

from blocs.appraisal.models.comparison import bloc_points
from blocs.appraisal.views.deviations import YearPoints
from blocs.reports.models import Report, Score
from blocs.states import SeatRole
from blocs.years.models.regulation import decimals_of
from tests.bench.data import report_of_60
from tests.bench.floors import fetch, floor_ratio
from tests.bench.timing import ratio
from tests.factories.people import UnitFactory, official
from thidua.common.vietnamese.numbers import format_decimal

FRAME = '{% extends "base.html" %}{% block content %}{{ cells }}{% endblock %}'
UNITS = 15


@cache
def full_year():
    """One table of 60 leaves, 15 appraised sheets, one leaf in ten given other points."""
    first = report_of_60()
    leaves = list(first.table.criteria.exclude(kind="group"))
    reports = [first] + [
        Report.objects.create(
            bloc_year=first.bloc_year, unit=unit, table=first.table, results="Đủ."
        )
        for unit in UnitFactory.create_batch(UNITS - 1)
    ]
    first.scores.all().delete()
    Score.objects.bulk_create(
        Score(
            report=report,
            criterion=leaf,
            self_points=Decimal("9.5"),
            appraised_points=Decimal("9.5") if place % 10 else Decimal("5"),
            appraisal_reason="" if place % 10 else "Thiếu minh chứng.",
        )
        for report in reports
        for place, leaf in enumerate(leaves)
    )
    Report.objects.filter(bloc_year=first.bloc_year).update(
        state="appraised", submitted_at="2026-12-01T00:00:00Z", appraised_total=Decimal(540)
    )
    return first.bloc_year


class JoinedYear(YearPoints):
    """The same frame, queries and figures; the cells are joined in Python."""

    def get_template_names(self):
        return engines["django"].from_string(FRAME)

    def get_context_data(self, **kwargs):
        context = super(YearPoints, self).get_context_data(**kwargs)
        bloc, decimals = bloc_points(self.bloc_year), decimals_of(self.bloc_year)
        cells = format_html_join("", "<td>{}</td>", ((text,) for text in texts(bloc, decimals)))
        return context | {"cells": cells}


def texts(bloc, decimals):
    """Every figure and name the page prints."""
    for path_, row in bloc.tree.rows.items():
        yield from (bloc.tree.label_of(path_), row.name, format_decimal(row.max_points))
        for report in bloc.reports if not row.is_group else ():
            own, given = bloc.pair(report.unit_id, path_)
            yield format_decimal(given, decimals)
            if own != given:
                yield format_decimal(own, decimals)


urlpatterns = [
    path("do/<int:year_pk>/", JoinedYear.as_view()),
    path("", include("thidua.urls")),
]


def template_ratio():
    """The page against the joined one, both through the whole request: the templates alone."""
    client = office_client()
    year = full_year()
    with override_settings(ROOT_URLCONF=__name__):
        return ratio(lambda: fetch(client, url()), lambda: fetch(client, f"/do/{year.pk}/"))


def matrix_ratio():
    """The page against its floor."""
    return floor_ratio(office_client(), url())


def office_client():
    full_year()
    client = Client()
    client.force_login(official(SeatRole.OFFICE))
    return client


def url():
    return reverse("appraisal:year_points", args=(full_year().pk,))
