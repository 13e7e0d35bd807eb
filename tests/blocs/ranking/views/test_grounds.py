"""Pages of grounds, and the page that settles points against the best unit."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.ranking.models import Ground
from blocs.states import SeatRole
from tests.blocs.ranking.actions.test_relative import bloc, points
from tests.factories.blocs import small_table, year_with_members
from tests.factories.grounds import GROUNDS
from tests.factories.people import editor_of, leader_of, official

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    found = year_with_members(4)
    small_table(found, settings={"disqualifiers": GROUNDS})
    return found


def page(name, *args):
    return reverse(f"ranking:{name}", args=args)


def kept(year, unit, **more):
    day = dt.date(2026, 12, 1)
    return Ground.objects.create(
        bloc_year=year, unit=unit, code="held", basis="QĐ 12", found_on=day, **more
    )


def test_office_records_and_lifts(client, year):
    client.force_login(official(SeatRole.OFFICE))
    today = timezone.localdate()
    typed = {
        "unit": year.head_id,
        "code": "held",
        "found_on": f"{today:%d/%m/%Y}",
        "basis": "Quyết định 12",
    }
    answer = client.post(page("ground_new", year.pk), typed)
    assert (answer.status_code, answer["Location"]) == (302, page("ground_list", year.pk))
    (row,) = client.get(page("ground_list", year.pk)).context["rows"]
    assert (row.unit, row.name, row.effect, row.basis, row.lifted) == (
        year.head.name,
        "Đang bị thanh tra",
        "tạm chưa xét",
        "Quyết định 12",
        "",
    )
    lifted = {"lifted_on": f"{today:%d/%m/%Y}", "lift_basis": "Kết luận 15"}
    assert client.post(row.lift_url, lifted).status_code == 302
    (row,) = client.get(page("ground_list", year.pk)).context["rows"]
    assert (row.lifted, row.lift_basis, row.lift_url) == (
        f"{today:%d/%m/%Y}",
        "Kết luận 15",
        "",
    )
    assert client.get(page("ground_lift", Ground.objects.get().pk)).status_code == 404


def test_what_was_typed_comes_back_with_the_refusal(client, year):
    client.force_login(official(SeatRole.OFFICE))
    typed = {"unit": year.head_id, "code": "held", "found_on": "31/12/2099", "basis": "QĐ 12"}
    answer = client.post(page("ground_new", year.pk), typed)
    assert answer.context["form"].errors == {"found_on": ["Ngày không được sau hôm nay."]}
    assert 'value="31/12/2099"' in answer.content.decode()


def test_unit_reads_its_own_grounds_only(client, year):
    member = year.members.order_by("order").last().unit
    own = kept(year, member)
    other = kept(year, year.deputy)
    client.force_login(editor_of(member))
    rows = client.get(page("ground_list", year.pk)).context["rows"]
    assert [(row.unit, row.lift_url) for row in rows] == [(member.name, "")]
    assert client.get(page("ground_lift", own.pk)).status_code == 403
    assert client.get(page("ground_lift", other.pk)).status_code == 404
    assert client.get(page("ground_new", year.pk)).status_code == 403


def test_stranger_finds_nothing(client, year):
    ground = kept(year, year.head)
    client.force_login(leader_of(year_with_members().head))
    assert client.get(page("ground_list", year.pk)).status_code == 404
    assert client.get(page("ground_new", year.pk)).status_code == 404
    assert client.get(page("ground_lift", ground.pk)).status_code == 404


@pytest.mark.parametrize("count", (1, 3))
def test_list_costs_the_same(client, year, count, django_assert_num_queries):
    for member in list(year.members.all())[:count]:
        kept(year, member.unit)
    client.force_login(official(SeatRole.OFFICE))
    with django_assert_num_queries(7):
        assert len(client.get(page("ground_list", year.pk)).context["rows"]) == count


def test_bloc_head_sees_what_is_to_be_settled_and_settles_it(client):
    year = bloc()
    client.force_login(leader_of(year.head))
    answer = client.get(page("relative_points", year.pk))
    rows = answer.context["rows"]
    assert [(row.before, row.after, row.note) for row in rows] == [
        ("", "20", "40 × 50 / 100"),
        ("", "40", "40 × 100 / 100"),
        ("", "32", "40 × 80 / 100"),
    ]
    assert points(year) == [None, None, None]
    assert client.post(page("relative_points", year.pk)).status_code == 302
    assert points(year) == [20, 40, 32]
    assert client.get(page("relative_points", year.pk)).context["changed"] == 0


def test_missing_reports_are_named_and_refused(client):
    year = bloc(values=("50", "100"), report_due=dt.date(2099, 12, 10))
    missing = year.members.order_by("order").last().unit
    client.force_login(leader_of(year.head))
    assert client.get(page("relative_points", year.pk)).context["waited_for"] == [missing.name]
    answer = client.post(page("relative_points", year.pk), {"without_missing": "on"})
    assert answer.context["form"].non_field_errors() == [
        "Chưa hết hạn nộp báo cáo (10/12/2099) nên phải chờ đủ số liệu của các đơn vị."
    ]


@pytest.mark.parametrize("count", (3, 6))
def test_settling_page_costs_the_same(client, count, django_assert_num_queries):
    year = bloc(values=("50",) * count)
    client.force_login(leader_of(year.head))
    with django_assert_num_queries(9):
        assert len(client.get(page("relative_points", year.pk)).context["rows"]) == count


def test_settling_is_for_the_bloc_and_hidden_from_others(client):
    year = bloc()
    client.force_login(leader_of(year.members.order_by("order").last().unit))
    assert client.get(page("relative_points", year.pk)).status_code == 403
    client.force_login(leader_of(bloc().head))
    assert client.get(page("relative_points", year.pk)).status_code == 404
