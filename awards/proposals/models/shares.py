"""What the vote, or the places and the quota of a year, give to which unit."""

from collections.abc import Collection, Mapping

from awards.proposals.domain import Allowed, QuotaBase, QuotaRule, allowed, base_of
from awards.proposals.enums import ItemState
from blocs.conferences.models.certificate_limits import LIMITS
from blocs.conferences.models.last_votes import votes_of_year
from blocs.ranking.models.rankings import award_limits, ranking_of
from blocs.ranking.models.stated import stated_places
from blocs.scoring import Eligibility
from blocs.scoring.ranking.quota_edge import RankedPlace, Shares, Tie, share_awards
from blocs.states import USUAL_AWARDS, AskedAward
from blocs.years.models import AwardKind, BlocYear
from blocs.years.models.part_years import members_ranked
from blocs.years.models.regulation import regulation_of

# Pairs of an award and the key of a unit, in the order in which a draft names them.
Lines = list[tuple[AwardKind, int]]


def rule_of(bloc_year: BlocYear) -> QuotaRule:
    """The quota of the year as the domain reads it; the usual one where none is set."""
    rules = regulation_of(bloc_year)
    return QuotaRule(
        flags=rules.flags,
        certificate_count=rules.certificate_count,
        certificate_share=rules.certificate_share,
        base=rules.certificate_base,
        rounding=rules.rounding,
        lowest_place=rules.lowest_place,
    )


def limits_of(bloc_year: BlocYear, rule: QuotaRule) -> tuple[Allowed, int | None]:
    """How many awards the bloc may propose, and of how many units its share is taken."""
    members = members_ranked(bloc_year).count() or None
    counted = counted_units(bloc_year, rule)
    return allowed(members, rule, counted), base_of(members, rule, counted)


@LIMITS.add
def certificate_limit(bloc_year: BlocYear) -> int | None:
    """The most certificates of the year, for its votes; None while holders are not proposed."""
    rule = rule_of(bloc_year)
    if rule.base == QuotaBase.HOLDERS and getattr(bloc_year, "proposal", None) is None:
        return None
    limits, _ = limits_of(bloc_year, rule)
    return limits.certificates


def counted_units(bloc_year: BlocYear, rule: QuotaRule) -> int | None:
    """The units that are eligible, or hold a lower title; None where the share is of others."""
    if rule.base == QuotaBase.ELIGIBLE:
        closed = [unit for unit, state in award_limits(bloc_year).items() if is_closed(state)]
        return members_ranked(bloc_year).exclude(unit__in=closed).count()
    if rule.base == QuotaBase.HOLDERS:
        proposal = getattr(bloc_year, "proposal", None)
        if proposal is None:
            return 0
        titles = proposal.items.filter(award__is_title=True, unit__isnull=False)
        return int(titles.exclude(state=ItemState.REFUSED).values("unit").distinct().count())
    return None


def is_closed(state: Eligibility) -> bool:
    """No award is open to the unit now."""
    return state.is_out or state.is_held


def kinds_to_draft() -> dict[bool, AwardKind]:
    """The flag (True) and the certificate (False) a draft names; empty unless both are given."""
    kinds = AwardKind.objects.for_units()
    kinds = kinds.filter(is_national=False, is_of_unit=False)
    flag = kinds.filter(is_flag=True).first()
    certificate = kinds.filter(is_flag=False, is_title=False).first()
    return {True: flag, False: certificate} if flag and certificate else {}


def voted_lines(bloc_year: BlocYear, kinds: Mapping[bool, AwardKind]) -> Lines:
    """Those whom the votes that count chose, each once for the award it was asked about."""
    chosen = votes_of_year(bloc_year).filter(is_chosen=True)
    lines = [
        (line.award_kind or kinds[line.award == AskedAward.FLAG], line.unit_id) for line in chosen
    ]
    return list(dict.fromkeys(lines))


def shares_of(bloc_year: BlocYear, answers: Mapping[Tie, Collection[int]]) -> Shares:
    """The first places within the quota, for each award on which the conference has not voted.

    A unit that is held waits for its conclusion; one whose grounds close the flag has none; one
    that the vote chose for flag or certificate is not given the other by its place.
    """
    votes = [line for line in votes_of_year(bloc_year) if line.award in USUAL_AWARDS]
    voted = {line.award for line in votes}
    if voted == set(USUAL_AWARDS):
        return Shares()
    rule = rule_of(bloc_year)
    limits, _ = limits_of(bloc_year, rule)
    chosen = {line.unit_id for line in votes if line.is_chosen}
    standings = [one for one in standings_of(bloc_year, rule) if one.unit not in chosen]
    flags = 0 if AskedAward.FLAG in voted else limits.flags
    certificates = 0 if AskedAward.CERTIFICATE in voted else limits.certificates
    return share_awards(standings, flags, certificates, answers)


def standings_of(bloc_year: BlocYear, rule: QuotaRule) -> list[RankedPlace]:
    """The units whose place is agreed and may be proposed by the grounds of now, best first."""
    limits = award_limits(bloc_year)
    return [
        RankedPlace(unit, place, not state.is_without_flag)
        for unit, place in agreed_places(bloc_year)
        if not is_closed(state := limits.get(unit, Eligibility())) and rule.admits(place)
    ]


def agreed_places(bloc_year: BlocYear) -> list[tuple[int, int]]:
    """Unit and place, best first, as points or else minutes give them."""
    rows = ranking_of(bloc_year).rows
    if rows:
        return [(row.unit.pk, row.placed.place) for row in rows if row.is_agreed]
    stated = stated_places(bloc_year)
    return [(row.unit_id, row.place) for row in stated if row.place is not None]


def shared_lines(shares: Shares, kinds: Mapping[bool, AwardKind]) -> Lines:
    """The shares as lines, flags first; a tie that nobody has decided gives none."""
    return [
        *((kinds[True], unit) for unit in shares.flags),
        *((kinds[False], unit) for unit in shares.certificates),
    ]
