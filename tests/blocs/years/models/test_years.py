"""What lists and the track of a year count: each sort of thing by itself, in its states, once."""

import datetime as dt

import pytest
import time_machine

from blocs.reports.models import Report
from blocs.states import RegistrationState, ReportState
from blocs.years.models import BlocYear, Registration
from tests.factories.blocs import ReportFactory, ScoringTableFactory, year_with_members

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 5, tzinfo=dt.UTC)
REPORTS = (
    ReportState.DRAFT,
    ReportState.SUBMITTED,
    ReportState.SUBMITTED,
    ReportState.SUBMITTED,
    ReportState.APPRAISED,
)
REGISTRATIONS = (RegistrationState.DRAFT, RegistrationState.SIGNED, RegistrationState.CHECKED)


def test_members_reports_and_registrations_are_counted_apart():
    year = year_with_members(6)
    table = ScoringTableFactory(bloc_year=year, published=True)
    ScoringTableFactory(bloc_year=year, version=2)
    units = [member.unit for member in year.members.all()]
    for unit, state in zip(units, REPORTS, strict=False):
        report = ReportFactory(bloc_year=year, unit=unit, table=table, submitted=True)
        Report.objects.filter(pk=report.pk).update(state=state)
    for unit, state in zip(units, REGISTRATIONS, strict=False):
        Registration.objects.create(bloc_year=year, unit=unit, state=state, signed_at=NOON)
    found = BlocYear.objects.with_progress().get(pk=year.pk)
    assert (found.member_count, found.sent_count, found.appraised_count) == (6, 4, 1)
    assert (found.registered_count, found.has_table) == (2, 1)


def test_the_track_counts_for_the_day_on_which_it_is_asked():
    """The columns are kept as text, and the text of yesterday is not asked today."""
    year = year_with_members(3)
    year.members.filter(order=3).update(joined_on=dt.date(2026, 9, 1))
    found = []
    for day in ("2026-08-31", "2026-09-01", "2026-08-31"):
        with time_machine.travel(f"{day}T05:00+07:00", tick=False):
            found.append(BlocYear.objects.for_page().get(pk=year.pk).member_count)
    assert found == [2, 3, 2]
