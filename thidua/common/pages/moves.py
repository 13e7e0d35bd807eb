"""Buttons of the moves that a person may make now."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Model

from thidua.common.workflow import Transition


def said_move(move: Transition, say: Callable[[str], str]) -> Transition:
    """The move with its own texts in the words of the bloc that it is made in."""
    texts = {name: say(getattr(move, name)) for name in ("label", "note_label", "consequence")}
    return replace(move, **texts)


def move_buttons(
    obj: Model,
    found: Iterable[tuple[Transition, list[str]]],
    url_of: Callable[[Transition], str],
    say: Callable[[str], str],
) -> list[dict[str, Any]]:
    """Buttons of the moves of `obj`, each with address, obstacles and what it asks; the first one
    is the main one; `say` puts our own texts into the words of the bloc."""
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
        for place, (move, obstacles) in enumerate(
            (said_move(one, say), obstacles) for one, obstacles in found
        )
    ]
