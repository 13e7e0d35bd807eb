"""Whatever was derived keeps the facts it rested on; the one function that compares them with now.

A ranking, a count, a proposal, a verdict, an opinion and a draft decision each follow from facts
that others may change later. Each says once, with `rests_on`, which facts those are. Making it
keeps them (`keep_basis`), its page and its moves ask what changed (`basis_faults`), and a person
who looks at the changes keeps the new facts with a reason (`confirm_basis`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models

from thidua.common.activity import record
from thidua.common.models import Basis
from thidua.common.stamps import OvertakenError, stamp_of_words

CHANGED = "Căn cứ đã thay đổi: {}."
UNCHANGED = "Căn cứ không thay đổi, không có gì phải xác nhận."
MOVED_AGAIN = (
    "Căn cứ vừa thay đổi tiếp sau khi anh/chị mở trang này. Hãy xem lại các thay đổi rồi xác nhận."
)
NO_REASON = "Vui lòng ghi lý do, kết quả xem xét."
NOTHING = "không có"
# Under these names an object holds the changes that were read for it, and the facts it came with.
READ, CAME = "_basis_changes", "came_with_facts"


@dataclass(frozen=True)
class BasisFact:
    """One fact: `key` tells it from others for good, `name` and `words` are what people read."""

    key: str
    name: str
    words: str


@dataclass(frozen=True)
class BasisChange:
    """A fact that is not what it was; an empty text where it was not there, or is no more."""

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.name}: {self.before or NOTHING} → {self.after or NOTHING}"


Derived = TypeVar("Derived", bound=models.Model)
Reader = Callable[..., Iterable[BasisFact]]
_READERS: dict[str, Reader] = {}


def rests_on(model: str) -> Callable[[Reader], Reader]:
    """Register the function that reads the facts of now for objects of `model` («app.model»).

    The model is a `RestsOnFacts`, so that no facts are left behind when its object is deleted.
    """

    def add(reader: Reader) -> Reader:
        _READERS[model] = reader
        return reader

    return add


def differences(then: Iterable[BasisFact], now: Iterable[BasisFact]) -> tuple[BasisChange, ...]:
    """What differs, in the order of now; facts that are gone come last."""
    known, current = {fact.key: fact for fact in then}, tuple(now)
    changed = tuple(
        BasisChange(fact.name, known[fact.key].words if fact.key in known else "", fact.words)
        for fact in current
        if (known[fact.key].words if fact.key in known else "") != fact.words
    )
    left = {fact.key for fact in current}
    gone = (fact for key, fact in known.items() if key not in left and fact.words)
    return (*changed, *(BasisChange(fact.name, fact.words, "") for fact in gone))


def facts_now(obj: models.Model) -> tuple[BasisFact, ...]:
    """The facts on which this object rests, as they are now; each key once."""
    return once(_READERS[obj._meta.label_lower](obj))


def once(facts: Iterable[BasisFact]) -> tuple[BasisFact, ...]:
    """The facts without a second one of the same key."""
    return tuple({fact.key: fact for fact in facts}.values())


def kept_facts(obj: models.Model) -> tuple[BasisFact, ...] | None:
    """The facts kept with the object; None where it was made without any."""
    if CAME in obj.__dict__:
        rows = obj.__dict__[CAME]
    else:
        rows = _row_of(obj).values_list("facts", flat=True).first()
    return None if rows is None else tuple(BasisFact(*row) for row in rows)


def with_kept_facts(rows: models.QuerySet) -> models.QuerySet:
    """The objects together with the facts kept with each, for a page of one of them."""
    kept = Basis.objects.filter(
        subject_type__app_label=rows.model._meta.app_label,
        subject_type__model=rows.model._meta.model_name,
        subject_id=models.OuterRef("pk"),
    )
    return rows.annotate(**{CAME: models.Subquery(kept.values("facts")[:1])})


def basis_changes(obj: models.Model) -> tuple[BasisChange, ...]:
    """The one comparison: what the object rested on against what is so now.

    Read once for the object in hand: its page and each of its moves ask for it.
    """
    if READ not in obj.__dict__:
        then = kept_facts(obj)
        obj.__dict__[READ] = () if then is None else differences(then, facts_now(obj))
    found: tuple[BasisChange, ...] = obj.__dict__[READ]
    return found


def changes_among(
    objects: Iterable[Derived], read: Callable[[Derived], Iterable[BasisFact]]
) -> list[tuple[Derived, tuple[BasisChange, ...]]]:
    """The same for many objects of one model, with one query: those below which anything changed.

    `read` gives the facts of now where they were read already.
    """
    rows = list(objects)
    if not rows:
        return []
    kind = ContentType.objects.get_for_model(rows[0])
    found = Basis.objects.filter(subject_type=kind, subject_id__in=[row.pk for row in rows])
    kept = dict(found.values_list("subject_id", "facts"))
    pairs = [
        (row, differences((BasisFact(*fact) for fact in kept[row.pk]), once(read(row))))
        for row in rows
        if row.pk in kept
    ]
    return [(row, changes) for row, changes in pairs if changes]


def basis_faults(obj: models.Model, advice: str = "") -> list[str]:
    """«Căn cứ đã thay đổi: Sở A: … → …; …», and what to do; empty where the basis stands."""
    return faults_of(basis_changes(obj), advice)


def faults_of(changes: Iterable[BasisChange], advice: str = "") -> list[str]:
    """The sentence over changes that were read already."""
    said = "; ".join(map(str, changes))
    return [" ".join(filter(None, (CHANGED.format(said), advice)))] if said else []


def keep_basis(
    obj: models.Model, *, actor: models.Model | None, facts: Iterable[BasisFact] | None = None
) -> None:
    """Keep the facts the object rests on from now on: those of now, or these.

    Asks no right: the action that makes or confirms the object has asked.
    """
    found = facts_now(obj) if facts is None else tuple(facts)
    forget(obj)
    kind = ContentType.objects.get_for_model(obj)
    Basis.objects.update_or_create(
        subject_type=kind,
        subject_id=obj.pk,
        defaults={
            "facts": [[fact.key, fact.name, fact.words] for fact in found],
            "kept_by": actor,
        },
    )


def follow_basis(obj: models.Model, *, actor: models.Model) -> None:
    """Keep the basis of an object that was edited: what stays in it still rests on what it did.

    Facts that are new to the object are kept as they are now, so that editing one line never
    confirms what another rests on.
    """
    then = {fact.key: fact for fact in kept_facts(obj) or ()}
    keep_basis(obj, actor=actor, facts=[then.get(fact.key, fact) for fact in facts_now(obj)])


def confirm_basis(
    obj: models.Model, *, actor: models.Model, action: str, reason: str, seen: str | None = None
) -> None:
    """A person looked at what changed and says why the object stands: the log book keeps it all.

    `seen` stamps the changes that the page of that person showed. Asks no right. Raises
    ValidationError without a reason, where nothing changed, and where more changed meanwhile.
    """
    changes = changes_to_confirm(obj, reason=reason, seen=seen)
    keep_basis(obj, actor=actor)
    label = "Xác nhận căn cứ đã thay đổi"
    record(actor, action, obj, label=label, note=reason.strip(), changes=change_rows(changes))


def changes_to_confirm(
    obj: models.Model, *, reason: str, seen: str | None
) -> tuple[BasisChange, ...]:
    """The changes that somebody settles with this reason; refused as `confirm_basis` says."""
    forget(obj)
    changes = basis_changes(obj)
    refuse_unsettled(changes, reason=reason, seen=seen)
    return changes


def refuse_unsettled(changes: Iterable[BasisChange], *, reason: str, seen: str | None) -> None:
    """Changes are settled knowingly or not at all; raises what `confirm_basis` says."""
    changes = tuple(changes)
    if not changes:
        raise ValidationError(UNCHANGED)
    stamp = stamp_of_words(words_of_changes(changes))
    if seen is not None and seen != stamp:
        raise OvertakenError({"reason": MOVED_AGAIN}, stamp)
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})


def words_of_changes(changes: Iterable[BasisChange]) -> dict[str, str]:
    """The changes by name, as a form that shows them is stamped."""
    return {row.name: str(row) for row in changes}


def change_rows(changes: Iterable[BasisChange]) -> list[dict[str, str]]:
    """The changes as the log book writes them."""
    return [{"field": row.name, "before": row.before, "after": row.after} for row in changes]


def forget(obj: models.Model) -> None:
    """Compare anew, with what is kept now."""
    for name in (READ, CAME):
        obj.__dict__.pop(name, None)


def _row_of(obj: models.Model) -> models.QuerySet:
    kind = ContentType.objects.get_for_model(obj)
    return Basis.objects.filter(subject_type=kind, subject_id=obj.pk)
