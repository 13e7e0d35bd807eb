"""The sittings of a year: the closing conference, and those that continue it once it is signed."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.utils import timezone

from blocs.conferences.models.conferences import Conference
from blocs.ranking.models.rankings import Ranking, ranking_now, ranking_of
from blocs.ranking.models.seals import RankingSeal
from blocs.states import COUNCIL_STATES, OPEN_STATES, ConferenceState, YearState
from blocs.years.domain.taking_part import Duty
from blocs.years.models.changes import members_owing
from blocs.years.models.frozen_rules import is_signed
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.dates import day_in_vietnam, short_date
from thidua.common.vietnamese.text import low_first
from thidua.papers.numbers import NumberedPaper, with_copies

CONTINUED_IN = (YearState.CLOSING, YearState.RANKED)
NO_MAIN = "Năm thi đua chưa có hội nghị tổng kết; hãy lập hội nghị tổng kết trước."
NOT_SIGNED = "{last} chưa ký biên bản; hội nghị bổ sung được lập sau khi biên bản đã ký."
NOT_NOW = (
    "Hội nghị bổ sung họp trước khi gửi đề nghị khen thưởng. Đề nghị đã gửi thì cơ quan thường "
    "trực trả lại đề nghị trước; năm đã có quyết định thì không họp bổ sung nữa."
)
RESEALED = "lần chốt lại xếp hạng"
TOO_EARLY = "{title} họp sau {last} ngày {day}; hãy sửa ngày họp."


def last_sitting(bloc_year: BlocYear) -> Conference | None:
    """The newest sitting of the year."""
    return Conference.objects.filter(bloc_year=bloc_year).order_by("-number").first()


def unsigned_sitting(bloc_year: BlocYear) -> Conference | None:
    """The sitting of the year whose minutes nobody has signed yet; None where all are signed."""
    rows = Conference.objects.filter(bloc_year=bloc_year).exclude(state=ConferenceState.SIGNED)
    return rows.order_by("number").first()


def last_signed(bloc_year: BlocYear) -> Conference | None:
    """The newest sitting whose minutes are signed; the closing conference where none is yet."""
    rows = Conference.objects.filter(bloc_year=bloc_year).order_by("-number")
    found: Conference | None = rows.filter(state=ConferenceState.SIGNED).first()
    return found or rows.last()


def ranking_basis(bloc_year: BlocYear) -> tuple[str, date | None]:
    """What papers on the ranking rest on, and its day: the last sitting, or a later sealing.

    A sitting seals on the day on which it met, whenever its minutes were recorded here.
    """
    last = last_signed(bloc_year)
    said = ("", None) if last is None else (last.title.lower(), last.day)
    held = {seal_reason(one) for one in Conference.objects.filter(bloc_year=bloc_year)}
    seals = RankingSeal.objects.filter(bloc_year=bloc_year, number__gt=1).order_by("number")
    again = seals.exclude(reason__in=held).last()
    if again is None:
        return said
    day = day_in_vietnam(again.sealed_at)
    return (RESEALED, day) if said[1] is None or day > said[1] else said


def further_sitting_refusals(bloc_year: BlocYear, last: Conference | None) -> list[str]:
    """Why no further sitting may be prepared now; `last` is the newest one of the year."""
    if last is None:
        return [NO_MAIN]
    if last.state != ConferenceState.SIGNED:
        return [NOT_SIGNED.format(last=last.title)]
    return [] if bloc_year.state in CONTINUED_IN else [NOT_NOW]


def continued_refusals(conference: Conference) -> list[str]:
    """Why this further sitting may not go on now; the closing conference follows its year."""
    if not conference.is_further or conference.bloc_year.state in CONTINUED_IN:
        return []
    return [NOT_NOW]


def sitting_before(conference: Conference) -> Conference | None:
    """The sitting that this one continues; none before the closing conference."""
    if not conference.is_further:
        return None
    rows = Conference.objects.filter(bloc_year=conference.bloc_year_id)
    found: Conference | None = rows.filter(number=conference.number - 1).first()
    return found


def early_refusals(conference: Conference, starts_at: datetime) -> list[str]:
    """A sitting is not held before the one that it continues has ended."""
    before = sitting_before(conference)
    if before is None or starts_at >= (before.ended_at or before.starts_at):
        return []
    title, last, day = conference.title, before.title, short_date(before.day)
    return [TOO_EARLY.format(title=title, last=last[0].lower() + last[1:], day=day)]


def late_units(bloc_year: BlocYear, states: Iterable[str] = COUNCIL_STATES) -> list[str]:
    """Units whose sheet is in these states while no sitting has agreed it, though one is signed.

    They wait until a further sitting is signed, whether or not one is prepared for them.
    """
    if not is_signed(bloc_year):
        return []
    waiting = [state for state in states if state not in OPEN_STATES]
    rows = members_owing(bloc_year, Duty.REPORT, timezone.localdate()).having("reports", waiting)
    return [member.unit.name for member in rows]


def numbered_minutes(conference: Conference) -> Iterator[NumberedPaper]:
    """The signed minutes of the bloc beside those of this sitting; their numbers are taken."""
    rows = Conference.objects.filter(
        bloc_year__bloc=conference.bloc_year.bloc_id, state=ConferenceState.SIGNED
    ).exclude(pk=conference.pk)
    return with_copies(
        "minutes",
        (
            NumberedPaper(one, f"Biên bản {low_first(str(one))}", one.minutes_number, ended_on(one))
            for one in rows.select_related("bloc_year__bloc")
        ),
    )


def ended_on(conference: Conference) -> date | None:
    """The day of minutes that were signed here: that on which the sitting ended."""
    return day_in_vietnam(conference.ended_at) if conference.ended_at else None


def seal_reason(conference: Conference) -> str:
    """Why a further sitting seals the ranking anew; the closing conference seals it first."""
    if not conference.is_further:
        return ""
    return f"{conference.title}, biên bản số {conference.minutes_number}"


def ranking_for(conference: Conference) -> Ranking:
    """What the minutes of a sitting rank: as sealed, and until it seals as points give it now."""
    year = conference.bloc_year
    if not conference.is_further or is_sealed_by(conference):
        return ranking_of(year)
    return ranking_now(year)


def is_sealed_by(conference: Conference) -> bool:
    """Whether this further sitting has sealed a ranking beside the first."""
    return RankingSeal.objects.filter(
        bloc_year=conference.bloc_year, reason=seal_reason(conference)
    ).exists()
