"""The lines of a proposal beside the vote that counts: who was not chosen, who was left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from awards.proposals.models.proposals import Proposal, ProposalItem
from awards.proposals.models.shares import is_closed, kinds_to_draft
from blocs.conferences.models.ballots import Ballot, BallotLine
from blocs.conferences.models.certificate_limits import certificates_beyond, edge_sentence
from blocs.conferences.models.last_votes import votes_of_year
from blocs.ranking.models.rankings import award_limits
from blocs.scoring import Eligibility
from blocs.scoring.votes.choosing import Beyond
from blocs.states import AskedAward
from blocs.years.models import BlocYear
from blocs.years.models.part_years import absence_words
from thidua.common.vietnamese.numbers import two_digits

CHOSEN = "Hội nghị chọn: {names}."
NOBODY = "Hội nghị không chọn đơn vị nào."
NOT_CHOSEN = "{unit}: hội nghị không chọn đề nghị tặng {award} ({votes}). {chosen}"
NOT_ASKED = "{unit}: hội nghị không bỏ phiếu đề nghị tặng {award}. {chosen}"
LEFT_OUT = "{unit}: hội nghị chọn đề nghị tặng {award} ({votes}), đề nghị không có dòng này."


@dataclass(frozen=True)
class YearVotes:
    """The votes of a year that count, by the keys of award and unit; `awards` names them."""

    lines: Mapping[tuple[int, int], BallotLine]
    awards: Mapping[int, str]

    def of_item(self, item: ProposalItem) -> BallotLine | None:
        """What the conference voted on this line; None where nobody voted on it."""
        return self.lines.get((item.award_id, item.unit_id or 0))

    def chosen_for(self, award: int) -> list[BallotLine]:
        """Whom the conference chose for the award, sitting by sitting."""
        return [row for (kind, _), row in self.lines.items() if kind == award and row.is_chosen]


def year_votes(bloc_year: BlocYear) -> YearVotes:
    """The votes that count; a line that names no award of the catalogue is on the usual one."""
    rows = list(votes_of_year(bloc_year))
    usual = {} if all(row.award_kind_id for row in rows) else kinds_to_draft()
    lines, awards = {}, {}
    for row in rows:
        award = row.award_kind or usual.get(row.award == AskedAward.FLAG)
        if award:
            lines[award.pk, row.unit_id] = row
            awards[award.pk] = award.name
    return YearVotes(lines, awards)


def vote_words(row: BallotLine) -> str:
    """«02 phiếu đồng ý, hội nghị bổ sung»."""
    voters = "đơn vị" if row.ballot.by_hands else "phiếu"
    return f"{two_digits(row.votes_for)} {voters} đồng ý, {row.ballot.conference.title.lower()}"


def result_words(row: BallotLine | None) -> str:
    """The same with its outcome, as a page tells it beside a line; empty where nobody voted."""
    if row is None:
        return ""
    return f"{'được chọn' if row.is_chosen else 'không được chọn'} ({vote_words(row)})"


def vote_obstacles(item: ProposalItem, votes: YearVotes) -> tuple[str, ...]:
    """Whom the conference did not choose is proposed against its vote; it may not have voted."""
    row = votes.of_item(item)
    if item.award_id not in votes.awards or item.unit_id is None or (row and row.is_chosen):
        return ()
    names = ", ".join(one.unit.name for one in votes.chosen_for(item.award_id))
    told = {
        "unit": item.unit.name,
        "award": item.award.name,
        "chosen": CHOSEN.format(names=names) if names else NOBODY,
    }
    return (NOT_CHOSEN.format(**told, votes=vote_words(row)) if row else NOT_ASKED.format(**told),)


def left_out(proposal: Proposal, votes: YearVotes | None = None) -> list[str]:
    """Whom the conference chose and no line names, but for units to which no award is open now."""
    year = proposal.bloc_year
    votes = votes or year_votes(year)
    chosen = {key: row for key, row in votes.lines.items() if row.is_chosen}
    proposed = set(proposal.items.values_list("award", "unit")) if chosen else set()
    gone = {key: row for key, row in chosen.items() if key not in proposed}
    if not gone:
        return []
    edges = edges_of(row.ballot for row in gone.values())
    absent, limits = absence_words(year, proposal.looked_at_on), award_limits(year)
    return [
        LEFT_OUT.format(unit=row.unit.name, award=votes.awards[award], votes=vote_words(row))
        + equal_words(row, edges)
        for (award, unit), row in gone.items()
        if not absent.get(unit) and not bars(limits.get(unit, Eligibility()), row)
    ]


def edges_of(ballots: Iterable[Ballot]) -> dict[int, tuple[Beyond, str]]:
    """Of each vote that left certificates open between equal units: what, and the sentence."""
    asked = {ballot.pk: ballot for ballot in ballots}
    found = {pk: certificates_beyond(ballot) for pk, ballot in asked.items()}
    return {pk: (one, edge_sentence(asked[pk], one)) for pk, one in found.items() if one}


def equal_words(row: BallotLine, edges: Mapping[int, tuple[Beyond, str]]) -> str:
    """Between which equal units the vote left the last certificates open, this one among them."""
    beyond, sentence = edges.get(row.ballot_id, (None, ""))
    return f" {sentence}" if beyond and row.is_of(beyond.equal) else ""


def bars(state: Eligibility, row: BallotLine) -> bool:
    """The grounds found for a unit leave it no award of this sort."""
    return is_closed(state) or (state.is_without_flag and row.award == AskedAward.FLAG)
