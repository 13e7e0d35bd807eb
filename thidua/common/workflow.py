"""The life of an object as a table, and the one function that moves it along."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model

from thidua.common.activity import kept_words, record
from thidua.common.permissions import require_proof
from thidua.common.vietnamese.lengths import check_written

MOVED_ON = "Hồ sơ đã chuyển trạng thái. Vui lòng tải lại trang."
NEEDS_NOTE = "Vui lòng nêu lý do."
# What the page of an object says in a state that no move leaves.
THE_END = "Không còn việc phải làm"
CONFIRM = "Nếu vẫn tiếp tục, hãy đánh dấu xác nhận rồi thực hiện lại."


@dataclass(frozen=True)
class PageLink:
    """The page by its heading and address."""

    label: str
    url: str


class Leading(str):
    """Reads and compares as its words alone; pages that list it show the link behind it."""

    __slots__ = ("way",)

    way: PageLink

    def __new__(cls, words: str, way: PageLink) -> "Leading":
        found = super().__new__(cls, words)
        found.way = way
        return found


def way_of(sentence: str) -> PageLink | None:
    """Where a sentence leads; None for one that is words alone."""
    return sentence.way if isinstance(sentence, Leading) else None


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One move: who may make it is a right, why it cannot be made yet is a guard."""

    name: str
    label: str
    sources: Collection[str]
    target: str
    permission: str
    guards: tuple[Callable[..., list[str]], ...] = ()
    # Changes the object; it may return the lines that the log book shows as before and after.
    effect: Callable[..., list[dict] | None] | None = None
    # Locks what the move shares with other objects (a number taken once), before the object itself.
    holds: Callable[..., None] | None = None
    needs_note: bool = False
    note_label: str = "Lý do (bắt buộc)"
    # Says in a sentence why this object's move asks for a reason; empty where it asks for none.
    note_if: Callable[..., str] | None = None
    # Said before the last click: what cannot be undone afterwards.
    consequence: str = ""
    tone: str = "primary"
    # Asked before the move, not forbidden: it goes on once the person has ticked that it shall.
    questions: tuple[Callable[..., list[str]], ...] = ()
    # Another state than `target`, and when the object comes to it.
    also: str = ""
    goes_also: Callable[..., bool] | None = None
    # What cannot be undone: the person has to have proved himself lately.
    needs_proof: bool = False
    # Moves that another action makes (a signature, a decision) have no button of their own.
    hidden: bool = False

    def of(self, obj) -> "Transition":
        """The move as this object meets it: with the reason it asks for, and why."""
        why = self.note_if(obj) if self.note_if else ""
        if not why:
            return self
        return replace(
            self, needs_note=True, consequence=" ".join(filter(None, (self.consequence, why)))
        )

    def obstacles(self, obj) -> list[str]:
        """The reasons, in the reader's words, why this move is not possible yet.

        Of what is kept as it is nothing moves: then that is the one reason.
        """
        if kept := kept_words(obj, to_state=self.target_of(obj)):
            return [kept]
        return [reason for guard in self.guards for reason in guard(obj)]

    def target_of(self, obj) -> str:
        """The state to which this object comes."""
        return self.also if self.goes_also and self.goes_also(obj) else self.target

    @property
    def targets(self) -> tuple[str, ...]:
        """Every state to which the move can lead."""
        return (self.target, self.also) if self.also else (self.target,)

    def asked(self, obj) -> list[str]:
        """What the person is asked to confirm first; empty where nothing is out of the ordinary."""
        return [question for ask in self.questions for question in ask(obj)]


@dataclass(frozen=True)
class Workflow:
    """All moves of one kind of object; `ways` says in each state who goes on and how, or the end.

    An object whose way depends on more than its state has words of its own instead.
    """

    states: type
    initial: str
    transitions: tuple[Transition, ...]
    field: str = "state"
    ways: Mapping[str, str] = dataclass_field(default_factory=dict)
    # What the page says instead where something around the object, its year, ended its life.
    ended: Callable[..., str] | None = None

    def __getitem__(self, name: str) -> Transition:
        return {move.name: move for move in self.transitions}[name]

    def state_of(self, obj) -> str:
        """The state the object is in."""
        return getattr(obj, self.field)

    def way_of(self, obj) -> str:
        """Who goes on from the state of the object, and how; empty where its page tells more."""
        over = self.ended(obj) if self.ended else ""
        way = over or self.ways.get(self.state_of(obj), "")
        kept = "" if THE_END in way else kept_words(obj)
        return f"{THE_END}: {kept[:1].lower()}{kept[1:]}" if kept else way

    def leaving(self, state: str) -> list[Transition]:
        """The moves that start from `state`."""
        return [move for move in self.transitions if state in move.sources]


def available(workflow: Workflow, obj, user) -> list[tuple[Transition, list[str]]]:
    """The moves `user` may make on `obj` now, each with its obstacles (empty: it can be made)."""
    return [
        (move.of(obj), move.obstacles(obj))
        for move in workflow.leaving(workflow.state_of(obj))
        if not move.hidden and user.has_perm(move.permission, obj)
    ]


def check_move(
    workflow: Workflow,
    move: Transition,
    obj,
    *,
    actor,
    note: str = "",
    is_confirmed: bool = False,
) -> None:
    """Refuse a move: PermissionDenied for the wrong person, ValidationError with the reasons.

    Questions of the move refuse it, too, unless it is confirmed; last ProofNeededError.
    """
    if not actor.has_perm(move.permission, obj):
        raise PermissionDenied
    if workflow.state_of(obj) not in move.sources:
        raise ValidationError(MOVED_ON)
    if move.of(obj).needs_note and not note.strip():
        raise ValidationError(NEEDS_NOTE)
    check_written(note)
    if reasons := move.obstacles(obj):
        raise ValidationError(reasons)
    if not is_confirmed and (questions := move.asked(obj)):
        raise ValidationError([*questions, CONFIRM])
    if move.needs_proof:
        require_proof(actor)


@transaction.atomic
def perform(
    workflow: Workflow,
    name: str,
    obj: Model,
    *,
    actor,
    note: str = "",
    is_confirmed: bool = False,
    **details: object,
) -> Model:
    """Lock, check, move, save and record: all of it or nothing. Returns the moved object.

    `is_confirmed` says that the person has seen the questions of the move and goes on. Raises
    PermissionDenied or ValidationError (Vietnamese sentences) and then changes nothing.
    """
    move = workflow[name]
    if move.holds:
        move.holds(obj)
    obj = type(obj)._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    before = workflow.state_of(obj)
    check_move(workflow, move, obj, actor=actor, note=note, is_confirmed=is_confirmed)
    confirmed = move.asked(obj)
    setattr(obj, workflow.field, move.target_of(obj))
    changes = move.effect(obj, actor=actor, note=note, **details) if move.effect else None
    obj.full_clean()
    obj.save()
    record(
        actor,
        f"{obj._meta.label_lower}.{name}",
        obj,
        label=move.label,
        note="\n".join(filter(None, (note, *(f"Đã xác nhận: {one}" for one in confirmed)))),
        from_state=before,
        to_state=workflow.state_of(obj),
        changes=changes,
    )
    return obj
