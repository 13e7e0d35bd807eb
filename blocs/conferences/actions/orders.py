"""The conference decides the order of units that the rules of the year leave equal."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.conferences.actions.conferences import locked_conference
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.decided_orders import order_words, said_order
from blocs.ranking.models.rankings import ranking_now
from blocs.states import ConferenceState
from blocs.units.models import Unit
from blocs.years.models import BlocYear
from thidua.common.activity import record
from thidua.common.changes import change_of
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken

ACTION = "conferences.decide_order"
NAMES = {"order": "Thứ hạng của các đơn vị bằng nhau", "reason": "Lý do"}
NOT_EQUAL = (
    "Quy định của năm đã phân được thứ hạng của đơn vị này; chỉ quyết định giữa các đơn vị còn "
    "bằng nhau. Hãy mở lại trang để xem các đơn vị ấy."
)
PARTLY = (
    "Vui lòng ghi thứ tự của mọi đơn vị bằng nhau ({names}), hoặc để trống tất cả; cùng hạng thì "
    "ghi cùng một số."
)
NO_REASON = "Vui lòng ghi lý do, căn cứ hội nghị quyết định thứ hạng."


def equal_units(bloc_year: BlocYear) -> list[tuple[Unit, ...]]:
    """The units whose order people decide, each group of equals by itself, by the points of now."""
    return [tuple(row.unit for row in rows) for rows in ranking_now(bloc_year).equal_groups]


@transaction.atomic
def decide_order(
    conference: Conference,
    *,
    places: Mapping[int, int],
    reason: str,
    actor,
    seen: str | None = None,
) -> Conference:
    """Record the places between equal units, by unit; without any the order is open again.

    The same place twice: these units share their rank. Only while the sitting is open, so that its
    minutes tell it and seal the ranking with it. Refused (ValidationError) for units that are not
    equal, for a part of a group and without a reason.
    """
    require(actor, "conferences.write_conference", conference)
    conference = locked_conference(conference, states=(ConferenceState.OPEN,))
    order = order_of(equal_units(conference.bloc_year), places)
    reason = reason.strip() if order else ""
    if order and not reason:
        raise ValidationError({"reason": NO_REASON})
    stored, typed = order_words(conference), said_order(order, reason)
    if stored == typed:
        return conference
    refuse_overtaken(conference, ACTION, seen=seen, stored=stored, typed=typed, names=NAMES)
    conference.equal_order, conference.equal_order_reason = order, reason
    conference.full_clean()
    conference.save()
    changes = [
        row
        for name, label in NAMES.items()
        for row in change_of(label.lower(), stored[name], typed[name])
    ]
    label = "Ghi thứ hạng của các đơn vị bằng nhau"
    record(actor, ACTION, conference, label=label, changes=changes)
    return conference


def order_of(groups: list[tuple[Unit, ...]], places: Mapping[int, int]) -> list[list[list[int]]]:
    """The typed places, group by group; refused for other units and for a part of a group."""
    if places.keys() - {unit.pk for units in groups for unit in units}:
        raise ValidationError(NOT_EQUAL)
    order = []
    for units in groups:
        given = [[unit.pk, places[unit.pk]] for unit in units if unit.pk in places]
        if given and len(given) < len(units):
            raise ValidationError(PARTLY.format(names=", ".join(unit.name for unit in units)))
        if given:
            order.append(given)
    return order
