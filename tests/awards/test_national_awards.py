"""An award above the province: its Chairman submits it, no decision of his grants it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.board.models import Opinion
from awards.decisions.actions import draft_decision, sign_decision
from awards.decisions.models import Decision
from awards.proposals.actions.proposals import return_proposal
from awards.proposals.documents.submission import submission_paper
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.workflows import ITEM, PROPOSAL
from awards.proposals.workflows.decided_lines import TAKE_OUT
from blocs.states import SeatRole, YearState
from blocs.years.models import AwardKind, BlocYear
from tests.factories.awards import (
    AwardKindFactory,
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
    certificate,
    flag,
    government_flag,
)
from tests.factories.blocs import regulate
from tests.factories.conferences import conference_of
from tests.factories.people import leader_of, official
from tests.house.guards_of_state import NATIONAL
from tests.page_forms import save
from thidua.common.basis import keep_basis
from thidua.common.models import ActivityEntry
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
PAPER = {"number": "15", "signed_on": "20/12/2026"}
HOUR = dt.timedelta(hours=1)
SAID = "Tờ trình số 15/TTr-UBND ngày 20/12/2026"


def order():
    """Another award of the State, no flag."""
    return AwardKindFactory(
        code="hcld", name="Huân chương Lao động", is_national=True, is_flag=False, order=0
    )


def line(award, proposal=None, **facts):
    """An eligible line for the head of a bloc that has sent its proposal."""
    proposal = proposal or ProposalFactory(received=True)
    BlocYear.objects.filter(pk=proposal.bloc_year_id).update(state=YearState.PROPOSED)
    facts = {"state": ItemState.ELIGIBLE} | facts
    return ProposalItemFactory(proposal=proposal, award=award, **facts)


def forward_url(item):
    return reverse("board:item_forward", args=(item.pk,))


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


@pytest.mark.parametrize("award", (government_flag, order))
def test_the_office_records_the_submission_and_the_year_ends(office, award):
    item = line(award())
    page = office.get(item.get_absolute_url())
    assert (page.context["may_forward"], forward_url(item) in page.content.decode()) == (True, True)
    labels = [task.label for task in office.get("/").context["tasks"]]
    assert f"Ghi tờ trình cấp Nhà nước: {item.award}" in labels
    assert office.post(forward_url(item), PAPER).status_code == 302
    item = ProposalItem.objects.get()
    assert (item.state, item.forwarded_words) == (ItemState.FORWARDED, SAID)
    assert item.proposal.state == ProposalState.DECIDED
    assert item.bloc_year.state == YearState.DECIDED
    entry = ActivityEntry.objects.about(item).get()
    assert (entry.label, entry.to_state) == ("Ghi tờ trình cấp Nhà nước", "forwarded")
    told = office.get(item.get_absolute_url()).context
    assert ("Trình cấp Nhà nước", SAID) in told["facts"]
    assert told["way"] == "Không còn việc phải làm: đã trình cấp Nhà nước xét tặng."
    proposal = office.get(item.proposal.get_absolute_url())
    assert SAID in proposal.content.decode()
    assert "Kết quả" not in dict(proposal.context["facts"])
    year = office.get(item.bloc_year.get_absolute_url()).context
    words = {step["label"]: step["words"] for step in year["track"]}
    assert words["Quyết định"] == "Đã qua, đã trình cấp Nhà nước"
    assert "Khen thưởng" not in dict(year["facts"])


def test_a_draft_decision_offers_lines_of_the_province_alone(office):
    national = line(government_flag())
    own = line(flag(), national.proposal)
    form = office.get(reverse("decisions:decision_new")).context["form"]
    assert list(form.fields["items"].queryset) == [own]
    assert form.fields["items"].help_text.startswith("Hình thức cấp Nhà nước không có ở đây")
    fields = {"year": "2026", "title": "Về việc khen thưởng", "legal_bases": ""}
    answer = office.post(reverse("decisions:decision_new"), fields | {"items": [national.pk]})
    assert (answer.status_code, Decision.objects.count()) == (422, 0)


def test_no_act_puts_it_into_a_decision():
    item = line(government_flag())
    item.unit.name = "Sở Dòng"
    item.unit.save()
    item = ProposalItem.objects.for_page().get()
    with pytest.raises(ValidationError) as caught:
        draft_decision(
            Decision(),
            actor=official(SeatRole.OFFICE),
            fields={"year": 2026, "title": "A"},
            items=[item],
        )
    assert (caught.value.messages, Decision.objects.count()) == ([NATIONAL], 0)
    chair = official(SeatRole.CHAIR)
    with pytest.raises(ValidationError) as caught:
        perform(ITEM, "grant", item, actor=chair, decision=DecisionFactory())
    assert caught.value.messages == [NATIONAL]


def test_a_draft_that_holds_one_is_not_signed(office):
    """The office entered later that the award is one of the State."""
    decision = DecisionFactory()
    line(flag(), decision=decision)
    AwardKind.objects.update(is_national=True)
    facts = {"number": "100/QĐ-UBND", "signed_on": dt.date(2026, 12, 21)}
    signer = {"signer_name": "Trần Văn B", "signer_title": "Chủ tịch"}
    with pytest.raises(ValidationError) as caught:
        sign_decision(decision, actor=official(SeatRole.CHAIR), **facts, **signer)
    assert caught.value.messages[0].endswith("Cơ quan thường trực bỏ dòng này khỏi dự thảo trước.")
    assert Decision.objects.get().state == "draft"


def test_a_line_in_a_draft_is_taken_out_before_it_goes_to_the_state(office):
    """The office entered later that the award is one of the State, as above."""
    decision = DecisionFactory()
    item, other = line(flag(), decision=decision), line(certificate())
    AwardKind.objects.filter(pk=item.award_id).update(is_national=True)
    closed = f"Dòng này đang nằm trong một dự thảo quyết định. {TAKE_OUT}"
    assert office.get(forward_url(item)).context["closed"] == closed
    assert office.post(forward_url(item), PAPER).status_code == 422
    fields = {"year": "2026", "title": "Về việc khen thưởng", "legal_bases": ""}
    url = reverse("decisions:decision_edit", args=(decision.pk,))
    assert save(office, url, fields | {"items": [other.pk]}).status_code == 302
    assert office.post(forward_url(item), PAPER).status_code == 302
    assert ProposalItem.objects.get(pk=item.pk).state == ItemState.FORWARDED


@pytest.mark.parametrize(
    ("award", "proposal_state", "item_state", "closed"),
    (
        (flag, "received", "eligible", "do Chủ tịch UBND tỉnh quyết định tặng"),
        (government_flag, "before_council", "eligible", "Đang lấy ý kiến Hội đồng"),
        (government_flag, "received", "proposed", "đang ở trạng thái “Đề nghị”"),
        (government_flag, "received", "suspended", "đang ở trạng thái “Chưa xét”"),
    ),
)
def test_the_page_is_closed_with_the_reason(office, award, proposal_state, item_state, closed):
    item = line(award(), state=item_state, reason="Đang thanh tra.")
    Proposal.objects.update(state=proposal_state)
    shown = office.get(forward_url(item))
    assert (closed in shown.context["closed"], shown.context["submit_label"]) == (True, "")
    assert office.post(forward_url(item), PAPER).status_code == 422
    assert ProposalItem.objects.get().state == item_state


@pytest.mark.parametrize(
    ("typed", "field"),
    (
        ({"signed_on": "11/03/2027"}, "signed_on"),
        ({"signed_on": "07/12/2026"}, "signed_on"),
        ({"number": ""}, "number"),
        ({"number": "mười lăm"}, "number"),
    ),
)
def test_what_is_refused_stays_typed(office, typed, field):
    """Today is 10/03/2027, the bloc's own submission of 08/12/2026."""
    item = line(government_flag())
    answer = office.post(forward_url(item), PAPER | typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert answer.context["form"][field].value() == (PAPER | typed)[field]
    assert ProposalItem.objects.get().state == ItemState.ELIGIBLE


@pytest.mark.parametrize("role", (SeatRole.COUNCIL, SeatRole.CHAIR))
def test_others_do_not_record_it(client, role):
    item = line(government_flag())
    client.force_login(official(role))
    assert client.post(forward_url(item), PAPER).status_code == 403
    client.force_login(leader_of(item.bloc_year.head))
    assert client.post(forward_url(item), PAPER).status_code == 403


def test_the_other_lines_are_still_decided_and_nothing_goes_back(office):
    national = line(government_flag())
    own = line(flag(), national.proposal)
    office.post(forward_url(national), PAPER)
    proposal = Proposal.objects.get()
    assert proposal.state == ProposalState.RECEIVED
    with pytest.raises(ValidationError) as caught:
        return_proposal(proposal, actor=official(SeatRole.OFFICE), note="Sửa.")
    assert caught.value.messages[0].endswith("các dòng còn lại được xét tiếp.")
    refuse = reverse("board:item_move", args=(own.pk, "refuse"))
    assert office.post(refuse, {"note": "Không bảo đảm."}).status_code == 302
    assert Proposal.objects.get().state == ProposalState.DECIDED


def test_the_submission_of_the_bloc_asks_to_submit_it():
    proposal = line(government_flag()).proposal
    line(flag(), proposal), line(certificate(), proposal)
    name = proposal.bloc_year.head.name
    asked = next(part for part in submission_paper(proposal).parts if "ĐỀ NGHỊ" in part.heading)
    texts = "\n".join(map(str, asked.paragraphs))
    for words in (
        f"Trình cấp Nhà nước xét tặng Cờ thi đua của Chính phủ cho 01 tập thể: {name}.",
        f"Tặng Cờ thi đua của UBND tỉnh cho 01 tập thể: {name}.",
        f"Tặng Bằng khen của Chủ tịch UBND tỉnh cho 01 tập thể: {name}.",
    ):
        assert texts.count(words) == 1


def test_it_is_dated_after_the_opinion_of_the_council_and_the_last_sitting(office):
    """The bloc's own submission is of 08/12/2026."""
    item = line(government_flag())
    held = dt.datetime(2026, 12, 14, 1, tzinfo=dt.UTC)
    conference_of(item.bloc_year, state="signed", starts_at=held, ended_at=held + HOUR)
    early = office.post(forward_url(item), PAPER | {"signed_on": "13/12/2026"})
    assert early.context["form"].errors["signed_on"] == [
        "Tờ trình cấp Nhà nước ghi ngày 13/12/2026, trước hội nghị tổng kết ngày 14/12/2026 là căn "
        "cứ của nó; hãy sửa ngày."
    ]
    opinion = Opinion.objects.create(item=item, member=official(SeatRole.COUNCIL), agrees=True)
    spoken = dt.datetime(2026, 12, 16, 1, tzinfo=dt.UTC)
    Opinion.objects.filter(pk=opinion.pk).update(given_at=spoken)
    early = office.post(forward_url(item), PAPER | {"signed_on": "15/12/2026"})
    assert early.context["form"].errors["signed_on"] == [
        "Tờ trình cấp Nhà nước ghi ngày 15/12/2026, trước ý kiến Hội đồng ngày 16/12/2026 là căn "
        "cứ của nó; hãy sửa ngày."
    ]


def test_it_does_not_go_on_while_the_proposal_has_to_be_settled(office):
    item = line(government_flag())
    regulate(item.bloc_year, flags=1)
    keep_basis(Proposal.objects.get(), actor=None)
    regulate(item.bloc_year, flags=2)
    item = ProposalItem.objects.for_page().get()
    assert len(ITEM["forward"].obstacles(item)) == 1
    assert office.post(forward_url(item), PAPER).status_code == 422
    assert ProposalItem.objects.get().state == ItemState.ELIGIBLE


def test_it_goes_on_only_from_the_hands_of_the_province():
    line(government_flag())
    Proposal.objects.update(state="returned")
    item = ProposalItem.objects.for_page().get()
    assert ITEM["forward"].obstacles(item) == ["Cơ quan thường trực chưa tiếp nhận đề nghị."]


def test_what_went_to_the_state_is_not_put_before_the_council(office):
    item = line(government_flag())
    line(flag(), item.proposal)
    office.post(forward_url(item), PAPER)
    obstacles = PROPOSAL["put_before_council"].obstacles(Proposal.objects.get())
    assert next(one for one in obstacles if SAID in one).endswith(
        "không lấy ý kiến Hội đồng nữa; các dòng còn lại được xét tiếp."
    )
