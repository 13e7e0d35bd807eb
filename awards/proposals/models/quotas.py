"""From a proposal in the database to the quota rule of its year."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Count, QuerySet
from django.utils import timezone

from awards.proposals.domain import (
    FlagBase,
    Proposed,
    QuotaRule,
    government_flag_warnings,
    quota_sentence,
    quota_warnings,
)
from awards.proposals.enums import ItemState
from awards.proposals.models.proposals import Proposal, ProposalItem
from awards.proposals.models.shares import agreed_places, counted_units, limits_of, rule_of
from blocs.ranking.domain.award_obstacles import (
    AwardAsked,
    absence_obstacles,
    limit_obstacles,
)
from blocs.ranking.models.rankings import award_limits
from blocs.scoring import Eligibility
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
    """Where the proposal passes the quota of its year, or what a unit's grounds leave open.

    `items` are its lines where the caller has read them already.
    """
    year = proposal.bloc_year
    members = members_ranked(year).count() or None
    rule = rule_of(year)
    if items is None:
        items = list(proposal.items.select_related("award", "unit"))
    asked = proposed_of(items, places_of(year, items, rule))
    found = quota_warnings(asked, members, rule, counted_units(year, rule))
    return [
        *found,
        *absence_warnings(items, absence_words(year, day_of(proposal))),
        *limit_warnings(items, award_limits(year)),
    ]


def quota_words(bloc_year: BlocYear) -> str:
    """How many awards the bloc may propose, with base and rounding, as its page says it."""
    rule = rule_of(bloc_year)
    limits, base = limits_of(bloc_year, rule)
    return quota_sentence(limits, base, rule)


def national_flag_warnings(proposals: QuerySet) -> list[str]:
    """Where these proposals ask for more Government flags than the province may (20 %)."""
    kinds = {True: 0, False: 0}
    lines = ProposalItem.objects.filter(proposal__in=proposals, award__is_flag=True)
    counted = lines.exclude(state=ItemState.REFUSED).values_list("award__is_national")
    kinds |= dict(counted.annotate(number=Count("pk")).order_by())
    return government_flag_warnings(kinds[False], kinds[True], FlagBase.PROVINCIAL)


def day_of(proposal: Proposal) -> date | None:
    """The day on which the proposed are looked at: its own, that of its sending, none: today."""
    sent = proposal.submitted_at
    return proposal.dated_on or (timezone.localtime(sent).date() if sent else None)


def absence_warnings(items: Iterable[ProposalItem], absent: Mapping[int, str]) -> Iterator[str]:
    """Lines for units that are no more, have left the year or are not considered in it."""
    for item in items:
        yield from absence_obstacles(asked_by(item), absent.get(item.unit_id or 0, ""))


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


def limit_warnings(
    items: Iterable[ProposalItem], limits: Mapping[int, Eligibility]
) -> Iterator[str]:
    """Lines for units that are out, held, or may not have this award."""
    for item in items:
        yield from limit_obstacles(asked_by(item), limits.get(item.unit_id or 0))
