"""The calendar of working days as pages of the office."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from blocs.legal.domain.holidays import proposed_days
from blocs.reports.models import Report
from blocs.scoring.ranking.workdays import SATURDAY
from blocs.states import ReportState, SeatRole
from blocs.years.models import Holiday, YearCalendar
from blocs.years.models.work_calendar import work_calendar
from tests.cases import case
from tests.factories.blocs import year_with_members
from tests.factories.people import leader_of, official
from tests.factories.reports import in_state, submitted_report
from tests.page_forms import save

pytestmark = pytest.mark.django_db
LIST = reverse("holidays:holiday_list")
NEW, PROPOSE, CONFIRM = (
    reverse(f"holidays:{name}") for name in ("holiday_new", "calendar_propose", "calendar_confirm")
)
COST = 6
ANNOUNCED = {row["year"]: row for row in case("calendars")["years"]}


@pytest.fixture
def office(client):
    person = official(SeatRole.OFFICE)
    client.force_login(person)
    client.post(reverse("home:choose_year"), {"year": "2027"})
    return person


def of_year(year):
    return f"?nam={year}"


def test_day_is_added_changed_and_removed(client, office):
    data = {"day": "08/03/2027", "name": "Nghỉ hoán đổi"}
    assert client.post(NEW, data).headers["Location"] == LIST + of_year(2027)
    rows = client.get(LIST).context["rows"]
    assert [(day.name, weekday) for day, weekday in rows if day.day == dt.date(2027, 3, 8)] == [
        ("Nghỉ hoán đổi", "thứ Hai")
    ]
    day = Holiday.objects.get(day=dt.date(2027, 3, 8))
    url = reverse("holidays:holiday_edit", args=(day.pk,))
    remove_url = reverse("holidays:holiday_remove", args=(day.pk,))
    assert client.get(url).context["remove_url"] == remove_url
    save(client, url, data | {"name": "Nghỉ theo công điện"})
    assert Holiday.objects.get(pk=day.pk).name == "Nghỉ theo công điện"
    client.post(remove_url, {"document": "Ghi nhầm"})
    assert len(client.get(LIST).context["rows"]) == len(proposed_days(2027))


def test_working_day_cannot_be_worked_instead(client, office):
    data = {"day": "08/02/2027", "name": "Làm bù", "is_worked": "on"}
    answer = client.post(NEW, data)
    assert answer.context["form"].errors == {"day": ["Ngày làm bù phải là thứ Bảy hoặc Chủ nhật."]}


@time_machine.travel("2026-11-29T03:00:00Z")
def test_three_years_ahead_are_shown_as_expected_and_stored_by_nobody(client, office):
    answer = client.get(LIST + of_year(2029))
    assert [(one["year"], one["words"]) for one in answer.context["years"]] == [
        (2026, "dự kiến"),
        (2027, "dự kiến"),
        (2028, "dự kiến"),
        (2029, "dự kiến"),
    ]
    assert [day.day for day, _ in answer.context["rows"]] == [
        one.day for one in proposed_days(2029)
    ]
    page = answer.content.decode()
    assert (page.count("Ngày nghỉ (dự kiến)"), "Lịch năm 2029 là dự kiến." in page) == (
        len(proposed_days(2029)),
        True,
    )
    assert Holiday.objects.count() == 0


def test_the_proposed_days_are_shown_before_they_are_kept(client, office):
    adds = client.get(PROPOSE).context["adds"]
    assert (len(adds), adds[0]) == (15, "01/01/2027 – Tết Dương lịch")
    client.post(PROPOSE, {"year": 2027})
    assert client.get(PROPOSE).context["adds"] == []
    answer = client.post(PROPOSE, {"year": 2027})
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (
        422,
        ["Lịch năm 2027 đã có đủ các ngày dự kiến."],
    )


@pytest.mark.parametrize("year", ANNOUNCED)
def test_the_announced_calendar_is_typed_from_its_document(client, office, year):
    """The office keeps the proposed days, looks at them and confirms by the document."""
    row = ANNOUNCED[year]
    notice = row["documents"][0]
    dated = notice["dated_on"]
    day = f"{dt.date.fromisoformat(dated):%d/%m/%Y}" if dated else ""
    client.post(PROPOSE + of_year(year), {"year": year})
    answer = save(client, CONFIRM + of_year(year), {"document": notice["name"], "dated_on": day})
    assert answer.headers["Location"] == LIST + of_year(year)
    calendar = work_calendar()
    off = sorted(day.isoformat() for day in calendar.off if day.weekday() < SATURDAY)
    worked = sorted(day.isoformat() for day in calendar.worked)
    assert (off, worked) == (row["weekdays_off"], row["weekend_worked"])
    stated = notice["name"] + (f" ngày {day}" if day else "")
    assert f"Đã xác nhận theo {stated}, " in re.sub(
        r"\s+", " ", client.get(LIST + of_year(year)).content.decode()
    )


def test_an_empty_year_is_not_confirmed(client, office):
    answer = save(client, CONFIRM, {"document": "Thông báo 1/TB-BNV"})
    assert (answer.status_code, YearCalendar.objects.count()) == (422, 0)
    assert "Lịch năm 2027 còn thiếu 01/01/2027 Tết Dương lịch; " in answer.content.decode()


def window_of(report):
    """What the page of the report says to its unit about the time for objections."""
    client = Client()
    client.force_login(leader_of(report.unit))
    page = client.get(reverse("reports:report_detail", args=(report.pk,))).content.decode()
    return re.search(r"Kiến nghị về điểm đến hết ngày [^<]*", page)[0].strip()


@pytest.fixture
def december():
    """The day after the appraisal, before anybody signs in."""
    with time_machine.travel("2026-12-30T03:00:00Z"):
        yield


@pytest.fixture
def appraised():
    """Appraised on Tuesday 29 December 2026: five working days over New Year."""
    report = submitted_report()
    moment = dt.datetime(2026, 12, 29, 3, tzinfo=dt.UTC)
    Report.objects.filter(pk=report.pk).update(appraised_at=moment)
    return in_state(report, ReportState.APPRAISED)


def test_a_window_over_a_year_that_is_not_confirmed_is_expected_and_says_so(
    december, client, office, appraised
):
    assert window_of(appraised) == (
        "Kiến nghị về điểm đến hết ngày 06/01/2027: còn 4 ngày làm việc "
        "(dự kiến: lịch nghỉ năm 2026, 2027 chưa được xác nhận)."
    )
    for year in (2026, 2027):
        client.post(PROPOSE + of_year(year), {"year": year})
        save(client, CONFIRM + of_year(year), {"document": f"Thông báo {year}/TB-BNV"})
    assert window_of(appraised) == (
        "Kiến nghị về điểm đến hết ngày 06/01/2027: còn 4 ngày làm việc."
    )


@pytest.mark.parametrize(
    ("typed", "moved"),
    (
        ({"day": "04/01/2027", "name": "Nghỉ hoán đổi"}, "07/01/2027"),
        ({"day": "02/01/2027", "name": "Làm bù", "is_worked": "on"}, "05/01/2027"),
    ),
)
def test_a_day_that_moves_a_window_is_asked_about_first(
    december, client, office, appraised, typed, moved
):
    client.post(PROPOSE + of_year(2027), {"year": 2027})
    kept = Holiday.objects.count()
    answer = client.post(NEW, typed)
    assert answer.context["moved"] == [
        f"{appraised.unit.name} – {appraised.bloc_year}: thời hạn kiến nghị từ hết ngày 06/01/2027 "
        f"thành {moved}."
    ]
    assert Holiday.objects.count() == kept
    client.post(NEW, typed | {"confirmed": answer.context["confirmed"]})
    assert Holiday.objects.count() == kept + 1
    assert f"đến hết ngày {moved}:" in window_of(appraised)


def test_taking_a_day_out_and_moving_it_ask_too(december, client, office, appraised):
    client.post(PROPOSE + of_year(2027), {"year": 2027})
    new_year = Holiday.objects.get(day=dt.date(2027, 1, 1))
    where = f"{appraised.unit.name} – {appraised.bloc_year}: thời hạn kiến nghị từ hết ngày "
    remove, edit = (
        reverse(f"holidays:holiday_{name}", args=(new_year.pk,)) for name in ("remove", "edit")
    )
    expected = [f"{where}06/01/2027 thành 05/01/2027."]
    assert client.post(remove, {"document": "Ghi nhầm"}).context["moved"] == expected
    answer = save(client, edit, {"day": "08/01/2027", "name": "Nghỉ"})
    assert answer.context["moved"] == expected
    answer = save(client, edit, {"day": "31/12/2026", "name": "Nghỉ"})
    assert answer.context["form"].errors == {
        "day": [
            "Một ngày của lịch năm 2027 không chuyển sang năm khác: hãy bỏ ngày này rồi thêm ngày "
            "mới ở lịch năm kia."
        ]
    }
    assert Holiday.objects.filter(day=dt.date(2027, 1, 1)).count() == 1


def test_nobody_else_keeps_the_calendar(client):
    client.force_login(leader_of(year_with_members(3).head))
    answers = [client.get(LIST), *(client.post(url) for url in (NEW, PROPOSE, CONFIRM))]
    assert [answer.status_code for answer in answers] == [403] * 4


@pytest.mark.parametrize("count", (1, 3))
def test_list_costs_the_same(client, office, count, django_assert_num_queries):
    for day in range(count):
        Holiday.objects.create(day=dt.date(2027, 2, 8 + day), name="Tết")
    with django_assert_num_queries(COST):
        assert len(client.get(LIST).context["rows"]) == count
