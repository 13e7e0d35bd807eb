"""Who may look as another: the whole office, as people of units alone.

The administrator may not, because that seat sees no score; nobody looks as the Chairman, the
council or anybody else with a seat at the province.
"""

import rules
from django.utils import timezone

from blocs.states import UNIT_ROLES
from blocs.units.models import Seat
from blocs.units.permissions import runs_all
from thidua.accounts.models import User


def people_of_units():
    """People whose account is used and who have no seat at the province, now or to come."""
    # The clock is read here because a right holds from day to day and is asked without one.
    seats = Seat.objects.not_over(timezone.localdate()).exclude(role__in=UNIT_ROLES)
    return User.objects.filter(is_active=True).exclude(seats__in=seats)


@rules.predicate
def works_for_units_alone(user, person):
    """Another person, who works for units or sits nowhere."""
    return person is None or (
        person.pk != user.pk and people_of_units().filter(pk=person.pk).exists()
    )


rules.add_perm("view_as.view_as", runs_all & works_for_units_alone)
