"""Names of units and blocs: a new one from a day on, a misspelt one, one recorded by mistake."""

import copy
from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.units.actions.units import refuse_second_name
from blocs.units.domain.former_names import (
    ONE_DAY,
    FormerName,
    corrected,
    rename_refusals,
    row_of,
)
from blocs.units.models import Bloc, Unit
from thidua.common.activity import record
from thidua.common.changes import all_words, set_fields
from thidua.common.permissions import require
from thidua.common.stamps import overwrite, refuse_overtaken
from thidua.common.vietnamese.dates import short_date

Dated = Unit | Bloc
SAME_NAME = "Chưa sửa gì: tên mới giống tên đang dùng."
NO_SUCH_NAME = "Tên trước đây này không còn trong danh sách; hãy mở lại trang của đơn vị, khối."
NEVER_RENAMED = "Chưa ghi lần đổi tên nào nên không có gì để hủy."


@transaction.atomic
def rename(
    named: Dated,
    *,
    actor,
    data: Mapping,
    on: date,
    decision: str,
    reason: str = "",
    seen: str | None = None,
) -> Dated:
    """Give a unit or bloc the names in `data` from the day `on`; earlier years keep those of then.

    Refused for a day that has not come and for one before an earlier renaming.
    """
    found = locked(named, actor)
    if reasons := rename_refusals(found.former_names, on, timezone.localdate()):
        raise ValidationError({"on": reasons})
    then = names_of(found)
    changes = overwrite(found, data, *ACTIONS, seen=seen)
    if not changes:
        raise ValidationError(SAME_NAME)
    former = FormerName(on - ONE_DAY, then, decision, reason)
    found.former_names = [*found.former_names, row_of(former)]
    label, note = f"Đổi tên từ {short_date(on)}", said(decision, reason)
    return keep(found, "rename", actor=actor, label=label, note=note, changes=changes)


@transaction.atomic
def correct_name(
    named: Dated,
    *,
    actor,
    data: Mapping,
    reason: str,
    number: int | None = None,
    seen: str | None = None,
) -> Dated:
    """Mend the spelling of a name in all years in which it stands so, archived ones included.

    `number` is the place of a former name, counted from 0; without one it is the name of now. What
    was signed and kept as a paper stays as it was printed.
    """
    found = locked(named, actor)
    period = period_of(found, number)
    stored, before = all_words(period, found.NAMES), names_of(period)
    changes = set_fields(period, {name: data[name] for name in found.NAMES if name in data})
    if not changes:
        raise ValidationError(SAME_NAME)
    typed = all_words(period, found.NAMES)
    refuse_overtaken(found, *ACTIONS, seen=seen, stored=stored, typed=typed)
    after = names_of(period)
    set_fields(found, corrected([now_row(found)], before, after)[0]["names"])
    found.former_names = corrected(found.former_names, before, after)
    label = "Sửa lỗi chính tả trong tên, ở mọi năm"
    return keep(found, "correct_name", actor=actor, label=label, note=reason, changes=changes)


@transaction.atomic
def undo_rename(named: Dated, *, actor, reason: str) -> Dated:
    """Take back the last renaming, recorded by mistake: the name before it holds as ever."""
    found = locked(named, actor)
    if not found.former_names:
        raise ValidationError(NEVER_RENAMED)
    last = found.former[-1]
    changes = set_fields(found, last.names)
    found.former_names = found.former_names[:-1]
    label = f"Hủy lần đổi tên từ {short_date(last.ended_on)}"
    return keep(found, "undo_rename", actor=actor, label=label, note=reason, changes=changes)


# Whoever wrote a name last did it by one of these.
ACTIONS = (
    "units.rename",
    "units.correct_name",
    "units.undo_rename",
    "units.create_unit",
    "units.create_bloc",
)


def locked(named: Dated, actor) -> Dated:
    """The row as it is now, held until the transaction ends; asked is the right of its kind."""
    if isinstance(named, Unit):
        require(actor, "units.manage_unit")
        return Unit.objects.select_for_update(of=("self",)).get(pk=named.pk)
    require(actor, "units.manage_bloc")
    return Bloc.objects.select_for_update(of=("self",)).get(pk=named.pk)


def names_of(named: Dated) -> dict[str, str]:
    """The names of now by field."""
    return {name: getattr(named, name) for name in named.NAMES}


def period_of(named: Dated, number: int | None) -> Dated:
    """A copy for writing on: with the names of now, or those of the former name at this place."""
    if number is None:
        return copy.copy(named)
    if number >= len(named.former_names):
        raise ValidationError(NO_SUCH_NAME)
    return named.named(named.former[number].last_on)


def now_row(named: Dated) -> dict:
    """The names of now as a former name would be kept; they have no last day yet."""
    return row_of(FormerName(date.max, names_of(named), ""))


def said(*parts: str) -> str:
    """The parts that say something, as sentences."""
    return " ".join(f"{part.strip().rstrip('.')}." for part in parts if part.strip())


def keep(
    named: Dated, action: str, *, actor, label: str, note: str, changes: Sequence[dict]
) -> Dated:
    """Check and write the object with its names and tell the log book."""
    named.full_clean()
    if isinstance(named, Unit):
        refuse_second_name(named)
    named.save()
    record(actor, f"units.{action}", named, label=label, note=note, changes=list(changes))
    return named
