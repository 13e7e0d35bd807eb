"""Which years may have other members than their bloc, asked of all years in one statement.

`differences_of` says what differs, from all that bloc and year hold. Of hundreds of running years
only those are read for it that this question leaves.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from blocs.units.models import Membership
from blocs.years.models import BlocYear, YearMember

# A member from the first day of the year to the last.
WHOLE = Q(joined_on=None, left_on=None, away=[])


def may_differ(years: QuerySet[BlocYear]) -> QuerySet[BlocYear]:
    """Those of these years whose members are not plainly those of the bloc.

    Left out is a year whose every member takes part from its first day to its last and belongs to
    the bloc since before it began, as everybody does who belongs to the bloc, and where nobody came
    to the bloc or left it since; of the others some have no difference either.
    """
    own = Membership.objects.filter(bloc=OuterRef("bloc"))
    begun, ended = Q(starts_on__year__gte=OuterRef("year")), Q(ends_on__year__gte=OuterRef("year"))
    moved = own.filter(ended | begun & Q(ends_on=None))
    whole = YearMember.objects.filter(WHOLE, unit=OuterRef("unit"))
    missing = own.filter(~Exists(whole.filter(bloc_year=OuterRef(OuterRef("pk")))), ends_on=None)
    belongs = Membership.objects.filter(unit=OuterRef("unit"), ends_on=None)
    inside = Exists(belongs.filter(bloc=OuterRef("bloc_year__bloc")))
    # Of these years alone: the database asks it of all members at once, those of long ago too.
    asked = YearMember.objects.filter(bloc_year__in=years.order_by().values("pk"))
    strange = asked.filter(~inside | ~WHOLE, bloc_year=OuterRef("pk"))
    return years.filter(Exists(moved) | Exists(missing) | Exists(strange))
