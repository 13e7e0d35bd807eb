"""Who chairs a conference: the leader of the unit that heads the bloc on its day."""

from datetime import date

from blocs.conferences.models.conferences import Conference
from blocs.units.domain.posts import leader_post
from blocs.units.models.seats import leader_on
from blocs.units.models.units import Unit
from blocs.years.models.leaderships import year_leaders
from blocs.years.models.years import BlocYear

# The fields of a conference that name its chair.
CHAIR = ("chair_name", "chair_title")


def chair_line(bloc_year: BlocYear, unit: Unit, day: date | None = None) -> tuple[str, str]:
    """Name and title of the leader of this unit on the day, as one who heads the bloc."""
    return leader_on(unit, day), chair_title(bloc_year, unit)


def chair_title(bloc_year: BlocYear, unit: Unit) -> str:
    """«Giám đốc Sở A, Khối trưởng»."""
    post = leader_post(unit.leader_title, unit.name)
    return f"{post}, {bloc_year.bloc.head_word.capitalize()}"


def follow_head(conference: Conference) -> list[dict]:
    """Put the head of its day in the place of another that led the year; what the log book says.

    A chair that somebody named otherwise stays, and so does one while the post is vacant.
    """
    year, day = conference.bloc_year, conference.day
    head = year_leaders(year, day).head
    # One that was taken back, too: its chair may still be written.
    led = {row.head for row in year.leaderships.select_related("head") if row.head}
    others = {chair_title(year, unit) for unit in led - {head}}
    if head is None or conference.chair_title not in others:
        return []
    written, named = (conference.chair_name, conference.chair_title), chair_line(year, head, day)
    conference.chair_name, conference.chair_title = named
    words = [", ".join(filter(None, line)) for line in (written, named)]
    return [{"field": "chủ tọa", "before": words[0], "after": words[1]}]
