"""What each unit has answered to the agreement: signed, declined, or nothing yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from agreements.domain.effect import Answers
from agreements.models.agreements import Agreement, Declining, Signature
from blocs.scoring.votes.quorum import Threshold
from blocs.units.models import Unit
from blocs.years.models.amendments import regulation_on
from blocs.years.models.frozen_rules import used_since


@dataclass(frozen=True)
class UnitAnswer:
    """One unit with its signature or its declining; `owes` is False once it has left the year."""

    unit: Unit
    signature: Signature | None = None
    declining: Declining | None = None
    is_late: bool = False
    owes: bool = True


def unit_answers(agreement: Agreement, *, last: Signature | None = None) -> list[UnitAnswer]:
    """The units that owe a signature in the order of the bloc, then who signed and left since.

    `last` is a signature about to be given, so that a paper can be printed before it counts.
    """
    signatures = {row.unit_id: row for row in agreement.valid_signatures()}
    if last:
        signatures[last.unit_id] = last
    declinings = {row.unit_id: row for row in agreement.valid_declinings()}
    rows = [
        answer(agreement, unit, signatures.pop(unit.pk, None), declinings.get(unit.pk))
        for unit in agreement.owing_units()
    ]
    left = [answer(agreement, row.unit, row, None, owes=False) for row in signatures.values()]
    return [*rows, *left]


def answer(agreement, unit, signature, declining, *, owes=True) -> UnitAnswer:
    is_late = bool(signature) and agreement.is_late(signature)
    return UnitAnswer(unit, signature, None if signature else declining, is_late, owes)


def told(rows: Iterable[UnitAnswer]) -> Answers:
    """The short names of those who owe an answer, by what they answered."""
    owing = [row for row in rows if row.owes]
    return Answers(
        signed=tuple(row.unit.short_name for row in owing if row.signature),
        declined=tuple(row.unit.short_name for row in owing if row.declining),
        silent=tuple(
            row.unit.short_name for row in owing if not row.signature and not row.declining
        ),
    )


def needed_share(agreement: Agreement) -> Threshold:
    """The share of signatures asked for by the rules under which the first unit signed.

    A later amendment does not touch an agreement that was begun before its day.
    """
    used = used_since(agreement.bloc_year)
    day = used.on if used else timezone.localdate()
    return regulation_on(agreement.bloc_year, day).signatures
