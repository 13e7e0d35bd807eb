"""What each unit has answered to the agreement: signed, declined, or nothing yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

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
from blocs.years.models.regulation import regulation_of


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
    """What was answered to an agreement, each kind read once and where it is asked for alone."""

    agreement: Agreement

    @cached_property
    def all_signatures(self) -> list[Signature]:
        """With those that were voided since."""
        return list(self.agreement.signatures.select_related("unit"))

    @cached_property
    def signatures(self) -> Mapping[int, Signature]:
        """Those that count, by unit."""
        return {row.unit_id: row for row in self.all_signatures if row.voided_at is None}

    @cached_property
    def declinings(self) -> Mapping[int, Declining]:
        """Those that count, by unit."""
        return {row.unit_id: row for row in self.agreement.valid_declinings()}

    @cached_property
    def rows(self) -> list[UnitAnswer]:
        """See `unit_answers`, of now."""
        return unit_answers(self.agreement, given=self)

    @cached_property
    def rows_at_effect(self) -> list[UnitAnswer]:
        """The same of those who owed it on the day of its effect; before that, of now."""
        day = self.agreement.effect_day
        return unit_answers(self.agreement, day=day, given=self) if day else self.rows

    @cached_property
    def share(self) -> Threshold:
        """See `needed_share`."""
        return needed_share(self.agreement)


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
    given = given or Given(agreement)
    signatures = dict(given.signatures)
    if last:
        signatures[last.unit_id] = last
    rows = [
        answer(member, signatures.pop(member.unit_id, None), given)
        for member in members_owing(agreement.bloc_year, Duty.SIGN, day)
    ]
    gone = agreement.bloc_year.members.filter(unit__in=signatures) if signatures else ()
    parts = {member.unit_id: member.part_words for member in gone}
    left = [
        UnitAnswer(row.unit, row, None, agreement.is_late(row), False, parts.get(row.unit_id, ""))
        for row in signatures.values()
    ]
    return [*rows, *left]


def answer(member: YearMember, signature: Signature | None, given: Given) -> UnitAnswer:
    """What a unit that owes a signature has answered."""
    is_late = bool(signature) and given.agreement.is_late(signature)
    declining = None if signature else given.declinings.get(member.unit_id)
    return UnitAnswer(member.unit, signature, declining, is_late, part=member.part_words)


def given_to(agreement: Agreement) -> Given:
    """Read once for an agreement: its page and its moves ask alike, and a move reads it anew."""
    if agreement.given is None:
        agreement.given = Given(agreement)
    return agreement.given


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


def told_at_effect(given: Given) -> Answers:
    """What the units that owed a signature on the day of its effect had answered by then."""
    rows = given.rows_at_effect
    return told(replace(row, signature=None) if row.is_late else row for row in rows)


def effect_words(given: Given) -> str:
    """«6/8 đơn vị đã ký, cần ít nhất 6» of the day of its effect: as kept then, else counted."""
    return given.agreement.effect_words or counted_words(given)


def counted_words(given: Given) -> str:
    """The same, counted from what is on record now."""
    return signed_words(told_at_effect(given), given.share)


def keep_effect_words(agreement: Agreement) -> None:
    """Keep the count with an agreement that has just taken effect."""
    agreement.effect_words = counted_words(Given(agreement))
    agreement.save(update_fields=("effect_words",))


def needed_share(agreement: Agreement) -> Threshold:
    """The share of signatures asked for by the rules under which the first unit signed.

    A later amendment does not touch an agreement that was begun before its day.
    """
    year = agreement.bloc_year
    if not year.is_amended:
        return regulation_of(year).signatures
    used = used_since(year)
    return regulation_on(year, used.on if used else timezone.localdate()).signatures
