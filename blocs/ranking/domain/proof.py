"""The ranking proof: one file with all that decided the places, for anybody to recompute.

The format is ranking-proof/1 (docs/ranking-proof.md). Numbers are decimal strings, days are ISO;
units stand in the official order. The fingerprint is SHA-256 over the canonical JSON of the rest.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from blocs.scoring import ClassBand, Entry, LateRule, Outcome, Points, SheetTotal, leaves
from blocs.scoring.ranking.contenders import BlocRules, Contender, Judged
from blocs.scoring.ranking.part_year import TakenPart, absence_rows
from blocs.scoring.totals.sheet import outcomes_of
from blocs.scoring.totals.tables import Table, to_json

SCHEMA = "ranking-proof/1"
FINGERPRINT = "fingerprint"


class Answered(Protocol):
    """A unit with the answers of its sheet, before the proof is written or after it was read."""

    @property
    def table(self) -> str: ...

    @property
    def entries(self) -> Mapping[str, Entry]: ...


@dataclass(frozen=True)
class ProofUnit:
    """A unit as the proof tells it: answers, own points and reasons by leaf, and its result."""

    code: str
    name: str
    table: str
    contender: Contender
    entries: Mapping[str, Entry]
    own: Mapping[str, Decimal]
    reasons: Mapping[str, str]
    own_total: Decimal
    judged: Judged


@dataclass(frozen=True)
class ProofBloc:
    """A bloc year before it is written; the tables round as they do in this year."""

    bloc: str
    year: int
    made_at: str
    is_agreed: bool
    tables: Mapping[str, Table]
    rules: BlocRules
    units: tuple[ProofUnit, ...]
    not_ranked: tuple[tuple[str, str], ...] = ()
    # How the year is called where it is a school year: «năm học 2026–2027».
    school_year: str = ""


def write_proof(bloc: ProofBloc) -> dict[str, Any]:
    """The whole file as one mapping, its fingerprint included."""
    outcomes = own_outcomes(bloc.units, bloc.tables)
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "bloc": bloc.bloc,
        "year": bloc.year,
        **({"school_year": bloc.school_year} if bloc.school_year else {}),
        "made_at": bloc.made_at,
        "is_agreed": bloc.is_agreed,
        "tables": {
            key: to_json(table.nodes, table.rules, table.title, table.disqualifiers)
            for key, table in bloc.tables.items()
        },
        "rules": rules_row(bloc.rules),
        "units": [unit_row(unit, made) for unit, made in zip(bloc.units, outcomes, strict=True)],
        "not_ranked": [{"name": name, "reason": reason} for name, reason in bloc.not_ranked],
    }
    return data | {FINGERPRINT: fingerprint_of(data)}


def own_outcomes(
    units: Sequence[Answered], tables: Mapping[str, Table]
) -> list[dict[str, Outcome]]:
    """What the rules make of the answers of each unit, all answers of the file being known."""
    # Units are compared with those of their own table: the same path is another line elsewhere.
    peers: dict[str, dict[str, list[Entry]]] = {key: {} for key in tables}
    for unit in units:
        for path, entry in unit.entries.items():
            peers[unit.table].setdefault(path, []).append(entry)
    by_path = {key: leaves(table.nodes) for key, table in tables.items()}
    return [
        outcomes_of(
            by_path[unit.table],
            unit.entries,
            tables[unit.table].rules,
            peers[unit.table],
            is_closed=True,
        )
        for unit in units
    ]


def fingerprint_of(data: Mapping[str, Any]) -> str:
    """SHA-256 of the file without its fingerprint: keys in order, no idle spaces, UTF-8."""
    rest = {key: value for key, value in data.items() if key != FINGERPRINT}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def text_of(number: Decimal | None) -> str | None:
    """An exact number without idle zeros: «9.5»."""
    return None if number is None else f"{number.normalize() + 0:f}"


def rules_row(rules: BlocRules) -> dict[str, Any]:
    """What the regulation says beside the tables."""
    return {
        "tie_rules": [str(rule) for rule in rules.tie_rules],
        "class_bands": [band_row(band) for band in rules.bands],
        "late": late_row(rules.late),
        "days_off": days(rules.calendar.off),
        "days_worked": days(rules.calendar.worked),
        "part_year": str(rules.part_year),
        "year_begins_on": day_of(rules.begins_on),
        **({"by_percent": True} if rules.by_percent else {}),
        **({"empty_is_zero": True} if rules.empty_is_zero else {}),
    }


def band_row(band: ClassBand) -> dict[str, Any]:
    """A class with its conditions, as the year stores it."""
    row = {"label": band.label, "if": [list(condition) for condition in band.conditions]}
    if band.share is None:
        return row
    return row | {"share": text_of(band.share), "rounding": str(band.rounding)}


def late_row(late: LateRule | None) -> dict[str, Any] | None:
    """The rule on late papers; null where it takes nothing."""
    if late is None:
        return None
    return {
        "due_on": late.due_on.isoformat(),
        "counts": str(late.counts),
        "grace_days": late.grace_days,
        "is_counted_after_grace": late.is_counted_after_grace,
        "in_working_days": late.in_working_days,
        "fixed": text_of(late.fixed),
        "per_day": text_of(late.per_day),
        "cap": text_of(late.cap),
        "last_on": day_of(late.last_on),
    }


def day_of(day: date | None) -> str | None:
    """A day as the file says it."""
    return day.isoformat() if day else None


def days(found: frozenset[date] | tuple[date, ...]) -> list[str]:
    """Days in their order."""
    return [day.isoformat() for day in sorted(found)]


def unit_row(unit: ProofUnit, outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
    """One unit: what is known of it, every leaf, the result."""
    contender = unit.contender
    return {
        "unit": unit.code,
        "name": unit.name,
        "table": unit.table,
        "votes": contender.votes,
        "submitted_on": days(contender.submitted_on),
        "joined_on": day_of(contender.taken.joined_on),
        "left_on": day_of(contender.taken.left_on),
        **away_rows(contender.taken),
        **decided_row(contender),
        "grounds": [ground.code for ground in contender.grounds],
        "leaves": {path: leaf_row(unit, path, outcome) for path, outcome in outcomes.items()},
        "result": result_row(unit.judged, unit.own_total),
    }


def away_rows(taken: TakenPart) -> dict[str, Any]:
    """When a unit was away; the file of one that stayed says nothing of it."""
    return {"away": absence_rows(taken.away)} if taken.away else {}


def decided_row(contender: Contender) -> dict[str, Any]:
    """What the conference decided of the order of equals; a file without a decision lacks it."""
    found = contender.decided
    if found is None:
        return {}
    return {"decided": {"group": found.group, "place": found.place, "reason": found.reason}}


def leaf_row(unit: ProofUnit, path: str, outcome: Outcome) -> dict[str, Any]:
    """One leaf. `by_rule`: the own points are what the rule makes of the answer.

    Part and maximum are those of the table, repeated so that a reader need not walk its tree.
    """
    entry, own = unit.entries.get(path, Entry()), unit.own.get(path)
    given, counted = unit.contender.given.get(path), unit.judged.total.outcomes[path]
    bonus = counted.bonus if given is not None and isinstance(counted, Points) else None
    line = unit.contender.table.plan.lines[path]
    return {
        "part": str(line.part),
        "max": text_of(line.maximum),
        "value": text_of(entry.value),
        "target": text_of(entry.target),
        "choice": entry.choice,
        "facts": plain(entry.facts),
        "not_applicable": entry.not_applicable,
        "own": text_of(own),
        "by_rule": isinstance(outcome, Points) and outcome.points == own,
        "given": text_of(given),
        "bonus": text_of(bonus),
        "reason": unit.reasons.get(path, ""),
    }


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as JSON can say them; a number keeps all its digits as a string."""
    return {
        key: text_of(value) if isinstance(value, Decimal) else value for key, value in facts.items()
    }


def result_row(judged: Judged, own_total: Decimal) -> dict[str, Any]:
    """Totals, class and place of a unit; everything a recomputation is compared with."""
    total, placed = judged.total, judged.placed
    return {
        "own_total": text_of(own_total),
        **total_row(total),
        "adjustments": [
            {"name": item.name, "points": text_of(item.points)} for item in judged.adjustments
        ],
        "class": judged.class_label,
        "question": judged.question,
        "is_held": judged.eligibility.is_held,
        "is_without_flag": judged.eligibility.is_without_flag,
        "award_caps": list(judged.eligibility.award_caps),
        "months": judged.months,
        "compared": text_of(placed.total) if placed else None,
        "place": placed.place if placed else None,
        "is_shared": bool(placed and placed.is_shared),
        "is_open": bool(placed and placed.is_open),
        "decided_by": str(placed.decided_by) if placed and placed.decided_by else None,
        "out": judged.out_reason,
    }


def total_row(total: SheetTotal) -> dict[str, Any]:
    """The sums of a sheet, adjustments included."""
    return {
        "total": text_of(total.total),
        "work": text_of(total.work),
        "bonus": text_of(total.bonus),
        "deduction": text_of(total.deduction),
        "assigned_max": text_of(total.assigned_max),
        "percent": text_of(total.percent),
        "groups": {path: text_of(points) for path, points in total.groups.items()},
    }
