"""Who may do what with a bloc year. The rights of head, deputy and bloc secretary follow from
the unit's role in the year; nothing of that is stored on the person."""

import rules

from blocs.units.models.seats import standing_of
from blocs.units.permissions import (
    edits_unit,
    has_seat,
    is_chair,
    is_council,
    is_office,
    is_province,
    leads_unit,
    oversees,
    runs_all,
    sits_in_unit,
    unit_id_of,
)
from blocs.years.models import BlocYear
from thidua.papers.registry import register_paper


def year_of(obj):
    """The bloc year an object belongs to; None where there is none."""
    return obj if isinstance(obj, BlocYear) else getattr(obj, "bloc_year", None)


def year_id_of(obj):
    return obj.pk if isinstance(obj, BlocYear) else getattr(obj, "bloc_year_id", None)


@rules.predicate
def takes_part(user, obj):
    """Works for a unit that is a member of this bloc year."""
    return bool(obj) and year_id_of(obj) in standing_of(user).years


@rules.predicate
def still_takes_part(user, obj):
    """Works for a unit that takes part in this bloc year today: who left it only reads."""
    return bool(obj) and year_id_of(obj) in standing_of(user).acting_years


@rules.predicate
def is_of_member(user, obj):
    """The unit whose object this is has not left the year; its people read on and act no more."""
    return bool(obj) and (unit_id_of(obj), year_id_of(obj)) not in standing_of(user).left


@rules.predicate
def edits_a_member(user, obj):
    """Editor of one of the units that take part in this year."""
    return bool(standing_of(user).edits) and still_takes_part(user, obj)


@rules.predicate
def leads_a_member(user, obj):
    return bool(standing_of(user).leads) and still_takes_part(user, obj)


@rules.predicate
def is_bloc_secretary(user, obj):
    """Editor of the unit that heads this bloc year."""
    year = year_of(obj)
    return bool(year) and year.head_id in standing_of(user).edits


@rules.predicate
def is_bloc_head(user, obj):
    """Leader of the unit that heads this bloc year."""
    year = year_of(obj)
    return bool(year) and year.head_id in standing_of(user).leads


@rules.predicate
def is_bloc_deputy(user, obj):
    """Leader of a unit that is deputy in this bloc year."""
    year = year_of(obj)
    return bool(year) and bool(year.deputy_ids & standing_of(user).leads)


@rules.predicate
def serves_deputy(user, obj):
    """Editor of a unit that is deputy in this bloc year."""
    year = year_of(obj)
    return bool(year) and bool(year.deputy_ids & standing_of(user).edits)


@rules.predicate
def serves_deputy_over_head(user, obj):
    """Works for the deputy unit, and the object is the head unit's own."""
    year = year_of(obj)
    is_heads = bool(year) and unit_id_of(obj) == year.head_id
    return is_heads and bool(year.deputy_ids & standing_of(user).units)


@rules.predicate
def stands_in_for_deputy(user, obj):
    """The office, over the head unit's own object while the year has no deputy."""
    year = year_of(obj)
    is_heads = bool(year) and unit_id_of(obj) == year.head_id
    return is_heads and not year.deputy_ids and is_office(user, obj)


is_bloc_people = is_bloc_secretary | is_bloc_head | is_bloc_deputy | serves_deputy
rules.add_perm("years.list_year", has_seat)
rules.add_perm("years.view_year", is_province | takes_part)
# To say that one has read a change: an auditor leaves no trace in what is looked at.
rules.add_perm("years.take_note", is_office | is_council | is_chair | takes_part)
rules.add_perm("years.manage_year", is_office)
rules.add_perm("years.remind_units", oversees)
# The year ends with its proposal: the office publishes, the chair closes the council.
rules.add_perm("years.settle_year", is_office | is_chair)
rules.add_perm("years.change_members", is_office)
rules.add_perm("years.run_year", is_bloc_head)
rules.add_perm("years.end_without_awards", is_bloc_head | is_office)
rules.add_perm("years.hand_over_year", is_bloc_head | is_office)

# Registration of the unit
rules.add_perm("years.view_registration", sits_in_unit | is_bloc_people | oversees)
rules.add_perm("years.edit_registration", edits_unit & is_of_member)
rules.add_perm("years.sign_registration", leads_unit & is_of_member)
rules.add_perm("years.check_registration", is_bloc_secretary)
# Signed by hand it is on paper; whoever has the paper records it.
rules.add_perm(
    "years.record_registration",
    ((edits_unit | leads_unit) & is_of_member) | is_bloc_secretary | is_bloc_head | is_office,
)
register_paper("registration", "years.view_registration")
register_paper("rules_amendment", "years.view_year")
rules.add_perm("years.keep_holidays", runs_all)
rules.add_perm("years.keep_award_kinds", runs_all)
