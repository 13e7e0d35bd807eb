"""The points of all units of a bloc year side by side, and the facts behind a too even scoring."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import F, QuerySet

from blocs.appraisal.domain.deviation import LeafPoints, middle
from blocs.appraisal.domain.spread import Alarm, UnitFacts, alarms, percent_of
from blocs.criteria.domain.table_changes import continued_lines
from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.table_files import value_of
from blocs.criteria.models.tree import Tree, trees_of
from blocs.reports.models.evidence import Evidence
from blocs.reports.models.reports import Report, Score
from blocs.states import COUNCIL_STATES, OPEN_STATES, SENT_STATES
from blocs.units.models.units import Unit
from blocs.years.models.regulation import regulation_of
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.collation import sort_key

Pair = tuple[Decimal | None, Decimal | None]
NARRATIVE = {
    "results": "kết quả thực hiện nhiệm vụ",
    "movements": "tổ chức phong trào thi đua",
    "shortcomings": "hạn chế, nguyên nhân",
}


@dataclass(frozen=True)
class BlocPoints:
    """Own and appraised points by unit and path of the leaf, for every sheet that was sent.

    Only sheets of one table stand side by side: `parts` has them apart where groups of units have
    tables of their own.
    """

    reports: tuple[Report, ...]
    trees: Mapping[int, Tree]
    tree: Tree | None
    points: Mapping[tuple[int, str], Pair]

    def parts(self) -> list["BlocPoints"]:
        """The same for the sheets of each table, in the order of the reports."""
        tables = dict.fromkeys(report.table_id for report in self.reports)
        return [self.part_of(table) for table in tables]

    def part_of(self, table: int) -> "BlocPoints":
        """The sheets of the table with this key."""
        own = tuple(report for report in self.reports if report.table_id == table)
        return replace(self, reports=own, tree=self.trees.get(table))

    def pair(self, unit: int, path: str) -> Pair:
        return self.points.get((unit, path), (None, None))

    def counted(self, path: str) -> list[Decimal | None]:
        """The points that count now at one leaf, unit by unit."""
        pairs = (self.pair(report.unit_id, path) for report in self.reports)
        return [own if given is None else given for own, given in pairs]


def bloc_points(bloc_year: BlocYear, also: Iterable[ScoringTable] = ()) -> BlocPoints:
    """The points of all sent sheets in three queries; `also` are tables whose trees are kept."""
    reports = tuple(by_name(bloc_year.reports.filter(state__in=SENT_STATES)))
    trees = trees_of(*{report.table_id: report.table for report in reports}.values(), *also)
    paths = {row.pk: path for tree in trees.values() for path, row in tree.rows.items()}
    rows = Score.objects.filter(report__in=reports).values_list(
        "report__unit_id", "criterion_id", "self_points", "appraised_points"
    )
    points = {(unit, paths[leaf]): (own, given) for unit, leaf, own, given in rows}
    newest = max((report.table for report in reports), key=lambda one: one.version, default=None)
    return BlocPoints(reports, trees, trees[newest.pk] if newest else None, points)


def compared_leaves(report: Report, bloc: BlocPoints, last: Mapping[str, Decimal]):
    """(path, criterion, points) for each leaf of one sheet; `last` is last year's, by path."""
    bloc = bloc.part_of(report.table_id)
    for path, row in bloc.tree.leaves() if bloc.tree else ():
        own, given = bloc.pair(report.unit_id, path)
        yield (
            path,
            row,
            LeafPoints(own, given, last.get(path), middle(bloc.counted(path)), row.max_points),
        )


def past_report(report: Report) -> Report | None:
    """The unit's report of the year before, once its points were agreed."""
    return (
        Report.objects.filter(
            unit=report.unit_id,
            bloc_year__year=report.bloc_year.year - 1,
            state__in=OPEN_STATES,
        )
        .select_related("table")
        .first()
    )


def last_points(past: Report, report: Report, bloc: BlocPoints) -> dict[str, Decimal]:
    """What the unit got last year, by this year's paths; lines continue as the tables tell."""
    old, new = bloc.trees[past.table_id], bloc.trees[report.table_id]
    given = dict(
        past.scores.exclude(appraised_points=None).values_list("criterion_id", "appraised_points")
    )
    lines = continued_lines(value_of(past.table, old), value_of(report.table, new))
    return {
        path: given[old.rows[before].pk]
        for path, before in lines.items()
        if before and old.rows[before].pk in given
    }


def reasons_of(report: Report) -> dict[int, str]:
    """Why points were given as they are, by the key of the leaf."""
    found = report.scores.exclude(appraisal_reason="").exclude(appraised_points=None)
    return dict(found.values_list("criterion_id", "appraisal_reason"))


def by_name(reports: QuerySet[Report]) -> list[Report]:
    """These reports in the order of the names that their units had then."""
    found = reports.select_related("unit", "table__group").order_by("pk")
    return sorted(found, key=lambda report: sort_key(report.unit.name))


def signs_of(bloc_year: BlocYear) -> tuple[tuple[Alarm, tuple[Unit, ...]], ...]:
    """Every sign of a formality in one year, with the units it concerns."""
    reports = by_name(bloc_year.reports.filter(state__in=COUNCIL_STATES))
    units = {report.unit_id: report.unit for report in reports}
    found = alarms(unit_facts(reports), regulation_of(bloc_year).spread_share)
    return tuple((alarm, tuple(units[one] for one in alarm.units)) for alarm in found)


def unit_facts(reports: list[Report]) -> list[UnitFacts]:
    notes: dict[int, dict[str, str]] = {report.pk: {} for report in reports}
    rows = Score.objects.filter(report__in=notes)
    for pk, code, note in rows.exclude(note="").values_list("report", "criterion__code", "note"):
        notes[pk][f"thuyết minh {code}"] = note
    changed: dict[int, int] = {}
    differing = rows.exclude(appraised_points=None).exclude(self_points=F("appraised_points"))
    for pk in differing.values_list("report", flat=True):
        changed[pk] = changed.get(pk, 0) + 1
    files: dict[int, set[str]] = {}
    for pk, digest in Evidence.objects.filter(scores__report__in=notes).values_list(
        "scores__report", "sha256"
    ):
        files.setdefault(pk, set()).add(digest)
    return [
        UnitFacts(
            report.unit_id,
            percent_of(report.appraised_total or Decimal(0), report.table.total_max),
            {words: getattr(report, name) for name, words in NARRATIVE.items()} | notes[report.pk],
            files.get(report.pk, ()),
            changed.get(report.pk, 0),
        )
        for report in reports
    ]
