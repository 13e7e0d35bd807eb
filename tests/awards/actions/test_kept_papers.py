"""The tờ trình as it was sent and the decision as it was signed are kept."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.decisions.actions import draft_decision, sign_decision
from awards.decisions.enums import DecisionState
from awards.proposals.actions.kinds import keep_award_kind
from awards.proposals.actions.proposals import edit_proposal, move_proposal
from awards.proposals.enums import ItemState, ProposalState
from blocs.states import SeatRole, YearState
from blocs.years.models import AwardKind
from tests.factories.awards import DecisionFactory, ProposalItemFactory, certificate
from tests.factories.people import editor_of, leader_of, official
from thidua.common.models import ActivityEntry
from thidua.papers.stored import papers_of, read_paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache(settings, tmp_path):
    settings.PDF_CACHE_DIR = tmp_path / "cache"


@pytest.fixture
def no_printer(settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.PROCESS_DIR = blocked / "run"


@pytest.fixture
def item():
    return ProposalItemFactory()


@pytest.fixture
def decision():
    made = DecisionFactory()
    ProposalItemFactory(state=ItemState.ELIGIBLE, proposal__received=True, decision=made)
    return made


def submission_page(proposal):
    return reverse("proposals:proposal_paper", args=(proposal.bloc_year_id,))


def sign(decision):
    return sign_decision(
        decision,
        actor=official(SeatRole.CHAIR),
        number="123/QĐ-UBND",
        signed_on=dt.date(2027, 2, 1),
        signer_name="Nguyễn Văn A",
        signer_title="Chủ tịch",
    )


def test_submission_is_kept_when_it_is_sent(item, client, settings):
    head = leader_of(item.unit)
    proposal = move_proposal(item.proposal, "submit", actor=head)
    paper = papers_of(proposal).get()
    assert (paper.kind, paper.number, paper.made_by) == ("submission", proposal.number, head)
    assert paper.data["groups"][0]["rows"][0]["name"] == item.unit.name
    assert len(list(settings.PDF_CACHE_DIR.glob("*.pdf"))) == 1

    item.unit.name = "Sở Tên mới"
    item.unit.save()
    client.force_login(head)
    assert client.get(submission_page(proposal)).content == read_paper(paper)


def test_a_returned_proposal_is_drawn_again_and_kept_anew(item, client):
    head, office = leader_of(item.unit), official(SeatRole.OFFICE)
    proposal = move_proposal(item.proposal, "submit", actor=head)
    first = papers_of(proposal).get()
    proposal = move_proposal(proposal, "return", actor=office, note="Thiếu nhận xét.")
    dated = {"number": "08/TTr", "dated_on": item.proposal.dated_on}
    header = dated | {"summary": "Khối dẫn đầu.", "quota_reason": ""}
    rows = list(proposal.items.values("merit"))
    items = [rows[0] | {"award": item.award, "unit": item.unit}]
    edit_proposal(proposal, actor=editor_of(item.unit), header=header, items=items)
    client.force_login(head)
    assert client.get(submission_page(proposal)).content != read_paper(first)
    move_proposal(proposal, "submit", actor=head)
    second = papers_of(proposal).first()
    assert (papers_of(proposal).count(), second.number) == (2, "08/TTr")
    assert client.get(submission_page(proposal)).content == read_paper(second)


def test_without_a_printer_nothing_is_sent(item, no_printer):
    with pytest.raises(ValidationError, match="Chưa tạo được tệp PDF"):
        move_proposal(item.proposal, "submit", actor=leader_of(item.unit))
    item.proposal.refresh_from_db()
    assert item.proposal.state == ProposalState.DRAFT
    assert item.proposal.bloc_year.state == YearState.RANKED


def test_decision_is_kept_when_it_is_signed(decision, client, settings):
    url = reverse("decisions:decision_paper", args=(decision.pk,))
    signed = sign(decision)
    paper = papers_of(signed).get()
    assert (paper.kind, paper.number) == ("decision", "123/QĐ-UBND")
    assert paper.data["letterhead"]["number"] == "Số: 123/QĐ-UBND"
    assert (paper.data["draft_mark"], paper.data["signer"]["name"]) == ("", "Nguyễn Văn A")
    assert len(list(settings.PDF_CACHE_DIR.glob("*.pdf"))) == 1
    client.force_login(official(SeatRole.OFFICE))
    assert client.get(url).content == read_paper(paper)


def test_a_changed_file_is_not_shown(decision, client):
    signed = sign(decision)
    with open(papers_of(signed).get().file.path, "ab") as file:
        file.write(b" ")
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(reverse("decisions:decision_paper", args=(signed.pk,)), follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "Tệp văn bản trên máy chủ không còn đúng như lúc ký. Vui lòng báo người quản trị."
    ]


def test_without_a_printer_nothing_is_signed(decision, no_printer):
    with pytest.raises(ValidationError, match="Chưa tạo được tệp PDF"):
        sign(decision)
    decision.refresh_from_db()
    assert (decision.state, decision.number) == (DecisionState.DRAFT, "")
    assert decision.items.get().state == ItemState.ELIGIBLE


def test_log_book_tells_what_a_draft_said_before(decision):
    office, line = official(SeatRole.OFFICE), decision.items.get()
    fields = {"year": 2026, "title": "Về việc khác", "legal_bases": ""}
    other = ProposalItemFactory(
        proposal=line.proposal,
        award=certificate(),
        unit=line.proposal.bloc_year.deputy,
        state=ItemState.ELIGIBLE,
    )
    draft_decision(decision, actor=office, fields=fields, items=[line, other])
    assert ActivityEntry.objects.about(decision).first().changes == [
        {"field": "trích yếu", "before": decision.title, "after": "Về việc khác"},
        {"field": "các dòng thêm vào", "before": "", "after": str(other)},
    ]
    draft_decision(decision, actor=office, fields=fields, items=[other])
    assert ActivityEntry.objects.about(decision).first().changes == [
        {"field": "các dòng bỏ ra", "before": str(line), "after": ""}
    ]


def test_log_book_tells_what_a_form_of_award_was_before():
    kind = certificate()
    office = official(SeatRole.OFFICE)
    keep_award_kind(kind, actor=office, fields={"name": "Bằng khen mới", "is_active": False})
    assert ActivityEntry.objects.about(AwardKind.objects.get()).get().changes == [
        {"field": "tên hình thức", "before": kind.name, "after": "Bằng khen mới"},
        {"field": "đang dùng", "before": "có", "after": "không"},
    ]
