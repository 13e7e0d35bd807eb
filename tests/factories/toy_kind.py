"""A way of scoring the product does not have: what is kept of the maximum after each failure."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from blocs.scoring import KINDS, Input, InputType, Kind, Points, Question, register
from blocs.scoring.terms import reading
from blocs.scoring.terms.numbers import HUNDRED, show
from blocs.scoring.terms.parameters import NumberParameter, SwitchParameter
from blocs.scoring.terms.values import MISSING

KEEP = "phần còn lại"


class Halving(Kind):
    """The maximum, cut to a share of itself for each failure."""

    code = "halving"
    label = "Giảm dần theo số lần vi phạm"
    hint = "Mỗi lần vi phạm chỉ còn lại một phần của số điểm."
    parameters = (
        NumberParameter(
            key="keep", label="Còn lại sau mỗi lần (%)", is_required=True, title="Còn lại (%)"
        ),
        SwitchParameter(key="forgives", label="Bỏ qua lần đầu", title="Bỏ qua lần đầu"),
    )

    def inputs(self, rule):
        return (Input(InputType.COUNT, "value", "Số lần vi phạm"),)

    def check_rule(self, rule, max_points=None):
        return reading.problems((lambda: reading.positive(rule, "keep", KEEP),))

    def points(self, leaf, entry, context):
        if entry.value is None:
            return MISSING
        if entry.value < 0:
            return Question(f"Số lần {show(entry.value)} là số âm.")
        times = max(Decimal(0), entry.value - bool(leaf.rule.get("forgives")))
        share = reading.positive(leaf.rule, "keep", KEEP) / HUNDRED
        return Points(reading.maximum(leaf) * share**times, f"Còn lại sau {show(times)} lần")

    def words(self, rule, max_points, measure):
        return f"Mỗi lần vi phạm còn {show(reading.positive(rule, 'keep', KEEP))} % số điểm."


@contextmanager
def known(kind: Kind) -> Iterator[Kind]:
    """The kind in the registry, for as long as somebody looks."""
    register(kind)
    try:
        yield kind
    finally:
        del KINDS[kind.code]
