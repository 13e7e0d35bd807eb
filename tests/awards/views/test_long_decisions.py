"""A decision of hundreds of lines is shown some at a time; its paper names them all."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.decisions.documents.decision import decision_paper
from awards.decisions.enums import DecisionState
from awards.decisions.views import decisions
from blocs.states import SeatRole
from tests.factories.awards import (
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
    certificate,
)
from tests.factories.people import official

pytestmark = pytest.mark.django_db
NUMBERS = re.compile(r'data-label="STT">(\d+)<')


@pytest.mark.parametrize("name", ("decisions:decision_detail", "decisions:public_detail"))
def test_a_long_decision_comes_in_pages_and_its_paper_whole(name, monkeypatch):
    proposal, award = ProposalFactory(received=True), certificate()
    units = [member.unit for member in proposal.bloc_year.members.all()][:3]
    decision = DecisionFactory(
        state=DecisionState.PUBLISHED,
        number="1/QĐ-UBND",
        signed_on=date(2026, 2, 1),
        published_at=timezone.now(),
    )
    for unit in units:
        ProposalItemFactory(proposal=proposal, award=award, unit=unit, decision=decision)
    client, url = Client(), reverse(name, args=(decision.pk,))
    client.force_login(official(SeatRole.OFFICE))
    whole = client.get(url).content.decode()
    assert (NUMBERS.findall(whole), "Phân trang" in whole) == (["1", "2", "3"], False)
    monkeypatch.setattr(decisions, "LINES_OF_A_PAGE", 2)
    pages = [client.get(url, {"page": number}).content.decode() for number in (1, 2)]
    assert [NUMBERS.findall(page) for page in pages] == [["1", "2"], ["3"]]
    assert ['rel="next"' in page for page in pages] == [True, False]
    paper = decision_paper(decision, is_draft=False).to_json()
    assert [unit.name in paper for unit in units] == [True] * 3
