"""All that a bloc year's regulation says, beside that of another year."""

from collections.abc import Iterator
from dataclasses import replace

from blocs.criteria.domain.table_changes import Change, table_changes
from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.table_files import table_value
from blocs.scoring import LateRule
from blocs.states import TableState
from blocs.years.domain.rule_words import rule_sentences
from blocs.years.models.regulation import LATE, regulation_of, scoring_parts
from blocs.years.models.years import BlocYear

YEAR_RULES = "Quy định của năm"
SCORING_RULES = "Quy định chấm điểm"
NOTHING = "(không có)"


def tables_of(*years: BlocYear) -> list[ScoringTable | None]:
    """For each year the version in force, else the newest one; one query."""
    found = ScoringTable.objects.filter(bloc_year__in=years).order_by("-version")
    rows = sorted(found, key=lambda row: row.state != TableState.PUBLISHED)
    return [next((row for row in rows if row.bloc_year_id == year.pk), None) for year in years]


def regulation_changes(before: BlocYear, after: BlocYear) -> tuple[Change, ...]:
    """Every value in which the regulation of `after` differs: table, year and scoring rules."""
    tables = tables_of(before, after)
    of_tables = table_changes(*map(table_value, tables)) if all(tables) else ()
    return (*of_tables, *_of_years(before, after), *_of_scoring(before, after))


def _of_years(before: BlocYear, after: BlocYear) -> Iterator[Change]:
    told = [rule_sentences(regulation_of(year).stated) for year in (before, after)]
    for old, new in zip(*told, strict=True):
        if old != new:
            yield Change(YEAR_RULES, "quy định", old, new)


def _of_scoring(before: BlocYear, after: BlocYear) -> Iterator[Change]:
    rules = [regulation_of(year) for year in (before, after)]
    told = [scoring_parts(one) for one in rules]
    same_but_year = _without_year(rules[0].late_rule) == _without_year(rules[1].late_rule)
    for (heading, old), (_, new) in zip(*told, strict=True):
        if old == new or (heading == LATE and same_but_year):
            continue
        said = [" ".join(sentences) or NOTHING for sentences in (old, new)]
        yield Change(SCORING_RULES, heading.lower(), *said)


def _without_year(rule: LateRule | None) -> LateRule | None:
    """Every year has its own last day; the same day of another year is no change."""
    if rule is None:
        return None
    days = {
        name: f"{day:%m-%d}" if (day := getattr(rule, name)) else None
        for name in ("due_on", "last_on")
    }
    return replace(rule, **days)
