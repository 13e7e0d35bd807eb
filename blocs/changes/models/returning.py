"""What the years do when the end of a unit is taken back: which changes fall, who stays."""

from django.db.models import QuerySet

from blocs.states import RUNNING_YEARS, YearState
from blocs.states import MemberChangeKind as K
from blocs.units.models.ended import (
    RETURN_EFFECTS,
    ended_memberships,
    heirs_alone,
    heirs_of,
    memberships_taken,
)
from blocs.units.models.units import Unit
from blocs.years.domain.rule_words import leader_words
from blocs.years.models.changes import HEIR, MemberChange, cancel_refusals
from blocs.years.models.leaderships import before_change, post_of
from blocs.years.models.members.holdings import papers_of
from blocs.years.models.years import BlocYear, YearMember
from thidua.common.vietnamese.numbers import two_digits

SAID = "{year}: hủy thay đổi số {number}, {unit} lại tham gia như trước."
DECIDED = "{year} đã có quyết định khen thưởng: thành phần giữ nguyên như đã ghi."
STAYING = (
    "{year}: {heir} vẫn là thành viên vì {why}; nếu không tham gia nữa thì ghi “thôi tham gia”."
)


def leavings_of(unit: Unit) -> QuerySet[MemberChange]:
    """The changes by which the unit left its years when it ended, not taken back yet."""
    rows = MemberChange.objects.filter(unit=unit, kind__in=(K.MERGED, K.DISSOLVED))
    papers = [row.paper for row in unit.successions.all()]
    found = rows.filter(on__gte=unit.dissolved_on, cancelled_by=None)
    found = found.filter(decision__in=(unit.end_paper, *papers))
    return found.select_related("bloc_year__bloc").order_by("pk")


def joinings_of(bloc_year: BlocYear, unit: Unit) -> QuerySet[MemberChange]:
    """The changes by which its successors, of no other unit, came into the year in its place."""
    rows = bloc_year.member_changes.filter(kind=K.JOINED, unit__in=heirs_alone(unit))
    papers = [row.paper for row in unit.successions.all()]
    return rows.filter(cancelled_by=None, decision__in=papers, reason__startswith=HEIR)


def staying_words(joining: MemberChange, unit: Unit) -> str:
    """Why a successor stays in the year all the same; empty where it leaves."""
    year, heir = joining.bloc_year, joining.unit
    if papers := papers_of(year, heir):
        return f"đã có {', '.join(papers)}"
    post = post_of(year, heir)
    if post and post != post_to_give_back(year, unit):
        return f"đang là {leader_words(year.bloc.word)[post].lower()}"
    return "đã ghi thay đổi sau đó" if cancel_refusals(joining) else ""


def post_to_give_back(bloc_year: BlocYear, unit: Unit) -> str | None:
    """The post that the unit gave to a successor, or left vacant, and nobody else took since."""
    rows = bloc_year.leaderships.standing().filter(reason=f"{HEIR} {unit}")
    row = rows.order_by("-number").first()
    before = row and before_change(row)
    if not before:
        return None
    names = leader_words(bloc_year.bloc.word)
    post = next((name for name in names if getattr(before, f"{name}_id") == unit.pk), None)
    holders = {None, *(heir.pk for heir in heirs_of(unit))}
    return post if post and getattr(bloc_year, f"{post}_id") in holders else None


def planned_without(unit: Unit) -> QuerySet[BlocYear]:
    """Planned years of its blocs in which the unit would stand, had it not ended."""
    years = BlocYear.objects.filter(state=YearState.PLANNED).exclude(members__unit=unit)
    found = years.filter(bloc__in=ended_memberships(unit).values("bloc"))
    return found.select_related("bloc").order_by("year", "pk")


def standing_in(bloc_year: BlocYear, unit: Unit) -> QuerySet[YearMember]:
    """The lines of a planned year that its successors have in its place."""
    taken = memberships_taken(unit).filter(bloc=bloc_year.bloc_id)
    rows = bloc_year.members.filter(unit__in=list(taken.values_list("unit", flat=True)))
    return rows.select_related("unit").order_by("order", "pk")


@RETURN_EFFECTS.add
def years_returned_to(unit: Unit) -> list[str]:
    """What each running and planned year would do, and which decided one stays as it is."""
    found = []
    for change in leavings_of(unit):
        year = change.bloc_year
        if year.state not in RUNNING_YEARS:
            found.append(DECIDED.format(year=year))
            continue
        found.append(SAID.format(year=year, number=two_digits(change.number), unit=unit))
        if post := post_to_give_back(year, unit):
            found.append(f"{year}: {unit} lại là {leader_words(year.bloc.word)[post].lower()}.")
        for joining in joinings_of(year, unit):
            if why := staying_words(joining, unit):
                found.append(STAYING.format(year=year, heir=joining.unit, why=why))
            else:
                found.append(f"{year}: {joining.unit} ra khỏi thành phần.")
    for year in planned_without(unit):
        instead = ", ".join(str(row.unit) for row in standing_in(year, unit))
        thus = f" thay {instead}" if instead else ""
        found.append(f"{year} (chưa mở): {unit} trở lại thành phần{thus}.")
    return found
