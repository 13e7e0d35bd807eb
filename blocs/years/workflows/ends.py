"""When the life of a paper ends because its unit owes it no more."""

from django.utils import timezone

from blocs.units.models import Unit
from blocs.years.domain.taking_part import Duty, owes
from blocs.years.models import BlocYear
from blocs.years.models.changes import member_of
from thidua.common.workflow import THE_END


def end_of_duty(bloc_year: BlocYear, unit: Unit, duty: Duty, paper: str) -> str:
    """That nothing is left to do with a paper that the unit owes no more; empty while it owes it.

    On the day of the conference once it was opened, before it today.
    """
    member = member_of(bloc_year, unit)
    day = bloc_year.judged_on or timezone.localdate()
    if member is None or owes(member.part, duty, day, last=bloc_year.ends_on):
        return ""
    return (
        f"{THE_END}: {unit} {member.part_words} nên {paper} không phải làm tiếp; hồ sơ đã có vẫn "
        "xem được."
    )
