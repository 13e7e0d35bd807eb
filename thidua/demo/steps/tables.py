"""Scoring tables from files of criteria-table/1, in every state."""

import json
from collections.abc import Collection
from decimal import Decimal

from blocs.criteria.models import Criterion, ScoringTable, UnitGroup
from blocs.criteria.models.table_files import fingerprint_of, settings_of, table_file
from blocs.criteria.workflows import TABLE
from blocs.scoring.totals.table_json import Table, from_json
from blocs.states import TableState
from thidua.demo.data import FOLDER
from thidua.demo.keeping import keep, keep_all
from thidua.demo.log import LoggedStep, minutes
from thidua.demo.world import Staged

T = TableState
DEPARTMENTS, COMMUNES, WEIGHTED = "bang-khoi-100", "bang-cum-1000", "bang-ty-trong"


def read_table(name: str) -> Table:
    """A table of the demo by the name of its file; numbers are exact."""
    text = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    return from_json(json.loads(text, parse_float=Decimal))


def make_table(
    staged: Staged,
    name: str = DEPARTMENTS,
    state: TableState = T.PUBLISHED,
    *,
    version: int = 1,
    proved: Collection[str] = (),
    source: Table | None = None,
    group: UnitGroup | None = None,
) -> ScoringTable:
    """Write a table; `proved` are the paths whose points need evidence.

    `source` stands for the file of this name, `group` are the units it is for.
    """
    source = source or read_table(name)
    table = ScoringTable(
        bloc_year=staged.row,
        group=group,
        version=version,
        title=source.title,
        total_max=source.rules.total_max,
        bonus_cap=source.rules.bonus_cap,
        settings=settings_of(source.rules, source.disqualifiers),
    )
    keep(table)
    write_criteria(table, source.nodes, proved)
    if state != T.DRAFT:
        table.state = state
        table.published_at = staged.when.issued + minutes(60 * (version - 1))
        table.fingerprint = fingerprint_of(table_file(table))
        keep(table)
    staged.world.log.walk(TABLE, table, table_steps(staged, table))
    return table


def write_criteria(table: ScoringTable, nodes, proved) -> None:
    """The tree, one statement for each level."""
    level = [(None, "", node, order) for order, node in enumerate(nodes, start=1)]
    while level:
        rows = keep_all(criterion(table, proved, *place) for place in level)
        level = [
            (row, f"{above}{node.code}/", child, order)
            for row, (_, above, node, _) in zip(rows, level, strict=True)
            for order, child in enumerate(node.children, start=1)
        ]


def criterion(table: ScoringTable, proved, parent, above, node, order) -> Criterion:
    return Criterion(
        table=table,
        parent=parent,
        order=order,
        code=node.code,
        name=node.name,
        kind=node.kind,
        max_points=node.max_points or 0,
        measure=node.measure,
        rule=dict(node.rule),
        needs_evidence=f"{above}{node.code}" in proved,
    )


def table_steps(staged: Staged, table: ScoringTable) -> list[LoggedStep]:
    office = staged.world.people.office
    steps = [] if table.state == T.DRAFT else [LoggedStep("publish", office, table.published_at)]
    if table.state == T.SUPERSEDED:
        steps.append(LoggedStep("supersede", office, table.published_at + minutes(60)))
    return steps
