"""Buttons of the moves that a person may make now."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

from thidua.common.workflow import Transition


def move_buttons(
    obj: Model,
    found: Iterable[tuple[Transition, list[str]]],
    url_of: Callable[[Transition], str],
) -> list[dict[str, Any]]:
    """Buttons of the moves of `obj`, each with address, obstacles and what it asks; the first one
    is the main one."""
    return [
        {
            "label": move.label,
            "url": url_of(move),
            "obstacles": obstacles,
            "questions": [] if obstacles else move.asked(obj),
            "needs_note": move.needs_note,
            "note_label": move.note_label,
            "consequence": move.consequence,
            "primary": place == 0,
            "tone": move.tone,
        }
        for place, (move, obstacles) in enumerate(found)
    ]
