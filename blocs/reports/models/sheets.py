"""A unit's score sheet: the table, what was entered at each leaf, and their totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.core.exceptions import ValidationError

from blocs.criteria.models.tree import Tree, rules_of, trees_of
from blocs.reports.domain.whole_sums import WholeSums, groups_above
from blocs.reports.models.evidence import Evidence
from blocs.reports.models.reports import Report, Score
from blocs.reports.models.sheet_row import SheetRow
from blocs.scoring import Entry, Outcome, Points, SheetTotal, TableRules
from blocs.scoring.kinds.kinds import MOST_POINTS
from blocs.scoring.terms.numbers import half_up
from blocs.scoring.totals.given import GivenTable
from blocs.scoring.totals.sheet import planned_total
from blocs.years.models.regulation import POINTS, decimals_of, regulation_of

TOO_LARGE = "Tổng điểm quá lớn nên không lưu được. Vui lòng kiểm tra các con số vừa nhập."


def as_stored(points: Decimal) -> Decimal:
    """A sum in the places of its column; arithmetic leaves idle zeros behind the last one.

    ValidationError for a sum that the column cannot hold.
    """
    if abs(points) > MOST_POINTS:
        raise ValidationError(TOO_LARGE)
    return half_up(points, POINTS["decimal_places"])


@dataclass(frozen=True)
class Sheet:
    """A unit's score sheet: the table and what was entered at each leaf."""

    report: Report
    tree: Tree
    rows: tuple[SheetRow, ...]

    @property
    def rules(self) -> TableRules:
        """The summing rules of the table in this bloc year."""
        year = self.report.bloc_year
        return rules_of(self.report.table, decimals_of(year), empty_is_zero=self.empty_is_zero)

    @property
    def empty_is_zero(self) -> bool:
        """Whether a main leaf that was left empty counts 0 by the rules of the year."""
        return bool(regulation_of(self.report.bloc_year).empty_is_zero)

    @property
    def decimals(self) -> int:
        """Places that points can have: those of the year, more where the table rounds finer."""
        return max(decimals_of(self.report.bloc_year), self.rules.decimals or 0)

    def missing(self):
        """Leaves without a self-score. 0 is a score; bonus and deduction may stay empty.

        Of a sheet in which nothing was answered all are missing, whatever an empty leaf counts.
        """
        found = [row for row in self.rows if row.needs_answer and not row.is_filled]
        is_begun = any(row.is_filled for row in self.rows)
        return self._without_zeros(found) if is_begun else found

    def left_empty(self, column: str = "self_points") -> list[SheetRow]:
        """Leaves that count 0 in a column by the rule of the year, for nobody gave them points."""
        found = [row for row in self.rows if row.is_left_empty]
        found = [row for row in found if getattr(row.score, column, None) is None]
        return found if found and self.empty_is_zero else []

    def _without_zeros(self, rows: list[SheetRow]) -> list[SheetRow]:
        """Those of the rows without points that do not count 0 by the rule of the year."""
        due = [row for row in rows if not row.is_left_empty]
        return due if len(due) < len(rows) and self.empty_is_zero else rows

    def left_out(self):
        """Leaves that the unit says were not assigned to it."""
        return [row for row in self.rows if row.score and row.score.not_applicable]

    def not_appraised(self):
        """Leaves whose given points are due: all that the sum needs or the unit has answered."""
        return self._open_rows("appraised_points")

    def _open_rows(self, column: str) -> list[SheetRow]:
        return self._without_zeros([row for row in self.rows if row.is_open(column)])

    def whole_sums(self, column: str = "self_points") -> WholeSums:
        """The sums of one column as papers and files show them: whole ones only."""
        return WholeSums(self.stored_total(column), self.open_paths(column))

    def open_paths(self, column: str) -> frozenset[str]:
        """The groups that lack points of a column, "" for the sheet as a whole."""
        return groups_above(row.path for row in self._open_rows(column))

    def without_evidence(self):
        """Leaves with points that must be proved and have no file."""
        return [
            row
            for row in self.rows
            if row.criterion.needs_evidence
            and row.score
            and row.score.self_points
            and not row.files
        ]

    def self_total(self, entries: Mapping[str, Entry] | None = None) -> SheetTotal:
        """The total of what the unit entered, `entries` instead of it where a row is changing."""
        entered = {row.path: row.entry for row in self.rows} | dict(entries or {})
        return planned_total(self.tree.plan, entered, self.rules)

    def stored_total(self, column: str = "self_points") -> SheetTotal:
        """The total of one column of points (self_points, appraised_points) as it stands."""
        points, left_out, bonus = self.stored_points(column)
        return GivenTable(self.tree.plan, self.rules).total(points, left_out, bonus)

    def stored_points(
        self, column: str = "self_points"
    ) -> tuple[dict[str, Decimal], frozenset[str], dict[str, Decimal]]:
        """Points of a column by path, the paths that do not concern the unit, known bonus shares.

        The share that goes beyond a standard is known where the points are those of the rule.
        """
        scored = {row.path: row.score for row in self.rows if row.score}
        points = {
            path: getattr(score, column)
            for path, score in scored.items()
            if getattr(score, column) is not None
        }
        bonus = {
            path: outcome.bonus
            for path, outcome in self.own_outcomes.items()
            if isinstance(outcome, Points) and outcome.points == points.get(path)
        }
        left_out = frozenset(path for path, score in scored.items() if score.not_applicable)
        return points, left_out, bonus

    @cached_property
    def own_outcomes(self) -> Mapping[str, Outcome]:
        """What the rules make of the answers as they are stored, without the other units."""
        return self.self_total().outcomes

    def with_scores(self, scores: Mapping[int, Score]) -> "Sheet":
        """The sheet with these scores, by the key of their leaf, in place of those it has."""
        rows = (replace(row, score=scores.get(row.criterion.pk, row.score)) for row in self.rows)
        return replace(self, rows=tuple(rows))

    def appraised_total(self) -> SheetTotal:
        return self.stored_total("appraised_points")


def sheet_of(report: Report) -> Sheet:
    """The sheet of a report, read once for the object: guards, page and effect share it.

    Who locks the report first has a fresh object; `read_sheet` reads again.
    """
    if report.known_sheet is None:
        report.known_sheet = read_sheet(report)
    return report.known_sheet


def read_sheet(report: Report, *, is_plain: bool = False) -> Sheet:
    """A report's sheet in three queries, in the order of the table.

    A plain one is for arithmetic: two queries, neither files nor who saved a row.
    """
    return read_sheets([report], is_plain=is_plain)[0]


def read_sheets(reports: Iterable[Report], *, is_plain: bool = True) -> list[Sheet]:
    """The sheets of several reports, in as many queries as one; equal tables share their tree."""
    known = {report.pk: report for report in reports}
    trees = trees_of(*(report.table for report in known.values()))
    found = Score.objects.filter(report__in=known)
    files: dict[int, list[Evidence]] = {}
    if not is_plain:
        found, files = found.select_related("saved_by"), files_by_score(known)
    scores: dict[int, dict[int, Score]] = {pk: {} for pk in known}
    report_of = Score._meta.get_field("report").set_cached_value
    for score in found:
        report_of(score, known[score.report_id])
        score.known_files = None if is_plain else tuple(files.get(score.pk, ()))
        scores[score.report_id][score.criterion_id] = score
    return [sheet_with(report, trees[report.table_id], scores[pk]) for pk, report in known.items()]


def files_by_score(reports: Iterable[int]) -> dict[int, list[Evidence]]:
    """The evidence of these reports' scores, newest first, by the key of the score; one query."""
    links = Score.evidence.through.objects.filter(score__report__in=reports)
    order = (f"evidence__{name}" for name in ("uploaded_at", "pk"))
    found: dict[int, list[Evidence]] = {}
    for link in links.select_related("evidence").order_by(*order).reverse():
        found.setdefault(link.score_id, []).append(link.evidence)
    return found


def sheet_with(report: Report, tree: Tree, scores: Mapping[int, Score]) -> Sheet:
    """The sheet of a report that has these scores, by the key of their leaf."""
    rows = (
        SheetRow(path, tree.printed[path], leaf, scores.get(leaf.pk), tree.label_of(path))
        for path, leaf in tree.leaves()
    )
    return Sheet(report, tree, tuple(rows))
