"""Who is late and what is missing, for the office: every unit once, with a text to send."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.states import RegistrationState, ReportState, SeatRole, YearState
from blocs.years.models import BlocYear, Registration
from tests.factories.blocs import ReportFactory, small_table, year_with_members
from tests.factories.people import editor_of, leader_of, official
from thidua.common.vietnamese.dates import short_date

pytestmark = pytest.mark.django_db
PAGE = reverse("home:late_list")
TODAY = timezone.localdate()


@pytest.fixture
def year():
    """An open year of four, two of which have sent all; one has not registered in time either."""
    found = year_with_members(4, year=TODAY.year, state=YearState.OPEN)
    later = ("agreement_due", "midyear_due", "appraisal_due", "conference_due", "proposal_due")
    BlocYear.objects.update(
        registration_due=TODAY - dt.timedelta(days=30),
        report_due=TODAY - dt.timedelta(days=20),
        **dict.fromkeys(later),
    )
    found.refresh_from_db()
    table, units = small_table(found), [member.unit for member in found.members.all()]
    for unit in units[:2]:
        ReportFactory(
            bloc_year=found, unit=unit, table=table, submitted=True, state=ReportState.SUBMITTED
        )
    signed = {"state": RegistrationState.SIGNED, "signed_at": timezone.now()}
    for unit in units[:3]:
        Registration.objects.create(bloc_year=found, unit=unit, content="Chỉ tiêu", **signed)
    return found


def test_each_unit_stands_once_with_all_that_it_owes(client, year):
    client.force_login(official(SeatRole.OFFICE))
    late = client.get(PAGE).context["late"]
    third, fourth = (member.unit.short_name for member in list(year.members.all())[2:])
    owed = {one.name: [missing.step for missing in one.missing] for one in late}
    assert owed == {
        third: ["Báo cáo, tự chấm"],
        fourth: ["Đăng ký thi đua", "Báo cáo, tự chấm"],
    }
    (text,) = [one.text for one in late if one.name == fourth]
    assert text.startswith(f"Kính gửi {fourth}: {year} còn chờ quý đơn vị: đăng ký thi đua (hạn ")
    assert f"báo cáo, tự chấm (hạn {short_date(year.report_due)}, quá hạn " in text
    assert " ngày làm việc)" in text


def test_what_is_not_late_yet_stands_below(client, year):
    BlocYear.objects.update(
        report_due=TODAY + dt.timedelta(days=9), registration_due=TODAY + dt.timedelta(days=9)
    )
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(PAGE)
    waiting = [(one.name, [m.step for m in one.missing]) for one in answer.context["waiting"]]
    fourth = year.members.last().unit.short_name
    assert (answer.context["late"], waiting) == ([], [(fourth, ["Đăng ký thi đua"])])
    assert "còn " in answer.content.decode()


def test_a_year_that_is_decided_waits_for_no_unit_and_units_do_not_read_the_list(client, year):
    BlocYear.objects.update(state=YearState.DECIDED)
    client.force_login(official(SeatRole.OFFICE))
    assert client.get(PAGE).context["late"] == []
    for person in (editor_of(year.head), leader_of(year.head)):
        client.force_login(person)
        assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_costs_the_same(client, year, count, django_assert_num_queries):
    for _ in range(count):
        year_with_members(3, year=TODAY.year, state=YearState.CLOSING)
    BlocYear.objects.update(report_due=TODAY - dt.timedelta(days=2), appraisal_due=None)
    client.force_login(official(SeatRole.OFFICE))
    # Session, person, seats, the badge of the menu; the years, the calendar, what is unread.
    with django_assert_num_queries(7):
        answer = client.get(PAGE)
    assert len(answer.context["late"]) == 2 + 3 * count
