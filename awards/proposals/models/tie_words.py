"""Equal units at the quota in words: what is open, what was chosen, what strays from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from awards.proposals.domain import choice_sentence, tie_sentence
from awards.proposals.models.proposals import Proposal
from awards.proposals.models.shares import kinds_to_draft
from awards.proposals.models.ties import TieChoice
from blocs.ranking.models.equal_units import CHOICES, ChosenUnits
from blocs.scoring.ranking.quota_edge import Tie
from blocs.years.models import AwardKind, BlocYear


@dataclass(frozen=True)
class OpenTie:
    """A tie that waits for people, and the award it is over."""

    award: AwardKind
    tie: Tie
    sentence: str


def member_names(proposal: Proposal) -> dict[int, str]:
    """The names of all units in the year, in the order of the bloc."""
    members = proposal.bloc_year.members.select_related("unit").order_by("order", "pk")
    return {member.unit_id: member.unit.name for member in members}


def open_ties(proposal: Proposal) -> list[OpenTie]:
    """What the draft leaves to people, flags first; no further query where nothing is open."""
    if not proposal.shares.open_ties:
        return []
    kinds, names = kinds_to_draft(), member_names(proposal)
    return [
        OpenTie(kinds[tie.is_flag], tie, sentence_of(tie, kinds[tie.is_flag], names))
        for tie in proposal.shares.open_ties
        if kinds
    ]


def sentence_of(tie: Tie, award: AwardKind, names: Mapping[int, str]) -> str:
    """«C, D cùng hạng 1, chỉ còn 1 Cờ thi đua: hội nghị quyết định.»"""
    equal = [name for unit, name in names.items() if unit in tie.units]
    return tie_sentence(equal, tie.place, str(award), tie.seats)


def kept_choices(proposal: Proposal) -> list[TieChoice]:
    """The choices that count: all of a sent proposal, of a draft those whose tie still stands."""
    choices = list(proposal.tie_choices.select_related("award").prefetch_related("units__unit"))
    if not choices or not proposal.is_draft:
        return choices
    return [choice for choice in choices if choice.tie in proposal.shares.ties]


def words_of_choice(choice: TieChoice) -> str:
    """What was decided between equals, as page and paper say it."""
    units = choice.units.all()
    chosen = [row.unit.name for row in units if row.is_chosen]
    equal = [row.unit.name for row in units]
    return choice_sentence(equal, choice.place, str(choice.award), chosen, choice.reason)


@CHOICES.add
def told_choices(bloc_year: BlocYear, reader) -> list[ChosenUnits]:
    """For the page of places: what was chosen, to whoever may read the proposal."""
    proposal = Proposal.objects.filter(bloc_year=bloc_year).first()
    if proposal is None or not reader.has_perm("proposals.view_proposal", proposal):
        return []
    return [
        ChosenUnits(words_of_choice(one), frozenset(row.unit.name for row in one.units.all()))
        for one in kept_choices(proposal)
    ]


def strayed_choices(proposal: Proposal) -> list[TieChoice]:
    """Choices whose award is proposed for other of the equal units than people chose."""
    lines = set(proposal.items.values_list("award", "unit"))
    return [
        choice
        for choice in kept_choices(proposal)
        if {unit for unit in choice.tie.units if (choice.award_id, unit) in lines} != choice.chosen
    ]
