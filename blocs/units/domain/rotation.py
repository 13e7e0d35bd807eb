"""Whose turn it is to lead: the units of a bloc follow each other in an order (luân phiên)."""

from collections.abc import Collection, Sequence


def next_turn(order: Sequence[int], after: int | None, offered: Collection[int]) -> int | None:
    """The offered unit that follows `after` in the order; the first comes after the last.

    None where `after` stands outside the order, or nobody else of the order is offered. Without
    `after` the order begins.
    """
    if after is not None and after not in order:
        return None
    begin = order.index(after) + 1 if after is not None else 0
    turns = [*order[begin:], *order[:begin]]
    return next((unit for unit in turns if unit in offered and unit != after), None)
