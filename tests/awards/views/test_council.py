"""The council is asked before a decision, and its end leaves no year without a way on."""

import pytest
from django.urls import reverse

from awards.decisions.models import Decision
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import Proposal, ProposalItem
from blocs.states import SeatRole, YearState
from blocs.years.models import BlocYear
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory, flag
from tests.factories.people import leader_of, official
from tests.page_desk import PageDesk

pytestmark = pytest.mark.django_db
REFUSE, CLOSE, ASK = "Không đề nghị tặng", "Kết thúc lấy ý kiến Hội đồng", "Lấy ý kiến Hội đồng"
NOTHING = "không có hình thức nào được đề nghị tặng"


@pytest.fixture
def proposal():
    """Two lines that the office found eligible."""
    found = ProposalFactory(received=True)
    BlocYear.objects.update(state=YearState.PROPOSED)
    for member in found.bloc_year.members.order_by("order")[:2]:
        facts = {"unit": member.unit, "award": flag(), "state": ItemState.ELIGIBLE}
        ProposalItemFactory(proposal=found, **facts)
    return found


@pytest.fixture
def office():
    return PageDesk(official(SeatRole.OFFICE))


@pytest.fixture
def chair():
    return PageDesk(official(SeatRole.CHAIR))


def refuse(office, lines):
    for line in lines:
        office.go(line.get_absolute_url()).press(REFUSE, note="Không bảo đảm điều kiện.")


def states():
    return Proposal.objects.get().state, BlocYear.objects.get().state


def ended():
    return (ProposalState.DECIDED, YearState.DECIDED)


def test_the_year_ends_where_the_council_closes_over_refused_lines(proposal, office, chair):
    office.go(proposal.get_absolute_url()).press(ASK)
    refuse(office, proposal.items.all())
    assert states() == (ProposalState.BEFORE_COUNCIL, YearState.PROPOSED)
    chair.go(proposal.get_absolute_url()).press(CLOSE)
    assert states() == ended()
    head = PageDesk(leader_of(proposal.bloc_year.head))
    page = head.go(proposal.bloc_year.get_absolute_url())
    steps = {step["label"]: step["words"] for step in page.answer.context["track"]}
    assert ("Khen thưởng", NOTHING) in page.answer.context["facts"]
    assert steps["Quyết định"] == f"Đã qua, {NOTHING}"
    assert "Đồng ý: Ghi biên bản bàn giao và lưu năm thi đua" in page.labels
    page = head.go(proposal.get_absolute_url())
    assert ("Kết quả", NOTHING) in page.answer.context["facts"]


def test_the_year_ends_the_same_way_without_the_council(proposal, office):
    refuse(office, proposal.items.all())
    assert states() == ended()
    page = office.go(proposal.bloc_year.get_absolute_url())
    assert ("Khen thưởng", NOTHING) in page.answer.context["facts"]


@pytest.mark.parametrize("state", (ItemState.ELIGIBLE, ItemState.SUSPENDED, ItemState.PROPOSED))
def test_a_line_that_is_left_keeps_the_year_open(proposal, office, chair, state):
    first, last = proposal.items.order_by("pk")
    office.go(proposal.get_absolute_url()).press(ASK)
    refuse(office, [first])
    ProposalItem.objects.filter(pk=last.pk).update(state=state, reason="Chờ kết luận.")
    chair.go(proposal.get_absolute_url()).press(CLOSE)
    assert states() == (ProposalState.CONSIDERED, YearState.PROPOSED)
    refuse(office, [last])
    assert states() == ended()


def test_the_council_is_not_asked_about_a_drafted_line(proposal, office):
    line = proposal.items.first()
    ProposalItem.objects.filter(pk=line.pk).update(decision=DecisionFactory())
    page = office.go(proposal.get_absolute_url())
    assert ASK not in page.labels
    assert f"Dòng “{line}” đang nằm trong dự thảo" in page.text
    decision = reverse("decisions:decision_drop", args=(Decision.objects.get().pk,))
    office.go(decision).press("Bỏ dự thảo này", reason="Lấy ý kiến Hội đồng trước.")
    office.go(proposal.get_absolute_url()).press(ASK)
    assert states()[0] == ProposalState.BEFORE_COUNCIL


def sign(chair, decision):
    page = chair.go(reverse("decisions:decision_sign", args=(decision.pk,)))
    page.post(
        "Ký quyết định",
        {"number": "1", "signed_on": "10/03/2027", "signer_name": "C", "signer_title": "Chủ tịch"},
    )
    return Decision.objects.get().state


def test_the_council_is_not_asked_after_the_signature(proposal, office, chair):
    decision, line = DecisionFactory(), proposal.items.first()
    ProposalItem.objects.filter(pk=line.pk).update(decision=decision)
    assert sign(chair, decision) == "signed"
    page = office.go(proposal.get_absolute_url())
    assert (ASK in page.labels, "các dòng còn lại được xét không qua Hội đồng" in page.text) == (
        False,
        True,
    )
    office.go(decision.get_absolute_url()).press("Công bố quyết định")
    refuse(office, proposal.items.exclude(pk=line.pk))
    assert states() == ended()
    assert BlocYear.objects.get().outcome_words == ""


def test_nothing_is_signed_while_the_council_is_asked(proposal, office, chair):
    decision = DecisionFactory()
    proposal.items.update(decision=decision)
    Proposal.objects.update(state=ProposalState.BEFORE_COUNCIL)
    page = chair.go(reverse("decisions:decision_sign", args=(decision.pk,)))
    assert ("đang lấy ý kiến Hội đồng" in page.text, "Ký quyết định" in page.labels) == (
        True,
        False,
    )
    chair.go(proposal.get_absolute_url()).press(CLOSE)
    assert sign(chair, decision) == "signed"
