"""A step that was left out is said: nobody voted on the awards, the council did not speak."""

import pytest

from awards.board.models import Opinion
from awards.decisions.documents.decision import decision_paper
from awards.proposals.documents.submission import submission_paper
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import Proposal
from blocs.conferences.models import Ballot, BallotLine
from blocs.states import ConferenceState, SeatRole
from tests.factories.awards import (
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
    certificate,
    flag,
)
from tests.factories.conferences import END, conference_of
from tests.factories.people import leader_of, official
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
NO_VOTE = (
    "không bỏ phiếu suy tôn, đề nghị khen thưởng; các đơn vị được đề nghị theo kết quả xếp hạng và "
    "quy định số lượng"
)
UNSPOKEN = "không có ý kiến của Hội đồng Thi đua - Khen thưởng tỉnh"


@pytest.fixture
def lines():
    """A flag and a certificate for two units, in one draft decision."""
    proposal = ProposalFactory(received=True)
    decision, units = DecisionFactory(), [row.unit for row in proposal.bloc_year.members.all()]
    facts = {"proposal": proposal, "state": ItemState.ELIGIBLE, "decision": decision}
    return [
        ProposalItemFactory(award=award, unit=unit, **facts)
        for award, unit in zip((flag(), certificate()), units, strict=False)
    ]


def facts_of(client, thing):
    client.force_login(official(SeatRole.OFFICE))
    return dict(client.get(thing.get_absolute_url()).context["facts"])


def results(proposal):
    parts = submission_paper(Proposal.objects.get(pk=proposal.pk)).parts
    return [text for part in parts if "BÌNH XÉT" in part.heading for text in part.paragraphs]


def test_a_year_without_a_vote_says_so(client, lines):
    proposal = lines[0].proposal
    bloc = proposal.bloc_year.bloc.name
    assert facts_of(client, proposal)["Bỏ phiếu"] == NO_VOTE
    assert results(proposal) == [f"1. {bloc} {NO_VOTE}."]


def test_an_award_that_nobody_voted_on_is_named(client, lines):
    proposal = lines[0].proposal
    held = {"state": ConferenceState.SIGNED, "ended_at": END}
    conference = conference_of(proposal.bloc_year, **held)
    numbers = {"issued": 4, "returned": 4, "valid": 4, "invalid": 0}
    ballot = Ballot.objects.create(conference=conference, kind="award", **numbers)
    BallotLine.objects.create(
        ballot=ballot, unit=lines[0].unit, award_kind=flag(), votes_for=4, is_chosen=True
    )
    assert "Bỏ phiếu" not in facts_of(client, proposal)
    said = f"{certificate().name}: không bỏ phiếu, đề nghị theo kết quả xếp hạng."
    assert [text for text in results(proposal) if "không bỏ phiếu" in text] == [f"2. {said}"]


@pytest.mark.parametrize(
    ("spoken", "words"),
    (
        (0, UNSPOKEN),
        (1, "Hội đồng Thi đua - Khen thưởng tỉnh chỉ có ý kiến về 01/02 tập thể"),
        (2, ""),
    ),
)
def test_a_decision_says_of_what_the_council_did_not_speak(client, lines, spoken, words):
    member = official(SeatRole.COUNCIL)
    for line in lines[:spoken]:
        Opinion.objects.create(item=line, member=member, agrees=True)
    decision = lines[0].decision
    aside = f" ({words})" if words else ""
    paper = decision_paper(decision, is_draft=True)
    assert paper.proposed_by == f"Theo đề nghị của Giám đốc Sở Nội vụ{aside}."
    assert facts_of(client, decision).get("Hội đồng", "") == words


@pytest.mark.parametrize("spoken", (False, True))
def test_a_decided_proposal_says_that_the_council_was_left_out(client, lines, spoken):
    proposal = lines[0].proposal
    assert "Hội đồng" not in facts_of(client, proposal)
    if spoken:
        Opinion.objects.create(item=lines[0], member=official(SeatRole.COUNCIL), agrees=True)
    Proposal.objects.update(state=ProposalState.DECIDED)
    found = facts_of(client, proposal).get("Hội đồng", "")
    assert found == ("" if spoken else UNSPOKEN)


def test_every_artefact_tells_the_step_that_was_left_out(lines):
    year = lines[0].proposal.bloc_year
    official(SeatRole.OFFICE), leader_of(year.head)
    told = ("trang đề nghị khen thưởng", "tờ trình (PDF)", "Về việc tặng")
    _, found = check(year, about=lambda name: any(words in name for words in told))
    assert [difference.sentence for difference in found] == []
