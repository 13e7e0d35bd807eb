"""Points that depend on the best unit of the bloc: nobody's are known before all have reported."""

from decimal import Decimal
from fractions import Fraction

from blocs.scoring.terms import reading
from blocs.scoring.terms.numbers import optional_number, show
from blocs.scoring.terms.values import Context, Entry, Leaf, Outcome, Points, Question, Waiting

HALF = Decimal("0.5")
WAITING = Waiting("Điểm so với đơn vị dẫn đầu, có sau khi các đơn vị đã nhập đủ số liệu.")
ALL_ZERO = Question("Các đơn vị cùng nhóm đều có kết quả 0 nên quy tắc không cho ra điểm.")


def share_of_best(leaf: Leaf, entry: Entry, context: Context) -> Outcome:
    """max × A / the highest A of the bloc."""
    peers = _reported(context)
    if peers is None:
        return WAITING
    return _share(leaf, entry, [peer.value for peer in peers])


def relative_to_leader(leaf: Leaf, entry: Entry, context: Context) -> Outcome:
    """Half the maximum for the target itself, the other half by how far it is exceeded.

    A < T: ½·max·A/T. A = T: ½·max. A > T: ½·max + ½·max × own excess / highest excess, the
    excess being (A − T)/T. A unit without a target (none or 0) is compared only with other such
    units: max × A / their highest A. Source: the table of cluster 347 of 2025.
    """
    peers = _reported(context)
    if peers is None:
        return WAITING
    target = _target(leaf, entry)
    if not target:
        return _share(leaf, entry, [peer.value for peer in peers if not _target(leaf, peer)])
    half = HALF * reading.maximum(leaf)
    if entry.value <= target:
        return Points(
            half * entry.value / target, f"{show(half)} × {show(entry.value)} / {show(target)}"
        )
    own = _excess(entry.value, target)
    best = max(
        [own, *(_excess(peer.value, _target(leaf, peer)) for peer in peers if _target(leaf, peer))]
    )
    note = f"{show(half)} + {show(half)} × {_percent(own)} % / {_percent(best)} %"
    return Points(half + _decimal(Fraction(half) * own / best), note)


def _excess(actual: Decimal, target: Decimal) -> Fraction:
    # A fraction, so that the leader and units level with it get exactly the full mark.
    return (Fraction(actual) - Fraction(target)) / Fraction(target)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _percent(value: Fraction) -> str:
    return show(_decimal(value * 100))


def _share(leaf: Leaf, entry: Entry, values: list[Decimal]) -> Outcome:
    best = max([entry.value, *values])
    if best == 0:
        return ALL_ZERO
    ceiling = reading.maximum(leaf)
    return Points(
        ceiling * entry.value / best, f"{show(ceiling)} × {show(entry.value)} / {show(best)}"
    )


def _target(leaf: Leaf, entry: Entry) -> Decimal | None:
    if entry.target is not None:
        return entry.target
    return optional_number(leaf.rule, "target", "chỉ tiêu chung")


def _reported(context: Context) -> list[Entry] | None:
    """The entries of the units this leaf concerns; None while one of them is still empty."""
    if context.peers is None:
        return None
    concerned = [peer for peer in context.peers if not peer.not_applicable]
    reported = [peer for peer in concerned if peer.value is not None]
    return reported if context.is_closed or len(reported) == len(concerned) else None
