"""From the bloc's proposal to the Chairman's decision."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from awards.board.actions import give_opinion, move_item, note_item
from awards.decisions.actions import draft_decision, publish_decision, sign_decision
from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.proposals.actions.proposals import edit_proposal, move_proposal, start_proposal
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.models.quotas import line_warnings, warnings_of
from blocs.reports.models import Report
from blocs.states import ReportState, SeatRole, YearState
from blocs.years.models import BlocYear
from tests.factories.awards import (
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
    certificate,
    flag,
)
from tests.factories.blocs import ReportFactory, fill, small_table, year_with_members
from tests.factories.grounds import GROUNDS
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 8)


def header(**changes):
    return {"number": "", "dated_on": DAY, "summary": "", "quota_reason": ""} | changes


def row(award, unit):
    return {"award": award, "unit": unit, "merit": ""}


def test_draft_follows_points_and_quota():
    flag_kind, certificate_kind = flag(), certificate()
    year = year_with_members(4, state=YearState.RANKED)
    table = small_table(year)
    units = [member.unit for member in year.members.order_by("order")]
    for unit, points in zip(units, ("6", "9", "5", "8"), strict=True):
        report = Report.objects.create(
            bloc_year=year,
            unit=unit,
            table=table,
            state=ReportState.AGREED,
            submitted_at=timezone.now(),
            appraised_total=0,
        )
        fill(report, Decimal(points), Decimal(points))
    proposal = start_proposal(year, actor=editor_of(year.head))
    # Of the three units that remain 50 % rounded down is one certificate.
    assert list(proposal.items.values_list("award", "unit").order_by("pk")) == [
        (flag_kind.pk, units[1].pk),
        (certificate_kind.pk, units[3].pk),
    ]


def test_grounds_close_the_flag_or_the_whole_draft_and_warn_in_the_proposal():
    flag_kind, certificate_kind = flag(), certificate()
    year = year_with_members(4, state=YearState.RANKED)
    table = small_table(year, settings={"disqualifiers": GROUNDS})
    units = [member.unit for member in year.members.order_by("order")]
    for unit, points in zip(units, ("9", "8", "7", "6"), strict=True):
        report = ReportFactory(
            bloc_year=year,
            unit=unit,
            table=table,
            submitted=True,
            state=ReportState.AGREED,
            appraised_total=0,
        )
        fill(report, Decimal(points), Decimal(points))
    for unit, code in ((units[0], "cap"), (units[1], "held")):
        year.grounds.create(unit=unit, code=code, basis="KL", found_on=dt.date(2026, 12, 1))
    proposal = start_proposal(year, actor=editor_of(year.head))
    assert list(proposal.items.values_list("award", "unit").order_by("pk")) == [
        (flag_kind.pk, units[2].pk),
        (certificate_kind.pk, units[0].pk),
    ]
    assert warnings_of(proposal) == []
    proposal.items.update(unit=units[0])
    ProposalItem.objects.create(proposal=proposal, award=certificate_kind, unit=units[1])
    assert [words for _, words in line_warnings(proposal)] == [
        f"{units[0]}: Không đạt thu ngân sách. Không được đề nghị {flag_kind}; chỉ đến Bằng khen.",
        f"{units[1]}: Đang bị thanh tra. Đơn vị chưa được xét khen thưởng cho đến khi có kết luận.",
    ]


def test_a_line_without_a_unit_is_kept_but_not_sent():
    """Case 01 of the sources: three certificates, the units not named."""
    proposal = ProposalFactory()
    secretary, head = editor_of(proposal.bloc_year.head), leader_of(proposal.bloc_year.head)
    edit_proposal(proposal, actor=secretary, header=header(), items=[row(certificate(), None)] * 3)
    assert proposal.items.count() == 3
    with pytest.raises(ValidationError) as refusal:
        move_proposal(proposal, "submit", actor=head)
    sentence = "Một dòng “Bằng khen của Chủ tịch UBND tỉnh” chưa nêu tên đơn vị."
    assert refusal.value.messages.count(sentence) == 3


def test_passing_the_quota_needs_a_reason():
    """Case 03 of the sources: one bloc proposed more than one flag."""
    proposal = ProposalFactory()
    units = [member.unit for member in proposal.bloc_year.members.all()]
    secretary, head = editor_of(proposal.bloc_year.head), leader_of(proposal.bloc_year.head)
    rows = [row(flag(), unit) for unit in units[:2]]
    edit_proposal(proposal, actor=secretary, header=header(), items=rows)
    with pytest.raises(ValidationError, match="Đề nghị 2 cờ thi đua, nhiều hơn mức 1 cờ"):
        move_proposal(proposal, "submit", actor=head)
    edit_proposal(
        proposal,
        actor=secretary,
        header=header(quota_reason="Khối có hai đơn vị dẫn đầu."),
        items=rows,
    )
    assert move_proposal(proposal, "submit", actor=head).state == ProposalState.SUBMITTED
    assert BlocYear.objects.get(pk=proposal.bloc_year_id).state == YearState.PROPOSED


def test_only_members_are_proposed():
    proposal = ProposalFactory()
    outsider = UnitFactory(name="Sở Ngoài Khối")
    with pytest.raises(ValidationError, match="“Sở Ngoài Khối” không phải thành viên"):
        edit_proposal(
            proposal,
            actor=editor_of(proposal.bloc_year.head),
            header=header(),
            items=[row(flag(), outsider)],
        )
    assert proposal.items.count() == 0


def test_only_the_head_unit_writes_and_only_its_leader_sends():
    proposal = ProposalItemFactory().proposal
    year = proposal.bloc_year
    with pytest.raises(PermissionDenied):
        edit_proposal(proposal, actor=editor_of(year.deputy), header=header(), items=[])
    with pytest.raises(PermissionDenied):
        move_proposal(proposal, "submit", actor=editor_of(year.head))
    with pytest.raises(PermissionDenied):
        move_proposal(proposal, "submit", actor=leader_of(year_with_members().head))


def test_return_opens_proposal_and_year_again():
    item = ProposalItemFactory()
    office = official(SeatRole.OFFICE)
    proposal = move_proposal(item.proposal, "submit", actor=leader_of(item.unit))
    with pytest.raises(ValidationError, match="nêu lý do"):
        move_proposal(proposal, "return", actor=office, note=" ")
    proposal = move_proposal(proposal, "return", actor=office, note="Thiếu biên bản.")
    assert proposal.state == ProposalState.RETURNED
    assert BlocYear.objects.get().state == YearState.RANKED
    assert ActivityEntry.objects.about(proposal).first().note == "Thiếu biên bản."


def test_the_whole_way_to_a_published_decision():
    office, chair = official(SeatRole.OFFICE), official(SeatRole.CHAIR)
    granted = ProposalItemFactory()
    refused = ProposalItemFactory(
        proposal=granted.proposal, award=certificate(), unit=granted.proposal.bloc_year.deputy
    )
    proposal = move_proposal(granted.proposal, "submit", actor=leader_of(granted.unit))
    proposal = move_proposal(proposal, "receive", actor=office)
    granted = move_item(granted, "find_eligible", actor=office)
    refused = move_item(refused, "refuse", actor=office, note="Nộp hồ sơ sau hạn.")
    decision = draft_decision(
        Decision(),
        actor=office,
        items=[granted],
        fields={"year": 2026, "title": "Tặng Cờ thi đua", "legal_bases": ""},
    )
    with pytest.raises(PermissionDenied):
        sign_decision(
            decision,
            actor=office,
            number="1/QĐ-UBND",
            signed_on=dt.date(2027, 2, 1),
            signer_name="A",
            signer_title="Chủ tịch",
        )
    decision = sign_decision(
        decision,
        actor=chair,
        number="123/QĐ-UBND",
        signed_on=dt.date(2027, 2, 1),
        signer_name="Nguyễn Văn A",
        signer_title="Chủ tịch",
    )
    assert ProposalItem.objects.get(pk=granted.pk).state == ItemState.GRANTED
    assert BlocYear.objects.get().state == YearState.PROPOSED
    decision = publish_decision(decision, actor=office)
    assert decision.state == DecisionState.PUBLISHED
    assert Proposal.objects.get().state == ProposalState.DECIDED
    assert BlocYear.objects.get().state == YearState.DECIDED
    assert refused.reason == "Nộp hồ sơ sau hạn."


def test_when_all_are_refused_the_year_is_decided_without_a_decision():
    office = official(SeatRole.OFFICE)
    item = ProposalItemFactory()
    proposal = move_proposal(item.proposal, "submit", actor=leader_of(item.unit))
    move_proposal(proposal, "receive", actor=office)
    move_item(item, "refuse", actor=office, note="Không đủ điều kiện.")
    assert Proposal.objects.get().state == ProposalState.DECIDED
    assert BlocYear.objects.get().state == YearState.DECIDED


def test_items_are_not_appraised_before_the_office_received_them():
    item = ProposalItemFactory()
    office = official(SeatRole.OFFICE)
    move_proposal(item.proposal, "submit", actor=leader_of(item.unit))
    item.refresh_from_db()
    with pytest.raises(ValidationError, match="chưa tiếp nhận đề nghị"):
        move_item(item, "find_eligible", actor=office)


def test_suspension_names_its_document_and_can_be_lifted():
    item = ProposalItemFactory(proposal__received=True)
    office = official(SeatRole.OFFICE)
    item = move_item(item, "suspend", actor=office, note="Công văn số 15/TTr.")
    assert (item.state, item.reason) == (ItemState.SUSPENDED, "Công văn số 15/TTr.")
    item = move_item(item, "release", actor=office, note="Đã có kết luận.")
    assert (item.state, item.reason) == (ItemState.PROPOSED, "")


def test_a_decision_takes_only_eligible_free_lines():
    office = official(SeatRole.OFFICE)
    item = ProposalItemFactory(proposal__received=True)
    fields = {"year": 2026, "title": "Tặng Cờ", "legal_bases": ""}
    with pytest.raises(ValidationError, match="chưa đủ điều kiện"):
        draft_decision(Decision(), actor=office, fields=fields, items=[item])
    assert Decision.objects.count() == 0


def test_a_line_of_another_decision_is_not_taken():
    office, other = official(SeatRole.OFFICE), DecisionFactory()
    item = ProposalItemFactory(
        proposal__received=True, state=ItemState.ELIGIBLE, decision=other, unit=None
    )
    mine = DecisionFactory()
    fields = {"year": 2026, "title": "Tặng Cờ", "legal_bases": ""}
    with pytest.raises(ValidationError) as refusal:
        draft_decision(mine, actor=office, fields=fields, items=[item])
    assert refusal.value.messages == [f"“{item}” đã nằm trong quyết định khác."]
    item.refresh_from_db()
    assert item.decision == other


def test_signed_decision_is_not_changed():
    office = official(SeatRole.OFFICE)
    decision = DecisionFactory(
        state=DecisionState.SIGNED, number="9/QĐ-UBND", signed_on=dt.date(2026, 1, 1)
    )
    fields = {"year": 2026, "title": "Tên khác", "legal_bases": ""}
    with pytest.raises(ValidationError, match="đã ký nên không sửa được"):
        draft_decision(decision, actor=office, fields=fields, items=[])


def test_council_member_gives_an_opinion_until_the_chair_closes():
    member, chair = official(SeatRole.COUNCIL), official(SeatRole.CHAIR)
    item = ProposalItemFactory(proposal__received=True, state=ItemState.ELIGIBLE)
    with pytest.raises(PermissionDenied):
        give_opinion(item, actor=member, agrees=True)
    office = official(SeatRole.OFFICE)
    proposal = move_proposal(item.proposal, "put_before_council", actor=office)
    item = ProposalItem.objects.get(pk=item.pk)
    give_opinion(item, actor=member, agrees=True)
    give_opinion(item, actor=member, agrees=False, note="Cần xem lại.")
    assert list(item.opinions.values_list("agrees", "note")) == [(False, "Cần xem lại.")]
    with pytest.raises(PermissionDenied):
        give_opinion(item, actor=office, agrees=True)
    move_proposal(proposal, "close_council", actor=chair)
    with pytest.raises(PermissionDenied):
        give_opinion(ProposalItem.objects.get(pk=item.pk), actor=member, agrees=True)


def test_a_note_goes_into_the_log_book_only():
    item = ProposalItemFactory()
    note_item(item, actor=editor_of(item.unit), note="Đơn vị đang giải trình.")
    assert ActivityEntry.objects.about(item).get().note == "Đơn vị đang giải trình."
    with pytest.raises(ValidationError, match="ghi nội dung"):
        note_item(item, actor=editor_of(item.unit), note=" ")
