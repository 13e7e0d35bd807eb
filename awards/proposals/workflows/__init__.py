"""The life of a bloc's proposal and of each of its lines."""

from django.utils import timezone

from awards.proposals.enums import INNER_STATES, ItemState, ProposalState
from awards.proposals.models.basis import changed_opinions, changed_verdicts
from awards.proposals.models.beside_votes import left_out
from awards.proposals.models.contents import content_stamp, is_sent_unchanged
from awards.proposals.models.ended_years import OVER, ended_words
from awards.proposals.models.quotas import line_warnings, warnings_of
from awards.proposals.models.tie_words import open_ties, strayed_choices
from awards.proposals.workflows.decided_lines import (
    council_comes_before_decisions,
    is_not_in_signed_decision,
    lines_are_in_no_decision,
)
from awards.proposals.workflows.national import (
    council_is_over,
    is_of_province,
    is_of_state,
    nothing_is_forwarded,
    put_forward,
    verdict_stands,
)
from blocs.conferences.models.sittings import late_units, ranking_basis, unsigned_sitting
from blocs.ranking.models.results import ranking_faults
from blocs.states import SENT_STATES, ConferenceState, YearState
from thidua.common.basis import basis_faults, faults_of
from thidua.common.vietnamese.text import low_first
from thidua.common.workflow import THE_END, Transition, Workflow
from thidua.papers.days import day_faults

ASK_BLOC = "Thư ký hoặc trưởng khối, cụm xác nhận có lý do, hoặc lập lại các dòng, ở trang đề nghị."
ASK_OFFICE = "Cơ quan thường trực xác nhận có lý do ở trang đề nghị, hoặc trả lại đề nghị."
# Once the council is asked the proposal does not go back to the bloc any more.
ASK_OFFICE_ALONE = "Cơ quan thường trực xác nhận có lý do ở trang đề nghị."
ASK_APPRAISER = "Cơ quan thường trực xác nhận có lý do ở trang của dòng đề nghị."
ASK_COUNCIL = (
    "Thành viên cho ý kiến lại, hoặc Chủ tịch xác nhận có lý do, ở trang của dòng đề nghị."
)
P, I = ProposalState, ItemState  # noqa: E741 – the two lives of this file
RETURNABLE = {P.SUBMITTED, P.RECEIVED}
WITH_PROVINCE = (P.RECEIVED, P.BEFORE_COUNCIL, P.CONSIDERED)


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


def basis_stands(proposal):
    """Nothing that the proposal rests on changed since it was made, or somebody confirmed it."""
    alone = ASK_OFFICE if proposal.state in RETURNABLE else ASK_OFFICE_ALONE
    asked = ASK_BLOC if proposal.state in INNER_STATES else alone
    return [*ranking_faults(proposal.bloc_year), *basis_faults(proposal, asked)]


def every_item_is_appraised(proposal):
    waiting = proposal.items.filter(state=I.PROPOSED).count()
    return [f"Còn {waiting:02d} dòng chưa thẩm định điều kiện."] if waiting else []


def verdicts_stand(proposal):
    """What the office found eligible is still what it looked at."""
    return [
        f"{item}: {low_first(sentence)} {ASK_APPRAISER}"
        for item, changes in changed_verdicts(proposal)
        for sentence in faults_of(changes)
    ]


def opinions_stand(proposal):
    """Each opinion of the council is on what the line still says."""
    return [
        f"Ý kiến của {opinion.member} về “{opinion.item}”: {low_first(sentence)} {ASK_COUNCIL}"
        for opinion, changes in changed_opinions(proposal)
        for sentence in faults_of(changes)
    ]


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


def is_in_hands_of_province(item):
    if item.proposal.state in WITH_PROVINCE:
        return []
    return ["Cơ quan thường trực chưa tiếp nhận đề nghị."]


def proposal_stands(item):
    """A line is found eligible only while the proposal it stands in is settled."""
    return basis_stands(item.proposal)


def keep_reason(item, *, actor, note):
    item.reason = note


def clear_reason(item, *, actor, note):
    item.reason = ""


def put_into_decision(item, *, actor, note, decision):
    item.decision = decision


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

ITEM = Workflow(
    states=I,
    initial=I.PROPOSED,
    ways={
        I.PROPOSED: "Cơ quan thường trực tiếp nhận đề nghị rồi thẩm định điều kiện của dòng này.",
        I.ELIGIBLE: (
            "Cơ quan thường trực đưa dòng này vào dự thảo quyết định, Chủ tịch ký; hình thức cấp "
            "Nhà nước thì Chủ tịch trình, cơ quan thường trực ghi số, ngày tờ trình."
        ),
        I.SUSPENDED: "Cơ quan thường trực xét lại khi có kết luận, hoặc ghi không đề nghị tặng.",
        I.GRANTED: f"{THE_END}: đã được tặng theo quyết định.",
        I.FORWARDED: f"{THE_END}: đã trình cấp Nhà nước xét tặng.",
        I.REFUSED: f"{THE_END}: không được tặng, lý do ghi ở dòng này.",
    },
    transitions=(
        Transition(
            name="find_eligible",
            label="Đủ điều kiện",
            sources={I.PROPOSED},
            target=I.ELIGIBLE,
            permission="board.appraise_item",
            guards=(is_in_hands_of_province, proposal_stands),
        ),
        Transition(
            name="suspend",
            label="Chưa xét",
            sources={I.PROPOSED, I.ELIGIBLE},
            target=I.SUSPENDED,
            permission="board.suspend_item",
            guards=(is_in_hands_of_province, is_not_in_signed_decision),
            effect=keep_reason,
            needs_note=True,
            note_label="Văn bản làm căn cứ (bắt buộc)",
            consequence="Ghi rõ văn bản làm căn cứ (NĐ 152/2025/NĐ-CP, Điều 4).",
        ),
        Transition(
            name="release",
            label="Xét lại",
            sources={I.SUSPENDED},
            target=I.PROPOSED,
            permission="board.suspend_item",
            effect=clear_reason,
            needs_note=True,
            note_label="Kết luận, văn bản (bắt buộc)",
        ),
        Transition(
            name="refuse",
            label="Không đề nghị tặng",
            sources={I.PROPOSED, I.ELIGIBLE, I.SUSPENDED},
            target=I.REFUSED,
            permission="board.appraise_item",
            guards=(is_in_hands_of_province, is_not_in_signed_decision),
            effect=keep_reason,
            needs_note=True,
            tone="danger",
            consequence="Khối và đơn vị thấy lý do này.",
        ),
        Transition(
            name="grant",
            label="Được tặng theo quyết định",
            sources={I.ELIGIBLE},
            target=I.GRANTED,
            permission="decisions.sign_decision",
            guards=(is_of_province,),
            effect=put_into_decision,
            hidden=True,
        ),
        Transition(
            name="forward",
            label="Ghi tờ trình cấp Nhà nước",
            sources={I.ELIGIBLE},
            target=I.FORWARDED,
            permission="board.forward_item",
            guards=(
                is_of_state,
                is_in_hands_of_province,
                council_is_over,
                proposal_stands,
                verdict_stands,
            ),
            effect=put_forward,
            hidden=True,
        ),
    ),
)
