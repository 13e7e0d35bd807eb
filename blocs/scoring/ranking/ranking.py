"""From totals to places: one pure function, the tie rules are an argument."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from blocs.scoring.ranking.line_figures import POINTS, line_label, measured_line
from blocs.scoring.terms.numbers import half_up


class TieRule(StrEnum):
    """What the bloc's regulation looks at, one after the other, when totals are equal.

    CLASS_FIRST is no comparison of equals: anywhere in the list it says that the class of a unit
    comes before its total. Beside these a rule may name one section of the table by its path:
    «points:III» compares the points there, see `tie_rule`.
    Where DENSE_RANK stands for SHARED_RANK, the next place follows at once.
    """

    WORK_POINTS = "work_points"
    BONUS_POINTS = "bonus_points"
    FEWEST_DEDUCTIONS = "fewest_deductions"
    BALLOT_VOTES = "ballot_votes"
    SHARED_RANK = "shared_rank"
    DENSE_RANK = "dense_rank"
    CLASS_FIRST = "class_first"


# What is compared, and which side of it wins.
COMPARED = {
    TieRule.WORK_POINTS: "điểm phần nhiệm vụ chuyên môn",
    TieRule.BONUS_POINTS: "điểm thưởng",
    TieRule.FEWEST_DEDUCTIONS: "điểm trừ",
    TieRule.BALLOT_VOTES: "số phiếu suy tôn",
}
MORE, LESS = "cao hơn", "ít hơn"
# How equals that nothing parts are placed; they compare nothing.
SHARING = (TieRule.SHARED_RANK, TieRule.DENSE_RANK)
# What settled a place that people gave: no rule of a regulation, so nobody can state it there.
DECIDED = "decided"
CLASS_FIRST_SENTENCE = "Xếp theo mức xếp loại trước, cùng mức thì theo {}. "


@dataclass(frozen=True)
class Decided:
    """What the conference decided of a unit among equals: in which decision, its place there, why.

    Units with one place there share their rank.
    """

    group: str
    place: int
    reason: str


@dataclass(frozen=True)
class Row:
    """A unit before ranking.

    `total` is exact, never rounded. `figures` hold what the tie rules compare; deductions count
    by their size, with or without a minus. `order` is the unit's place in the official list.
    `class_place` is the place of its class, 0 the best; it counts only where the regulation ranks
    by class first. A unit with an `out_reason` is not ranked. `decided` counts only where the rules
    leave the order to people, and one decision covers all who are equal.
    """

    unit: int
    total: Decimal
    figures: Mapping[str, Decimal | int] = field(default_factory=dict)
    order: int = 0
    out_reason: str = ""
    class_place: int = 0
    decided: Decided | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.total, Decimal):
            raise TypeError("A total is a Decimal, so that equal points are really equal.")


@dataclass(frozen=True)
class Placed:
    """A unit with its place.

    `decided_by` is the tie rule that settled its place, or DECIDED (None: the total alone),
    `figure` what it compared of this unit. `is_open` says that the rules do not settle the tie, or
    that a figure they need is missing: people decide.
    """

    unit: int
    total: Decimal
    place: int
    is_shared: bool = False
    decided_by: str | None = None
    is_open: bool = False
    figure: Decimal | int | None = None


@dataclass(frozen=True)
class _Tier:
    rows: tuple[Row, ...]
    decided_by: str | None = None
    is_open: bool = False


def tie_rule(stated: str) -> str:
    """The rule by its stored name; «points:III» names a section. ValueError for an unknown one."""
    line = measured_line(stated)
    return stated if line and line[0] == POINTS else TieRule(stated)


def section_of(rule: str) -> str:
    """The path of the section that a tie rule compares; empty for every other rule."""
    line = measured_line(rule)
    return line[1] if line else ""


def rank(rows: Sequence[Row], tie_rules: Sequence[str]) -> tuple[Placed, ...]:
    """Ranked units, best first; the order in which rows come in does not matter.

    Places are 1, 1, 3, or 1, 1, 2 by the rule DENSE_RANK. Units out of ranking are left out. Raises
    ValueError for a tie rule that does not exist.
    """
    known = tuple(map(tie_rule, tie_rules))
    by_class = TieRule.CLASS_FIRST in known
    rules = tuple(rule for rule in known if rule != TieRule.CLASS_FIRST)
    equals: dict[tuple[int, Decimal], list[Row]] = {}
    for row in rows:
        if not row.out_reason:
            key = (row.class_place if by_class else 0, -row.total)
            equals.setdefault(key, []).append(row)
    placed: list[Placed] = []
    for key in sorted(equals):
        for tier in _tiers(equals[key], rules, None):
            last = placed[-1].place if placed else 0
            placed += _placed(tier, last + 1 if TieRule.DENSE_RANK in rules else len(placed) + 1)
    return tuple(placed)


def _tiers(rows: Sequence[Row], rules: tuple[str, ...], decided_by: str | None) -> list[_Tier]:
    """Rows of one total, split by the first rule that tells them apart, then by the next."""
    official = tuple(sorted(rows, key=lambda row: (row.order, row.unit)))
    if len(official) == 1:
        return [_Tier(official, decided_by)]
    if not rules or (any(rules[0] not in row.figures for row in rows) and _compares(rules[0])):
        return _by_people(official, decided_by)
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


def _by_people(official: tuple[Row, ...], decided_by: str | None) -> list[_Tier]:
    """Equals that no rule parts, as one decision of the conference places them all; else open."""
    found = {row.unit: row.decided for row in official if row.decided}
    if len(found) < len(official) or len({one.group for one in found.values()}) > 1:
        return [_Tier(official, decided_by, is_open=True)]
    places = sorted({one.place for one in found.values()})
    return [
        _Tier(tuple(row for row in official if found[row.unit].place == place), DECIDED)
        for place in places
    ]


def _compares(rule: str) -> bool:
    return rule not in SHARING


def _strength(row: Row, rule: str) -> Decimal | int:
    figure = row.figures[rule]
    return -abs(Decimal(figure)) if rule == TieRule.FEWEST_DEDUCTIONS else figure


def _placed(tier: _Tier, place: int) -> list[Placed]:
    is_shared, rule = len(tier.rows) > 1, tier.decided_by
    return [
        Placed(
            row.unit,
            row.total,
            place,
            is_shared,
            rule,
            tier.is_open,
            row.figures.get(rule) if rule else None,
        )
        for row in tier.rows
    ]


def tie_rule_sentence(
    tie_rules: Sequence[str],
    *,
    sections: Mapping[str, str] | None = None,
    by_percent: bool = False,
    shares: Collection[str] = (),
) -> str:
    """The line printed under the table: how equal totals were ranked.

    `sections` names the sections of the table that a rule compares («mục I, II»). `by_percent`:
    the tables of the units have different maxima; `shares` are the rules compared in percent.
    """
    found = [tie_rule(rule) for rule in tie_rules]
    rules = [rule for rule in found if rule != TieRule.CLASS_FIRST]
    total = "tỷ lệ đạt" if by_percent else "tổng điểm"
    first = CLASS_FIRST_SENTENCE.format(total) if TieRule.CLASS_FIRST in found else ""
    compared = [
        tie_words(rule, sections, is_share=rule in shares) for rule in rules if _compares(rule)
    ]
    is_dense = TieRule.DENSE_RANK in rules
    skipped = "hạng kế tiếp liền sau" if is_dense else "hạng kế tiếp tính theo số đơn vị xếp trên"
    end = f"các đơn vị cùng hạng, {skipped}" if set(SHARING) & set(rules) else "hội nghị quyết định"
    if not compared:
        return f"{first}Khi bằng {total}, {end}."
    words = "; ".join(compared)
    return f"{first}Khi bằng {total}, xét lần lượt: {words}; nếu vẫn bằng nhau thì {end}."


def compared_by(
    rule: str, sections: Mapping[str, str] | None = None, *, is_share: bool = False
) -> str:
    """What a tie rule compares: «điểm thưởng (mục IV)», «điểm mục III “Cải cách hành chính”».

    «tỷ lệ % điểm thưởng» where it is in percent of the maximum.
    """
    named = (sections or {}).get(rule, "")
    share = "tỷ lệ % " if is_share else ""
    if path := section_of(rule):
        return f"{share}điểm {named or f'mục {line_label(path)}'}"
    words = f"{share}{COMPARED[TieRule(rule)]}"
    return f"{words} ({named})" if named else words


def tie_words(
    rule: str, sections: Mapping[str, str] | None = None, *, is_share: bool = False
) -> str:
    """The same with the side that wins: «điểm thưởng (mục IV) cao hơn»."""
    end = LESS if rule == TieRule.FEWEST_DEDUCTIONS else MORE
    return f"{compared_by(rule, sections, is_share=is_share)} {end}"


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


def stated_tie_sentence(stated: Sequence[str], sections: Mapping[str, str] | None = None) -> str:
    """The tie rules in force in words; usual ones are named as such."""
    sentence = tie_rule_sentence(tie_rules_in_force(stated), sections=sections)
    if stated:
        return sentence
    return f"{sentence[:-1]} (thứ tự thông thường, vì quy định của năm không nêu)."
