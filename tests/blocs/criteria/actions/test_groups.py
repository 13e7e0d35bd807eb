"""Groups of units of a year: who may be put where, and until when."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from blocs.criteria.actions.groups import remove_group, save_group
from blocs.criteria.actions.tables import publish_table, start_table
from blocs.criteria.models.tables_in_force import group_of, table_for, tables_in_force
from blocs.reports.actions.reports import start_report
from blocs.states import SeatRole, YearState
from blocs.units.models import Unit
from blocs.years.actions.years import plan_year
from tests.factories.blocs import small_table, year_with_members
from tests.factories.groups import FIRMS, OFFICES, divided_year, firm_table, group
from tests.factories.people import leader_of, official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return official(SeatRole.OFFICE)


def units_of(year):
    return [member.unit for member in year.members.order_by("order")]


def refused(error):
    return error.value.messages


def test_a_group_is_made_and_a_unit_of_another_moves_into_it(office):
    year = year_with_members(4, state=YearState.OPEN)
    first, second, third, _ = units_of(year)
    one = save_group(year, name=OFFICES, units=[first, second], actor=office)
    two = save_group(year, name=FIRMS, units=[second, third], actor=office)
    assert [group_of(year, unit) for unit in units_of(year)] == [one, two, two, None]
    assert (one.order, two.order) == (1, 2)
    entry = ActivityEntry.objects.about(year).filter(action="criteria.save_group").first()
    assert entry.changes == [
        {"field": "tên nhóm", "before": "", "after": FIRMS},
        {
            "field": f"đơn vị của nhóm {FIRMS}",
            "before": "",
            "after": f"{second.name}; {third.name}",
        },
    ]


def test_the_table_of_a_unit_is_that_of_its_group_and_no_other():
    year = year_with_members(3)
    first, second, third = units_of(year)
    common, own = small_table(year), small_table(year, group=group(year, OFFICES, [first]))
    group(year, FIRMS, [second])
    found = [table_for(year, unit) for unit in (first, second, third)]
    assert found == [own, None, common]
    assert tables_in_force(year).tables == (common, own)


def test_each_group_has_its_own_versions_and_drafts(office):
    year = year_with_members(2, state=YearState.OPEN)
    one, two = group(year, OFFICES, [year.head]), group(year, FIRMS, [year.deputy])
    small_table(year, group=one)
    small_table(year, group=two)
    given = {"actor": office, "title": "Bảng mới", "total_max": Decimal(100)}
    draft = start_table(year, group=one, **given)
    assert (draft.version, draft.earlier.group) == (2, one)
    assert start_table(year, group=two, **given).version == 2
    with pytest.raises(ValidationError) as error:
        start_table(year, group=one, **given)
    assert refused(error) == [
        f"Nhóm “{OFFICES}” đã có dự thảo phiên bản 2. Vui lòng sửa tiếp dự thảo đó."
    ]


def test_publishing_for_one_group_leaves_the_table_of_the_other_in_force(office):
    year = year_with_members(2, state=YearState.OPEN)
    one, two = group(year, OFFICES, [year.head]), group(year, FIRMS, [year.deputy])
    old, other = small_table(year, group=one), firm_table(year, group=two)
    new = small_table(year, group=one, version=2, published=False, state="draft")
    publish_table(new, actor=office)
    assert tables_in_force(year).tables == (new, other)
    old.refresh_from_db()
    assert old.state == "superseded"


def test_a_unit_without_a_table_starts_no_report_and_is_told_why():
    year = year_with_members(3)
    first, second, third = units_of(year)
    small_table(year, group=group(year, OFFICES, [first]))
    group(year, FIRMS, [second])
    with pytest.raises(ValidationError) as error:
        start_report(year, unit=second, actor=leader_of(second))
    assert refused(error) == [
        "Chưa ban hành bảng chấm điểm của nhóm “Doanh nghiệp” nên chưa lập được báo cáo."
    ]
    with pytest.raises(ValidationError) as error:
        start_report(year, unit=third, actor=leader_of(third))
    assert refused(error) == [
        "Đơn vị chưa được xếp vào nhóm nào, mà năm này không có bảng chấm điểm chung, nên chưa "
        "lập được báo cáo. Cơ quan thường trực xếp nhóm ở trang “Nhóm đơn vị” của năm."
    ]
    assert start_report(year, unit=first, actor=leader_of(first)).table.group.name == OFFICES


def test_who_has_begun_a_report_changes_the_group_no_more(office):
    year = divided_year(4)
    first, second, *_ = units_of(year)
    firms = year.unit_groups.get(name=FIRMS)
    start_report(year, unit=first, actor=leader_of(first))
    with pytest.raises(ValidationError) as error:
        save_group(year, group=firms, name=FIRMS, units=[first], actor=office)
    assert refused(error)[0] == (
        f"{first.name} đã lập báo cáo theo bảng chấm điểm đang áp dụng nên không đổi nhóm được."
    )
    assert group_of(year, second).name == OFFICES


def test_a_bound_table_keeps_its_units_and_a_late_one_still_gets_a_group(office):
    year = divided_year(4, state=YearState.IN_PROGRESS)
    first, *_ = units_of(year)
    firms = year.unit_groups.get(name=FIRMS)
    held = [grouped.member.unit for grouped in firms.grouped.select_related("member__unit")]
    with pytest.raises(ValidationError) as error:
        save_group(year, group=firms, name=FIRMS, units=[*held, first], actor=office)
    assert refused(error) == [
        f"{first.name} đang được chấm theo bảng chấm điểm đã ban hành. Năm thi đua đã sang bước "
        "“Đang thực hiện”. Từ đó không đổi nhóm; cần thay đổi nội dung chấm thì sửa đổi bảng bằng "
        "bản sửa đổi có số."
    ]
    late = year_with_members(1).head
    year.members.create(unit=late, order=9, joined_on=timezone.localdate())
    save_group(year, group=firms, name=FIRMS, units=[*held, late], actor=office)
    assert table_for(year, late).group == firms


def test_the_name_of_a_bound_group_stays(office):
    year = divided_year(4, state=YearState.IN_PROGRESS)
    firms = year.unit_groups.get(name=FIRMS)
    held = Unit.objects.filter(years__grouping__group=firms)
    with pytest.raises(ValidationError) as error:
        save_group(year, group=firms, name="Doanh nghiệp nhà nước", units=held, actor=office)
    assert refused(error)[0].startswith("Bảng chấm điểm của nhóm đang áp dụng và tên nhóm đã có")


def test_a_group_with_a_table_is_not_removed_and_an_empty_one_is(office):
    year = divided_year(4, state=YearState.OPEN)
    with pytest.raises(ValidationError) as error:
        remove_group(year.unit_groups.get(name=FIRMS), actor=office)
    assert refused(error) == [
        "Nhóm đã có bảng chấm điểm nên không xóa được; có thể đưa các đơn vị ra khỏi nhóm."
    ]
    third = group(year, "Đoàn thể")
    remove_group(third, actor=office)
    assert [one.name for one in year.unit_groups.all()] == [OFFICES, FIRMS]


@pytest.mark.parametrize(
    ("name", "state", "sentence"),
    (
        ("", YearState.OPEN, "Vui lòng ghi tên nhóm."),
        (OFFICES, YearState.OPEN, "Năm thi đua đã có nhóm đơn vị mang tên này."),
        ("Khác", YearState.RANKED, "Năm thi đua đã xếp hạng, không đổi nhóm đơn vị được nữa."),
    ),
)
def test_what_is_no_group_is_refused(office, name, state, sentence):
    year = year_with_members(2, state=state)
    group(year, OFFICES, [year.head])
    with pytest.raises(ValidationError) as error:
        save_group(year, name=name, units=[], actor=office)
    assert refused(error) == [sentence]


def test_a_stranger_is_in_no_group_and_only_the_office_makes_one(office):
    year, stranger = year_with_members(2), year_with_members(1).head
    with pytest.raises(ValidationError) as error:
        save_group(year, name=OFFICES, units=[stranger], actor=office)
    assert refused(error) == ["Có đơn vị không phải là thành viên của năm thi đua này."]
    with pytest.raises(PermissionDenied):
        save_group(year, name=OFFICES, units=[], actor=leader_of(year.head))


def test_the_next_year_begins_with_the_groups_of_the_last(office):
    year = divided_year(4)
    kept = units_of(year)[1:]
    for unit in kept:
        year.bloc.memberships.create(unit=unit, starts_on=f"{year.year}-01-01")
    planned = plan_year(
        year.bloc, actor=office, year=year.year + 1, members_on=timezone.localdate()
    )
    assert [one.name for one in planned.unit_groups.all()] == [OFFICES, FIRMS]
    assert [group_of(planned, unit).name for unit in kept] == [OFFICES, FIRMS, FIRMS]


def test_a_unit_that_is_taken_out_is_outside_every_group(office):
    year = year_with_members(3, state=YearState.OPEN)
    first, second, _ = units_of(year)
    held = group(year, OFFICES, [first, second])
    save_group(year, group=held, name=OFFICES, units=[second], actor=office)
    assert [group_of(year, unit) for unit in (first, second)] == [None, held]
