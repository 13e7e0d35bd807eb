"""The office states the order in which the units of a bloc lead it."""

from collections import Counter
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.units.models.blocs import Bloc
from blocs.units.models.rotation import turns_of
from thidua.common.activity import record
from thidua.common.changes import change_of
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken

ACTION = "units.state_rotation"
BASIS = "rotation_basis"
NAMES = {BASIS: "Theo văn bản"}
NO_BASIS = "Vui lòng ghi văn bản quy định thứ tự luân phiên: loại, số, ngày, cơ quan lập."
NOT_A_MEMBER = "Chỉ ghi lượt của đơn vị đang là thành viên của khối, cụm."


def rotation_values(bloc: Bloc) -> dict[str, str]:
    """Basis and turns in words by the fields of the form, as a second writer compares them."""
    turns = {f"turn-{row.unit_id}": str(row.turn) for row in turns_of(bloc)}
    return {BASIS: bloc.rotation_basis} | turns


def order_words(bloc: Bloc) -> str:
    """«1. Sở A; 2. Sở B», as the log book keeps the order."""
    return "; ".join(f"{row.turn}. {row.unit.name}" for row in turns_of(bloc))


@transaction.atomic
def state_rotation(
    bloc: Bloc, *, actor, basis: str, turns: Mapping[int, int | None], seen: str | None = None
) -> Bloc:
    """Write who leads in which turn (`turns` by the key of the unit), in the place of the former.

    Refused (ValidationError) where two units have one turn, for units that are no members now, and
    without the document that states the order.
    """
    require(actor, "units.manage_bloc")
    bloc = Bloc.objects.select_for_update(of=("self",)).get(pk=bloc.pk)
    kept = {unit: turn for unit, turn in turns.items() if turn}
    refuse_turns(bloc, kept, basis.strip())
    before, order = rotation_values(bloc), order_words(bloc)
    after = {BASIS: basis.strip() if kept else ""}
    after |= {f"turn-{unit}": str(turn) for unit, turn in kept.items()}
    if before == after:
        return bloc
    refuse_overtaken(bloc, ACTION, seen=seen, stored=before, typed=after, names=NAMES)
    write_turns(bloc, kept, after[BASIS])
    changes = [
        *change_of("theo văn bản", before[BASIS], after[BASIS]),
        *change_of("thứ tự luân phiên", order, order_words(bloc)),
    ]
    record(actor, ACTION, bloc, label="Ghi thứ tự luân phiên", changes=changes)
    return bloc


def refuse_turns(bloc: Bloc, turns: Mapping[int, int], basis: str) -> None:
    """Raise what is impossible in the order, at the field of each unit that shares a turn."""
    members = set(bloc.memberships.filter(ends_on=None).values_list("unit_id", flat=True))
    if not turns.keys() <= members:
        raise ValidationError(NOT_A_MEMBER)
    shared = {turn for turn, count in Counter(turns.values()).items() if count > 1}
    if faults := {
        f"turn-{unit}": [f"Lượt {turn} ghi cho hai đơn vị; mỗi đơn vị một lượt."]
        for unit, turn in turns.items()
        if turn in shared
    }:
        raise ValidationError(faults)
    if turns and not basis:
        raise ValidationError({BASIS: [NO_BASIS]})


def write_turns(bloc: Bloc, turns: Mapping[int, int], basis: str) -> None:
    """Exactly these members have a turn: all are cleared first, because each turn stands once."""
    bloc.rotation_basis = basis
    bloc.full_clean()
    bloc.save(update_fields=("rotation_basis",))
    rows = bloc.memberships.filter(ends_on=None)
    rows.update(turn=None)
    for row in rows.filter(unit__in=turns):
        row.turn = turns[row.unit_id]
        row.full_clean()
        row.save(update_fields=("turn",))
