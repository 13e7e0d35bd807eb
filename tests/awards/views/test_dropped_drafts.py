"""A complaint arrives: the office takes a draft decision away, and its lines are free again."""

import datetime as dt

import pytest
from django.urls import reverse

from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.proposals.enums import ItemState, ProposalState
from blocs.states import SeatRole, YearState
from blocs.years.models import BlocYear
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory
from tests.factories.people import editor_of, official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    proposal = ProposalFactory(received=True)
    BlocYear.objects.update(state=YearState.PROPOSED)
    return ProposalItemFactory(
        proposal=proposal, state=ItemState.ELIGIBLE, decision=DecisionFactory()
    )


def drop(client, decision, reason):
    return client.post(reverse("decisions:decision_drop", args=(decision.pk,)), {"reason": reason})


def test_the_lines_of_a_dropped_draft_are_judged_anew(client, line):
    client.force_login(official(SeatRole.OFFICE))
    suspend = reverse("board:item_move", args=(line.pk, "suspend"))
    assert client.post(suspend, {"note": "Đơn số 3"}).status_code == 422
    assert drop(client, line.decision, "Có đơn khiếu nại số 3").status_code == 302
    assert (Decision.objects.count(), type(line).objects.get().decision) == (0, None)
    entry = ActivityEntry.objects.about(line.proposal).get()
    assert (entry.label, entry.note, entry.changes) == (
        "Bỏ dự thảo quyết định",
        "Có đơn khiếu nại số 3",
        [
            {
                "field": "các dòng trong dự thảo “Về việc tặng Cờ thi đua và Bằng khen năm 2026”",
                "before": str(line),
                "after": "",
            }
        ],
    )
    assert client.post(suspend, {"note": "Đơn số 3"}).status_code == 302
    assert type(line).objects.get().state == ItemState.SUSPENDED


def test_a_proposal_goes_back_once_its_draft_decision_is_dropped(client, line):
    client.force_login(official(SeatRole.OFFICE))
    back = reverse("proposals:proposal_move", args=(line.proposal.bloc_year_id, "return"))
    assert client.post(back, {"note": "Xem lại."}).status_code == 422
    drop(client, line.decision, "Khối đề nghị xem lại")
    assert client.post(back, {"note": "Xem lại."}).status_code == 302
    assert type(line.proposal).objects.get().state == ProposalState.RETURNED


@pytest.mark.parametrize("reason", ("", "   "))
def test_a_draft_is_not_dropped_without_a_reason(client, line, reason):
    client.force_login(official(SeatRole.OFFICE))
    assert drop(client, line.decision, reason).status_code == 422
    assert type(line).objects.get().decision == line.decision


@pytest.mark.parametrize("state", (DecisionState.SIGNED, DecisionState.PUBLISHED))
def test_a_signed_decision_is_not_dropped(client, line, state):
    facts = {"number": "9/QĐ-UBND", "signed_on": dt.date(2027, 1, 5)}
    published = {"published_at": dt.datetime(2027, 1, 6, tzinfo=dt.UTC)}
    Decision.objects.update(state=state, **facts, **published)
    client.force_login(official(SeatRole.OFFICE))
    answer = drop(client, line.decision, "Nhầm")
    assert answer.context["form"].non_field_errors() == ["Quyết định đã ký nên không sửa được nữa."]
    assert Decision.objects.get().state == state


def test_nobody_but_the_office_drops_a_draft(client, line):
    chair, editor = official(SeatRole.CHAIR), editor_of(line.proposal.bloc_year.head)
    for person, answered in ((chair, 403), (editor, 404)):
        client.force_login(person)
        assert drop(client, line.decision, "Nhầm").status_code == answered
    assert Decision.objects.count() == 1
