"""Grounds of exclusion as they are stored in a table of criteria-table/1."""

from typing import Any

from blocs.scoring.ranking.disqualifiers import MOST_CLASSES, Disqualifier, Effect
from blocs.scoring.terms.parameters import plain


def classes_of(raw: object, effect: Effect) -> int | None:
    """By how many classes a ground lowers: 1 where nothing is stated; None for what is no number.

    Grounds of other effects lower by none.
    """
    if effect is not Effect.LOWER_CLASS:
        return 0
    if raw is None:
        return 1
    return raw if type(raw) is int and 1 <= raw <= MOST_CLASSES else None


def ground_row(item: Disqualifier) -> dict[str, Any]:
    """One ground as it is stored; only those that lower classes say by how many."""
    return {
        "code": item.code,
        "name_vi": item.name,
        "effect": item.effect.value,
        "points": None if item.points is None else plain(item.points),
        "award_cap": item.award_cap,
        "legal_basis": item.legal_basis,
        **({"classes": item.classes} if item.classes else {}),
    }
