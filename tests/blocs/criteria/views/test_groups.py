"""The pages of the groups of units, and what the other pages of a year tell of them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.criteria.models.tables_in_force import group_of
from blocs.reports.models import Report
from blocs.states import SeatRole, YearState
from tests.factories.blocs import small_table, year_with_members
from tests.factories.groups import FIRMS, OFFICES, divided_year, group
from tests.factories.people import editor_of, leader_of, official
from tests.papers.reading import tables_of
from thidua.home.tasks import tasks_of

pytestmark = pytest.mark.django_db
TASK = "Xếp nhóm, ban hành bảng chấm điểm cho đơn vị chưa có bảng"


def page(name, *args):
    return reverse(f"criteria:{name}", args=args)


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def units_of(year):
    return [member.unit for member in year.members.order_by("order")]


def tasks():
    return [one.label for one in tasks_of(official(SeatRole.OFFICE), timezone.localtime())]


def test_the_office_makes_a_group_and_its_table_by_the_pages(office):
    year = year_with_members(4, state=YearState.OPEN)
    first, second, *_ = units_of(year)
    seen = office.get(page("unit_group_new", year.pk)).context["form"]["seen"].value()
    typed = {"name": OFFICES, "units": [first.pk, second.pk], "seen": seen}
    assert office.post(page("unit_group_new", year.pk), typed).status_code == 302
    one = year.unit_groups.get()
    (rows,) = tables_of(office.get(page("unit_group_list", year.pk)))
    assert [row[1] for row in rows[1:]] == [
        f"{first.name}; {second.name}",
        "; ".join(unit.name for unit in units_of(year)[2:]),
    ]
    new = f"{page('table_new', year.pk)}?nhom={one.pk}"
    assert office.get(new).context["form"]["group"].value() == one.pk
    typed = {"group": one.pk, "title": "Bảng của cơ quan", "way": "empty", "total_max": "120"}
    assert office.post(page("table_new", year.pk), typed).status_code == 302
    table = year.tables.get()
    assert (table.group, table.total_max) == (one, 120)


def test_a_group_that_does_not_exist_is_not_found(office):
    year = year_with_members(2, state=YearState.OPEN)
    for asked in ("0", "abc"):
        assert office.get(f"{page('table_new', year.pk)}?nhom={asked}").status_code == 404
        answer = office.post(f"{page('table_confirm', year.pk)}?nhom={asked}", {"payload": ""})
        assert answer.status_code == 302


def test_a_unit_moves_from_group_to_group_and_the_refusal_keeps_what_was_typed(office):
    year = divided_year(4, state=YearState.OPEN)
    first, *_ = units_of(year)
    firms = year.unit_groups.get(name=FIRMS)
    shown = office.get(page("unit_group_edit", firms.pk))
    assert f"{first.name} (đang ở nhóm “{OFFICES}”)" in shown.content.decode()
    typed = {"name": FIRMS, "units": [first.pk], "seen": shown.context["form"]["seen"].value()}
    assert office.post(page("unit_group_edit", firms.pk), typed).status_code == 302
    assert group_of(year, first) == firms
    Report.objects.create(bloc_year=year, unit=first, table=firms.tables.get())
    offices = year.unit_groups.get(name=OFFICES)
    typed = {"name": "Cơ quan nhà nước", "units": [first.pk]}
    answer = office.post(page("unit_group_edit", offices.pk), typed)
    assert answer.context["form"].errors == {
        "units": [
            f"{first.name} đã lập báo cáo theo bảng chấm điểm đang áp dụng nên không đổi nhóm được."
        ]
    }
    assert 'value="Cơ quan nhà nước"' in answer.content.decode()


def test_a_second_writer_is_told(office):
    year = divided_year(4, state=YearState.OPEN)
    firms = year.unit_groups.get(name=FIRMS)
    typed = {"name": "Doanh nghiệp tỉnh", "units": [], "seen": "0" * 12}
    assert office.post(page("unit_group_edit", firms.pk), typed).status_code == 409


def test_a_group_is_removed_and_one_with_a_table_is_not(office):
    year = divided_year(4, state=YearState.OPEN)
    third, firms = group(year, "Đoàn thể"), year.unit_groups.get(name=FIRMS)
    assert office.post(page("unit_group_remove", third.pk)).url == page("unit_group_list", year.pk)
    assert office.post(page("unit_group_remove", firms.pk)).url == page("unit_group_edit", firms.pk)
    assert [one.name for one in year.unit_groups.all()] == [OFFICES, FIRMS]


def test_members_see_the_groups_and_change_nothing(client):
    year = divided_year(4, state=YearState.OPEN)
    client.force_login(leader_of(year.head))
    answer = client.get(page("unit_group_list", year.pk))
    assert (answer.status_code, answer.context["may_manage"]) == (200, False)
    assert client.get(page("unit_group_edit", year.unit_groups.first().pk)).status_code == 403
    assert client.get(page("unit_group_new", year.pk)).status_code == 403
    client.force_login(editor_of(year_with_members(1).head))
    assert client.get(page("unit_group_list", year.pk)).status_code == 404
    assert client.get(page("unit_group_edit", year.unit_groups.first().pk)).status_code == 404


def test_the_pages_of_the_tables_lead_to_each_other(office):
    year = divided_year(4)
    firms = year.unit_groups.get(name=FIRMS).tables.get()
    answer = office.get(page("year_table", year.pk))
    assert answer.context["object"].group.name == OFFICES
    assert answer.context["groups"] == [(f"Bảng của nhóm “{FIRMS}”", firms)]
    assert ("Áp dụng cho", f"nhóm “{FIRMS}”") in office.get(firms.get_absolute_url()).context[
        "facts"
    ]


def test_the_step_of_the_table_is_done_only_when_every_unit_has_one(office):
    year = year_with_members(3, state=YearState.IN_PROGRESS)
    first, second, _ = units_of(year)
    small_table(year, group=group(year, OFFICES, [first]))
    firms = group(year, FIRMS, [second])

    def step():
        shown = office.get(reverse("years:year_detail", args=(year.pk,))).context["track"]
        return next(one["words"] for one in shown if one["label"] == "Bảng điểm")

    assert (step(), tasks()) == ("Đã qua, chưa ban hành", [TASK])
    small_table(year, group=firms)
    assert (step(), tasks()) == ("Đã qua, chưa ban hành", [TASK])
    small_table(year)
    assert (step(), tasks()) == ("Đã xong", [])


@pytest.mark.parametrize("count", (2, 6))
def test_the_list_costs_the_same_for_any_number_of_units(office, count, django_assert_num_queries):
    year = divided_year(count)
    with django_assert_num_queries(9):
        assert len(office.get(page("unit_group_list", year.pk)).context["rows"]) == 2
