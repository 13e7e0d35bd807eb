"""The end of a unit, taken back: it is in its running and planned years again."""

from blocs.changes.models.returning import (
    joinings_of,
    leavings_of,
    planned_without,
    post_to_give_back,
    standing_in,
    staying_words,
)
from blocs.states import RUNNING_YEARS
from blocs.units.actions.ends import RETURNERS
from blocs.units.models import Unit
from blocs.years.actions.leaders import change_leaders
from blocs.years.actions.members import cancel_change
from blocs.years.actions.planned_members import keep_line, standing_words
from blocs.years.models.leaderships import post_of
from blocs.years.models.years import BlocYear

TAKEN_BACK = "Hủy ghi nhận đơn vị thôi hoạt động"


@RETURNERS.add
def return_to_years(unit: Unit, *, actor, reason: str) -> None:
    """Running years take the changes back, planned ones the unit into its line."""
    for year in planned_without(unit):
        stand_again(year, unit, actor=actor, why=reason)
    for change in leavings_of(unit).filter(bloc_year__state__in=RUNNING_YEARS):
        year = change.bloc_year
        # Both are asked before anything is taken back: they read what the end of the unit did.
        post, joined = post_to_give_back(year, unit), list(joinings_of(year, unit))
        leaving = [one for one in joined if not staying_words(one, unit)]
        cancel_change(change, actor=actor, reason=reason)
        if post:
            give_back(year, unit, post, actor=actor, reason=reason)
        for one in leaving:
            cancel_change(one, actor=actor, reason=reason)


def give_back(year: BlocYear, unit: Unit, post: str, *, actor, reason: str) -> None:
    """The unit has its post again, from the day of the newest change of leaders."""
    last = year.leaderships.standing().order_by("-on", "-number").first()
    said = {"on": last.on, "decision": TAKEN_BACK, "reason": reason}
    change_leaders(year, actor=actor, data={post: unit}, **said)


def stand_again(year: BlocYear, unit: Unit, *, actor, why: str) -> None:
    """The unit is in the planned year in the line, and the post, of those who took its place."""
    before, rows = standing_words(year), list(standing_in(year, unit))
    last = year.members.order_by("-order").values_list("order", flat=True).first() or 0
    for row in rows:
        if post := post_of(year, row.unit):
            setattr(year, post, unit)
        row.delete()
    year.save()
    year.members.create(unit=unit, order=rows[0].order if rows else last + 1)
    keep_line(year, unit, before, actor=actor, why=why)
