"""Why a proposal came back stands on top and in the task; unchanged, it is asked about."""

import pytest
from django.urls import reverse

from awards.proposals.actions.proposals import edit_proposal, move_proposal
from blocs.states import SeatRole
from tests.factories.awards import ProposalItemFactory
from tests.factories.people import editor_of, leader_of, official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
WHY = "Chưa có nhận xét chung của khối."


@pytest.fixture
def item():
    return ProposalItemFactory()


@pytest.fixture
def returned(item):
    """A proposal that the office gave back, and the head of its bloc."""
    head = leader_of(item.unit)
    proposal = move_proposal(item.proposal, "submit", actor=head)
    office = official(SeatRole.OFFICE)
    return move_proposal(proposal, "return", actor=office, note=WHY), head


def send(client, proposal, **data):
    url = reverse("proposals:proposal_move", args=(proposal.bloc_year_id, "submit"))
    return client.post(url, data)


def test_reason_stands_on_top_of_the_page_and_in_the_task(client, returned):
    proposal, head = returned
    client.force_login(head)
    page = client.get(proposal.get_absolute_url())
    assert page.context["returned"]["reason"] == WHY
    body = page.content.decode()
    assert body.index(WHY) < body.index("Số tờ trình")
    tasks = client.get(reverse("home:tasks")).context["tasks"]
    assert f"Sửa đề nghị khen thưởng bị trả lại: {WHY}" in [task.label for task in tasks]


def test_sending_again_unchanged_asks_and_goes_on_with_a_tick(client, returned):
    proposal, head = returned
    client.force_login(head)
    answer = send(client, proposal)
    asked = next(map(str, answer.context["messages"]))
    assert answer.status_code == 422
    assert asked.startswith("Đề nghị chưa thay đổi gì so với lần trả lại lúc ")
    assert send(client, proposal, confirmed="on").status_code == 302
    sent = ActivityEntry.objects.about(proposal).filter(to_state="submitted").first()
    assert sent.note == f"Đã xác nhận: {asked}"


def test_sending_again_changed_asks_nothing(client, item, returned):
    proposal, head = returned
    dated = {"number": "08/TTr", "dated_on": proposal.dated_on}
    header = dated | {"summary": "Khối dẫn đầu.", "quota_reason": ""}
    rows = [{"merit": "Dẫn đầu khối.", "award": item.award, "unit": item.unit}]
    edit_proposal(proposal, actor=editor_of(item.unit), header=header, items=rows)
    client.force_login(head)
    assert send(client, proposal).status_code == 302
