"""What one person is shown of a ranking: of its page and of the same facts given to programs.

What is hidden from the person is not in it, so that nothing that is made of it can tell it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from blocs.ranking.documents.ranking_rows import PlaceRow, place_rows
from blocs.ranking.documents.seal_words import seal_sentences
from blocs.ranking.models.equal_units import ChosenUnits, choices_between
from blocs.ranking.models.left_out import not_compared
from blocs.ranking.models.ranked_units import LeftOut
from blocs.ranking.models.rankings import Ranking, ranking_of
from blocs.ranking.models.stated import (
    StatedCount,
    StatedPlace,
    stated_places,
    stated_sentences,
)
from blocs.reports.models.versions import rectifications_of
from blocs.years.models import BlocYear
from thidua.common.vietnamese.dates import short_date


@dataclass(frozen=True)
class ShownRanking:
    """Places, who has none and why, and the sentences around them.

    `seals` are the numbers of its sealings, `stated` what minutes say where there are no points.
    """

    is_shown: bool = False
    is_agreed: bool = False
    rows: Sequence[PlaceRow] = ()
    out: Sequence[LeftOut] = ()
    open_ties: Sequence[str] = ()
    choices: Sequence[str] = ()
    questions: Sequence[tuple[str, str]] = ()
    has_classes: bool = False
    by_percent: bool = False
    shows_groups: bool = False
    compared: str = ""
    tie_rule: str = ""
    class_rule: str = ""
    sealed: Sequence[str] = ()
    seals: Sequence[int] = ()
    stated: Sequence[StatedPlace] = ()
    stated_by: Sequence[str] = ()
    stated_counts: Sequence[StatedCount] = ()
    counted: int = 0
    total: int = 0
    rectifications: Sequence[str] = ()


def may_see(user, ranking: Ranking) -> bool:
    """Points that the conference has not agreed are for those who appraise."""
    return ranking.is_agreed or user.has_perm("ranking.view_provisional_ranking", ranking.bloc_year)


def shown_ranking(bloc_year: BlocYear, user) -> ShownRanking:
    """The ranking of the year as `user` may see it; as many queries for any number of units."""
    ranking = ranking_of(bloc_year)
    stated = [] if ranking.rows else stated_places(bloc_year)
    stated_by = () if ranking.rows else stated_sentences(bloc_year, stated)[:1]
    counts = list(bloc_year.stated_counts.order_by("pk")) if stated_by else ()
    by_minutes = {"stated": stated, "stated_by": stated_by, "stated_counts": counts}
    if not may_see(user, ranking):
        return ShownRanking(**by_minutes)
    choices = choices_between(bloc_year, user) if ranking.is_agreed else []
    return ShownRanking(
        is_shown=True,
        is_agreed=ranking.is_agreed,
        rows=place_rows(ranking, user),
        # Where minutes state the result nobody waits for reports any more.
        out=() if stated_by else left_out(ranking),
        open_ties=ties_left(ranking, choices),
        choices=[choice.sentence for choice in choices],
        questions=ranking.questions,
        has_classes=bool(ranking.bands),
        by_percent=ranking.by_percent,
        shows_groups=ranking.shows_groups,
        compared=ranking.compared_heading if ranking.compares_months else "",
        tie_rule=ranking.printed_rule,
        class_rule=ranking.class_rule,
        sealed=seal_sentences(ranking) if ranking.is_agreed else (),
        seals=[seal.number for seal in ranking.seals] if ranking.is_agreed else (),
        counted=len(ranking.rows),
        total=len(ranking.rows) + len(ranking.out),
        rectifications=rectification_words(bloc_year) if ranking.is_agreed else (),
        **by_minutes,
    )


def left_out(ranking: Ranking) -> list[LeftOut]:
    """Everybody without a place; members that are not compared at all come last."""
    told = [row.unit.pk for row in (*ranking.rows, *ranking.out)]
    return [*ranking.out, *not_compared(ranking.bloc_year, told)]


def ties_left(ranking: Ranking, choices: Sequence[ChosenUnits]) -> list[str]:
    """Names of equal units between which nobody has chosen yet."""
    chosen = frozenset().union(*(choice.names for choice in choices))
    return [name for name in ranking.open_ties if name not in chosen]


def rectification_words(bloc_year: BlocYear) -> list[str]:
    """Rectifications of agreed points, a sentence each."""
    return [
        f"Đã đính chính ngày {short_date(version.taken_at)}: {version.report.unit.name}. "
        f"Lý do: {version.reason}"
        for version in rectifications_of(bloc_year)
    ]
