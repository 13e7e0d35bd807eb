"""Report and registration of a unit that owes them no more: their pages say that it is the end."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from blocs.states import MemberChangeKind as K
from blocs.states import RegistrationState, ReportState, YearState
from blocs.years.models import Registration
from tests.factories.blocs import ReportFactory, year_with_members
from tests.factories.changes import SEPTEMBER_1, change_members, confirmed, office_browser
from tests.factories.people import leader_of
from tests.page_desk import PageDesk
from thidua.common.workflow import THE_END

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 8, 20, 5, tzinfo=dt.UTC)
SENT = {"submitted_at": NOON, "first_submitted_at": NOON}
GIVEN_BACK = {"return_reason": "Thiếu", "returned_at": NOON}
APPRAISED = SENT | {"appraised_at": NOON, "appraised_total": 1}
REPORTS = {
    ReportState.DRAFT: {},
    ReportState.SUBMITTED: SENT,
    ReportState.RETURNED: SENT | GIVEN_BACK,
    ReportState.APPRAISED: APPRAISED,
    ReportState.EXPLAINED: APPRAISED | {"explanation": "Xem lại."},
}
SAID = "{}: {} {} nên {} không phải làm tiếp; hồ sơ đã có vẫn xem được."


@pytest.fixture(autouse=True)
def in_october():
    with time_machine.travel("2026-10-05T03:00:00Z", tick=False):
        yield


@pytest.fixture
def member():
    year = year_with_members(4, state=YearState.CLOSING, report_due=dt.date(2026, 12, 10))
    return year.members.select_related("unit").order_by("order").last()


def way(url, unit):
    """What the page of the paper says to the people of its unit."""
    return PageDesk(leader_of(unit)).go(url).answer.context["way"]


@pytest.mark.parametrize("state", REPORTS)
@pytest.mark.parametrize(
    ("kind", "part"),
    (
        (K.DISSOLVED, "thôi tham gia từ 01/09/2026"),
        (K.NOT_CONSIDERED, "không xét năm nay, từ 01/09/2026"),
    ),
)
def test_a_report_that_is_owed_no_more_is_at_its_end(member, state, kind, part):
    year, unit = member.bloc_year, member.unit
    report = ReportFactory(bloc_year=year, unit=unit, state=state, **REPORTS[state])
    before = way(report.get_absolute_url(), unit)
    assert (THE_END in before, before != "") == (False, True)
    change_members(year, unit, kind, SEPTEMBER_1)
    said = SAID.format(THE_END, unit, part, "báo cáo")
    assert way(report.get_absolute_url(), unit) == said
    # Taken back, the report goes on where it stood.
    url = reverse("changes:member_change_cancel", args=(year.member_changes.get().pk,))
    assert confirmed(office_browser(), url, {"reason": "Ghi nhầm"}).status_code == 302
    assert way(report.get_absolute_url(), unit) == before


def test_who_leaves_in_november_still_writes_its_report_in_october(member):
    report = ReportFactory(bloc_year=member.bloc_year, unit=member.unit)
    change_members(member.bloc_year, member.unit, K.LEFT, dt.date(2026, 11, 1))
    assert THE_END not in way(report.get_absolute_url(), member.unit)


@pytest.mark.parametrize("state", (RegistrationState.DRAFT, RegistrationState.RETURNED))
def test_a_registration_that_is_owed_no_more_is_at_its_end(member, state):
    year, unit = member.bloc_year, member.unit
    facts = {} if state == RegistrationState.DRAFT else {"signed_at": NOON, **GIVEN_BACK}
    row = Registration(bloc_year=year, unit=unit, state=state, content="Chỉ tiêu", **facts)
    row.save()
    assert THE_END not in way(row.get_absolute_url(), unit)
    change_members(year, unit, K.MOVED, SEPTEMBER_1)
    said = SAID.format(THE_END, unit, "thôi tham gia từ 01/09/2026", "bản đăng ký")
    assert way(row.get_absolute_url(), unit) == said
