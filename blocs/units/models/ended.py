"""What the end of a unit did, so that it can be taken back: its successors and what they took."""

from collections.abc import Callable

from django.db.models import QuerySet

from blocs.units.domain.former_names import ONE_DAY
from blocs.units.models.blocs import Membership
from blocs.units.models.units import Unit
from thidua.common.registry import Registry

# Sentences about what a year does when the end of the unit is taken back.
RETURN_EFFECTS: Registry[Callable[[Unit], list[str]]] = Registry()


def heirs_of(unit: Unit) -> list[Unit]:
    """The units it went into, the first recorded first."""
    return [row.successor for row in unit.successions.select_related("successor").order_by("pk")]


def heirs_alone(unit: Unit) -> list[Unit]:
    """Those of them that took the place of no other unit from the same day."""
    days = set(unit.successions.values_list("on", flat=True))
    return [
        heir
        for heir in heirs_of(unit)
        if not heir.origins.filter(on__in=days).exclude(predecessor=unit).exists()
    ]


def memberships_taken(unit: Unit) -> QuerySet[Membership]:
    """Open memberships that its successors have by taking its place."""
    found = Membership.objects.none()
    blocs = ended_memberships(unit).values("bloc")
    for row in unit.successions.filter(successor__in=heirs_alone(unit)):
        found |= Membership.objects.filter(
            unit=row.successor_id,
            starts_on=row.on,
            decision__in=(row.paper, row.decision),
            ends_on=None,
            bloc__in=blocs,
        )
    return found


def ended_memberships(unit: Unit) -> QuerySet[Membership]:
    """Those that ended with the unit, by the same paper."""
    papers = (unit.end_paper, unit.end_decision)
    last = unit.dissolved_on - ONE_DAY
    return unit.memberships.filter(ends_on=last, end_decision__in=papers)


def return_effects(unit: Unit) -> list[str]:
    """What taking the end of the unit back does, in sentences."""
    again = [
        f"{unit} lại là thành viên của {row.bloc}."
        for row in ended_memberships(unit).select_related("bloc").order_by("pk")
    ]
    return [*again, *(sentence for tell in RETURN_EFFECTS for sentence in tell(unit))]
