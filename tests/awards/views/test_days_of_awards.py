"""No submission is sent without its day, no decision signed before what it rests on."""

import datetime as dt

import pytest
from django.urls import reverse

from awards.proposals.enums import ItemState
from awards.proposals.models import Proposal
from blocs.conferences.models import Conference
from blocs.states import ConferenceState, SeatRole
from blocs.years.models import AwardKind
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory
from tests.factories.legal import LegalDocumentFactory
from tests.factories.people import leader_of, official

pytestmark = pytest.mark.django_db
SENT = dt.datetime(2027, 2, 10, 3, tzinfo=dt.UTC)


def drafted(**facts):
    """A line in a draft decision, of a proposal that was sent on 10/02/2027."""
    proposal = ProposalFactory(received=True, **facts)
    Proposal.objects.update(submitted_at=SENT)
    return ProposalItemFactory(
        proposal=proposal, state=ItemState.ELIGIBLE, decision=DecisionFactory()
    )


def signed(client, line, day):
    client.force_login(official(SeatRole.CHAIR))
    url = reverse("decisions:decision_sign", args=(line.decision_id,))
    person = {"signer_name": "Nguyễn Văn K", "signer_title": "Chủ tịch"}
    answer = client.post(url, {"number": "10", "signed_on": day} | person)
    return [] if answer.status_code == 302 else answer.context["form"].errors["signed_on"]


def test_a_submission_without_a_day_is_not_sent(client):
    line = ProposalItemFactory(proposal__dated_on=None)
    year = line.proposal.bloc_year
    client.force_login(leader_of(year.head))
    url = reverse("proposals:proposal_move", args=(year.pk, "submit"))
    answer = client.post(url)
    assert (answer.status_code, answer.context["obstacles"]) == (422, ["Chưa ghi ngày tờ trình."])
    Proposal.objects.update(dated_on=dt.date(2027, 3, 1))
    assert client.post(url).status_code == 302


def test_a_decision_rests_on_the_day_of_the_sending_where_no_day_was_written(client):
    line = drafted(dated_on=None)
    assert signed(client, line, "09/02/2027") == [
        "Quyết định ghi ngày 09/02/2027, trước tờ trình ngày 10/02/2027 là căn cứ của nó; hãy sửa "
        "ngày."
    ]
    assert signed(client, line, "10/02/2027") == []


def test_a_decision_is_not_before_the_last_sitting(client):
    line = drafted(dated_on=dt.date(2027, 2, 1))
    held = dt.datetime(2027, 2, 5, 1, tzinfo=dt.UTC)
    facts = {"starts_at": held, "ended_at": held + dt.timedelta(hours=2)}
    year = line.proposal.bloc_year
    Conference.objects.create(bloc_year=year, state=ConferenceState.SIGNED, **facts)
    assert signed(client, line, "04/02/2027") == [
        "Quyết định ghi ngày 04/02/2027, trước hội nghị tổng kết ngày 05/02/2027 là căn cứ của "
        "nó; hãy sửa ngày."
    ]
    assert signed(client, line, "05/02/2027") == []


@pytest.mark.parametrize(
    ("dated_on", "marks"),
    [
        (dt.date(2021, 2, 22), " (có hiệu lực từ 01/07/2025)"),
        (dt.date(2026, 9, 30), ""),
        (dt.date(2026, 10, 1), " (hết hiệu lực từ 01/10/2026)"),
    ],
)
def test_the_basis_of_a_line_is_told_by_the_day_of_its_submission(client, dated_on, marks):
    decree = LegalDocumentFactory()
    line = ProposalItemFactory(proposal=ProposalFactory(received=True, dated_on=dated_on))
    AwardKind.objects.update(legal_basis=f"Nghị định số {decree.number}, Điều 5")
    client.force_login(official(SeatRole.OFFICE))
    facts = dict(client.get(line.get_absolute_url()).context["facts"])
    assert facts["Căn cứ"] == f"Nghị định số 152/2025/NĐ-CP, Điều 5{marks}"
