"""The one answer to «what did the bloc vote on this award»: of several votes the last that counts.

In one sitting a later round takes the place of an earlier one, unit by unit. A further sitting
stands beside the sittings before it, unless it says why it votes anew: then its result on an award
replaces all that earlier sittings found on this award, and frees their places.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from blocs.conferences.models.ballots import Ballot, BallotLine
from blocs.conferences.models.conferences import Conference
from blocs.states import AskedAward, BallotKind, ConferenceState

SITTING, YEAR = "ballot__conference__number", "ballot__conference__bloc_year"
CHOSEN = "{sitting}: {award} – {names}"
REPLACED = "Kết quả về {} ở đây được thay bằng kết quả bỏ phiếu lại ở hội nghị bổ sung sau."


def lines_that_count(below: int | None = None) -> QuerySet[BallotLine]:
    """Lines on awards that no later round and no vote taken anew has replaced.

    One question is an award of a sort; each award beside flag and certificate is one of its own.
    `below` asks as it stood before the sitting of this number.
    """
    known = Q() if below is None else Q(**{f"{SITTING}__lt": below})
    votes = BallotLine.objects.filter(
        known,
        Q(award=OuterRef("award"))
        & (~Q(award=AskedAward.OTHER) | Q(award_kind=OuterRef("award_kind"))),
        ballot__kind=BallotKind.AWARD,
        **{YEAR: OuterRef(YEAR)},
    )
    next_sitting = Q(**{f"{SITTING}__gt": OuterRef(SITTING)})
    next_round = Q(**{SITTING: OuterRef(SITTING)}, ballot__number__gt=OuterRef("ballot__number"))
    again = votes.filter(next_sitting | next_round, unit=OuterRef("unit"))
    anew = votes.filter(next_sitting).exclude(ballot__revote_reason="")
    of_awards = BallotLine.objects.filter(known, ballot__kind=BallotKind.AWARD)
    return of_awards.filter(~Exists(again), ~Exists(anew))


def votes_of_year(bloc_year: object, *, below: int | None = None) -> QuerySet[BallotLine]:
    """The lines that count in a year, sitting by sitting and round by round."""
    lines = lines_that_count(below).filter(**{YEAR: bloc_year})
    return lines.select_related("award_kind", "unit", "ballot__conference").order_by(
        SITTING, "ballot__number", "pk"
    )


def chosen_before(conference: Conference) -> list[BallotLine]:
    """Whom the sittings before this one chose, as far as that stood when this one met."""
    if not conference.is_further:
        return []
    before = votes_of_year(conference.bloc_year_id, below=conference.number)
    return list(before.filter(is_chosen=True))


def posts_before(conference: Conference, kind: str) -> list[str]:
    """«Hội nghị tổng kết: Sở A»: whom an earlier signed sitting chose for this post; or nothing."""
    found = Conference.objects.filter(
        bloc_year=conference.bloc_year_id,
        number__lt=conference.number,
        state=ConferenceState.SIGNED,
    ).select_related("next_head", "next_deputy", "next_second_deputy")
    for one in found.order_by("-number"):
        deputies = (one.next_deputy, one.next_second_deputy)
        units = (one.next_head,) if kind == BallotKind.HEAD else deputies
        if names := ", ".join(unit.name for unit in units if unit):
            return [f"{one.title}: {names}"]
    return []


def question_of(line: BallotLine) -> tuple[str, int | None]:
    """Which award a line votes on, as `lines_that_count` tells them apart."""
    return line.award, line.award_kind_id if line.award == AskedAward.OTHER else None


def replaced_words(ballot: Ballot) -> list[str]:
    """A sentence for each award on which a later sitting voted anew, so that this count is gone.

    Two queries. What a later round of the same sitting took over is no such thing.
    """
    mine = {"ballot": ballot}
    below = lines_that_count(ballot.conference.number + 1).filter(**mine)
    gone = set(below.values_list("pk", flat=True))
    gone -= set(lines_that_count().filter(**mine).values_list("pk", flat=True))
    awards = dict.fromkeys(line.award_name for line in ballot.votes if line.pk in gone)
    return [REPLACED.format(award) for award in awards]


def chosen_words(lines: list[BallotLine]) -> list[str]:
    """«Hội nghị tổng kết: Cờ thi đua – Sở A, Sở B» for each sitting and award."""
    found: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        told = (line.ballot.conference.title, line.award_name)
        found.setdefault(told, []).append(line.unit.name)
    return [
        CHOSEN.format(sitting=sitting, award=award, names=", ".join(names))
        for (sitting, award), names in found.items()
    ]
