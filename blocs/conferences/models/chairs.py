"""Who chairs a conference: the leader of a unit that leads the bloc on its day.

That is the head or the unit that stands in for it; while the post is vacant, and where the
conference says so, a deputy. Whom the software proposed follows the posts; a chair that somebody
named otherwise is only asked whether its unit leads.
"""

from datetime import date

from django.utils import timezone

from blocs.conferences.models.conferences import Conference
from blocs.states import ConferenceState
from blocs.units.domain.posts import leader_post
from blocs.units.models.seats import leader_on
from blocs.units.models.units import Unit
from blocs.years.domain.rule_words import leader_page, leader_words
from blocs.years.models.leaderships import LEADER_FACTS, year_leaders
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.dates import short_date

# The fields of a conference that name its chair.
CHAIR = ("chair_name", "chair_title")
NOBODY_LEADS = (
    "Ngày {day} không đơn vị nào giữ nhiệm vụ khối trưởng, khối phó nên không ai chủ tọa được. Cơ "
    "quan thường trực giao khối trưởng hoặc đơn vị phụ trách ở trang {page} của năm thi đua, rồi "
    "khai mạc."
)
LEADS_NOT = (
    "{unit} không giữ nhiệm vụ đứng đầu ngày {day}: chủ tọa là người của khối trưởng, khối phó "
    "hoặc đơn vị phụ trách của ngày họp ({leaders})."
)
LED_OTHERWISE = "Chủ tọa đang ghi “{title}”; nhiệm vụ đứng đầu ngày {day}: {leaders}."
WRITE_CHAIR = (
    "Sửa chủ tọa ở trang Sửa thông tin của hội nghị, hoặc cơ quan thường trực xem lại ngày thay "
    "đổi, rồi mới ký biên bản."
)


def posts_on(bloc_year: BlocYear, day: date | None) -> dict[Unit, str]:
    """The units that lead on the day and as what, the head first; «Phụ trách Khối» stands in."""
    led, names = year_leaders(bloc_year, day), leader_words(bloc_year.bloc.word)
    acting = f"Phụ trách {bloc_year.bloc.word.capitalize()}"
    posts = (
        (led.head, acting if led.is_acting else names["head"]),
        (led.deputy, names["deputy"]),
        (led.second_deputy, names["deputy"]),
    )
    return {unit: post for unit, post in posts if unit}


def chair_line(unit: Unit, post: str, day: date | None = None) -> tuple[str, str]:
    """Name and title of the leader of this unit on the day, as one who leads the bloc."""
    return leader_on(unit, day), chair_title(unit, post)


def chair_title(unit: Unit, post: str) -> str:
    """«Giám đốc Sở A, Khối trưởng»."""
    return f"{leader_post(unit.leader_title, unit.name)}, {post}"


def proposed_chair(bloc_year: BlocYear, day: date | None, *, with_deputy: bool) -> tuple[str, str]:
    """The line of who leads; empty while the head is vacant, or of the deputy `with_deputy`."""
    head = year_leaders(bloc_year, day).head
    for unit, post in posts_on(bloc_year, day).items():
        if unit == head or with_deputy:
            return chair_line(unit, post, day)
    return "", ""


def follow_head(conference: Conference, *, is_opening: bool = False) -> list[dict]:
    """Let the chair be who leads on the day of the conference; what the log book says.

    A chair that somebody named otherwise stays. While the head is vacant nobody is named before
    the opening, at which a deputy takes the chair.
    """
    year, day = conference.bloc_year, conference.day
    written = (conference.chair_name, conference.chair_title)
    titles = {chair_title(unit, post) for unit, post in posts_on(year, day).items()}
    if any(written) and (written[1] in titles or written[1] not in former_titles(year)):
        return []
    named = proposed_chair(year, day, with_deputy=is_opening)
    if named == written:
        return []
    conference.chair_name, conference.chair_title = named
    words = [", ".join(filter(None, line)) for line in (written, named)]
    return [{"field": "chủ tọa", "before": words[0], "after": words[1]}]


def former_titles(bloc_year: BlocYear) -> set[str]:
    """The titles by which any unit that ever led the year was proposed as its chair.

    One whose change was taken back, too: its chair may still be written.
    """
    rows = bloc_year.leaderships.select_related("head", "deputy", "second_deputy")
    led = [unit for row in rows for unit in (row.head, row.deputy, row.second_deputy) if unit]
    names = leader_words(bloc_year.bloc.word)
    posts = (names["head"], names["deputy"], f"Phụ trách {bloc_year.bloc.word.capitalize()}")
    return {chair_title(unit, post) for unit in led for post in posts}


def opened_on(conference: Conference) -> date:
    """The day of a conference that nobody opened yet: its own, or today where that is earlier."""
    return min(conference.day, timezone.localdate())


def nobody_leads(conference: Conference) -> list[str]:
    """That every post of the bloc is vacant on the day, and who names somebody; else nothing."""
    year, day = conference.bloc_year, opened_on(conference)
    if posts_on(year, day):
        return []
    words = in_words_of(year.bloc.word, NOBODY_LEADS)
    return [words.format(day=short_date(day), page=leader_page(year.bloc.word))]


def chair_refusals(conference: Conference) -> list[str]:
    """Why the conference cannot be opened under this chair, and who helps.

    One that was proposed is no obstacle: at the opening the chair is who leads on the day.
    """
    if vacant := nobody_leads(conference):
        return vacant
    found = other_chair(conference, opened_on(conference))
    return [] if found and conference.chair_title in former_titles(conference.bloc_year) else found


def overtaken_chair(conference: Conference) -> list[str]:
    """That by a change recorded since the opening the chair did not lead that day, or not as so."""
    year, day = conference.bloc_year, conference.day
    found, posts = other_chair(conference, day), posts_on(year, day)
    proposed = {chair_title(unit, post) for unit, post in posts.items()}
    if not found and conference.chair_title in former_titles(year) - proposed:
        leaders = (
            "; ".join(f"{unit.name} – {post}" for unit, post in posts.items()) or "đang khuyết"
        )
        words = {"title": conference.chair_title, "day": short_date(day), "leaders": leaders}
        found = [LED_OTHERWISE.format(**words)]
    return [f"{words} {WRITE_CHAIR}" for words in found]


def chair_of_the_day(conference: Conference) -> str:
    """Name and title of the chair; of who led on the day, where the written one did not."""
    written = (conference.chair_name, conference.chair_title)
    led = ("", "")
    if any(written) and overtaken_chair(conference):
        led = proposed_chair(conference.bloc_year, conference.day, with_deputy=True)
    return ", ".join(filter(None, led if any(led) else written))


@LEADER_FACTS.add
def chairs_now(bloc_year: BlocYear) -> list[str]:
    """Who chairs each sitting of the year whose minutes nobody has signed, and what holds it."""
    rows = Conference.objects.filter(bloc_year=bloc_year).exclude(state=ConferenceState.SIGNED)
    found = []
    for conference in rows.order_by("number"):
        title = f"{conference.title} ngày {short_date(conference.day)}"
        written = (conference.chair_name, conference.chair_title)
        named = ", ".join(filter(None, written)) or "chưa có, người đứng đầu đang khuyết"
        found.append(f"{title}: chủ tọa là {named}.")
        if conference.state != ConferenceState.PREPARED:
            found += [f"{title}: {words}" for words in overtaken_chair(conference)]
    return found


def other_chair(conference: Conference, day: date) -> list[str]:
    """Why who is written as chair is not: the title names a member that does not lead that day."""
    year, title = conference.bloc_year, conference.chair_title.casefold()
    posts = posts_on(year, day) if title else {}
    if not posts or any(unit.name.casefold() in title for unit in posts):
        return []
    members = [row.unit for row in year.members.select_related("unit")]
    named = [unit.name for unit in members if unit.name.casefold() in title]
    if not named:
        return []
    leaders = "; ".join(f"{unit.name} – {post}" for unit, post in posts.items())
    words = in_words_of(year.bloc.word, LEADS_NOT)
    # «Sở Y» is read in «Sở Y tế», too.
    return [words.format(unit=max(named, key=len), day=short_date(day), leaders=leaders)]
