"""From rows of the database to the values the regulation works on, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property

from blocs.criteria.models.criteria import Criterion, ScoringTable
from blocs.scoring import Node, TableRules
from blocs.scoring.totals.summing import Plan, plan_of
from blocs.scoring.totals.tables import outline, printed_numbers

# What the settings of a table may say about adding up; what an empty leaf counts says the year.
STATED = frozenset(field.name for field in fields(TableRules)) - {"empty_is_zero"}


@dataclass(frozen=True)
class Tree:
    """A scoring table as the domain sees it, with the rows and the printed number of each path."""

    nodes: tuple[Node, ...]
    rows: Mapping[str, Criterion]
    numbers: Mapping[str, str]

    @cached_property
    def plan(self) -> Plan:
        """The table prepared for adding up sheets of it."""
        return plan_of(self.nodes)

    @cached_property
    def printed(self) -> dict[str, str]:
        """What is printed before each line, as issued; `numbers` tell all lines apart."""
        return printed_numbers(self.nodes)

    def leaves(self):
        """Path and row of everything that is scored, in the order of the table."""
        return [(path, row) for path, row in self.rows.items() if not row.is_group]

    def label_of(self, path: str) -> str:
        """The whole number of a node, such as «I.2.1»; its last part alone is not unique."""
        top, _, below = path.partition("/")
        return f"{self.numbers[top]}.{self.numbers[path]}" if below else self.numbers[path]


def tree_of(table: ScoringTable) -> Tree:
    """The whole table in one query."""
    return trees_of(table)[table.pk]


def trees_of(*tables: ScoringTable) -> dict[int, Tree]:
    """Several tables by their key, all in one query."""
    by_key = {table.pk: table for table in tables}
    found: dict[int, list[Criterion]] = {pk: [] for pk in by_key}
    table_of = Criterion._meta.get_field("table").set_cached_value
    for row in Criterion.objects.filter(table__in=found).order_by("order", "pk"):
        # Each row knows the rules of its table without asking for them again.
        table_of(row, by_key[row.table_id])
        found[row.table_id].append(row)
    return {pk: _built(rows) for pk, rows in found.items()}


def _built(criteria: Iterable[Criterion]) -> Tree:
    children: dict[int | None, list[Criterion]] = {}
    for row in criteria:
        children.setdefault(row.parent_id, []).append(row)
    rows: dict[str, Criterion] = {}

    def build(parent: int | None, above: str) -> tuple[Node, ...]:
        built = []
        for row in children.get(parent, ()):
            path = f"{above}/{row.code}" if above else row.code
            rows[path] = row
            built.append(
                Node(
                    code=row.code,
                    label=row.label,
                    name=row.name,
                    kind=row.kind,
                    max_points=row.max_points,
                    rule=row.rule,
                    measure=row.measure,
                    children=build(row.pk, path),
                )
            )
        return tuple(built)

    nodes = build(None, "")
    return Tree(nodes, rows, outline(nodes))


def rules_of(
    table: ScoringTable, decimals: int | None = None, *, empty_is_zero: bool = False
) -> TableRules:
    """The summing rules of a table; what the office set in `settings`, exact decimals.

    `decimals` and `empty_is_zero` are rules of the year in which it is used.
    """
    stated = {name: value for name, value in table.settings.items() if name in STATED}
    for name in ("deduction_floor", "total_floor", "step"):
        if stated.get(name) is not None:
            stated[name] = Decimal(stated[name])
    stated |= {"total_max": table.total_max, "bonus_cap": table.bonus_cap}
    if decimals is not None:
        stated.setdefault("decimals", decimals)
    return TableRules(**stated, empty_is_zero=empty_is_zero)
