"""A ranking proof from its text to values; whatever cannot be read is said in a sentence."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from blocs.ranking.domain.proof import SCHEMA
from blocs.scoring import Counted, Disqualifier, Entry, LateRule, class_bands, leaves
from blocs.scoring.ranking.contenders import BlocRules, Contender
from blocs.scoring.ranking.line_figures import counts_of
from blocs.scoring.ranking.part_year import PartYear, TakenPart, absences_of
from blocs.scoring.ranking.ranking import Decided, tie_rule
from blocs.scoring.ranking.workdays import WorkCalendar
from blocs.scoring.terms.numbers import RuleError, read_decimal
from blocs.scoring.totals.given import GivenTable, given_table
from blocs.scoring.totals.tables import Table, from_json
from thidua.common.json_text import JsonTextError, read_json


class ProofFileError(RuleError):
    """A file that is no ranking proof, or one that cannot be read; the message says why."""


NOT_JSON = "Tệp không phải JSON hoặc bị cắt cụt."
UNJUDGED = (
    "{}: tiêu chí {} chưa có điểm thẩm định; chỉ kiểm chứng được xếp hạng mà mọi tiêu chí đã có "
    "điểm hoặc ghi là không giao."
)


@dataclass(frozen=True)
class ReadUnit:
    """A unit of the file: what it answered and was given, and the result the file states."""

    code: str
    name: str
    table: str
    contender: Contender
    entries: Mapping[str, Entry]
    own: Mapping[str, Decimal]
    leaves: Mapping[str, Mapping[str, Any]]
    result: Mapping[str, Any]


@dataclass(frozen=True)
class Proof:
    """A proof as it was read; `data` is the whole file."""

    data: Mapping[str, Any]
    tables: Mapping[str, Table]
    rules: BlocRules
    units: tuple[ReadUnit, ...]


def read_proof(text: str) -> Proof:
    """The proof in a text; a RuleError says what is wrong with it."""
    data = parsed(text)
    if data.get("schema") != SCHEMA:
        raise ProofFileError(f"Tệp không phải tệp kiểm chứng xếp hạng theo mẫu {SCHEMA}.")
    try:
        rules = of_type(data, "rules", dict)
        stated = rules_of(rules)
        tables = {
            key: ruled(from_json(table), stated)
            for key, table in of_type(data, "tables", dict).items()
        }
        prepared = {key: given_table(table.nodes, table.rules) for key, table in tables.items()}
        units = tuple(
            unit_of(row, place, tables, prepared)
            for place, row in enumerate(of_type(data, "units", list))
        )
        return Proof(data, tables, stated, units)
    except RuleError:
        raise
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise ProofFileError("Tệp có mục thiếu hoặc không đúng dạng.") from error


def ruled(table: Table, rules: BlocRules) -> Table:
    """The table with what the year of the file says of an empty leaf."""
    return replace(table, rules=replace(table.rules, empty_is_zero=rules.empty_is_zero))


def parsed(text: str) -> dict[str, Any]:
    """The JSON object in a text; a key that stands twice is refused, for one would be hidden."""
    try:
        # What stands in the file goes into its fingerprint as it is: no Decimal of ours.
        data = read_json(text, fraction=float, pairs=once)
    except JsonTextError as error:
        raise ProofFileError(NOT_JSON if error.line else str(error)) from error
    if not isinstance(data, dict):
        raise ProofFileError("Tệp không phải tệp kiểm chứng xếp hạng.")
    return data


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs as a mapping."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ProofFileError("Trong tệp có khóa ghi hai lần.")
    return found


def of_type(row: Mapping[str, Any], key: str, kind: type) -> Any:
    """What stands under the key; ProofFileError where it is missing or something else."""
    found = row.get(key)
    if not isinstance(found, kind):
        raise ProofFileError(f"Tệp thiếu mục “{key}” hoặc mục này không đúng dạng.")
    return found


def number(row: Mapping[str, Any], key: str) -> Decimal | None:
    """A decimal string under the key, None for null."""
    raw = row.get(key)
    if raw is None:
        return None
    found = read_decimal(raw) if isinstance(raw, str) else None
    if found is None:
        raise ProofFileError(f"Mục “{key}”: “{raw}” không phải là số.")
    return found


def rules_of(row: Mapping[str, Any]) -> BlocRules:
    """What the regulation says beside the tables."""
    return BlocRules(
        tie_rules=tuple(str(tie_rule(rule)) for rule in of_type(row, "tie_rules", list)),
        bands=class_bands(of_type(row, "class_bands", list)),
        late=late_of(row.get("late")),
        calendar=WorkCalendar(
            off=frozenset(map(date.fromisoformat, of_type(row, "days_off", list))),
            worked=frozenset(map(date.fromisoformat, of_type(row, "days_worked", list))),
        ),
        # A ranking sealed before the rule was known compared everybody fully.
        part_year=PartYear(row.get("part_year", PartYear.FULL)),
        begins_on=day_of(row.get("year_begins_on")),
        by_percent=of_type(row, "by_percent", bool) if "by_percent" in row else False,
        # A file from before the rule was known holds no leaf that was left empty.
        empty_is_zero=of_type(row, "empty_is_zero", bool) if "empty_is_zero" in row else False,
    )


def day_of(text: str | None) -> date | None:
    """A day of the file."""
    return date.fromisoformat(text) if text else None


def late_of(row: Mapping[str, Any] | None) -> LateRule | None:
    """The rule on late papers."""
    if row is None:
        return None
    return LateRule(
        due_on=date.fromisoformat(row["due_on"]),
        counts=Counted(row["counts"]),
        grace_days=of_type(row, "grace_days", int),
        is_counted_after_grace=of_type(row, "is_counted_after_grace", bool),
        in_working_days=of_type(row, "in_working_days", bool),
        fixed=number(row, "fixed"),
        per_day=number(row, "per_day"),
        cap=number(row, "cap"),
        last_on=day_of(row.get("last_on")),
    )


def unit_of(
    row: Mapping[str, Any],
    place: int,
    tables: Mapping[str, Table],
    prepared: Mapping[str, GivenTable],
) -> ReadUnit:
    """One unit; its place in the file is its place in the official list."""
    name, key = str(row.get("name")), of_type(row, "table", str)
    if key not in tables:
        raise ProofFileError(f"{name}: tệp không có bảng chấm điểm “{key}”.")
    found, table = of_type(row, "leaves", dict), tables[key]
    if set(found) != set(leaves(table.nodes)):
        raise ProofFileError(f"{name}: các tiêu chí không khớp với bảng chấm điểm.")
    grounds = grounds_of(row, name, table.disqualifiers)
    contender = contender_of(row, place, prepared[key], grounds)
    entries, own = {path: entry_of(leaf) for path, leaf in found.items()}, figures(found, "own")
    answered = own.keys() | {path for path, entry in entries.items() if not entry.is_empty}
    refuse_unjudged(name, contender, answered)
    return ReadUnit(
        code=str(row.get("unit")),
        name=name,
        table=key,
        contender=contender,
        entries=entries,
        own=own,
        leaves=found,
        result=of_type(row, "result", dict),
    )


def refuse_unjudged(name: str, contender: Contender, answered: Collection[str]) -> None:
    """A ranking holds judged sheets only: no place rests on a leaf that nobody judged.

    Where the rules of the file count an empty leaf 0, one that the unit left empty needs no judge;
    one that it answered does.
    """
    lines, is_zero = contender.table.plan.lines, contender.table.rules.empty_is_zero
    settled = contender.given.keys() | set(contender.not_applicable)
    open_ones = [path for path, line in lines.items() if line.needs_answer and path not in settled]
    unjudged = [path for path in open_ones if path in answered or not is_zero]
    if unjudged:
        raise ProofFileError(UNJUDGED.format(name, ", ".join(unjudged)))


def grounds_of(
    row: Mapping[str, Any], name: str, stated: Iterable[Disqualifier]
) -> tuple[Disqualifier, ...]:
    """The grounds of a unit in the words of its table."""
    known, codes = {ground.code: ground for ground in stated}, of_type(row, "grounds", list)
    if not set(codes) <= known.keys():
        raise ProofFileError(f"{name}: điều kiện loại không có trong bảng chấm điểm.")
    return tuple(known[code] for code in codes)


def contender_of(
    row: Mapping[str, Any], place: int, table: GivenTable, grounds: tuple[Disqualifier, ...]
) -> Contender:
    """The unit as the ranking works on it."""
    found: Mapping[str, Mapping[str, Any]] = row["leaves"]
    given = figures(found, "given")
    return Contender(
        unit=place,
        table=table,
        given=given,
        bonus=figures(found, "bonus"),
        not_applicable=frozenset(path for path, leaf in found.items() if leaf["not_applicable"]),
        grounds=grounds,
        submitted_on=tuple(map(date.fromisoformat, of_type(row, "submitted_on", list))),
        votes=row.get("votes"),
        order=place,
        counts=counts_of(table.plan, figures(found, "value"), figures(found, "own"), given),
        taken=taken_of(row),
        decided=decided_of(row),
    )


def decided_of(row: Mapping[str, Any]) -> Decided | None:
    """What the conference decided of the unit among equals, where it did."""
    if "decided" not in row:
        return None
    found = of_type(row, "decided", dict)
    return Decided(
        of_type(found, "group", str), of_type(found, "place", int), of_type(found, "reason", str)
    )


def taken_of(row: Mapping[str, Any]) -> TakenPart:
    """Between which days the unit took part."""
    away = absences_of(of_type(row, "away", list)) if "away" in row else ()
    return TakenPart(day_of(row.get("joined_on")), day_of(row.get("left_on")), away)


def figures(found: Mapping[str, Mapping[str, Any]], key: str) -> dict[str, Decimal]:
    """One column of the leaves by path, without the empty ones."""
    column = {path: number(leaf, key) for path, leaf in found.items()}
    return {path: points for path, points in column.items() if points is not None}


def entry_of(leaf: Mapping[str, Any]) -> Entry:
    """What the unit answered at a leaf."""
    return Entry(
        value=number(leaf, "value"),
        target=number(leaf, "target"),
        choice=of_type(leaf, "choice", str),
        facts=of_type(leaf, "facts", dict),
        not_applicable=of_type(leaf, "not_applicable", bool),
    )
