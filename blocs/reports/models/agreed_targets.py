"""Targets that a higher app has fixed for a year; it says so here, and blocs need not know it."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.tree import tree_of
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


def with_agreed(sheet: Sheet) -> Sheet:
    """The sheet whose rows know the figure of the year's agreement, one query for each source."""
    year = sheet.report.bloc_year_id
    targets = [target for source in TARGETS for target in source(year)]
    leaves = {row.path: row.criterion.name for row in sheet.rows if asks_target(row.criterion)}
    agreed = targets_by_leaf(targets, leaves)
    if not agreed:
        return sheet
    rows = tuple(replace(row, agreed=agreed.get(row.path)) for row in sheet.rows)
    return replace(sheet, rows=rows)


def leaves_with_targets(table: ScoringTable | None) -> list[tuple[str, str]]:
    """Path and words of each leaf of a table that a target may be meant for."""
    if table is None:
        return []
    tree = tree_of(table)
    return [
        (path, f"{tree.label_of(path)}. {row.name}")
        for path, row in tree.leaves()
        if asks_target(row)
    ]
