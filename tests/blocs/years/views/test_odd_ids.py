"""Fields that a page fills in itself, changed by hand: not found or passed over, never an error."""

import pytest
from django.urls import reverse

from blocs.reports.models import Report
from blocs.states import SeatRole, TableState
from blocs.years.models import Registration
from tests.factories.blocs import small_table, year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import submitted_report

pytestmark = pytest.mark.django_db
ODD = pytest.mark.parametrize("odd", ("²", "٣", "9" * 5000, "-1", "1e3"))


@ODD
@pytest.mark.parametrize("name", ("reports:report_start", "registrations:registration_start"))
def test_unit_that_is_no_number_is_not_found(client, name, odd):
    year = year_with_members()
    client.force_login(editor_of(year.head))
    answer = client.post(reverse(name, args=(year.pk,)), {"unit": odd})
    assert answer.status_code == 404
    assert (Report.objects.count(), Registration.objects.count()) == (0, 0)


@ODD
def test_parent_that_is_no_number_is_not_found(client, odd):
    table = small_table(year_with_members(), published=False, state=TableState.DRAFT)
    client.force_login(official(SeatRole.OFFICE))
    page = reverse("criteria:criterion_new", args=(table.pk,))
    assert client.get(page, {"cha": odd}).status_code == 404
    assert client.get(page, {"sau": odd}).status_code == 200


@ODD
def test_flag_that_is_no_number_is_passed_over(client, odd):
    report = submitted_report()
    client.force_login(leader_of(report.bloc_year.head))
    page = reverse("appraisal:correction_check", args=(report.pk,))
    assert client.post(page, {"flags": odd}).status_code == 302
