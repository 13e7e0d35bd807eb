"""The members of the bloc itself follow the numbered changes, so that the next year opens right."""

from datetime import date

from blocs.units.domain.former_names import ONE_DAY
from blocs.units.models import Membership, Unit
from blocs.years.domain.taking_part import WHOLE_YEAR, YearPart
from blocs.years.models.years import BlocYear


def let_membership_follow(
    bloc_year: BlocYear, unit: Unit, before: YearPart | None, after: YearPart | None, decision: str
) -> None:
    """Begin, end or reopen the unit's memberships of the bloc where its part in the year says so.

    `decision` is the paper of the change, of a taken back one its own: a membership that another
    act wrote for that day stays. Who is not considered or does not sign stays a member.
    """
    old, new = (before or WHOLE_YEAR).taken, (after or WHOLE_YEAR).taken
    rows = Membership.objects.filter(bloc=bloc_year.bloc_id, unit=unit)
    rows.filter(starts_on__in=old.came_on - new.came_on, ends_on=None, decision=decision).delete()
    last_days = [day - ONE_DAY for day in old.went_on - new.went_on]
    ended = rows.filter(ends_on__in=last_days, end_decision=decision)
    ended.update(ends_on=None, end_decision="")
    for day in new.went_on - old.went_on:
        end(bloc_year, unit, day, decision)
    for day in new.came_on - old.came_on:
        if not rows.on(day).exists():
            begin(bloc_year, unit, day, decision)


def begin(bloc_year: BlocYear, unit: Unit, on: date, decision: str) -> None:
    """The unit belongs to the bloc from that day; ValidationError as the model says it."""
    membership = Membership(bloc=bloc_year.bloc, unit=unit, starts_on=on, decision=decision)
    membership.full_clean()
    membership.save()


def end(bloc_year: BlocYear, unit: Unit, on: date, decision: str) -> None:
    """The day before is its last one in the bloc."""
    for membership in Membership.objects.filter(bloc=bloc_year.bloc_id, unit=unit, ends_on=None):
        membership.ends_on, membership.end_decision = on - ONE_DAY, decision
        membership.full_clean()
        membership.save()
