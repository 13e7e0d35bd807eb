"""From totals to places: one pure function, the tie rules are an argument."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from blocs.scoring.terms.numbers import half_up


class TieRule(StrEnum):
    """What the bloc's regulation looks at, one after the other, when totals are equal.

    CLASS_FIRST is no comparison of equals: anywhere in the list it says that the class of a unit
    comes before its total.
    """

    WORK_POINTS = "work_points"
    BONUS_POINTS = "bonus_points"
    FEWEST_DEDUCTIONS = "fewest_deductions"
    BALLOT_VOTES = "ballot_votes"
    SHARED_RANK = "shared_rank"
    CLASS_FIRST = "class_first"


TIE_RULE_WORDS = {
    TieRule.WORK_POINTS: "điểm phần nhiệm vụ chuyên môn cao hơn",
    TieRule.BONUS_POINTS: "điểm thưởng cao hơn",
    TieRule.FEWEST_DEDUCTIONS: "điểm trừ ít hơn",
    TieRule.BALLOT_VOTES: "số phiếu suy tôn cao hơn",
}
CLASS_FIRST_SENTENCE = "Xếp theo mức xếp loại trước, cùng mức thì theo tổng điểm. "


@dataclass(frozen=True)
class Row:
    """A unit before ranking.

    `total` is exact, never rounded. `figures` hold what the tie rules compare; deductions count
    by their size, with or without a minus. `order` is the unit's place in the official list.
    `class_place` is the place of its class, 0 the best; it counts only where the regulation ranks
    by class first. A unit with an `out_reason` is not ranked.
    """

    unit: int
    total: Decimal
    figures: Mapping[TieRule, Decimal | int] = field(default_factory=dict)
    order: int = 0
    out_reason: str = ""
    class_place: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.total, Decimal):
            raise TypeError("A total is a Decimal, so that equal points are really equal.")


@dataclass(frozen=True)
class Placed:
    """A unit with its place.

    `decided_by` is the tie rule that settled its place (None: the total alone). `is_open` says
    that the rules do not settle the tie, or that a figure they need is missing: people decide.
    """

    unit: int
    total: Decimal
    place: int
    is_shared: bool = False
    decided_by: TieRule | None = None
    is_open: bool = False


@dataclass(frozen=True)
class _Tier:
    rows: tuple[Row, ...]
    decided_by: TieRule | None = None
    is_open: bool = False


def rank(
    rows: Sequence[Row], tie_rules: Sequence[TieRule | str], *, is_dense: bool = False
) -> tuple[Placed, ...]:
    """Ranked units, best first; the order in which rows come in does not matter.

    Places are 1, 1, 3, or 1, 1, 2 when `is_dense`. Units out of ranking are left out here, see
    `out_of_ranking`. Raises ValueError for a tie rule that does not exist.
    """
    by_class = TieRule.CLASS_FIRST in tuple(TieRule(rule) for rule in tie_rules)
    rules = tuple(TieRule(rule) for rule in tie_rules if rule != TieRule.CLASS_FIRST)
    equals: dict[tuple[int, Decimal], list[Row]] = {}
    for row in rows:
        if not row.out_reason:
            key = (row.class_place if by_class else 0, -row.total)
            equals.setdefault(key, []).append(row)
    placed: list[Placed] = []
    for key in sorted(equals):
        for tier in _tiers(equals[key], rules, None):
            last = placed[-1].place if placed else 0
            placed += _placed(tier, last + 1 if is_dense else len(placed) + 1)
    return tuple(placed)


def _tiers(
    rows: Sequence[Row], rules: tuple[TieRule, ...], decided_by: TieRule | None
) -> list[_Tier]:
    """Rows of one total, split by the first rule that tells them apart, then by the next."""
    official = tuple(sorted(rows, key=lambda row: (row.order, row.unit)))
    if len(official) == 1:
        return [_Tier(official, decided_by)]
    if not rules or (any(rules[0] not in row.figures for row in rows) and _compares(rules[0])):
        return [_Tier(official, decided_by, is_open=True)]
    first, *rest = rules
    if not _compares(first):
        return [_Tier(official, first)]
    strengths = sorted({_strength(row, first) for row in rows}, reverse=True)
    if len(strengths) == 1:
        return _tiers(rows, tuple(rest), decided_by)
    return [
        tier
        for strength in strengths
        for tier in _tiers(
            [row for row in rows if _strength(row, first) == strength], tuple(rest), first
        )
    ]


def _compares(rule: TieRule) -> bool:
    return rule != TieRule.SHARED_RANK


def _strength(row: Row, rule: TieRule) -> Decimal | int:
    figure = row.figures[rule]
    return -abs(Decimal(figure)) if rule == TieRule.FEWEST_DEDUCTIONS else figure


def _placed(tier: _Tier, place: int) -> list[Placed]:
    is_shared = len(tier.rows) > 1
    return [
        Placed(row.unit, row.total, place, is_shared, tier.decided_by, tier.is_open)
        for row in tier.rows
    ]


def out_of_ranking(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Units that are not ranked, in official order, each with its reason."""
    out = (row for row in rows if row.out_reason)
    return tuple(sorted(out, key=lambda row: (row.order, row.unit)))


def tie_rule_sentence(
    tie_rules: Sequence[TieRule | str],
    *,
    is_dense: bool = False,
    sections: Mapping[TieRule, str] | None = None,
) -> str:
    """The line printed under the table: how equal totals were ranked.

    `sections` names the sections of the table that a rule compares («mục I, II»).
    """
    found = [TieRule(rule) for rule in tie_rules]
    rules = [rule for rule in found if rule is not TieRule.CLASS_FIRST]
    first = CLASS_FIRST_SENTENCE if TieRule.CLASS_FIRST in found else ""
    compared = [_tie_words(rule, sections or {}) for rule in rules if _compares(rule)]
    skipped = "hạng kế tiếp liền sau" if is_dense else "hạng kế tiếp tính theo số đơn vị xếp trên"
    end = (
        f"các đơn vị cùng hạng, {skipped}"
        if TieRule.SHARED_RANK in rules
        else "hội nghị quyết định"
    )
    if not compared:
        return f"{first}Khi bằng tổng điểm, {end}."
    words = "; ".join(compared)
    return f"{first}Khi bằng tổng điểm, xét lần lượt: {words}; nếu vẫn bằng nhau thì {end}."


def _tie_words(rule: TieRule, sections: Mapping[TieRule, str]) -> str:
    words, named = TIE_RULE_WORDS[rule], sections.get(rule)
    if not named:
        return words
    *what, much, more = words.split(" ")
    return f"{' '.join(what)} ({named}) {much} {more}"


def decimals_to_show(
    totals: Sequence[Decimal],
    *,
    at_least: int = 2,
    at_most: int = 6,
    limits: Sequence[Decimal] = (),
) -> int:
    """How many decimals keep different totals different on paper, and on their side of `limits`.

    Places and classes come from unrounded totals; two equal figures with different places, or a
    printed 90 below a class that begins at 90, look like an error.
    """
    different = set(totals)
    for decimals in range(at_least, at_most):
        printed = {total: half_up(total, decimals) for total in different}
        is_true = all(
            _side(total, one) == _side(printed[total], one) for total in different for one in limits
        )
        if is_true and len(set(printed.values())) == len(different):
            return decimals
    return at_most


def _side(total: Decimal, limit: Decimal) -> int:
    """-1 below the limit, 0 on it, 1 above."""
    return (total > limit) - (total < limit)


DEFAULT_TIE_RULES = tuple(
    rule.value
    for rule in (
        TieRule.WORK_POINTS,
        TieRule.BONUS_POINTS,
        TieRule.FEWEST_DEDUCTIONS,
        TieRule.SHARED_RANK,
    )
)


def tie_rules_in_force(stated: Sequence[str]) -> tuple[str, ...]:
    """What the ranking compares and the pages tell; `stated` is what the year's rules hold."""
    return tuple(stated) or DEFAULT_TIE_RULES


def stated_tie_sentence(stated: Sequence[str]) -> str:
    """The tie rules in force in words; usual ones are named as such."""
    sentence = tie_rule_sentence(tie_rules_in_force(stated))
    if stated:
        return sentence
    return f"{sentence[:-1]} (thứ tự thông thường, vì quy định của năm không nêu)."
