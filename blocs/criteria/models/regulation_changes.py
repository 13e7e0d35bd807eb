"""All that a bloc year's regulation says, beside that of another year."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.db.models import F

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


def tables_of(*years: BlocYear) -> list[dict[str, ScoringTable]]:
    """For each year, by the name of the group of units («» the common one), the table in force.

    The newest one where none is in force; one query.
    """
    found = ScoringTable.objects.filter(bloc_year__in=years).select_related("group")
    by_group = F("group__order").asc(nulls_first=True)
    rows = sorted(
        found.order_by(by_group, "group", "-version"),
        key=lambda row: row.state != TableState.PUBLISHED,
    )
    told: dict[int, dict[str, ScoringTable]] = {year.pk: {} for year in years}
    for row in rows:
        told[row.bloc_year_id].setdefault(group_name(row), row)
    return [told[year.pk] for year in years]


def group_name(table: ScoringTable) -> str:
    """The name of the group whose table it is; empty for the common one."""
    return table.group.name if table.group else ""


def table_before(tables: Mapping[str, ScoringTable], group: str) -> ScoringTable | None:
    """Which of last year's tables this group continues: its own, else the common one."""
    return tables.get(group) or tables.get("")


def regulation_changes(before: BlocYear, after: BlocYear) -> tuple[Change, ...]:
    """Every value in which the regulation of `after` differs: table, year and scoring rules."""
    return (
        *_of_tables(*tables_of(before, after)),
        *_of_years(before, after),
        *_of_scoring(before, after),
    )


def _of_tables(
    before: Mapping[str, ScoringTable], after: Mapping[str, ScoringTable]
) -> Iterator[Change]:
    """What differs group by group; every line says whose table it is, where there are groups."""
    for group, table in after.items():
        if not (earlier := table_before(before, group)):
            continue
        for change in table_changes(table_value(earlier), table_value(table)):
            where = f"Nhóm “{group}”: {change.where}" if group else change.where
            yield replace(change, where=where)
    for group, table in before.items() if after else ():
        if group and group not in after:
            yield Change(f"Nhóm “{group}”", "bảng chấm điểm", table.title, NOTHING)


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
