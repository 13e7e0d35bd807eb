"""Who may still act on a sheet where its usual people are missing or its year is over."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from blocs.reports.actions.versions import YEAR_ARCHIVED, rectify_sheet
from blocs.reports.domain.sheet_versions import RectifiedRow
from blocs.reports.models import Report
from blocs.reports.workflows import REPORT
from blocs.states import ReportState, SeatRole, YearState
from blocs.years.models import BlocYear
from tests.factories.people import leader_of, official
from tests.factories.reports import DIRECT, RATIO, in_state, row_of, submitted_report
from thidua.common.workflow import perform

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


def heads_sheet(*, has_deputy=False):
    """The sheet of the unit that heads the year itself."""
    report = submitted_report()
    report.scores.filter(criterion=row_of(report, RATIO).criterion).update(target=10)
    deputy = report.bloc_year.deputy if has_deputy else None
    BlocYear.objects.filter(pk=report.bloc_year_id).update(head=report.unit, deputy=deputy)
    return Report.objects.for_page().get(pk=report.pk)


def asked(client, report, person):
    """One leaf is asked to be corrected on the page, by this person."""
    client.force_login(person)
    url = reverse("appraisal:correction_edit", args=(report.pk,))
    name = f"reason-{row_of(report, DIRECT).criterion.pk}"
    return client.post(url, {name: "Thiếu số liệu quý IV."}).status_code


def test_the_office_asks_the_head_for_corrections_and_looks_again(client):
    report, office = heads_sheet(), official(SeatRole.OFFICE)
    assert asked(client, report, office) == 302
    kept = report.corrections.get()
    assert (kept.asked_by_unit, kept.asked_by) == (None, office)
    assert returned(client, report, office) == (302, ReportState.RETURNED)
    perform(REPORT, "submit", report, actor=leader_of(report.unit), is_confirmed=True)
    client.force_login(office)
    url = reverse("appraisal:correction_check", args=(report.pk,))
    label = f"Kiểm tra lại tiêu chí đã sửa của {report.unit.name}"
    assert [(row.label, row.url) for row in client.get("/").context["tasks"]].count(
        (label, url)
    ) == 1
    assert client.post(url, {"corrections": [kept.pk]}).status_code == 302
    kept.refresh_from_db()
    assert kept.checked_at is not None
    assert [row.url for row in client.get("/").context["tasks"]].count(url) == 0


def test_the_head_corrects_nothing_of_its_own_and_the_office_waits_for_a_deputy(client):
    report = heads_sheet()
    assert asked(client, report, leader_of(report.unit)) == 403
    with_deputy = heads_sheet(has_deputy=True)
    assert asked(client, with_deputy, official(SeatRole.OFFICE)) == 403
    assert asked(client, with_deputy, leader_of(with_deputy.bloc_year.deputy)) == 302


def test_what_a_deputy_asked_is_checked_by_the_office_once_the_post_is_vacant(client):
    report, office = heads_sheet(has_deputy=True), official(SeatRole.OFFICE)
    deputy = leader_of(report.bloc_year.deputy)
    assert asked(client, report, deputy) == 302
    assert returned(client, report, deputy) == (302, ReportState.RETURNED)
    perform(REPORT, "submit", report, actor=leader_of(report.unit), is_confirmed=True)
    BlocYear.objects.filter(pk=report.bloc_year_id).update(deputy=None)
    client.force_login(office)
    kept = report.corrections.get()
    url = reverse("appraisal:correction_check", args=(report.pk,))
    client.post(url, {"corrections": [kept.pk]})
    kept.refresh_from_db()
    assert kept.checked_at is not None
