"""The years of all blocs at once: what is shown, made, left out and taken back."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agreements.actions.next_years import CHANGED, NOBODY, NOTHING_LEFT
from agreements.domain.next_years import shifted_day, words_of_next
from agreements.models import Agreement, Target
from agreements.models.next_years import NO_LAST, NO_MEMBERS, NOT_BEGUN, next_years
from blocs.criteria.models import ScoringTable
from blocs.scoring.ranking.workdays import WorkCalendar
from blocs.states import SeatRole, YearState
from blocs.units.models import Membership
from blocs.years.actions.years import set_members
from blocs.years.models import BlocYear
from tests.factories.blocs import BlocFactory, ScoringTableFactory, year_with_members
from tests.factories.people import UnitFactory, leader_of, official

pytestmark = pytest.mark.django_db
PAGE, UNDO = reverse("agreements:next_years"), reverse("agreements:next_years_undo")
DAY = dt.date(2020, 1, 1)


@pytest.fixture(autouse=True)
def of_a_day():
    with time_machine.travel("2026-12-01T02:00:00Z", tick=False):
        yield


def settled(**dates):
    """A bloc with its year 2026, members in the order of its decision, table and agreement."""
    year = year_with_members(3, year=2026, state=YearState.DECIDED, legal_bases="Luật", **dates)
    for member in year.members.order_by("order"):
        Membership.objects.create(bloc=year.bloc, unit=member.unit, starts_on=DAY)
    ScoringTableFactory(bloc_year=year, title="Bảng điểm năm 2026", published=True)
    text = Agreement.objects.create(
        bloc_year=year, opening="Năm nay, năm 2026, từ ngày 05 tháng 3 năm 2026", number="1/GƯ"
    )
    Target.objects.create(agreement=text, order=1, name="Sáng kiến", planned=40)
    return year


def rows(client):
    return {row.bloc.pk: row for row, _ in client.get(PAGE).context["rows"]}


def make(client, *blocs):
    shown = client.get(PAGE).context["form"]["shown"].value()
    return client.post(PAGE, {"shown": shown, "blocs": [bloc.pk for bloc in blocs]}, follow=True)


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def test_days_move_a_year_and_onto_a_working_day():
    calendar = WorkCalendar(off=frozenset([dt.date(2027, 4, 30)]), worked=frozenset())
    moved = [
        shifted_day(dt.date(*day), 1, calendar)
        for day in ((2026, 3, 16), (2026, 3, 13), (2026, 4, 30), (2024, 2, 29))
    ]
    # Tuesday; Saturday to Monday; the holiday of a Friday to Monday; 28/02/2025 is a Friday.
    assert moved == [
        dt.date(2027, 3, 16),
        dt.date(2027, 3, 15),
        dt.date(2027, 5, 3),
        dt.date(2025, 2, 28),
    ]
    text = "Năm năm 2026: từ 05 tháng 3 năm 2026, 5 tháng 12 năm 2026"
    after = words_of_next(text, "năm 2026", "năm 2027")
    assert after == "Năm năm 2027: từ 05 tháng 3 năm 2026, 5 tháng 12 năm 2026"


def test_one_press_makes_the_year_of_every_bloc_with_last_years_settings(office):
    first = settled(report_due=dt.date(2026, 12, 15), report_hour=dt.time(17))
    second = settled(report_due=dt.date(2026, 12, 18))
    came = UnitFactory(name="Sở Mới")
    Membership.objects.create(bloc=first.bloc, unit=came, starts_on=dt.date(2027, 1, 1))
    told = rows(office)[first.bloc_id]
    assert told.copied == [
        "Quy định, căn cứ của năm 2026",
        "Bảng điểm năm 2026: 0 tiêu chí (thành dự thảo)",
        "Lời văn giao ước và 1 chỉ tiêu (thành dự thảo)",
    ]
    assert "Hạn nộp báo cáo, tự chấm: 15/12/2026 → 15/12/2027" in told.differing
    assert "Thêm Sở Mới" in told.differing
    make(office, first.bloc, second.bloc)
    made = first.bloc.years.get(year=2027)
    assert (made.state, made.report_due, made.report_hour) == (
        YearState.PLANNED,
        dt.date(2027, 12, 15),
        dt.time(17),
    )
    # 18/12/2027 is a Saturday.
    assert second.bloc.years.get(year=2027).report_due == dt.date(2027, 12, 20)
    units = [*first.members.order_by("order").values_list("unit", flat=True), came.pk]
    assert list(made.members.order_by("order").values_list("unit", flat=True)) == units
    assert [table.title for table in made.tables.all()] == ["Bảng điểm năm 2027"]
    text = made.agreement
    assert text.opening == "Năm nay, năm 2027, từ ngày 05 tháng 3 năm 2026"
    assert (text.number, [one.planned for one in text.targets.all()]) == ("", [40])


def test_who_is_left_out_says_why_and_is_not_made(office):
    new, empty, planned = BlocFactory(), settled(), settled()
    Membership.objects.filter(bloc=empty.bloc).update(ends_on=dt.date(2026, 12, 31))
    BlocYear.objects.filter(pk=planned.pk).update(state=YearState.PLANNED)
    made = settled()
    BlocYear.objects.create(bloc=made.bloc, year=2027)
    told = {pk: row.skipped for pk, row in rows(office).items()}
    assert told == {
        new.pk: NO_LAST,
        empty.bloc_id: NO_MEMBERS.format(day="01/01/2027"),
        planned.bloc_id: NOT_BEGUN,
        made.bloc_id: "Đã có năm 2027.",
    }
    page = make(office, new, empty.bloc, planned.bloc, made.bloc)
    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == [NOBODY]
    assert BlocYear.objects.filter(year=2027).count() == 1


def test_what_changed_since_it_was_shown_is_shown_again(office):
    year = settled()
    shown = next_years(2027).mark
    Membership.objects.create(bloc=year.bloc, unit=UnitFactory(), starts_on=DAY)
    page = office.post(PAGE, {"shown": shown, "blocs": [year.bloc_id]})
    assert page.context["form"].non_field_errors() == [CHANGED]
    assert not BlocYear.objects.filter(year=2027).exists()


def test_a_bloc_that_is_refused_gets_nothing_and_stops_no_other(office):
    good, bad = settled(), settled()
    # Such days are refused once the year stands already: then that goes, too.
    BlocYear.objects.filter(pk=bad.pk).update(
        midyear_due=dt.date(2026, 7, 15), report_due=dt.date(2026, 5, 15)
    )
    page = make(office, good.bloc, bad.bloc)
    years = BlocYear.objects.filter(year=2027)
    said = [str(message) for message in page.context["messages"]]
    assert [one.bloc_id for one in years] == [good.bloc_id], said
    assert said[0] == "Đã lập năm 2027 cho 01 khối, cụm."
    assert said[1].startswith(f"{bad.bloc}: ")
    assert not ScoringTable.objects.filter(bloc_year__bloc=bad.bloc, bloc_year__year=2027).exists()


def test_untouched_years_are_taken_back_and_touched_ones_stay(office):
    kept, gone = settled(), settled()
    make(office, kept.bloc, gone.bloc)
    year = kept.bloc.years.get(year=2027)
    units = [member.unit for member in year.members.select_related("unit")][::-1]
    set_members(year, actor=official(SeatRole.OFFICE), units=units)
    page = office.get(UNDO)
    assert [one.bloc_id for one in page.context["years"]] == [gone.bloc_id]
    office.post(UNDO)
    assert [one.bloc_id for one in BlocYear.objects.filter(year=2027)] == [kept.bloc_id]
    again = office.post(UNDO)
    assert again.context["form"].non_field_errors() == [NOTHING_LEFT]


def test_a_year_made_by_hand_is_never_taken_back(office):
    BlocYear.objects.create(bloc=BlocFactory(), year=2027)
    assert office.post(UNDO).status_code == 422
    assert BlocYear.objects.filter(year=2027).count() == 1


@pytest.mark.parametrize("count", (1, 3))
def test_the_page_costs_the_same_for_any_number_of_blocs(office, count, django_assert_num_queries):
    for _ in range(count):
        settled()
    office.get(PAGE)
    with django_assert_num_queries(12):
        assert office.get(PAGE).status_code == 200


def test_nobody_but_the_office_sees_or_makes_it(client):
    year = settled()
    client.force_login(leader_of(year.head))
    assert client.get(PAGE).status_code == client.get(UNDO).status_code == 403
    assert client.post(PAGE, {"blocs": [year.bloc_id]}).status_code == 403
    assert client.post(UNDO).status_code == 403
