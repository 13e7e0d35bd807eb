"""The log book of one object as its page shows it: newest first, a run of work as one line."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Model

from thidua.common.models import ActivityEntry
from thidua.common.vietnamese.dates import moment_words
from thidua.common.workflow import Workflow

# How far apart entries of one piece of work may lie, and how many are read for one line.
APART, FOLDED = timedelta(minutes=30), 10


def timeline(
    obj: Model, workflow: Workflow | None = None, limit: int = 30, folded: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The log book of one object with the words of its states, ready for the page.

    Entries of the actions in `folded` that follow each other, of one person and less than half an
    hour apart, are one line; the log book itself keeps each.
    """
    words = dict(workflow.states.choices) if workflow else {}
    found = ActivityEntry.objects.about(obj).defer("changes")
    runs = folded_runs(found[: limit * (FOLDED if folded else 1)], folded)
    return [
        {
            "at": run[0].at,
            "actor_name": run[0].actor_name,
            "label": run_label(run),
            "note": run[0].note,
            "from_label": words.get(run[0].from_state, ""),
            "to_label": words.get(run[0].to_state, ""),
        }
        for run in runs[:limit]
    ]


def folded_runs(
    entries: Iterable[ActivityEntry], actions: Collection[str]
) -> list[list[ActivityEntry]]:
    """Entries, newest first, gathered into runs of the same work; others stand alone."""
    runs: list[list[ActivityEntry]] = []
    for entry in entries:
        last = runs[-1][-1] if runs else None
        is_same = last is not None and (last.action, last.actor_id) == (
            entry.action,
            entry.actor_id,
        )
        if is_same and entry.action in actions and last.at - entry.at < APART:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def run_label(run: Sequence[ActivityEntry]) -> str:
    """«Lưu điểm tự chấm: 14 lần từ 13:40 28/11/2026», or the words of a single entry."""
    if len(run) == 1:
        return run[0].label
    words = run[0].label.partition(":")[0]
    return f"{words}: {len(run):02d} lần từ {moment_words(run[-1].at)}"
