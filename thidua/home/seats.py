"""A person's seats in the words of the top bar."""

from django.db.models import Q
from django.utils import timezone

from blocs.enums import SeatRole
from blocs.models import BlocYear, Seat


def seat_words(user, year: int) -> list[str]:
    """Each seat of today as one line, with the unit's post in the chosen year; two queries."""
    seats = list(
        Seat.objects.on(timezone.localdate())
        .filter(user=user)
        .select_related("unit")
        .order_by("pk")
    )
    posts = posts_of({seat.unit_id for seat in seats if seat.unit_id}, year)
    return [words_of(seat, posts) for seat in seats]


def words_of(seat, posts):
    role = SeatRole(seat.role).label
    if not seat.unit:
        return role[0].upper() + role[1:]
    post = posts.get(seat.unit_id)
    return f"{seat.unit.name} – {role}" + (f" · {post}" if post else "")


def posts_of(units, year):
    """Head or deputy of which bloc each unit is in that year."""
    if not units:
        return {}
    found = BlocYear.objects.filter(
        Q(head__in=units) | Q(deputy__in=units) | Q(second_deputy__in=units), year=year
    ).select_related("bloc")
    posts = {}
    for bloc_year in found:
        name = bloc_year.bloc.name
        for unit in units & {bloc_year.head_id}:
            posts[unit] = f"{bloc_year.bloc.head_word.capitalize()} {name} năm {year}"
        for unit in units & bloc_year.deputy_ids:
            posts[unit] = f"{bloc_year.bloc.word.capitalize()} phó {name} năm {year}"
    return posts
