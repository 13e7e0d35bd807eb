"""What sittings decided of the order of equal units, told to the ranking, which leaves it open."""

from blocs.conferences.models.conferences import Conference
from blocs.ranking.models.ranked_sheets import ORDERS
from blocs.scoring.ranking.ranking import Decided
from blocs.units.models.units import Unit
from blocs.years.models.years import BlocYear


@ORDERS.add
def decided_orders(bloc_year: BlocYear) -> dict[int, Decided]:
    """The last decision on each unit, by its key; of one sitting each group is one decision."""
    rows = Conference.objects.filter(bloc_year=bloc_year).order_by("number")
    kept = rows.values_list("number", "equal_order", "equal_order_reason")
    return {
        unit: Decided(f"{number}.{turn}", place, reason)
        for number, order, reason in kept
        for turn, group in enumerate(order, start=1)
        for unit, place in group
    }


def order_words(conference: Conference) -> dict[str, str]:
    """What this sitting decided, in words by the fields of the form."""
    return said_order(conference.equal_order, conference.equal_order_reason)


def said_order(order: list[list[list[int]]], reason: str) -> dict[str, str]:
    """«Sở A: 1; Sở B: 2» and the reason; names in one query, none where nothing is decided.

    Group by group, the first place first, whatever order the units were typed in.
    """
    keys = [unit for group in order for unit, _ in group]
    names = dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}
    told = [sorted((place, names[unit]) for unit, place in group) for group in order]
    words = "; ".join(f"{name}: {place}" for group in told for place, name in group)
    return {"order": words, "reason": reason}


def order_lines(conference: Conference) -> list[str]:
    """The decision for the page of the sitting; nothing where there is none."""
    words = order_words(conference)
    if not words["order"]:
        return []
    return [f"Thứ tự giữa các đơn vị bằng nhau: {words['order']}.", f"Lý do: {words['reason']}"]
