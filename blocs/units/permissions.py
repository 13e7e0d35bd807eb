"""Who may do what with units, blocs and people: one line per right, on which all others build."""

import rules
from django.conf import settings
from django.utils import timezone

from blocs.states import BLOC_EDITOR, SeatRole
from blocs.units.models import Bloc, Unit
from blocs.units.models.seats import standing_of
from thidua.accounts.permissions import MUST_HAVE_FACTOR


def unit_id_of(obj):
    return obj.pk if isinstance(obj, Unit) else getattr(obj, "unit_id", None)


def bloc_id_of(obj):
    """The bloc an object belongs to, by itself or by its year; None: no bloc or several."""
    if isinstance(obj, Bloc):
        return obj.pk
    if hasattr(obj, "bloc_id"):
        return obj.bloc_id
    year = getattr(obj, "bloc_year", None)
    return year.bloc_id if year is not None else None


def covers(reach, obj):
    """Whether a seat with this reach has to do with the object; without one, with everything."""
    return reach.everywhere or (bool(reach) and reach.covers(bloc_id_of(obj)))


@rules.predicate
def is_office(user, obj):
    """Acts for the province's office in what the object belongs to."""
    return covers(standing_of(user).runs, obj)


@rules.predicate
def runs_all(user):
    """Acts for the province's office in every bloc: catalogues, units and decisions are of all."""
    return standing_of(user).runs.everywhere


@rules.predicate
def oversees(user, obj):
    """Sees what the province's office sees of it: the office itself, and auditors."""
    return covers(standing_of(user).oversees, obj)


@rules.predicate
def is_council(user):
    return standing_of(user).has(SeatRole.COUNCIL)


@rules.predicate
def is_chair(user):
    return standing_of(user).has(SeatRole.CHAIR)


@rules.predicate
def is_sysadmin(user):
    return standing_of(user).has(SeatRole.SYSADMIN)


@rules.predicate
def has_seat(user):
    """Anyone who sits somewhere today; signed in without a seat is nobody."""
    standing = standing_of(user)
    return bool(standing.units or standing.offices)


@rules.predicate
def edits_unit(user, obj):
    """Editor of the unit the object belongs to."""
    return bool(obj) and unit_id_of(obj) in standing_of(user).edits


@rules.predicate
def leads_unit(user, obj):
    return bool(obj) and unit_id_of(obj) in standing_of(user).leads


@rules.predicate
def is_own_unit(user, obj):
    """Works for the unit whose object this is: nobody appraises itself."""
    return bool(obj) and unit_id_of(obj) in standing_of(user).units


@rules.predicate
def is_standing(user, obj):
    """The unit the object belongs to still works: people of a dissolved one read on, no more."""
    unit = obj if isinstance(obj, Unit) else getattr(obj, "unit", None)
    # The clock is read here because a right holds from day to day and is asked without one.
    return unit is None or unit.stands_on(timezone.localdate())


@rules.predicate
def works_for_a_unit(user):
    """Sits in some unit today."""
    return bool(standing_of(user).units)


@rules.predicate
def is_second_person(user, request):
    """Neither asks for it nor is it about the person."""
    return bool(request) and user.pk not in (request.asked_by_id, request.user_id)


@MUST_HAVE_FACTOR.add
def sits_with_factor(user) -> bool:
    """Whether the office asks the holder of one of the seats of today for a second factor."""
    standing, asked = standing_of(user), settings.SECOND_FACTOR_SEATS
    if BLOC_EDITOR in asked and standing.edits_for_a_bloc:
        return True
    return any(seat.role in asked for seat in standing.seats)


is_province = oversees | is_council | is_chair
sits_in_unit = edits_unit | leads_unit

# Blocs, units, years
rules.add_perm("units.list_bloc", has_seat)
rules.add_perm("units.manage_bloc", runs_all)
rules.add_perm("units.list_unit", has_seat)
rules.add_perm("units.manage_unit", runs_all)

# People and the technical log
rules.add_perm("units.manage_people", is_sysadmin)
rules.add_perm("units.view_log", is_sysadmin | oversees | is_chair)
rules.add_perm("units.view_requests", is_sysadmin | oversees | is_chair)
rules.add_perm("units.confirm_request", (runs_all | is_chair) & is_second_person)
# Seats in units, many at once; those at the province one by one.
rules.add_perm("units.confirm_seats", runs_all | is_chair)
rules.add_perm("units.lift_pause", runs_all | is_sysadmin)
# Whoever sits in a unit names a colleague for the days of an absence, for oneself alone.
rules.add_perm("units.name_substitute", works_for_a_unit)
# What is to be done once before the program works.
rules.add_perm("units.see_first_steps", runs_all | is_sysadmin)
# The log book of all work, with values only of what the reader may see.
rules.add_perm("units.read_log_book", oversees)
