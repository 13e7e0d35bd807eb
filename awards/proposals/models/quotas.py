"""From a proposal in the database to the quota rule of its year."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from awards.proposals.domain import Proposed, QuotaRule, quota_warnings
from awards.proposals.models.proposals import Proposal, ProposalItem
from blocs.ranking.models.rankings import award_limits
from blocs.scoring import Eligibility
from blocs.years.models.regulation import regulation_of


def rule_of(bloc_year) -> QuotaRule:
    """The quota of the year as the domain reads it; the usual one where none is set."""
    rules = regulation_of(bloc_year)
    return QuotaRule(
        flags=rules.flags,
        certificate_count=rules.certificate_count,
        certificate_share=rules.certificate_share,
        base=rules.certificate_base,
        rounding=rules.rounding,
    )


def proposed_of(items: Iterable[ProposalItem]) -> Proposed:
    """How many of each sort these lines ask for."""
    kinds = [item.award for item in items]
    return Proposed(
        flags=sum(kind.is_flag and not kind.is_national for kind in kinds),
        government_flags=sum(kind.is_flag and kind.is_national for kind in kinds),
        certificates=sum(not kind.is_flag for kind in kinds),
    )


def warnings_of(proposal: Proposal, items: Collection[ProposalItem] | None = None) -> list[str]:
    """Where the proposal passes the quota of its year, or what a unit's grounds leave open.

    `items` are its lines where the caller has read them already.
    """
    members = proposal.bloc_year.members.count() or None
    if items is None:
        items = list(proposal.items.select_related("award", "unit"))
    found = quota_warnings(proposed_of(items), members, rule_of(proposal.bloc_year))
    return [*found, *limit_warnings(items, award_limits(proposal.bloc_year))]


def limit_warnings(
    items: Iterable[ProposalItem], limits: Mapping[int, Eligibility]
) -> Iterator[str]:
    """Lines for units that are out, held, or may not have this award."""
    for item in items:
        state = limits.get(item.unit_id)
        if state is None:
            continue
        reasons = f"{item.unit}: {'; '.join(state.reasons)}"
        if state.is_out:
            yield f"{reasons}. Đơn vị không được xét khen thưởng."
        elif state.is_held:
            yield f"{reasons}. Đơn vị chưa được xét khen thưởng cho đến khi có kết luận."
        elif state.is_without_flag and item.award.is_flag:
            most = f"; chỉ đến {', '.join(state.award_caps)}" if state.award_caps else ""
            yield f"{reasons}. Không được đề nghị {item.award}{most}."
