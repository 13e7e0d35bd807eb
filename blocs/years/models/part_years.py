"""Units of part of a year: how the regulation compares them, and who is in the base of quotas."""

from datetime import date

from django.utils import timezone

from blocs.scoring.ranking.part_year import YEAR_MONTHS, PartYear, months_taken_part, why_unranked
from blocs.years.domain.taking_part import Duty, owes
from blocs.years.models.changes import members_owing
from blocs.years.models.regulation import regulation_of
from blocs.years.models.years import BlocYear, YearMember, YearMemberQuerySet
from thidua.common.vietnamese.dates import short_date


def months_of(member: YearMember, bloc_year: BlocYear) -> int:
    """In how many months of this year, of twelve, the member takes part."""
    return months_taken_part(member.part.taken, bloc_year.begins_on)


def unranked_words(bloc_year: BlocYear, member: YearMember) -> str:
    """Why the rule of the year gives the member no place; empty where it gives one."""
    way = regulation_of(bloc_year).part_year
    return why_unranked(member.part.taken, months_of(member, bloc_year), way)


def members_ranked(bloc_year: BlocYear, day: date | None = None) -> YearMemberQuerySet:
    """The members that are compared and may have a place: the base of every quota.

    `day` is as in `members_owing`. Who took part in a part of the year only is not among them
    where the rule of the year ranks it not.
    """
    rows = members_owing(bloc_year, Duty.COMPARE, day)
    if regulation_of(bloc_year).part_year != PartYear.NOT_RANKED:
        return rows
    short = [row.pk for row in rows if months_of(row, bloc_year) < YEAR_MONTHS]
    return rows.exclude(pk__in=short)


def absence_words(
    bloc_year: BlocYear, day: date | None = None, duty: Duty = Duty.COMPARE
) -> dict[int, str]:
    """Why units of the year have no place on that day, by unit: left, aside, dissolved, too short.

    Without a day it is today, also after the conference: an award is given to who is there. With
    another duty it is asked of that one: who is set aside still sits with the others.
    """
    asked, found = day or timezone.localdate(), {}
    for member in bloc_year.members.select_related("unit"):
        ended = member.unit.dissolved_on
        if not owes(member.part, duty, asked, last=bloc_year.ends_on):
            found[member.unit_id] = member.part_words
        elif ended and ended <= asked:
            found[member.unit_id] = f"thôi hoạt động từ {short_date(ended)}"
        elif duty is Duty.COMPARE and (words := unranked_words(bloc_year, member)):
            found[member.unit_id] = f"{words[0].lower()}{words[1:]}".rstrip(".")
    return found
