"""Groups of units inside a bloc, each with a scoring table of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from blocs.criteria.models import GroupedMember, UnitGroup
from blocs.scoring import Node
from blocs.states import ReportState
from thidua.demo.keeping import keep
from thidua.demo.log import minutes
from thidua.demo.steps.sheets import make_reports
from thidua.demo.steps.tables import DEPARTMENTS, make_table, read_table
from thidua.demo.world import Staged

# The second group has 20 points more at its first leaf, so 120 in all.
RAISED, MORE = ("I", "I/1", "I/1/1.1"), Decimal(20)


def make_groups(staged: Staged, groups: Mapping[str, Sequence[str]], reports: ReportState) -> None:
    """Write the groups with their units (codes), a table for each, and the sheets by them.

    The first group has the table of the departments, every other one a table of 120 points.
    """
    for order, (name, codes) in enumerate(groups.items(), start=1):
        group = keep(UnitGroup(bloc_year=staged.row, name=name, order=order))
        for member in staged.row.members.filter(unit__code__in=codes):
            keep(GroupedMember(member=member, group=group))
        staged.world.log.note(
            "criteria.save_group",
            staged.row,
            label=f"Nhóm đơn vị “{name}”",
            actor=staged.world.people.office,
            at=staged.when.issued - minutes(60 * order),
        )
        source = read_table(DEPARTMENTS)
        if order > 1:
            rules = replace(source.rules, total_max=source.rules.total_max + MORE)
            source = replace(source, nodes=raised(source.nodes), rules=rules)
        title = f"Bảng chấm điểm thi đua – {name}"
        table = make_table(staged, source=replace(source, title=title), group=group)
        make_reports(staged, table, dict.fromkeys(codes, reports))


def raised(nodes: Sequence[Node], above: str = "") -> tuple[Node, ...]:
    """The lines with the points of RAISED added."""
    found = []
    for node in nodes:
        path = f"{above}{node.code}"
        changed = replace(node, children=raised(node.children, f"{path}/"))
        if path in RAISED:
            changed = replace(changed, max_points=(node.max_points or Decimal(0)) + MORE)
        found.append(changed)
    return tuple(found)
