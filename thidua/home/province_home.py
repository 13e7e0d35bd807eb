"""The home page of the province: figures, the matrix of blocs and steps, who is reminded, quota."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef
from django.db.models.expressions import Combinable

from blocs.states import SeatRole
from blocs.years.domain.track import PLANS
from blocs.years.models import BlocYear
from blocs.years.tasks import Desk
from blocs.years.views.pages import year_tabs, year_track
from thidua.common.vietnamese.collation import sort_key
from thidua.common.vietnamese.numbers import two_digits
from thidua.home.province_figures import (
    IS_FLAG,
    LATE,
    Tile,
    figures_of,
    first_of,
    late_years,
    lines_asked,
    number,
    tiles_of,
    years_seen,
)

# So many blocs stand in the matrix; the list of years has them all.
MOST_BLOCS, MOST_REMINDED = 20, 6
OF_UNITS = " đơn vị"
# The step whose units are all named: the others name the first few.
REPORTS = next(plan.label for plan in PLANS if plan.code == "report")
WORDS = {
    "done": "xong",
    "passed": "qua",
    "current": "đang làm",
    "blocked": "quá hạn",
    "todo": "–",
}


@dataclass(frozen=True)
class StepCell:
    """One step of one bloc: how it stands in a word or two, in whole words, and its page."""

    state: str
    words: str
    told: str
    url: str


@dataclass(frozen=True)
class BlocSteps:
    """One bloc of the year with its steps."""

    year: BlocYear
    head: str
    cells: Sequence[StepCell]


@dataclass(frozen=True)
class Reminder:
    """A late step: of which bloc, whom it waits for, and a text to send."""

    year: BlocYear
    words: str
    text: str


@dataclass(frozen=True)
class Quota:
    """Flags and certificates that are asked for and granted, and blocs above their flags."""

    flags: int
    most_flags: int
    certificates: int
    granted: int
    above: Sequence[str]


@dataclass(frozen=True)
class ProvinceHome:
    """What templates/home/province/_province.html shows beside the tasks."""

    year: int
    tiles: Sequence[Tile]
    steps: Sequence[str]
    rows: Sequence[BlocSteps]
    more: int
    is_late: bool
    reminders: Sequence[Reminder]
    quota: Quota
    last: Mapping[str, Any]


def province_home(
    desk: Desk, year: int, *, wanted: str = "", also: Mapping[str, Combinable] | None = None
) -> ProvinceHome | None:
    """The home page of office, auditors, council and Chairman; None for others.

    Two queries for any number of blocs. `wanted` is LATE for the blocs whose reports are late;
    `also` is told in `last` beside the figures.
    """
    standing, user = desk.standing, desk.user
    if not (standing.oversees or standing.has(SeatRole.COUNCIL, SeatRole.CHAIR)):
        return None
    found = figures_of(user, year, desk.today, also)
    is_late = wanted == LATE
    years = years_seen(user, year)
    asked = late_years(years, desk.today) if is_late else years
    flags = lines_asked(user, proposal__bloc_year=OuterRef("pk")).filter(IS_FLAG)
    shown = list(first_of(asked, MOST_BLOCS).annotate(flags_asked=number(flags)))
    tracks = {one.pk: year_track(one, desk.now, year_tabs(one, user)) for one in shown}
    rows = [BlocSteps(one, head_of(one), cells_of(tracks[one.pk])) for one in shown]
    first = next(iter(tracks.values()), [])
    return ProvinceHome(
        year=year,
        tiles=tiles_of(standing, found),
        steps=[step["label"] for step in first],
        rows=rows,
        more=found["late" if is_late else "years"] - len(rows),
        is_late=is_late,
        reminders=reminders_of(shown, tracks) if standing.oversees else (),
        quota=quota_of(found, shown),
        last=found,
    )


def head_of(year: BlocYear) -> str:
    """The head of the bloc by its short name."""
    return year.head.short_name if year.head else f"đang khuyết {year.bloc.head_word}"


def cells_of(track: Sequence[Mapping[str, Any]]) -> list[StepCell]:
    """The steps of one year as cells: a step that counts units tells its count."""
    return [
        StepCell(step["state"], cell_words(step), f"{step['label']}: {step['words']}", step["url"])
        for step in track
    ]


def cell_words(step: Mapping[str, Any]) -> str:
    """«xong», «5/8», «quá hạn 5/8»: never a colour alone."""
    word, count = WORDS[step["state"]], step["words"].removesuffix(OF_UNITS)
    is_count = step["words"].endswith(OF_UNITS) and step["state"] in ("current", "blocked")
    if not is_count:
        return word
    return count if step["state"] == "current" else f"{word} {count}"


def reminders_of(
    years: Sequence[BlocYear], tracks: Mapping[int, Sequence[Mapping[str, Any]]]
) -> list[Reminder]:
    """The first late step of each bloc shown, of the first few."""
    found = (next(late_steps(year, tracks[year.pk]), None) for year in years)
    return [one for one in found if one][:MOST_REMINDED]


def late_steps(year: BlocYear, track: Sequence[Mapping[str, Any]]) -> Iterator[Reminder]:
    """Each late step of a year with the names of all that it waits for."""
    for step in track:
        if step["state"] != "blocked":
            continue
        who = step["who"]
        if step["label"] == REPORTS and year.unsent:
            names = sorted(filter(None, year.unsent.split("\n")), key=sort_key)
            who = f"{', '.join(names)} chưa nộp"
        words = f"{step['label']} (hạn {step['due']}): {who}"
        yield Reminder(
            year,
            words,
            f"Kính gửi {year.bloc}: bước “{step['label']}” {year.words} đã quá hạn {step['due']}. "
            f"{who}. Đề nghị khẩn trương hoàn thành và cập nhật trên phần mềm Thi đua.",
        )


def quota_of(found: Mapping[str, Any], shown: Sequence[BlocYear]) -> Quota:
    """What the sent proposals of the year ask for, beside the flags that its rules give."""
    above = [
        f"{year.bloc} đề nghị {two_digits(year.flags_asked)} cờ, "
        f"mức là {two_digits(year.regulation.flags)}"
        for year in shown
        if year.flags_asked > flags_of(year)
    ]
    asked = found["flags_asked"], found["flags"], found["certificates_asked"]
    return Quota(*asked, found["granted"], above)


def flags_of(year: BlocYear) -> int:
    """How many flags the rules of the year give; without rules none is above them."""
    rules = getattr(year, "regulation", None)
    return rules.flags if rules else 10**6
