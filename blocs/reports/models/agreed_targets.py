"""Targets that a higher app has fixed for a year; it says so here, and blocs need not know it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.tree import trees_of
from blocs.reports.domain.agreed_targets import AgreedTarget, targets_by_leaf
from blocs.reports.domain.sheet_rows import inputs_of
from blocs.reports.models.sheets import Sheet
from blocs.scoring import InputType
from blocs.scoring.terms.numbers import read_decimal
from thidua.common.registry import Registry

Source = Callable[[int], Iterable[AgreedTarget]]
# Each gives the targets that are in force for a bloc year, by its key, in one query.
TARGETS: Registry[Source] = Registry()


def asks_target(criterion) -> bool:
    """Whether the unit itself would enter a target at this leaf, or the table sets one."""
    asked = inputs_of(criterion.kind, criterion.rule)
    has_own = any(question.type is InputType.TARGET for question in asked)
    return has_own or read_decimal(criterion.rule.get("target")) is not None


def leaf_key(table: ScoringTable, path: str) -> str:
    """What a target calls a leaf: its path, before it the group whose table it is of."""
    return f"@{table.group_id}:{path}" if table.group_id else path


def leaf_words(key: str, groups: Mapping[int, str]) -> str:
    """«I/2, nhóm “Doanh nghiệp”»: the same as people read it; `groups`: names by key."""
    group, _, path = key.partition(":")
    if not group.startswith("@"):
        return key
    return f"{path}, nhóm “{groups.get(int(group[1:]), '?')}”"


def with_agreed(sheet: Sheet) -> Sheet:
    """The sheet whose rows know the figure of the year's agreement, one query for each source."""
    year = sheet.report.bloc_year_id
    targets = [target for source in TARGETS for target in source(year)]
    keys = {row.path: leaf_key(row.criterion.table, row.path) for row in sheet.rows}
    leaves = {
        keys[row.path]: row.criterion.name for row in sheet.rows if asks_target(row.criterion)
    }
    agreed = targets_by_leaf(targets, leaves)
    if not agreed:
        return sheet
    rows = tuple(replace(row, agreed=agreed.get(keys[row.path])) for row in sheet.rows)
    return replace(sheet, rows=rows)


def leaves_with_targets(tables: Sequence[ScoringTable]) -> list[tuple[str, str]]:
    """Key and words of each leaf of the tables that a target may be meant for."""
    trees = trees_of(*tables)
    return [
        (leaf_key(table, path), ", ".join(filter(None, (label, table.group_words))))
        for table in tables
        for path, row in trees[table.pk].leaves()
        if asks_target(row)
        for label in (f"{trees[table.pk].label_of(path)}. {row.name}",)
    ]
