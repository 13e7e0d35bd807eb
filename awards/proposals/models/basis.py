"""What a proposal and each of its lines rest on: places, votes, grounds, members and quota."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Model

from awards.proposals.enums import ItemState
from awards.proposals.models.proposals import Proposal, ProposalItem
from awards.proposals.models.shares import limits_of, rule_of
from blocs.conferences.models.last_votes import votes_of_year
from blocs.conferences.models.vote_basis import results_overtaken
from blocs.ranking.models.rankings import award_limits, ranking_of
from blocs.ranking.models.results import results_of
from blocs.ranking.models.stated import stated_places
from blocs.scoring import Eligibility
from blocs.years.models import BlocYear
from blocs.years.models.part_years import absence_words
from thidua.common.basis import BasisChange, BasisFact, changes_among, rests_on

Changed = tuple[Model, tuple[BasisChange, ...]]
QUOTA = "Số lượng được đề nghị"


@dataclass(frozen=True)
class YearFacts:
    """What awards of a bloc year rest on: a line for each unit by its key, and the quota."""

    year: int
    units: Mapping[int, BasisFact]
    quota: BasisFact

    def of_unit(self, unit_id: int | None, name: str = "") -> BasisFact:
        """The line of one unit; of a unit that is not in the year an empty one."""
        return self.units.get(unit_id or 0, BasisFact(f"unit-{self.year}-{unit_id}", name, ""))


def year_facts(bloc_year: BlocYear, then: Mapping[int, str] | None = None) -> YearFacts:
    """Everything that awards of this year rest on, as it is now; no query per unit.

    `then` are results of units that count in the place of those of now.
    """
    results, votes = year_results(bloc_year) | (then or {}), votes_said(bloc_year)
    limits, absent = award_limits(bloc_year), absence_words(bloc_year)
    units = {}
    for member in bloc_year.members.select_related("unit").order_by("order", "pk"):
        unit = member.unit_id
        parts = (
            results.get(unit, ""),
            *votes.get(unit, ()),
            limit_words(limits.get(unit)),
            absent.get(unit, ""),
        )
        words = "; ".join(filter(None, parts))
        units[unit] = BasisFact(f"unit-{bloc_year.pk}-{unit}", member.unit.name, words)
    return YearFacts(bloc_year.pk, units, quota_fact(bloc_year))


def year_results(bloc_year: BlocYear) -> dict[int, str]:
    """Points and place of each unit; where minutes state the place alone, that, and by what."""
    ranking = ranking_of(bloc_year)
    if ranking.rows:
        return results_of(ranking)
    stated = {row.unit_id: f"{row.words} (theo {row.source})" for row in stated_places(bloc_year)}
    return results_of(ranking) | stated


def quota_fact(bloc_year: BlocYear) -> BasisFact:
    """«01 cờ, 03 Bằng khen»: the limits that follow from the rules and the members of now."""
    limits, _ = limits_of(bloc_year, rule_of(bloc_year))
    words = f"{limits.flags:02d} cờ"
    if limits.certificates is not None:
        words += f", {limits.certificates:02d} Bằng khen"
    return BasisFact("quota", QUOTA, words)


def votes_said(bloc_year: BlocYear) -> dict[int, list[str]]:
    """«Cờ thi đua: 6 phiếu, được chọn» for each unit, of the votes that count."""
    found: dict[int, dict[str, str]] = {}
    for line in votes_of_year(bloc_year):
        chosen = "được chọn" if line.is_chosen else "không được chọn"
        words = f"{line.award_name}: {line.votes_for} phiếu, {chosen}"
        found.setdefault(line.unit_id, {})[line.award_name] = words
    return {unit: list(words.values()) for unit, words in found.items()}


def limit_words(state: Eligibility | None) -> str:
    """«không xét khen thưởng: …»: what the grounds that hold now leave open."""
    if state is None:
        return ""
    if state.is_out:
        effect = "không được xét khen thưởng"
    elif state.is_held:
        effect = "chưa được xét khen thưởng"
    elif state.is_without_flag:
        effect = "không xét Cờ thi đua"
    else:
        return ""
    return f"{effect}: {', '.join(reason.rstrip('.') for reason in state.reasons)}"


@rests_on("proposals.proposal")
def facts_of_proposal(proposal: Proposal) -> Iterator[BasisFact]:
    """The quota and a line of every unit of the year: who rose may be proposed instead."""
    yield from all_facts(year_facts(proposal.bloc_year))


def drafted_facts(proposal: Proposal) -> Iterator[BasisFact]:
    """What a draft from the vote rests on: the results that the voters had before them.

    Where they are others now, the new draft says so at once, and somebody decides.
    """
    year = proposal.bloc_year
    yield from all_facts(year_facts(year, results_overtaken(year)))


def all_facts(facts: YearFacts) -> Iterator[BasisFact]:
    yield facts.quota
    yield from facts.units.values()


@rests_on("proposals.proposalitem")
def facts_of_item(item: ProposalItem) -> Iterator[BasisFact]:
    """What the office looked at when it found the line eligible: the unit, and its merit."""
    yield from item_facts(item, year_facts(item.proposal.bloc_year))


def item_facts(item: ProposalItem, facts: YearFacts) -> Iterator[BasisFact]:
    """The same where the facts of the year were read already."""
    yield facts.of_unit(item.unit_id, str(item.unit or ""))
    yield BasisFact(f"merit-{item.pk}", "Tóm tắt thành tích", item.merit)


def changed_verdicts(proposal: Proposal) -> list[Changed]:
    """Lines found eligible below which anything changed since, each with the changes."""
    rows = list(proposal.items.filter(state=ItemState.ELIGIBLE).for_page())
    if not rows:
        return []
    facts = year_facts(proposal.bloc_year)
    return changes_among(rows, lambda item: item_facts(item, facts))


def changed_opinions(proposal: Proposal) -> list[Changed]:
    """Opinions of the council on lines below which anything changed since they were given."""
    items = {item.pk: item for item in proposal.items.for_page()}
    opinion = ProposalItem._meta.get_field("opinions").related_model
    rows = list(opinion._default_manager.filter(item__in=items).select_related("member"))
    if not rows:
        return []
    facts = year_facts(proposal.bloc_year)
    return changes_among(rows, lambda row: item_facts(items[row.item_id], facts))


def facts_of_lines(items: Iterable[ProposalItem]) -> Iterator[tuple[ProposalItem, YearFacts]]:
    """Each line with the facts of its year, which are read once for all lines of a year."""
    known: dict[int, YearFacts] = {}
    for item in items:
        year = item.proposal.bloc_year
        if year.pk not in known:
            known[year.pk] = year_facts(year)
        yield item, known[year.pk]
