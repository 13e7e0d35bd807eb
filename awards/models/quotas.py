"""From a proposal in the database to the quota rule of its year."""

from awards.domain.quotas import Proposed, QuotaRule, quota_warnings
from awards.models.proposals import Proposal
from blocs.models import YearRules


def rule_of(bloc_year) -> QuotaRule:
    """The quota of the year as the domain reads it; the usual one where none is set."""
    rules = YearRules.objects.filter(bloc_year=bloc_year).first() or YearRules()
    return QuotaRule(
        flags=rules.flags,
        certificate_count=rules.certificate_count,
        certificate_share=rules.certificate_share,
        base=rules.certificate_base,
        rounding=rules.rounding,
    )


def proposed_of(proposal: Proposal) -> Proposed:
    """How many of each sort the proposal asks for."""
    kinds = [item.award for item in proposal.items.select_related("award")]
    return Proposed(
        flags=sum(kind.is_flag and not kind.is_national for kind in kinds),
        government_flags=sum(kind.is_flag and kind.is_national for kind in kinds),
        certificates=sum(not kind.is_flag for kind in kinds),
    )


def warnings_of(proposal: Proposal) -> list[str]:
    """Where the proposal passes the quota of its year, as sentences."""
    members = proposal.bloc_year.members.count() or None
    return quota_warnings(proposed_of(proposal), members, rule_of(proposal.bloc_year))
