"""Facts that something derived rests on are never left behind without it."""

import pytest
from django.apps import apps

from awards.decisions.actions import drop_draft
from awards.proposals.models import ProposalItem
from blocs.conferences.actions.ballots import delete_ballot, record_ballot
from blocs.conferences.actions.rounds import LineEntry
from blocs.states import BallotKind, SeatRole
from tests.factories.awards import DecisionFactory, ProposalItemFactory
from tests.factories.conferences import conference_of, numbers, units_of
from tests.factories.people import editor_of, official
from thidua.common.basis import _READERS, facts_now, keep_basis
from thidua.common.models import Basis, RestsOnFacts


def test_whatever_rests_on_facts_takes_them_along():
    models = {model for model in apps.get_models() if issubclass(model, RestsOnFacts)}
    assert {model._meta.label_lower for model in models} == set(_READERS)


@pytest.mark.django_db
def test_a_dropped_draft_leaves_no_facts():
    line = ProposalItemFactory(decision=DecisionFactory())
    office = official(SeatRole.OFFICE)
    keep_basis(line.decision, actor=office)
    keep_basis(line, actor=office)
    drop_draft(line.decision, reason="Có đơn khiếu nại.", actor=office)
    assert [row.subject for row in Basis.objects.all()] == [line]


@pytest.mark.django_db
def test_a_line_leaves_neither_its_facts_nor_those_of_its_opinions():
    line = ProposalItemFactory()
    member = official(SeatRole.COUNCIL)
    opinion = line.opinions.create(member=member, agrees=True)
    for one in (line, line.proposal, opinion):
        keep_basis(one, actor=member)
    ProposalItem.objects.all().delete()
    assert [row.subject for row in Basis.objects.all()] == [line.proposal]


@pytest.mark.django_db
def test_a_count_that_was_typed_by_mistake_leaves_no_facts():
    conference = conference_of()
    editor = editor_of(conference.bloc_year.head)
    unit = units_of(conference)[2].pk
    ballot = record_ballot(
        conference,
        kind=BallotKind.AWARD,
        numbers=numbers(),
        lines=[LineEntry(unit, 6, award="flag")],
        decision="",
        actor=editor,
    )
    assert [fact.key for fact in facts_now(ballot)] == [f"unit-{unit}"]
    assert Basis.objects.count() == 1
    delete_ballot(conference, kind=BallotKind.AWARD, actor=editor)
    assert Basis.objects.count() == 0
