"""From a proposal in the database to the quota rule of its year."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count, QuerySet

from awards.proposals.domain import (
    FlagBase,
    Proposed,
    QuotaRule,
    government_flag_warnings,
    quota_sentence,
    quota_warnings,
)
from awards.proposals.enums import ItemState
from awards.proposals.models.beside_votes import YearVotes, left_out, vote_obstacles, year_votes
from awards.proposals.models.proposals import Proposal, ProposalItem
from awards.proposals.models.shares import agreed_places, counted_units, limits_of, rule_of
from blocs.ranking.domain.award_obstacles import (
    AwardAsked,
    absence_obstacles,
    limit_obstacles,
)
from blocs.ranking.models.rankings import award_limits
from blocs.years.models import BlocYear
from blocs.years.models.part_years import absence_words, members_ranked


def proposed_of(
    items: Collection[ProposalItem], places: Mapping[str, int | None] | None = None
) -> Proposed:
    """How many of each sort these lines ask for; `places` of their units, where they count."""
    kinds = [item.award for item in items]
    return Proposed(
        places=places or {},
        flags=sum(kind.is_flag and not kind.is_national for kind in kinds),
        government_flags=sum(kind.is_flag and kind.is_national for kind in kinds),
        certificates=sum(kind.is_certificate for kind in kinds),
    )


def warnings_of(proposal: Proposal, items: Collection[ProposalItem] | None = None) -> list[str]:
    """Where the proposal passes the quota of its year.

    `items` are its lines where the caller has read them already.
    """
    year = proposal.bloc_year
    members = members_ranked(year).count() or None
    rule = rule_of(year)
    if items is None:
        items = lines_read(proposal)
    asked = proposed_of(items, places_of(year, items, rule))
    return quota_warnings(asked, members, rule, counted_units(year, rule))


def lines_read(proposal: Proposal) -> list[ProposalItem]:
    """The lines of the proposal as warnings name them."""
    return list(proposal.items.select_related("award", "unit"))


def line_warnings(
    proposal: Proposal,
    items: Collection[ProposalItem] | None = None,
    votes: YearVotes | None = None,
) -> list[tuple[ProposalItem, str]]:
    """Each line for a unit dissolved, not considered, held, excluded or not voted for, and why.

    As many queries for any number of lines; `votes` are those of the year where they were read.
    """
    year = proposal.bloc_year
    absent, limits = absence_words(year, proposal.looked_at_on), award_limits(year)
    votes = votes or year_votes(year)
    found = []
    for item in lines_read(proposal) if items is None else items:
        asked, unit = asked_by(item), item.unit_id or 0
        told = (
            *absence_obstacles(asked, absent.get(unit, "")),
            *limit_obstacles(asked, limits.get(unit)),
            *vote_obstacles(item, votes),
        )
        if told:
            found.append((item, " ".join(told)))
    return found


def explained_lines(proposal: Proposal, items: Collection[ProposalItem]) -> list[str]:
    """«… Khối vẫn đề nghị, lý do: …» for each line against a warning, and who was left out.

    `items` are its lines; where nobody gave a reason there is nothing to look for.
    """
    reason, explained = proposal.left_out_reason, [row for row in items if row.warned_reason]
    if not (reason or explained):
        return []
    votes = year_votes(proposal.bloc_year)
    warned = line_warnings(proposal, explained, votes) if explained else ()
    return [
        f"{words} Khối vẫn đề nghị, lý do: {item.warned_reason.rstrip('.;')}."
        for item, words in warned
    ] + [
        f"{words} Lý do: {reason.rstrip('.;')}."
        for words in (left_out(proposal, votes) if reason else ())
    ]


def quota_words(bloc_year: BlocYear) -> str:
    """How many awards the bloc may propose, with base and rounding, as its page says it."""
    rule = rule_of(bloc_year)
    limits, base = limits_of(bloc_year, rule)
    return quota_sentence(limits, base, rule)


def national_flag_warnings(proposals: QuerySet) -> list[str]:
    """Where these proposals ask for more Government flags than the province may (20 %)."""
    kinds = {True: 0, False: 0}
    # By their keys: as a subquery the database reads the lines of all years to find those of one.
    found = list(proposals.values_list("pk", flat=True))
    lines = ProposalItem.objects.filter(proposal__in=found, award__is_flag=True)
    counted = lines.exclude(state=ItemState.REFUSED).values_list("award__is_national")
    kinds |= dict(counted.annotate(number=Count("pk")).order_by())
    return government_flag_warnings(kinds[False], kinds[True], FlagBase.PROVINCIAL)


def asked_by(item: ProposalItem) -> AwardAsked:
    return AwardAsked(str(item.unit), str(item.award), is_flag=item.award.is_flag)


def places_of(
    bloc_year: BlocYear, items: Iterable[ProposalItem], rule: QuotaRule
) -> dict[str, int | None]:
    """The place of each proposed unit by its name, where the quota has a lowest place."""
    if rule.lowest_place is None:
        return {}
    places = dict(agreed_places(bloc_year))
    return {item.unit.name: places.get(item.unit_id) for item in items if item.unit}
