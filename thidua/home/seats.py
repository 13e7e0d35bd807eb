"""A person's seats in the words of the top bar."""

from blocs.states import BlocKind, SeatRole
from blocs.units.domain.former_names import names_on
from blocs.units.models.seats import standing_of
from blocs.years.domain.names import last_day, year_words


def seat_words(user, year: int) -> list[str]:
    """Each seat of today as one line, with the unit's post in the chosen year; no query."""
    standing = standing_of(user)
    posts = {post.unit_id: post_words(post) for post in standing.posts if year in years_of(post)}
    return [words_of(seat, posts.get(seat.unit_id, "")) for seat in standing.seats]


def words_of(seat, post):
    role = str(SeatRole(seat.role).label)
    if seat.stands_in_for_id:
        role += " (thay người vắng mặt)"
    if seat.unit is None:
        return role[0].upper() + role[1:]
    return f"{seat.unit.name} – {role}" + (f" · {post}" if post else "")


def post_words(post):
    """«Khối trưởng Khối thi đua số 5 năm 2026»; empty for an ordinary member."""
    called = year_words(post.year, is_school_year=post.is_school_year)
    word = "Khối" if post.kind == BlocKind.FUNCTIONAL else "Cụm"
    then = names_on(post.former_names, last_day(post.year, is_school_year=post.is_school_year))
    bloc = then["name"] if then else post.bloc
    if post.is_head:
        return f"{word} trưởng {bloc} {called}"
    return f"{word} phó {bloc} {called}" if post.is_deputy else ""


def years_of(post):
    """The calendar years in which a bloc year lies."""
    return (post.year, post.year + 1) if post.is_school_year else (post.year,)
