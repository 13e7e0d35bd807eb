"""The one door to the lean way of saving: just enough of a sheet to save one cell of it.

A cell is saved every few seconds by everybody who fills in a sheet; reading the whole sheet for it
is seven times the work. A published table never changes, so each process keeps the last ones it
met; the rest is read anew, under the lock, in a few lean statements. What may be written is judged
where every other answer is judged: a `OneCell` is a sheet.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from django.db import connection
from django.utils import timezone

from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.tree import Tree, tree_of
from blocs.reports.models.reports import Report, Score
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet, sheet_with
from blocs.scoring import (
    KINDS,
    MISSING,
    Entry,
    Missing,
    NotApplicable,
    Outcome,
    Points,
    SheetTotal,
    TableRules,
)
from blocs.scoring.totals.sheet import not_applicable, outcomes_of
from blocs.scoring.totals.summing import summed
from blocs.scoring.totals.totals import COUNTED_ZERO
from blocs.units.models.seats import Seat, Standing
from blocs.units.models.units import Unit
from blocs.years.models.regulation import Regulation
from blocs.years.models.years import BlocYear

# Of each model as much as rights, log book and arithmetic of one cell ask for; the columns in the
# order of the model, in which `from_db` takes them.
READ = (
    (Report, ("id", "bloc_year_id", "unit_id", "table_id", "state")),
    (Unit, ("id", "name")),
    (BlocYear, ("id", "year", "is_school_year", "state")),
    (Regulation, ("id", "bloc_year_id", "decimals", "empty_is_zero")),
)
# By these a process knows the table it keeps.
KEY = ("fingerprint", "published_at")


@cache
def sql() -> dict[str, str]:
    """The statements, with the names that the models have in the database."""
    models = (Score, Seat, ScoringTable, *dict(READ))
    names = {model.__name__: model._meta.db_table for model in models}
    names["Proof"] = Score.evidence.through._meta.db_table
    read = (*READ, (ScoringTable, KEY))
    columns = ", ".join(f"{names[model.__name__]}.{name}" for model, own in read for name in own)
    texts = {
        "report": f"""
            SELECT {columns} FROM {{Report}}
            JOIN {{Unit}} ON {{Unit}}.id = {{Report}}.unit_id
            JOIN {{BlocYear}} ON {{BlocYear}}.id = {{Report}}.bloc_year_id
            JOIN {{ScoringTable}} ON {{ScoringTable}}.id = {{Report}}.table_id
            LEFT JOIN {{Regulation}} ON {{Regulation}}.bloc_year_id = {{BlocYear}}.id
            WHERE {{Report}}.id = %s
        """,
        "state": "SELECT state FROM {Report} WHERE id = %s",
        # As text the numbers come exact from both databases.
        "points": """
            SELECT criterion_id, CAST(self_points AS TEXT), not_applicable
            FROM {Score} WHERE report_id = %s
        """,
        "unproved": """
            SELECT criterion_id FROM {Score} WHERE report_id = %s AND self_points <> 0
            AND NOT EXISTS (SELECT 1 FROM {Proof} WHERE {Proof}.score_id = {Score}.id)
        """,
        "score": "SELECT * FROM {Score} WHERE report_id = %s AND criterion_id = %s",
        "seats": "SELECT id, role, unit_id, starts_on, ends_on FROM {Seat} WHERE user_id = %s",
    }
    return {name: text.format(**names) for name, text in texts.items()}


@dataclass(frozen=True)
class KeptTable:
    """A scoring table as a process keeps it; its rows have no answers."""

    table: ScoringTable
    tree: Tree
    rows: Mapping[int, SheetRow]

    @cached_property
    def stands_alone(self) -> bool:
        """Whether an answer moves no other leaf and its points follow from the answer alone."""
        nodes = (row.criterion for row in self.rows.values())
        return all(KINDS[one.kind].stands_alone(one.rule) for one in nodes if one.kind in KINDS)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The paths that wait for an answer; bonus and deduction may stay empty."""
        return tuple(path for path, line in self.tree.plan.lines.items() if line.needs_answer)

    @cached_property
    def to_prove(self) -> frozenset[int]:
        """The leaves whose points need a file."""
        return frozenset(pk for pk, row in self.rows.items() if row.criterion.needs_evidence)


def _read(pk: int) -> KeptTable:
    table = ScoringTable.objects.get(pk=pk)
    tree = tree_of(table)
    rows = {row.criterion.pk: row for row in sheet_with(Report(table=table), tree, {}).rows}
    return KeptTable(table, tree, rows)


@lru_cache(maxsize=64)
def _kept(pk: int, fingerprint: str, published_at: datetime) -> KeptTable:
    return _read(pk)


def kept_table(pk: int, fingerprint: str, published_at: datetime) -> KeptTable:
    """The table with this key; only one that was published is kept."""
    return _kept(pk, fingerprint, published_at) if fingerprint else _read(pk)


@lru_cache(maxsize=1024)
def _points(text: str) -> Points:
    """The same few figures stand in every sheet; reading them again costs more than the query."""
    return Points(Decimal(text))


@dataclass(frozen=True)
class Sums:
    """What one saved cell changed on the page: sums by the key of a group, and the total.

    A group or sheet without any points has no sum.
    """

    points: Decimal | None
    pending: str
    groups: Mapping[int, Decimal | None]
    total: Decimal | None
    notes: tuple[str, ...]
    answered: int
    asked: int
    unproved: int


@dataclass(frozen=True)
class OneCell(Sheet):
    """A sheet of which one row was read; the points of the others are taken as stored."""

    kept: KeptTable

    def self_total(self, entries: Mapping[str, Entry] | None = None) -> SheetTotal:
        """The total of the sheet, with the row scored anew."""
        found = {row.path: (entries or {}).get(row.path, row.entry) for row in self.rows}
        leaves = {path: self.kept.tree.plan.lines[path].leaf for path in found}
        rules = self.rules
        outcomes = self.stored_outcomes(rules) | outcomes_of(leaves, found, rules)
        return summed(self.kept.tree.plan, outcomes, rules)

    def stored_outcomes(self, rules: TableRules) -> dict[str, Outcome]:
        """What became of each leaf, from the points that were stored when it was saved."""
        lines = self.kept.tree.plan.lines
        found: dict[str, Outcome] = dict.fromkeys(lines, MISSING)
        with connection.cursor() as cursor:
            cursor.execute(sql()["points"], (self.report.pk,))
            stored = cursor.fetchall()
        for pk, points, is_left_out in stored:
            path = self.kept.rows[pk].path
            if is_left_out:
                found[path] = not_applicable(lines[path].leaf, rules)
            elif points is not None:
                found[path] = _points(points)
        return found

    def sums(self, total: SheetTotal) -> Sums:
        """What of a total the page of the cell has to be told."""
        (row,), outcomes = self.rows, total.outcomes
        scored = [at for at, outcome in outcomes.items() if isinstance(outcome, Points)]
        groups, above, outcome = {}, row.path.rpartition("/")[0], outcomes[row.path]
        while above:
            has_points = any(at.startswith(f"{above}/") for at in scored)
            groups[self.tree.rows[above].pk] = total.groups[above] if has_points else None
            above = above.rpartition("/")[0]
        pending = outcome.sentence if isinstance(outcome, Missing) else row.doubt
        asked = self.kept.asked
        return Sums(
            points=outcome.points if isinstance(outcome, Points) else None,
            pending=COUNTED_ZERO if self.left_empty() else pending,
            groups=groups,
            total=total.total if scored else None,
            notes=total.notes,
            answered=sum(isinstance(outcomes[at], Points | NotApplicable) for at in asked),
            asked=len(asked),
            unproved=self.unproved(),
        )

    def unproved(self) -> int:
        """How many leaves with points lack the file they need; asks where the table wants any."""
        if not self.kept.to_prove:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(sql()["unproved"], (self.report.pk,))
            return sum(pk in self.kept.to_prove for (pk,) in cursor.fetchall())


@dataclass(frozen=True)
class OpenReport:
    """A report whose cells are being saved, and its table."""

    report: Report
    kept: KeptTable

    @classmethod
    def of(cls, report: Report) -> "OpenReport":
        """For a report that was read with its table."""
        table = report.table
        return cls(report, kept_table(table.pk, table.fingerprint, table.published_at))

    def held(self) -> "OpenReport":
        """Held against other writers until the transaction ends, in its state of now.

        Raises Report.DoesNotExist where it was taken away while this request was on its way.
        """
        has_locks, text = connection.features.has_select_for_update, sql()["state"]
        with connection.cursor() as cursor:
            cursor.execute(f"{text} FOR UPDATE" if has_locks else text, (self.report.pk,))
            is_same = cursor.fetchone() == (self.report.state,)
        # Hardly ever: somebody sent the report while this request was on its way.
        found = self if is_same else read_open(self.report.pk)
        if found is None:
            raise Report.DoesNotExist
        return found

    def blank_sheet(self, leaves: Collection[int]) -> Sheet:
        """These leaves without their answers: enough to read what was posted."""
        rows = tuple(row for pk, row in self.kept.rows.items() if pk in leaves)
        return Sheet(self.report, self.kept.tree, rows)

    def cell(self, leaf: int) -> OneCell:
        found = list(Score.objects.raw(sql()["score"], (self.report.pk, leaf)))
        row = replace(self.kept.rows[leaf], score=found[0] if found else None)
        return OneCell(self.report, self.kept.tree, (row,), self.kept)


def read_open(pk: int) -> OpenReport | None:
    """A report with as much of its unit, year and regulation as one cell asks of them."""
    with connection.cursor() as cursor:
        cursor.execute(sql()["report"], (pk,))
        values = cursor.fetchone()
    if values is None:
        return None
    report, unit, year, regulation = _parted(values)
    kept = kept_table(report.table_id, *values[-len(KEY) :])
    report.unit, report.bloc_year, report.table = unit, year, kept.table
    regulation.bloc_year = year
    return OpenReport(report, kept)


def _parted(values):
    """The models of one joined row; what was not read of them is asked for when it is used."""
    at = 0
    for model, names in READ:
        own = values[at : at + len(names)]
        at += len(names)
        # A year without a regulation has the defaults of one.
        yield model() if own[0] is None else model.from_db(connection.alias, names, own)


def seats_alone(user) -> Standing:
    """The seats of `user` today without the years of the units: enough to save a cell.

    Whoever is refused with it is asked again with the whole standing.
    """
    today = timezone.localdate()
    seats = Seat.objects.raw(sql()["seats"], (user.pk,))
    return Standing(
        tuple(
            seat
            for seat in seats
            if seat.starts_on <= today and (seat.ends_on is None or today <= seat.ends_on)
        )
    )
