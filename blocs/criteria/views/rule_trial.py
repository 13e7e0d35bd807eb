"""«Thử tính»: what the rule being written makes of an example."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from blocs.criteria.forms.answer_fields import options_of
from blocs.criteria.forms.trial import (
    TRY,
    name_of,
    shown_peers,
    typed_entry,
    typed_peers,
)
from blocs.scoring import (
    KINDS,
    Context,
    Entry,
    Leaf,
    Missing,
    Points,
    Waiting,
    check_leaf,
    leaf_points,
    rule_words,
)
from blocs.scoring.kinds.kinds import compares, needed_by
from blocs.scoring.terms.numbers import ZERO, RuleError, half_up, show, to_step

FULL = "thu-du-diem"
ASKED = "Câu hỏi này hiện ra cho người nhập khi gặp số liệu như vậy."
MEND_FIRST = "Quy tắc chưa đủ để tính. Hãy sửa các ô được báo ở trên."


@dataclass(frozen=True)
class TrialInput:
    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...]
    unit: str


@dataclass(frozen=True)
class Trial:
    """The box: its inputs, the rule in words, and what came out (empty before the first try)."""

    inputs: tuple[TrialInput, ...]
    peers: str
    asks_full: bool
    is_full: bool
    words: str
    result: str
    note: str
    tone: str


def trial_of(form, kind, rules, data):
    """The box for the rule as it is typed now, else as it is stored."""
    leaf, measure = leaf_of(form, kind)
    asked = inputs_of(leaf)
    result, note, tone = "", "", ""
    if TRY in data:
        is_usable = form.is_valid() and leaf.kind in KINDS
        result, note, tone = (
            outcome_of(leaf, asked, rules, data) if is_usable else (MEND_FIRST, "", "question")
        )
    is_compared = compares(leaf.kind, leaf.rule)
    return Trial(
        inputs=tuple(
            TrialInput(
                name_of(one), one.label, data.get(name_of(one), ""), options_of(one), one.unit
            )
            for one in asked
        ),
        peers=shown_peers(data) if is_compared else "",
        asks_full=bool(needed_by(leaf.kind, leaf.rule)),
        is_full=FULL in data,
        words=rule_words(leaf.kind, leaf.rule, leaf.max_points, measure),
        result=result,
        note=note,
        tone=tone,
    )


def leaf_of(form, kind):
    """The leaf of the typed form where it is whole, else of the stored rule."""
    if form.is_bound and form.is_valid():
        values = form.values()
        return Leaf("", form.get_kind() or kind, values["max_points"], values["rule"]), values[
            "measure"
        ]
    points = form.initial.get("max_points") or ZERO
    return Leaf("", kind, points, form.stored), form.initial.get("measure") or ""


def inputs_of(leaf):
    if leaf.kind not in KINDS:
        return ()
    try:
        return KINDS[leaf.kind].inputs(leaf.rule)
    except RuleError:
        return ()


def outcome_of(leaf, asked, rules, data):
    """What comes out, how, and in which tone it is said."""
    if sentences := check_leaf(leaf):
        return " ".join(sentences), "", "question"
    try:
        entry, peers = typed_entry(asked, data), typed_peers(data)
    except ValidationError as error:
        return " ".join(error.messages), "", "question"
    context = Context(
        peers=(entry, *peers) if entry != Entry() else None,
        is_closed=True,
        step=rules.step,
        full_paths=frozenset({needed_by(leaf.kind, leaf.rule)} if FULL in data else ()),
    )
    return said(leaf_points(leaf, entry, context), rules)


def said(outcome, rules):
    if isinstance(outcome, Points):
        points = outcome.points
        if rules.round_to_step and rules.step:
            points = to_step(points, rules.step)
        if rules.decimals is not None:
            points = half_up(points, rules.decimals)
        return f"{show(points)} điểm", outcome.note, "done"
    if isinstance(outcome, Missing | Waiting):
        return f"Chưa tính được: {outcome.sentence}", "", "question"
    return (
        outcome.sentence,
        "Câu hỏi này hiện ra cho người nhập khi gặp số liệu như vậy.",
        "question",
    )
