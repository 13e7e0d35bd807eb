"""The log book of one object as its page shows it: newest first, a run of work as one line."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import takewhile
from typing import Any

from django.db.models import Model

from thidua.common.changes import said
from thidua.common.log_book.models import LogLine, lines_about
from thidua.common.log_book.openings import OPENINGS
from thidua.common.vietnamese.dates import moment_words
from thidua.common.workflow import Workflow

# How many lines a page shows, how far apart entries of one piece of work may lie, and how many are
# read for one line.
LIMIT, APART, FOLDED = 30, timedelta(minutes=30), 10
# Changes that stand there at once, those that open on demand, the characters of one value, and
# how many of them stand before the place where two long values part.
SHOWN, MOST, LONGEST, CONTEXT = 3, 60, 200, 40
NOTHING = "để trống"


def timeline(
    obj: Model,
    workflow: Workflow | None = None,
    limit: int = LIMIT,
    folded: Collection[str] = (),
    secret: Collection[str] = (),
    say: Callable[[str], str] = str,
    read: Sequence[LogLine] | None = None,
) -> list[dict[str, Any]]:
    """The log book of one object with the words of its states, ready for the page.

    Entries of the actions in `folded` that follow each other, of one person and less than half an
    hour apart, are one line; the log book itself keeps each. Of the actions in `secret` the reader
    sees that they happened, and no value. Who opened it stands elsewhere. `say` puts names of
    fields into the words of a bloc; `read` are its lines where they were read already.
    """
    words = dict(workflow.states.choices) if workflow else {}
    most = most_lines(limit, folded)
    found = lines_about(obj, without=OPENINGS)[:most] if read is None else read[:most]
    runs = folded_runs(found, folded)
    return [
        {
            "at": run[0].at,
            "actor_name": run[0].actor_name,
            "label": run_label(run),
            "note": run[0].note,
            "from_label": words.get(run[0].from_state, ""),
            "to_label": words.get(run[0].to_state, ""),
            **change_lines([] if run[0].action in secret else run, say),
        }
        for run in runs[:limit]
    ]


def most_lines(limit: int = LIMIT, folded: Collection[str] = ()) -> int:
    """How many lines of the log book are read for so many of the page."""
    return limit * FOLDED if folded else limit


def folded_runs(entries: Iterable[LogLine], actions: Collection[str]) -> list[list[LogLine]]:
    """Entries, newest first, gathered into runs of the same work; others stand alone."""
    runs: list[list[LogLine]] = []
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


def change_lines(
    run: Sequence[LogLine], say: Callable[[str], str] = str
) -> dict[str, list[dict[str, str]]]:
    """What a run of entries changed, from its first value to its last: some lines, then `more`.

    What was changed and changed back is no change.
    """
    net: dict[str, tuple[Any, Any]] = {}
    for entry in reversed(run):
        for change in entry.changes:
            name, before = changed_name(change, say), change.get("before")
            net[name] = (net[name][0] if name in net else before, change.get("after"))
    lines = [
        {"name": name, **both_words(before, after)}
        for name, (before, after) in net.items()
        if whole_words(before) != whole_words(after)
    ]
    return {"changes": lines[:SHOWN], "more": lines[SHOWN:MOST]}


def changed_name(change: Mapping[str, Any], say: Callable[[str], str] = str) -> str:
    """«I.2 Chuyển đổi số – điểm tự chấm», or the name of a field alone."""
    line = " ".join(str(change[key]) for key in ("code", "name") if change.get(key))
    field = say(str(change["field"]))
    return f"{line} – {field}" if line else field


def whole_words(value: Any) -> str:
    """A value of the log book on one line; nothing is an empty text."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {whole_words(one)}" for key, one in value.items())
    return " ".join(said(value).split())


def both_words(before: Any, after: Any) -> dict[str, str]:
    """Both values; of long ones what differs, not what they begin with."""
    old, new = whole_words(before), whole_words(after)
    is_long = max(len(old), len(new)) > LONGEST
    pairs = zip(old, new, strict=False) if is_long else ()
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    skipped = old.rfind(" ", 0, max(0, alike - CONTEXT)) + 1
    return {"before": cut(old, skipped) or NOTHING, "after": cut(new, skipped) or NOTHING}


def cut(words: str, skipped: int) -> str:
    """The part of a text that a line of the log book has room for."""
    if skipped:
        words = f"…{words[skipped:]}"
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def run_label(run: Sequence[LogLine]) -> str:
    """«Lưu điểm tự chấm: 14 lần từ 13:40 28/11/2026», or the words of a single entry."""
    if len(run) == 1:
        return run[0].label
    words = run[0].label.partition(":")[0]
    return f"{words}: {len(run):02d} lần từ {moment_words(run[-1].at)}"
