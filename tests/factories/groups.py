"""A bloc whose units are scored by the tables of their groups."""

from decimal import Decimal

from blocs.criteria.models import Criterion, GroupedMember, UnitGroup
from tests.factories.blocs import ScoringTableFactory, small_table, year_with_members

OFFICES, FIRMS = "Cơ quan quản lý nhà nước", "Doanh nghiệp"


def group(year, name, units=()):
    """A group of the year with these units in it."""
    found = UnitGroup.objects.create(bloc_year=year, name=name, order=year.unit_groups.count() + 1)
    for member in year.members.filter(unit__in=units):
        GroupedMember.objects.create(member=member, group=found)
    return found


def firm_table(year, **kwargs):
    """A published table of 120 points: one section of two leaves, and another called as in 100."""
    more = {"published": True, "total_max": Decimal(120), "title": "Bảng chấm điểm doanh nghiệp"}
    table = ScoringTableFactory(bloc_year=year, **(more | kwargs))
    business = Criterion.objects.create(
        table=table, code="I", name="Sản xuất, kinh doanh", max_points=80, order=1
    )
    zeal = Criterion.objects.create(
        table=table, code="II", name="Phong trào thi đua", max_points=40, order=2
    )
    for parent, code, name, points in (
        (business, "1", "Doanh thu so với kế hoạch", 50),
        (business, "2", "Nộp ngân sách nhà nước", 30),
        (zeal, "1", "Sáng kiến được công nhận", 40),
    ):
        Criterion.objects.create(
            table=table,
            parent=parent,
            code=code,
            name=name,
            kind="direct",
            max_points=points,
            order=table.criteria.count() + 1,
        )
    return table


def divided_year(count=6, **kwargs):
    """A year in two groups, its first half by a table of 100 points, the other by one of 120."""
    year = year_with_members(count, **kwargs)
    units = [member.unit for member in year.members.order_by("order")]
    half = (count + 1) // 2
    small_table(year, group=group(year, OFFICES, units[:half]))
    firm_table(year, group=group(year, FIRMS, units[half:]))
    return year
