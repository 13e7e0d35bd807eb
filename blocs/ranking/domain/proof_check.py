"""A ranking proof recomputed: own points from the answers, totals, classes, places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs.ranking.domain.proof import (
    FINGERPRINT,
    fingerprint_of,
    own_outcomes,
    result_row,
    text_of,
)
from blocs.ranking.domain.proof_reading import Proof, ReadUnit
from blocs.scoring import Outcome, Part, Points
from blocs.scoring.ranking.bloc_ranking import rank_bloc
from blocs.scoring.ranking.contenders import BlocResult
from blocs.scoring.ranking.ranking import tie_rule_sentence
from blocs.scoring.terms.numbers import half_up
from blocs.scoring.totals.summing import PlanLine, share_beyond
from blocs.scoring.totals.tables import Table

WORDS = {
    "own_total": "tổng điểm tự chấm",
    "total": "tổng điểm",
    "work": "điểm nhiệm vụ",
    "bonus": "điểm thưởng",
    "deduction": "điểm trừ",
    "assigned_max": "điểm tối đa được giao",
    "percent": "tỷ lệ đạt",
    "adjustments": "điểm ngoài bảng",
    "class": "xếp loại",
    "question": "câu hỏi về xếp loại",
    "is_held": "chưa xét khen",
    "is_without_flag": "không xét Cờ thi đua",
    "award_caps": "hình thức khen cao nhất",
    "months": "số tháng tham gia",
    "compared": "số được so sánh",
    "place": "hạng",
    "is_shared": "cùng hạng",
    "is_open": "chưa phân định",
    "decided_by": "tiêu chí phân định",
    "out": "lý do không xếp hạng",
}
NOTHING = "(trống)"


@dataclass(frozen=True)
class Mismatch:
    """One figure that a recomputation does not confirm; `where` names unit and leaf or group."""

    where: str
    what: str
    stated: str
    computed: str

    @property
    def sentence(self) -> str:
        """The difference as people read it."""
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what} trong tệp là {self.stated}, tính lại là {self.computed}."


@dataclass(frozen=True)
class Recomputed:
    """What the file gives when it is computed again; no mismatches: it is confirmed.

    `by_percent`: not totals but percents were compared; `ties` says how equal ones were ordered.
    """

    rows: tuple[dict[str, Any], ...]
    mismatches: tuple[Mismatch, ...]
    by_percent: bool = False
    ties: str = ""


def check_proof(proof: Proof) -> Recomputed:
    """Compute everything again from answers and given points, and compare with what is stated."""
    stated, computed = str(proof.data.get(FINGERPRINT)), fingerprint_of(proof.data)
    found = [] if stated == computed else [Mismatch("", "dấu vân tay", stated, computed)]
    result = ranked_again(proof)
    results = {judged.unit: judged for judged in (*result.ranked, *result.out)}
    outcomes = own_outcomes(proof.units, proof.tables)
    rows = []
    for unit, made in zip(proof.units, outcomes, strict=True):
        judged = results[unit.contender.unit]
        row = result_row(judged, own_total(unit, made))
        found += leaf_mismatches(unit, proof.tables[unit.table], made)
        found += result_mismatches(unit, row)
        rows.append({"unit": unit.code, "name": unit.name, **row})
    rows.sort(key=lambda row: (row["place"] is None, row["place"] or 0))
    return Recomputed(tuple(rows), tuple(found), result.by_percent, ties_of(proof, result))


def ranked_again(proof: Proof) -> BlocResult:
    """The results of the units, which are known by their numbers in the file."""
    return rank_bloc([unit.contender for unit in proof.units], proof.rules)


def ties_of(proof: Proof, result: BlocResult) -> str:
    """How equal units were ordered, in words."""
    usable = [rule for rule in proof.rules.tie_rules if rule not in result.unusable]
    return tie_rule_sentence(usable, by_percent=result.by_percent, shares=result.shares)


def own_total(unit: ReadUnit, made: Mapping[str, Outcome]) -> Decimal:
    """The sum of the own points as the table sums them."""
    bonus = {
        path: outcome.bonus
        for path, outcome in made.items()
        if isinstance(outcome, Points) and outcome.points == unit.own.get(path)
    }
    contender = unit.contender
    return contender.table.total(unit.own, contender.not_applicable, bonus).total


def leaf_mismatches(
    unit: ReadUnit, table: Table, made: Mapping[str, Outcome]
) -> Iterator[Mismatch]:
    """Leaves whose points do not follow from their answers, or differ without a reason."""
    for path, outcome in made.items():
        for what, stated, computed in leaf_facts(unit, path, outcome, table.rules.decimals):
            if stated != computed:
                where = f"{unit.name}, tiêu chí {path}"
                yield Mismatch(where, what, said(stated), said(computed))


def leaf_facts(
    unit: ReadUnit, path: str, outcome: Outcome, decimals: int | None
) -> Iterator[tuple[str, Any, Any]]:
    """What the file says of a leaf, beside what table and answers say."""
    leaf, line = unit.leaves[path], unit.contender.table.plan.lines[path]
    own, given = unit.own.get(path), unit.contender.given.get(path)
    yield "phần", leaf.get("part"), str(line.part)
    yield "điểm tối đa", leaf.get("max"), text_of(line.maximum)
    if leaf.get("by_rule"):
        ruled = outcome.points if isinstance(outcome, Points) else None
        yield "điểm tự chấm", text_of(own), text_of(ruled)
    if given is not None and own is not None and not leaf.get("reason"):
        yield "điểm thẩm định (không nêu lý do điều chỉnh)", text_of(given), text_of(own)
    share = share_of(line, given, outcome, decimals)
    yield "phần vượt điểm chuẩn", text_of(unit.contender.bonus.get(path)), text_of(share)


def share_of(
    line: PlanLine, given: Decimal | None, outcome: Outcome, decimals: int | None
) -> Decimal | None:
    """The share of given points beyond the standard of the leaf; None without points."""
    if given is None:
        return None
    if isinstance(outcome, Points) and outcome.points == given and line.part is Part.WORK:
        return outcome.bonus
    return share_beyond(line, given if decimals is None else half_up(given, decimals))


def result_mismatches(unit: ReadUnit, row: Mapping[str, Any]) -> Iterator[Mismatch]:
    """What the file states of the unit's result and the recomputation does not give."""
    for key, words in WORDS.items():
        if unit.result.get(key) != row[key]:
            yield Mismatch(unit.name, words, said(unit.result.get(key)), said(row[key]))
    stated = unit.result.get("groups")
    groups = stated if isinstance(stated, dict) else {}
    for path in dict.fromkeys((*row["groups"], *groups)):
        old, new = groups.get(path), row["groups"].get(path)
        if old != new:
            yield Mismatch(f"{unit.name}, nhóm {path}", "cộng điểm", said(old), said(new))


def said(value: Any) -> str:
    """A value of the file in a sentence."""
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return "có" if value else "không"
    return str(value)
