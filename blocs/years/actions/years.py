"""What the province office does with the years of a bloc."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from itertools import count

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from blocs.legal.domain.usual_rules import FIRST_RULES
from blocs.scoring.ranking.ranking import DEFAULT_TIE_RULES
from blocs.states import ConferenceState, YearState
from blocs.units.models import Bloc, Unit
from blocs.years.actions.rule_bases import copy_rule_bases
from blocs.years.domain.calendar import default_dates, school_dates
from blocs.years.domain.names import year_span
from blocs.years.domain.rule_words import leader_words, not_a_member
from blocs.years.domain.taking_part import Duty
from blocs.years.models.changes import members_owing
from blocs.years.models.regulation import Regulation
from blocs.years.models.years import BlocYear, YearMember
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.registry import Registry
from thidua.common.stamps import refuse_overtaken
from thidua.common.vietnamese.dates import short_date

# What higher apps carry from the last year of a bloc into the one that is planned.
COPIERS: Registry[Callable[[BlocYear, BlocYear], None]] = Registry()


@transaction.atomic
def plan_year(
    bloc: Bloc, *, actor, year: int, members_on: date, is_school_year: bool = False
) -> BlocYear:
    """Prepare a bloc's year from its members on that day, the usual dates and last year's rules.

    A school year begins in `year` and ends in the next.
    """
    require(actor, "years.manage_year", bloc)
    last = bloc.years.filter(year__lt=year).order_by("-year").first()
    dates = school_dates(year) if is_school_year else default_dates(year)
    planned = BlocYear(bloc=bloc, year=year, is_school_year=is_school_year, **asdict(dates))
    planned.legal_bases = last.legal_bases if last else ""
    planned.full_clean()
    planned.save()
    YearMember.objects.bulk_create(
        YearMember(bloc_year=planned, unit_id=unit, order=order)
        for order, unit in enumerate(members_of(bloc, members_on), start=1)
    )
    copy_regulation(last, planned)
    copy_rule_bases(last, planned)
    for copy in COPIERS if last else ():
        copy(last, planned)
    seat_elected(planned)
    record(actor, "years.plan_year", planned, label="Lập năm thi đua", to_state=planned.state)
    return planned


def next_free_year(bloc: Bloc, wanted: int) -> str:
    """The first year from the wanted one on that the bloc has not, as typed; of its last kind."""
    taken = dict(bloc.years.order_by("year").values_list("year", "is_school_year"))
    year = next(year for year in count(wanted) if year not in taken)
    return year_span(year, is_school_year=any(list(taken.values())[-1:]))


def seat_elected(planned: BlocYear) -> None:
    """Head and deputies as last year's sittings chose them last, where they are still members."""
    year = BlocYear.objects.filter(bloc=planned.bloc, year=planned.year - 1).first()
    if year is None:
        return
    signed = list(year.sittings.filter(state=ConferenceState.SIGNED).order_by("-number"))
    members = set(planned.members.values_list("unit_id", flat=True))
    chose = next((sitting for sitting in signed if sitting.next_head_id), None)
    if chose and chose.next_head_id in members:
        when = short_date(chose.starts_at)
        planned.head_id = chose.next_head_id
        planned.head_basis = f"{chose.title} {year.words}, ngày {when}"
    last = next((sitting for sitting in signed if sitting.next_deputy_id), None)
    elected = (last.next_deputy_id, last.next_second_deputy_id) if last else ()
    seated = [unit for unit in elected if unit in members and unit != planned.head_id]
    planned.deputy_id, planned.second_deputy_id = (*seated, None, None)[:2]
    planned.save(update_fields=("head", "deputy", "second_deputy", "head_basis"))


def members_of(bloc: Bloc, day: date) -> QuerySet:
    """Units of the bloc on that day, in the order of its decision."""
    return bloc.memberships.on(day).order_by("pk").values_list("unit_id", flat=True)


def copy_regulation(last: BlocYear | None, planned: BlocYear) -> Regulation:
    """Last year's regulation, or the safe one for a bloc that has none yet: more than half.

    A half alone is asked for only by a bloc that says so. Source: councils decide by majority
    (NĐ 98/2023/NĐ-CP, Đ.47 and 48).
    """
    found = Regulation.objects.filter(bloc_year=last).first() if last else None
    rules = found or Regulation(tie_rules=[*DEFAULT_TIE_RULES], **FIRST_RULES)
    # Days of last year are no days of this one.
    rules.pk, rules.bloc_year, rules.last_on, rules.appraised_from = None, planned, None, None
    rules._state.adding = True
    rules.full_clean()
    rules.save()
    return rules


def check_leaders(bloc_year: BlocYear, on: date | None = None) -> None:
    """Head and deputies are different members of the year (domain: the head is a member unit).

    They are it today, and on the day `on` from which they lead.
    """
    today = timezone.localdate()
    days = [
        set(members_owing(bloc_year, Duty.SIT, day).values_list("unit_id", flat=True))
        for day in {on or today, today}
    ]
    members = set.intersection(*days)
    errors, seen = {}, {}
    for field, words in leader_words(bloc_year.bloc.word).items():
        unit = getattr(bloc_year, f"{field}_id")
        if unit and unit not in members:
            errors[field] = not_a_member(words) + parted_words(bloc_year, unit)
        elif unit and unit in seen:
            errors[field] = f"{words} phải là đơn vị khác với {seen[unit]}."
        elif unit:
            seen[unit] = words.lower()
    if errors:
        raise ValidationError(errors)


def parted_words(bloc_year: BlocYear, unit: int) -> str:
    """« Sở B tham gia từ 01/09/2026.»: of a unit that is a member for a part of the year alone."""
    member = bloc_year.members.select_related("unit").filter(unit=unit).first()
    return f" {member.unit} {member.part_words}." if member and member.part_words else ""


@transaction.atomic
def set_members(
    bloc_year: BlocYear, *, actor, units: Sequence[Unit], seen: str | None = None
) -> BlocYear:
    """Fix which units are compared, in the order of the list. Possible until the year opens."""
    require(actor, "years.manage_year", bloc_year)
    bloc_year = locked(bloc_year)
    if bloc_year.state != YearState.PLANNED:
        raise ValidationError(
            "Thành phần của năm đã chốt khi mở năm thi đua; từ đó thành viên vào, ra bằng từng "
            "thay đổi có số, ngày và căn cứ ở trang “Thay đổi thành phần”."
        )
    kept = {unit.pk for unit in units}
    stored, typed = member_words(bloc_year), {"units": "; ".join(map(str, units))}
    if stored == typed:
        return bloc_year
    refuse_overtaken(
        bloc_year,
        "years.set_members",
        seen=seen,
        stored=stored,
        typed=typed,
        names={"units": "Thành phần"},
    )
    refuse_to_drop_leader(bloc_year, kept)
    bloc_year.members.exclude(unit__in=kept).delete()
    for order, unit in enumerate(units, start=1):
        bloc_year.members.update_or_create(unit=unit, defaults={"order": order})
    changes = [{"field": "thành viên", "before": stored["units"], "after": typed["units"]}]
    record(actor, "years.set_members", bloc_year, label="Sửa thành phần của năm", changes=changes)
    return bloc_year


def member_words(bloc_year: BlocYear) -> dict[str, str]:
    """The members of the year in their order, in words."""
    members = bloc_year.members.select_related("unit")
    return {"units": "; ".join(str(member.unit) for member in members)}


def refuse_to_drop_leader(bloc_year: BlocYear, kept: set[int]) -> None:
    """A unit that heads the year, or is its deputy, stays a member."""
    for field, words in leader_words(bloc_year.bloc.word).items():
        unit = getattr(bloc_year, field)
        if unit and unit.pk not in kept:
            raise ValidationError(
                f"{unit} đang là {words.lower()} của năm; hãy chọn đơn vị khác làm "
                f"{words.lower()} trước khi bỏ đơn vị này."
            )


def locked(bloc_year: BlocYear) -> BlocYear:
    """The row as it is now, held until the transaction ends."""
    return BlocYear.objects.select_for_update(of=("self",)).get(pk=bloc_year.pk)
