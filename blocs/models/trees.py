"""From rows of the database to the values the regulation works on, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from blocs.domain.scoring import Entry, Node, SheetTotal, TableRules, sheet_total
from blocs.domain.tables import outline
from blocs.models.criteria import Criterion, ScoringTable
from blocs.models.reports import Report, Score


@dataclass(frozen=True)
class Tree:
    """A scoring table as the domain sees it, with the rows and the printed number of each path."""

    nodes: tuple[Node, ...]
    rows: Mapping[str, Criterion]
    numbers: Mapping[str, str]

    def leaves(self):
        """Path and row of everything that is scored, in the order of the table."""
        return [(path, row) for path, row in self.rows.items() if not row.is_group]


def tree_of(table: ScoringTable) -> Tree:
    """The whole table in one query."""
    children: dict[int | None, list[Criterion]] = {}
    for row in table.criteria.order_by("order", "pk"):
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


def rules_of(table: ScoringTable, decimals: int | None = None) -> TableRules:
    """The summing rules of a table; what the office set in `settings`, exact decimals."""
    known = {field.name for field in fields(TableRules)}
    stated = {name: value for name, value in table.settings.items() if name in known}
    for name in ("deduction_floor", "total_floor", "step"):
        if stated.get(name) is not None:
            stated[name] = Decimal(stated[name])
    stated |= {"total_max": table.total_max, "bonus_cap": table.bonus_cap}
    if decimals is not None:
        stated.setdefault("decimals", decimals)
    return TableRules(**stated)


def entry_of(score: Score | None) -> Entry:
    """What the unit entered at one leaf; an absent row is an empty answer."""
    if score is None:
        return Entry()
    return Entry(
        value=score.value,
        target=score.target,
        choice=score.choice,
        facts=score.facts,
        not_applicable=score.not_applicable,
    )


@dataclass(frozen=True)
class SheetRow:
    """One leaf of one sheet: where it stands in the table and what was entered."""

    path: str
    outline: str
    criterion: Criterion
    score: Score | None

    @property
    def is_filled(self):
        return bool(self.score) and (
            self.score.self_points is not None or self.score.not_applicable
        )

    @property
    def is_appraised(self):
        return bool(self.score) and (
            self.score.appraised_points is not None or self.score.not_applicable
        )


@dataclass(frozen=True)
class Sheet:
    """A unit's score sheet: the table and what was entered at each leaf."""

    report: Report
    tree: Tree
    rows: tuple[SheetRow, ...]

    def missing(self):
        """Leaves without a self-score. 0 is a score; bonus and deduction may stay empty."""
        return [
            row
            for row in self.rows
            if not row.is_filled and row.criterion.kind not in ("bonus", "deduction")
        ]

    def not_appraised(self):
        return [row for row in self.rows if row.is_filled and not row.is_appraised]

    def without_evidence(self):
        """Leaves with points that must be proved and have no file; one query."""
        proved = set(
            Score.evidence.through.objects.filter(score__report=self.report).values_list(
                "score_id", flat=True
            )
        )
        return [
            row
            for row in self.rows
            if row.criterion.needs_evidence
            and row.score
            and row.score.self_points
            and row.score.pk not in proved
        ]

    def self_total(self) -> SheetTotal:
        """The total of what the unit entered, under the rules of the table."""
        entries = {row.path: entry_of(row.score) for row in self.rows}
        return sheet_total(self.tree.nodes, entries, rules_of(self.report.table))


def sheet_of(report: Report) -> Sheet:
    """A report's sheet in two queries, in the order of the table."""
    tree = tree_of(report.table)
    scores = {score.criterion_id: score for score in report.scores.all()}
    rows = tuple(
        SheetRow(path, tree.numbers[path], row, scores.get(row.pk)) for path, row in tree.leaves()
    )
    return Sheet(report, tree, rows)
