"""Points that depend on the best unit of the bloc: nobody's are known before all have reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from blocs.scoring.terms import reading
from blocs.scoring.terms.numbers import ZERO, RuleError, optional_number, show
from blocs.scoring.terms.values import Context, Entry, Leaf, Outcome, Points, Question, Waiting

HALF = Decimal("0.5")
WAITING = Waiting("Điểm so với đơn vị dẫn đầu, có sau khi các đơn vị đã nhập đủ số liệu.")
ALL_ZERO = Question("Các đơn vị cùng nhóm đều có kết quả 0 nên quy tắc không cho ra điểm.")
ASKED = "ask"


@dataclass(frozen=True)
class AllZero:
    """What nobody's result gives: a share of the maximum, None where people are asked."""

    field: str
    share: Decimal | None
    sentence: str = ""


WHEN_ALL_ZERO: Mapping[str, AllZero] = {
    ASKED: AllZero("hỏi người chấm", None),
    "full": AllZero(
        "đều được điểm tối đa",
        Decimal(1),
        " Mọi đơn vị được so sánh đều có kết quả 0 thì đều được điểm tối đa.",
    ),
    "none": AllZero(
        "đều được 0 điểm",
        ZERO,
        " Mọi đơn vị được so sánh đều có kết quả 0 thì đều được 0 điểm.",
    ),
}


@dataclass(frozen=True)
class Measured:
    """A figure that was reported, and the target: the unit's own, else that of the rule."""

    figure: Decimal
    target: Decimal | None


def measured(leaf: Leaf, entry: Entry) -> Measured | None:
    """The figure of an entry beside its target; None where none was reported."""
    if entry.value is None:
        return None
    if entry.target is not None:
        return Measured(entry.value, entry.target)
    return Measured(entry.value, optional_number(leaf.rule, "target", "chỉ tiêu chung"))


def share_of_best(leaf: Leaf, own: Measured, context: Context) -> Outcome:
    """max × A / the highest A of the bloc."""
    peers = _reported(leaf, context)
    return WAITING if peers is None else _share(leaf, own, peers)


def relative_to_leader(leaf: Leaf, own: Measured, context: Context) -> Outcome:
    """Half the maximum for the target itself, the other half by how far it is exceeded.

    A < T: ½·max·A/T. A = T: ½·max. A > T: ½·max + ½·max × own excess / highest excess, the
    excess being (A − T)/T. A unit without a target (none or 0) is compared only with other such
    units: max × A / their highest A. Source: the table of cluster 347 of 2025.
    """
    peers = _reported(leaf, context)
    if peers is None:
        return WAITING
    figure, target = own.figure, own.target
    if not target:
        return _share(leaf, own, [peer for peer in peers if not peer.target])
    half = HALF * reading.maximum(leaf)
    if figure <= target:
        return Points(half * figure / target, f"{show(half)} × {show(figure)} / {show(target)}")
    excess = _excess(figure, target)
    best = max(_excess(one.figure, one.target) for one in (own, *peers) if one.target)
    note = f"{show(half)} + {show(half)} × {_percent(excess)} % / {_percent(best)} %"
    return Points(half + _decimal(Fraction(half) * excess / best), note)


def _excess(actual: Decimal, target: Decimal) -> Fraction:
    # A fraction, so that the leader and units level with it get exactly the full mark.
    return (Fraction(actual) - Fraction(target)) / Fraction(target)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _percent(value: Fraction) -> str:
    return show(_decimal(value * 100))


def _share(leaf: Leaf, own: Measured, peers: list[Measured]) -> Outcome:
    best = max(one.figure for one in (own, *peers))
    if best == 0:
        return _nobody_has_any(leaf)
    ceiling, figure = reading.maximum(leaf), own.figure
    return Points(ceiling * figure / best, f"{show(ceiling)} × {show(figure)} / {show(best)}")


def all_zero(rule: Mapping[str, Any]) -> AllZero:
    """What the rule says where all have 0: it asks, unless it says; RuleError for other words."""
    found = WHEN_ALL_ZERO.get(str(rule.get("all_zero", ASKED)))
    if found is None:
        raise RuleError("Quy tắc chưa nêu đúng điểm của các đơn vị khi mọi kết quả đều là 0.")
    return found


def _nobody_has_any(leaf: Leaf) -> Outcome:
    said = all_zero(leaf.rule)
    if said.share is None:
        return ALL_ZERO
    note = f"Các đơn vị được so sánh đều có kết quả 0: {said.field}"
    return Points(reading.maximum(leaf) * said.share, note)


def _reported(leaf: Leaf, context: Context) -> list[Measured] | None:
    """The figures of the units this leaf concerns; None while one of them is still empty."""
    if context.peers is None:
        return None
    concerned = [peer for peer in context.peers if not peer.not_applicable]
    reported = [found for peer in concerned if (found := measured(leaf, peer))]
    return reported if context.is_closed or len(reported) == len(concerned) else None
