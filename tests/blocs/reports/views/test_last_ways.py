"""Who may still act on a sheet where its usual people are missing or its year is over."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from blocs.reports.actions.versions import YEAR_ARCHIVED, rectify_sheet
from blocs.reports.domain.sheet_versions import RectifiedRow
from blocs.reports.models import Report
from blocs.states import ReportState, SeatRole, YearState
from blocs.years.models import BlocYear
from tests.factories.people import leader_of, official
from tests.factories.reports import DIRECT, in_state, row_of, submitted_report

pytestmark = pytest.mark.django_db


def agreed_report():
    report = submitted_report()
    Report.objects.filter(pk=report.pk).update(appraised_total=17)
    return in_state(report, "agreed")


def returned(client, report, person):
    client.force_login(person)
    url = reverse("reports:report_move", args=(report.pk, "return"))
    status = client.post(url, {"note": "Thiếu minh chứng."}).status_code
    report.refresh_from_db()
    return status, report.state


@pytest.mark.parametrize(
    ("has_deputy", "outcome"),
    ((False, (302, ReportState.RETURNED)), (True, (403, ReportState.SUBMITTED))),
)
def test_the_sheet_of_the_head_comes_back_from_the_office_where_no_deputy_is(
    client, has_deputy, outcome
):
    report = submitted_report()
    year = report.bloc_year
    deputy = year.deputy if has_deputy else None
    BlocYear.objects.filter(pk=year.pk).update(head=report.unit, deputy=deputy)
    assert returned(client, report, official(SeatRole.OFFICE)) == outcome


def test_the_office_returns_no_sheet_of_a_member(client):
    report = submitted_report()
    BlocYear.objects.filter(pk=report.bloc_year_id).update(deputy=None)
    status, state = returned(client, report, official(SeatRole.OFFICE))
    assert (status, state) == (403, ReportState.SUBMITTED)
    assert returned(client, report, leader_of(report.bloc_year.head))[1] == ReportState.RETURNED


@pytest.mark.parametrize(
    ("state", "is_open"), ((YearState.DECIDED, True), (YearState.ARCHIVED, False))
)
def test_points_of_an_archived_year_are_rectified_no_more(client, state, is_open):
    report = agreed_report()
    BlocYear.objects.filter(pk=report.bloc_year_id).update(state=state)
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("reports:report_rectify", args=(report.pk,))
    shown = client.get(url)
    assert shown.status_code == (200 if is_open else 403)
    assert (YEAR_ARCHIVED in shown.content.decode()) is not is_open
    assert (url in client.get(report.get_absolute_url()).content.decode()) is is_open


def test_no_action_rectifies_an_archived_year():
    report = agreed_report()
    BlocYear.objects.filter(pk=report.bloc_year_id).update(state=YearState.ARCHIVED)
    rows = [RectifiedRow(row_of(report, DIRECT).criterion.pk, points=Decimal(5))]
    with pytest.raises(ValidationError) as refusal:
        rectify_sheet(report, rows=rows, reason="Nhầm", actor=official(SeatRole.OFFICE))
    assert refusal.value.messages == [YEAR_ARCHIVED]
