"""The life of a bloc's proposal; that of each of its lines stands in `lines`."""

from django.utils import timezone

from awards.proposals.enums import INNER_STATES, ItemState, ProposalState
from awards.proposals.models.beside_votes import left_out
from awards.proposals.models.contents import content_stamp, is_sent_unchanged
from awards.proposals.models.ended_years import OVER, ended_words
from awards.proposals.models.quotas import line_warnings, warnings_of
from awards.proposals.models.tie_words import open_ties, strayed_choices
from awards.proposals.workflows.basis import (
    RETURNABLE,
    basis_stands,
    opinions_stand,
    verdicts_stand,
)
from awards.proposals.workflows.decided_lines import (
    council_comes_before_decisions,
    lines_are_in_no_decision,
)
from awards.proposals.workflows.lines import ITEM
from awards.proposals.workflows.national import nothing_is_forwarded
from blocs.conferences.models.sittings import late_units, ranking_basis, unsigned_sitting
from blocs.states import SENT_STATES, ConferenceState, YearState
from thidua.common.vietnamese.text import low_first
from thidua.common.workflow import THE_END, Transition, Workflow
from thidua.papers.days import day_faults
from thidua.papers.numbers import hold_numbers

__all__ = ("ITEM", "PROPOSAL")

P = ProposalState


def has_items(proposal):
    return [] if proposal.items.exists() else ["Đề nghị chưa có dòng nào."]


def every_item_names_its_unit(proposal):
    """A sent proposal says for whom; a draft may hold a count without a name (case 01)."""
    nameless = proposal.items.filter(unit=None).select_related("award")
    return [f"Một dòng “{item.award}” chưa nêu tên đơn vị." for item in nameless]


def year_is_ranked(proposal):
    if proposal.bloc_year.state == YearState.RANKED:
        return []
    return ["Chưa chốt xếp hạng của năm nên chưa gửi được đề nghị."]


def quota_is_kept_or_explained(proposal):
    """A quota warns; whoever passes it gives a reason (cases 03 and Nam Định 2021)."""
    if proposal.quota_reason.strip():
        return []
    asked = "Muốn gửi, hãy ghi lý do vượt quy định số lượng."
    return [f"{sentence} {asked}" for sentence in warnings_of(proposal)]


def proposed_lines_are_explained(proposal):
    """A unit dissolved, held, excluded or not voted for is proposed for a reason of its own."""
    asked = "Muốn đề nghị, hãy ghi lý do ở dòng của đơn vị; nếu không thì bỏ dòng."
    return [f"{words} {asked}" for item, words in line_warnings(proposal) if not item.warned_reason]


def chosen_are_proposed_or_explained(proposal):
    """Whom the conference chose is proposed, or the bloc says why not."""
    if proposal.left_out_reason.strip():
        return []
    asked = "Hãy thêm dòng của đơn vị, hoặc ghi lý do không đề nghị ở trang soạn đề nghị."
    return [f"{sentence} {asked}" for sentence in left_out(proposal)]


def equals_are_decided(proposal):
    """Nobody is proposed out of equals by the software: people choose, with a reason."""
    asked = "Hãy chọn và ghi lý do trước khi gửi."
    return [f"{open_tie.sentence} {asked}" for open_tie in open_ties(proposal)]


def lines_follow_the_choice(proposal):
    """The lines name whom people chose between equals, and none of the others."""
    return [
        f"Các dòng {choice.award} khác với đơn vị đã chọn trong số cùng hạng {choice.place}. "
        "Hãy sửa dòng hoặc chọn lại."
        for choice in strayed_choices(proposal)
    ]


def day_is_written(proposal):
    """What is sent is dated: the decision may not be older."""
    return [] if proposal.dated_on else ["Chưa ghi ngày tờ trình."]


def day_is_in_time(proposal):
    """A submission is of today or before, and not before the ranking that it rests on."""
    basis, day = ranking_basis(proposal.bloc_year)
    today = timezone.localdate()
    return day_faults("Tờ trình", proposal.dated_on, today, basis=basis, basis_day=day)


def number_is_free(proposal):
    """Another submission may have gone out with the number since this one was written."""
    return proposal.number_faults()


def hold_numbers_of_bloc(proposal):
    hold_numbers(proposal.bloc_year.bloc)


def sittings_are_signed(proposal):
    """Nothing is sent while a sitting of the year still may change places and votes."""
    sitting = unsigned_sitting(proposal.bloc_year)
    if sitting is None:
        return []
    left = ", hoặc bỏ hội nghị chưa khai mạc," if sitting.state == ConferenceState.PREPARED else ""
    head = proposal.bloc_year.bloc.head_word.capitalize()
    return [f"{sitting.title} chưa ký biên bản. {head} ký biên bản{left} trước khi gửi đề nghị."]


def late_sheets_are_agreed(proposal):
    """A sheet that came after the conference is agreed by a further sitting before."""
    names = late_units(proposal.bloc_year, SENT_STATES)
    if not names:
        return []
    return [
        f"Còn báo cáo chờ hội nghị bổ sung thống nhất điểm: {', '.join(names)}. "
        f"{proposal.bloc_year.bloc.head_word.capitalize()} lập hội nghị bổ sung và ký biên bản "
        "trước khi gửi đề nghị."
    ]


def every_item_is_appraised(proposal):
    waiting = proposal.items.filter(state=ItemState.PROPOSED).count()
    return [f"Còn {waiting:02d} dòng chưa thẩm định điều kiện."] if waiting else []


def year_is_not_over(proposal):
    """Nothing goes back to a bloc whose year has ended: it could not send it again."""
    if proposal.bloc_year.state not in OVER:
        return []
    return ["Năm thi đua đã kết thúc nên không trả lại đề nghị được nữa."]


def proposal_ended(proposal):
    """The end of what a bloc drafted and did not send before its year ended."""
    over = ended_words(proposal.bloc_year) if proposal.state in INNER_STATES else ""
    return f"{THE_END}: {low_first(over)}" if over else ""


def stamp_submission(proposal, *, actor, note):
    proposal.submitted_at = timezone.now()


def keep_return(proposal, *, actor, note):
    proposal.keep_return(note, content_stamp(proposal))


PROPOSAL = Workflow(
    states=P,
    initial=P.DRAFT,
    ways={
        P.DRAFT: "Cán bộ đầu mối ghi các dòng đề nghị, khối trưởng gửi lên tỉnh.",
        P.SUBMITTED: "Cơ quan thường trực tiếp nhận hoặc trả lại khối kèm lý do.",
        P.RETURNED: "Khối sửa theo lý do trả lại, khối trưởng gửi lại.",
        P.RECEIVED: (
            "Cơ quan thường trực thẩm định từng dòng, lấy ý kiến Hội đồng; hoặc trả lại khối."
        ),
        P.BEFORE_COUNCIL: "Thành viên Hội đồng cho ý kiến; Chủ tịch kết thúc lấy ý kiến.",
        P.CONSIDERED: "Cơ quan thường trực lập dự thảo quyết định, Chủ tịch ký.",
        P.DECIDED: f"{THE_END}: các dòng đề nghị đã được xét xong.",
    },
    ended=proposal_ended,
    transitions=(
        Transition(
            name="submit",
            label="Gửi đề nghị lên tỉnh",
            sources={P.DRAFT, P.RETURNED},
            target=P.SUBMITTED,
            permission="proposals.submit_proposal",
            guards=(
                has_items,
                every_item_names_its_unit,
                year_is_ranked,
                sittings_are_signed,
                late_sheets_are_agreed,
                equals_are_decided,
                lines_follow_the_choice,
                quota_is_kept_or_explained,
                proposed_lines_are_explained,
                chosen_are_proposed_or_explained,
                day_is_written,
                day_is_in_time,
                number_is_free,
                basis_stands,
            ),
            questions=(is_sent_unchanged,),
            effect=stamp_submission,
            holds=hold_numbers_of_bloc,
            consequence="Sau khi gửi, khối không sửa được đề nghị cho đến khi được trả lại.",
        ),
        Transition(
            name="receive",
            label="Tiếp nhận đề nghị",
            sources={P.SUBMITTED},
            target=P.RECEIVED,
            permission="proposals.receive_proposal",
            guards=(basis_stands,),
        ),
        Transition(
            name="put_before_council",
            label="Lấy ý kiến Hội đồng",
            sources={P.RECEIVED},
            target=P.BEFORE_COUNCIL,
            permission="proposals.receive_proposal",
            guards=(
                every_item_is_appraised,
                nothing_is_forwarded,
                council_comes_before_decisions,
                basis_stands,
                verdicts_stand,
            ),
        ),
        Transition(
            name="return",
            label="Trả lại đề nghị",
            sources=RETURNABLE,
            target=P.RETURNED,
            permission="proposals.receive_proposal",
            guards=(year_is_not_over, lines_are_in_no_decision, nothing_is_forwarded),
            effect=keep_return,
            needs_note=True,
            tone="danger",
            consequence="Khối sửa được đề nghị và phải gửi lại.",
        ),
        Transition(
            name="close_council",
            label="Kết thúc lấy ý kiến Hội đồng",
            sources={P.BEFORE_COUNCIL},
            target=P.CONSIDERED,
            permission="board.close_council",
            guards=(basis_stands, opinions_stand),
            consequence="Các thành viên không cho ý kiến thêm được nữa.",
        ),
        Transition(
            name="decide",
            label="Hoàn thành xét khen thưởng",
            sources={P.RECEIVED, P.CONSIDERED},
            target=P.DECIDED,
            permission="proposals.settle_proposal",
            hidden=True,
        ),
    ),
)
