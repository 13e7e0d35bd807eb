"""The matrix of rights: rows 11–15 of the domain, every cell."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.proposals.enums import ProposalState
from awards.proposals.models import Proposal
from tests.house.matrix import (
    answers,
    answers_by_reach,
    expected,
    expected_by_reach,
    lent_cast,
    lines,
    unasked,
)

PROPOSE = "confirm ranking, proposal"
HOLD = "suspend / release a unit"
APPRAISE = "appraise dossiers"
COUNCIL = "council vote"
DECIDE = "decision, publication"
FIND = "lists"

# Columns: unit secretary, unit leader | bloc secretary, bloc head, deputy |
#          office, council member, chair, sysadmin | public.
STATES = {"decision": DecisionState, "proposal": ProposalState, "item": ProposalState}
MATRIX = lines(
    STATES,
    # The head may write what the head signs.
    (PROPOSE, "proposals.draft_proposal", "proposal.*", ". .  x + .  . . . .  ."),
    (PROPOSE, "proposals.submit_proposal", "proposal.*", ". .  . x .  . . . .  ."),
    # «Secretary of the session»: the office puts the proposal before the council.
    (PROPOSE, "proposals.receive_proposal", "proposal.!draft/returned", ". .  . . .  x . . .  ."),
    # What is still with the bloc the province cannot take up.
    (PROPOSE, "proposals.receive_proposal", "proposal.draft/returned", ". .  . . .  . . . .  ."),
    # The last refusal, the publication or the end of the council ends the proposal.
    (DECIDE, "proposals.settle_proposal", "proposal.draft/returned", ". .  . . .  . . . .  ."),
    (DECIDE, "proposals.settle_proposal", "proposal.!draft/returned", ". .  . . .  x . + .  ."),
    # Whoever holds the proposal settles what changed below it.
    (PROPOSE, "proposals.confirm_basis", "proposal.draft/returned", ". .  x + .  . . . .  ."),
    (APPRAISE, "proposals.confirm_basis", "proposal.!draft/returned", ". .  . . .  x . . .  ."),
    # A proposal follows the public ranking of the bloc: its members read it.
    (PROPOSE, "proposals.view_proposal", "proposal.draft/returned", "+ +  x x +  . . . .  ."),
    (APPRAISE, "proposals.view_proposal", "proposal.!draft/returned", "+ +  x x +  x x + .  ."),
    (APPRAISE, "proposals.view_proposal", "item.draft/returned", "+ +  x x +  . . . .  ."),
    (APPRAISE, "proposals.view_proposal", "item.!draft/returned", "+ +  x x +  x x + .  ."),
    (HOLD, "board.note_item", "item.draft/returned", ". .  x x .  . . . .  ."),
    (HOLD, "board.note_item", "item.!draft/returned", ". .  x x .  + . . .  ."),
    (HOLD, "board.suspend_item", "item.draft/returned", ". .  . . .  . . . .  ."),
    (HOLD, "board.suspend_item", "item.!draft/returned", ". .  . . .  x . . .  ."),
    (APPRAISE, "board.appraise_item", "item.draft/returned", ". .  . . .  . . . .  ."),
    (APPRAISE, "board.appraise_item", "item.!draft/returned", ". .  . . .  x . . .  ."),
    (APPRAISE, "board.forward_item", "item.draft/returned", ". .  . . .  . . . .  ."),
    (APPRAISE, "board.forward_item", "item.!draft/returned", ". .  . . .  x . . .  ."),
    (COUNCIL, "board.give_opinion", "item.before_council", ". .  . . .  . x x .  ."),
    (COUNCIL, "board.give_opinion", "item.!before_council", ". .  . . .  . . . .  ."),
    (COUNCIL, "board.close_council", "proposal.*", ". .  . . .  . . x .  ."),
    (DECIDE, "decisions.draft_decision", "", ". .  . . .  x . . .  ."),
    (DECIDE, "decisions.sign_decision", "decision.*", ". .  . . .  . . x .  ."),
    (DECIDE, "decisions.publish_decision", "decision.*", ". .  . . .  x . . .  ."),
    (DECIDE, "decisions.view_decision", "decision.!published", ". .  . . .  x . x .  ."),
    # What is published the sysadmin reads like everybody.
    (DECIDE, "decisions.view_decision", "decision.published", "x x  x x x  x x x +  x"),
    (DECIDE, "years.keep_award_kinds", "", ". .  . . .  x . . .  ."),
    (FIND, "proposals.list_proposal", "", "x x  x x x  x x x .  ."),
    (FIND, "decisions.list_decision", "", "x x  x x x  x x x +  ."),
)


def find(side, subject):
    word, _, state = subject.partition(".")
    if word == "decision":
        return side.one(Decision, DecisionState(state))
    proposal = side.one(Proposal, ProposalState(state))
    return proposal if word == "proposal" else proposal.items.order_by("pk").first()


# The cast is made once for the module; the mark is what makes pytest-django make the database.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        yield cast


@pytest.mark.parametrize("line", MATRIX, ids=str)
def test_right_is_held_by_these_and_nobody_else(cast, line):
    assert answers(cast, line, find) == expected(line)
    assert answers_by_reach(cast, line, find) == expected_by_reach(line)


@pytest.mark.parametrize("state", DecisionState)
def test_public_reads_published_decisions_only(cast, state):
    decision = cast.own.one(Decision, state)
    answer = Client().get(reverse("decisions:public_detail", args=(decision.pk,)))
    shown = Client().get(reverse("decisions:public_list")).content.decode()
    is_published = state == DecisionState.PUBLISHED
    assert (answer.status_code == 200, decision.title in shown) == (is_published,) * 2
    assert answer.status_code in (200, 404)


def test_every_right_is_asked_over_every_state():
    assert unasked(MATRIX, STATES) == []
