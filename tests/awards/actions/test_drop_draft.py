"""Whoever drops a draft decision: the office, with a reason, before it is signed."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from awards.decisions.actions import SIGNED, WHY_DROPPED, drop_draft
from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from blocs.states import SeatRole
from tests.factories.awards import DecisionFactory, ProposalItemFactory
from tests.factories.people import official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", (DecisionState.SIGNED, DecisionState.PUBLISHED))
def test_a_decision_signed_meanwhile_stays(state):
    draft = DecisionFactory()
    facts = {"number": "9/QĐ-UBND", "signed_on": dt.date(2027, 1, 5)}
    published = {"published_at": dt.datetime(2027, 1, 6, tzinfo=dt.UTC)}
    Decision.objects.update(state=state, **facts, **published)
    with pytest.raises(ValidationError) as caught:
        drop_draft(draft, reason="Nhầm", actor=official(SeatRole.OFFICE))
    assert (caught.value.messages, Decision.objects.get()) == ([SIGNED], draft)


@pytest.mark.parametrize("reason", ("", "  \n"))
def test_no_draft_goes_without_a_reason(reason):
    draft = DecisionFactory()
    with pytest.raises(ValidationError) as caught:
        drop_draft(draft, reason=reason, actor=official(SeatRole.OFFICE))
    assert (caught.value.message_dict, Decision.objects.get()) == ({"reason": [WHY_DROPPED]}, draft)


@pytest.mark.parametrize("role", (SeatRole.CHAIR, SeatRole.COUNCIL))
def test_nobody_but_the_office_drops_it(role):
    draft = DecisionFactory()
    with pytest.raises(PermissionDenied):
        drop_draft(draft, reason="Nhầm", actor=official(role))
    assert Decision.objects.get() == draft


def test_the_log_book_keeps_what_the_draft_held():
    line = ProposalItemFactory(decision=DecisionFactory())
    draft = line.decision
    words, pk = str(draft), draft.pk
    drop_draft(draft, reason=" Có đơn thư. ", actor=official(SeatRole.OFFICE))
    entries = ActivityEntry.objects.filter(action="decisions.drop_draft").order_by("pk")
    changed = {"field": f"các dòng trong dự thảo “{words}”", "before": str(line), "after": ""}
    assert [(one.subject_id, one.subject_name, one.note, one.changes) for one in entries] == [
        (pk, words, "Có đơn thư.", [changed]),
        (line.proposal_id, str(line.proposal), "Có đơn thư.", [changed]),
    ]
