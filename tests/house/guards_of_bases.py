"""What the guards of changed bases say: an object whose basis stands, and one where it does not."""

import datetime as dt

from awards.board.models import Opinion
from awards.decisions import workflows as decisions
from awards.proposals import workflows as proposals
from awards.proposals.enums import ItemState
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.workflows import basis, lines
from awards.proposals.workflows.decided_lines import TAKE_OUT
from blocs.conferences import workflows as conferences
from blocs.conferences.models import Ballot, BallotLine, Conference
from blocs.ranking.models.proofs import seal_ranking
from blocs.ranking.models.results import ASK_OFFICE
from blocs.states import BallotKind
from blocs.years import workflows as years
from blocs.years.models import BlocYear
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory, flag
from tests.factories.blocs import regulate, year_with_members
from tests.factories.conferences import conference_of
from tests.factories.people import UnitFactory, UserFactory
from tests.house.guards_of_sheets import NOW
from thidua.common.basis import keep_basis

UNSENT = "không xếp hạng (chưa nộp báo cáo và bảng tự chấm điểm)"
TWO_FLAGS = "Căn cứ đã thay đổi: Số lượng được đề nghị: 01 cờ, 01 Bằng khen → 02 cờ, 01 Bằng khen."
MERIT = "căn cứ đã thay đổi: Tóm tắt thành tích: không có → Mới."
LINE = "Cờ thi đua của UBND tỉnh – Sở Dòng"


def proposed(*, moved=False, **facts):
    """A proposal that keeps its basis; afterwards its year may give one flag more."""
    proposal = ProposalFactory(**facts)
    proposal.bloc_year.bloc.name = "Khối Gốc"
    proposal.bloc_year.bloc.save()
    regulate(proposal.bloc_year, flags=1)
    keep_basis(Proposal.objects.get(pk=proposal.pk), actor=None)
    if moved:
        regulate(proposal.bloc_year, flags=2)
    return Proposal.objects.get(pk=proposal.pk)


def line(*, moved=False, **facts):
    """A line of such a proposal."""
    return ProposalItemFactory(proposal=proposed(moved=moved), **facts)


def judged(*, changed=False, by_council=False):
    """The proposal of an eligible line on which somebody spoke, and then its merit was written."""
    unit = UnitFactory(name="Sở Dòng")
    item = ProposalItemFactory(unit=unit, award=flag(), state=ItemState.ELIGIBLE)
    spoken = item
    if by_council:
        member = UserFactory(full_name="Nguyễn Văn Hội")
        spoken = Opinion.objects.create(item=item, member=member, agrees=True)
    keep_basis(spoken, actor=None)
    if changed:
        ProposalItem.objects.filter(pk=item.pk).update(merit="Mới")
    return Proposal.objects.get(pk=item.proposal_id)


def in_decision(*, taken=True, **facts):
    """A proposal with a line in a draft."""
    decision = DecisionFactory(title="Dự thảo") if taken else None
    unit = UnitFactory(name="Sở Dòng")
    return ProposalItemFactory(unit=unit, award=flag(), decision=decision, **facts).proposal


def drafted(*, spoken=False, moved=False, **facts):
    """A draft decision; the council may speak, or the proposal's year may change, after it."""
    decision = DecisionFactory()
    unit = UnitFactory(name="Sở Dòng")
    item = line(moved=moved, unit=unit, award=flag(), decision=decision)
    keep_basis(decision, actor=None)
    if spoken:
        Opinion.objects.create(item=item, member=UserFactory(), agrees=True)
    Proposal.objects.filter(pk=item.proposal_id).update(**facts)
    return type(decision).objects.get(pk=decision.pk)


def voted(*, dissolved=False):
    """A conference with a count for one unit, which may be found to have been no more."""
    conference = conference_of(year_with_members(2))
    unit = conference.bloc_year.head
    papers = {"issued": 2, "returned": 2, "valid": 2}
    ballot = Ballot.objects.create(conference=conference, kind=BallotKind.AWARD, **papers)
    BallotLine.objects.create(ballot=ballot, unit=unit, votes_for=2, is_chosen=True, award="flag")
    keep_basis(Ballot.objects.get(pk=ballot.pk), actor=None)
    if dissolved:
        unit.name, unit.dissolved_on = "Sở Dòng", dt.date(2020, 1, 1)
        unit.save()
    return Conference.objects.get(pk=conference.pk)


def sealed(*, changed=False):
    """A year whose ranking was sealed; a unit may be struck from it afterwards."""
    year = year_with_members(3)
    unit = year.deputy
    unit.name = "Sở Dòng"
    unit.save()
    seal_ranking(BlocYear.objects.get(pk=year.pk), NOW)
    if changed:
        year.members.filter(unit=unit).delete()
    return BlocYear.objects.get(pk=year.pk)


OF_BASES = {
    proposals.basis_stands: [
        (proposed, []),
        (ProposalFactory, []),
        (lambda: proposed(moved=True), [f"{TWO_FLAGS} {basis.ASK_BLOC}"]),
        (lambda: proposed(moved=True, received=True), [f"{TWO_FLAGS} {basis.ASK_OFFICE}"]),
    ],
    lines.proposal_stands: [
        (line, []),
        (lambda: line(moved=True), [f"{TWO_FLAGS} {basis.ASK_BLOC}"]),
    ],
    proposals.verdicts_stand: [
        (judged, []),
        (lambda: judged(changed=True), [f"{LINE}: {MERIT} {basis.ASK_APPRAISER}"]),
    ],
    proposals.opinions_stand: [
        (lambda: judged(by_council=True), []),
        (
            lambda: judged(changed=True, by_council=True),
            [f"Ý kiến của Nguyễn Văn Hội về “{LINE}”: {MERIT} {basis.ASK_COUNCIL}"],
        ),
    ],
    proposals.year_is_not_over: [
        (ProposalFactory, []),
        *(
            (
                lambda state=state: Proposal(bloc_year=BlocYear(state=state)),
                ["Năm thi đua đã kết thúc nên không trả lại đề nghị được nữa."],
            )
            for state in ("decided", "archived")
        ),
    ],
    proposals.lines_are_in_no_decision: [
        (lambda: in_decision(taken=False), []),
        (in_decision, [f"Dòng “{LINE}” đang nằm trong “Dự thảo”. {TAKE_OUT}"]),
    ],
    decisions.basis_stands: [
        (drafted, []),
        (
            lambda: drafted(spoken=True),
            [
                f"Căn cứ đã thay đổi: Ý kiến Hội đồng về “{LINE}”: không có → 01 đồng ý, 00 không "
                f"đồng ý. {decisions.ASK_OFFICE}"
            ],
        ),
    ],
    conferences.vote_stands: [
        (voted, []),
        (lambda: conference_of(year_with_members(2)), []),
        (
            lambda: voted(dissolved=True),
            [
                f"Phiếu suy tôn: Căn cứ đã thay đổi: Sở Dòng: {UNSENT} → {UNSENT}; thôi hoạt động "
                f"từ 01/01/2020. {conferences.ASK_VOTE}"
            ],
        ),
    ],
    years.nothing_is_unsettled: [
        (year_with_members, []),
        (sealed, []),
        (
            lambda: sealed(changed=True),
            [f"Căn cứ đã thay đổi: Sở Dòng: {UNSENT} → không có. {ASK_OFFICE}"],
        ),
    ],
    proposals.council_comes_before_decisions: [
        (lambda: in_decision(taken=False), []),
        (
            in_decision,
            [
                f"Dòng “{LINE}” đang nằm trong dự thảo “Dự thảo”. Cơ quan thường trực bỏ dòng khỏi "
                "dự thảo, hoặc bỏ dự thảo quyết định, rồi mới lấy ý kiến Hội đồng."
            ],
        ),
        (
            lambda: in_decision(state=ItemState.GRANTED),
            [
                f"Dòng “{LINE}” đã được tặng theo “Dự thảo” nên không lấy ý kiến Hội đồng được "
                "nữa; các dòng còn lại được xét không qua Hội đồng."
            ],
        ),
    ],
    decisions.council_is_not_asked: [
        (drafted, []),
        (
            lambda: drafted(state="before_council", submitted_at=NOW),
            [
                "Đề nghị khen thưởng Khối Gốc năm 2026: đang lấy ý kiến Hội đồng. Chủ tịch kết "
                "thúc lấy ý kiến, hoặc cơ quan thường trực bỏ các dòng của đề nghị này khỏi dự "
                "thảo, rồi mới ký."
            ],
        ),
    ],
    decisions.proposals_stand: [
        (drafted, []),
        (
            lambda: drafted(moved=True),
            [f"Đề nghị khen thưởng Khối Gốc năm 2026: {TWO_FLAGS}"],
        ),
    ],
}
