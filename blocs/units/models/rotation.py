"""The order in which the units of a bloc lead it, and what a page says of the next turn."""

from collections.abc import Collection

from django.db.models import QuerySet

from blocs.units.domain.rotation import next_turn
from blocs.units.models.blocs import Bloc, Membership
from blocs.units.models.units import Unit

ONLY_A_HINT = "Đây là gợi ý; chọn đơn vị khác vẫn được."


def turns_of(bloc: Bloc) -> QuerySet[Membership]:
    """The members that have a turn, in the order in which they lead."""
    rows = bloc.memberships.filter(turn__isnull=False, ends_on=None)
    return rows.select_related("unit").order_by("turn", "pk")


def rotation_words(bloc: Bloc, after: Unit | None, offered: Collection[int]) -> str:
    """«Theo thứ tự luân phiên nêu tại …: A; B. Sau A đến lượt B.» where the bloc has an order.

    `after` is the unit that leads now, `offered` are the units that may lead next. It never binds:
    a bloc may elect whom it wants.
    """
    names = {row.unit_id: row.unit.name for row in turns_of(bloc)}
    if not names:
        return ""
    order = f"Theo thứ tự luân phiên nêu tại {bloc.rotation_basis}: {'; '.join(names.values())}"
    turn = next_turn(list(names), after.pk if after else None, offered)
    if turn is not None:
        since = f"Sau {after.name} đến" if after else "Đến"
        return f"{order}. {since} lượt {names[turn]}. {ONLY_A_HINT}"
    outside = after and after.pk not in names
    why = f" {after} không có trong thứ tự này." if outside else ""
    return f"{order}.{why} {ONLY_A_HINT}"
