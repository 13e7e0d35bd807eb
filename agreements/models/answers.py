"""What each unit has answered to the agreement: signed, declined, or nothing yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from agreements.domain.effect import Answers, signed_words
from agreements.models.agreements import Agreement, Declining, Signature
from blocs.scoring.votes.quorum import Threshold
from blocs.states import MemberChangeKind
from blocs.units.models import Unit
from blocs.years.domain.taking_part import Duty
from blocs.years.models import YearMember
from blocs.years.models.amendments import regulation_on
from blocs.years.models.changes import MemberChange, members_owing
from blocs.years.models.frozen_rules import used_since


@dataclass(frozen=True)
class UnitAnswer:
    """One unit with its signature or its declining; `owes` is False once it has left the year.

    `part` says from when to when it takes part where that is not all the year.
    """

    unit: Unit
    signature: Signature | None = None
    declining: Declining | None = None
    is_late: bool = False
    owes: bool = True
    part: str = ""


@dataclass(frozen=True)
class Given:
    """The signatures and declinings of an agreement that count, by unit."""

    signatures: Mapping[int, Signature]
    declinings: Mapping[int, Declining]


def given_to(agreement: Agreement) -> Given:
    """Read once for a page that asks for more than one day."""
    return Given(
        {row.unit_id: row for row in agreement.valid_signatures()},
        {row.unit_id: row for row in agreement.valid_declinings()},
    )


def unit_answers(
    agreement: Agreement,
    *,
    last: Signature | None = None,
    day: date | None = None,
    given: Given | None = None,
) -> list[UnitAnswer]:
    """The units that owe a signature in the order of the bloc, then who signed and left since.

    They owe it on `day`; without one, now. `last` is a signature about to be given, so that a
    paper can be printed before it counts, `given` the answers where they were read already.
    """
    given = given or given_to(agreement)
    signatures = dict(given.signatures)
    if last:
        signatures[last.unit_id] = last
    rows = [
        answer(agreement, member, signatures.pop(member.unit_id, None), given.declinings)
        for member in members_owing(agreement.bloc_year, Duty.SIGN, day)
    ]
    gone = agreement.bloc_year.members.filter(unit__in=signatures) if signatures else ()
    parts = {member.unit_id: member.part_words for member in gone}
    left = [
        UnitAnswer(row.unit, row, None, agreement.is_late(row), False, parts.get(row.unit_id, ""))
        for row in signatures.values()
    ]
    return [*rows, *left]


def answer(
    agreement: Agreement,
    member: YearMember,
    signature: Signature | None,
    declinings: Mapping[int, Declining],
) -> UnitAnswer:
    """What a unit that owes a signature has answered."""
    is_late = bool(signature) and agreement.is_late(signature)
    declining = None if signature else declinings.get(member.unit_id)
    return UnitAnswer(member.unit, signature, declining, is_late, part=member.part_words)


def set_apart(
    agreement: Agreement, rows: Iterable[UnitAnswer], changes: Iterable[MemberChange]
) -> list[MemberChange]:
    """What the office recorded of units that take no part in signing, until the effect or now.

    They owe no answer, but page and paper name them with the reason; `rows` are the answers and
    `changes` those of the members that are in force.
    """
    until = agreement.effect_day or timezone.localdate()
    signed = {row.unit.pk for row in rows if row.signature}
    return [
        change
        for change in changes
        if change.kind == MemberChangeKind.NOT_SIGNING
        and change.on <= until
        and change.unit_id not in signed
    ]


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


def told_at_effect(agreement: Agreement, given: Given | None = None) -> Answers:
    """What the units that owed a signature on the day of its effect had answered by then."""
    rows = unit_answers(agreement, day=agreement.effect_day, given=given)
    return told(replace(row, signature=None) if row.is_late else row for row in rows)


def effect_words(
    agreement: Agreement, share: Threshold | None = None, given: Given | None = None
) -> str:
    """«6/8 đơn vị đã ký, cần ít nhất 6» of the day of its effect: as kept then, else counted.

    `share` and `given` are those of now where they were read already.
    """
    return agreement.effect_words or counted_words(agreement, share, given)


def counted_words(
    agreement: Agreement, share: Threshold | None = None, given: Given | None = None
) -> str:
    """The same, counted from what is on record now."""
    return signed_words(told_at_effect(agreement, given), share or needed_share(agreement))


def keep_effect_words(agreement: Agreement) -> None:
    """Keep the count with an agreement that has just taken effect."""
    agreement.effect_words = counted_words(agreement)
    agreement.save(update_fields=("effect_words",))


def needed_share(agreement: Agreement) -> Threshold:
    """The share of signatures asked for by the rules under which the first unit signed.

    A later amendment does not touch an agreement that was begun before its day.
    """
    used = used_since(agreement.bloc_year)
    day = used.on if used else timezone.localdate()
    return regulation_on(agreement.bloc_year, day).signatures
