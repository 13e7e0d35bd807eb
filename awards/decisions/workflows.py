"""The life of a decision. After signing it changes no more."""

from operator import itemgetter

from django.core.exceptions import ValidationError
from django.utils import timezone

from awards.board.models import Opinion
from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.proposals.enums import ProposalState as P
from awards.proposals.models import Proposal
from awards.proposals.workflows.national import is_of_province
from blocs.conferences.models.sittings import ranking_basis
from thidua.common.basis import basis_faults
from thidua.common.vietnamese.dates import day_in_vietnam
from thidua.common.workflow import THE_END, Transition, Workflow
from thidua.papers.days import day_faults
from thidua.papers.numbers import NumberedPaper, hold_numbers, number_faults, number_key

D = DecisionState
OPINIONS = "ý kiến Hội đồng"
ASK_OFFICE = "Cơ quan thường trực xác nhận có lý do, hoặc sửa dự thảo, ở trang quyết định."


def has_items(decision):
    return [] if decision.items.exists() else ["Quyết định chưa có đơn vị nào."]


def lines_are_of_province(decision):
    """A draft may hold a line whose award the office has since entered as one of the State."""
    found = decision.items.filter(award__is_national=True).select_related("award", "unit")
    asked = "Cơ quan thường trực bỏ dòng này khỏi dự thảo trước."
    return [f"{sentence} {asked}" for item in found for sentence in is_of_province(item)]


def basis_stands(decision):
    """The lines are still what the draft was made from; the office confirms or drafts again."""
    return basis_faults(decision, ASK_OFFICE)


def proposals_stand(decision):
    """Somebody settled whatever changed below the proposals that the lines come from."""
    found = Proposal.objects.filter(items__decision=decision.pk).distinct().for_page()
    return [
        f"{proposal}: {sentence}"
        for proposal in found.order_by("pk")
        for sentence in basis_faults(proposal)
    ]


def council_is_not_asked(decision):
    """Nothing is granted while the council is still asked about it."""
    asked = Proposal.objects.filter(items__decision=decision.pk, state=P.BEFORE_COUNCIL).distinct()
    return [
        f"{proposal}: đang lấy ý kiến Hội đồng. Chủ tịch kết thúc lấy ý kiến, hoặc cơ quan thường "
        "trực bỏ các dòng của đề nghị này khỏi dự thảo, rồi mới ký."
        for proposal in asked.for_page().order_by("pk")
    ]


def put_signature(decision, *, actor, note, number, signed_on, signer_name, signer_title):
    if faults := signing_faults(decision, signed_on):
        raise ValidationError({"signed_on": faults})
    if taken := number_faults(number, signed_on, same_numbered(decision, number, signed_on)):
        raise ValidationError({"number": taken})
    decision.number = number
    decision.signed_on = signed_on
    decision.signer_name = signer_name
    decision.signer_title = signer_title


def hold_numbers_of_province(decision):
    hold_numbers(Decision)


def same_numbered(decision, number, signed_on):
    """The signed decision that has this number in the year of the signature."""
    same = Decision.objects.filter(number_key=number_key(number, signed_on))
    return [
        NumberedPaper(one, str(one), one.number, one.signed_on)
        for one in same.exclude(pk=decision.pk)
    ]


def signing_faults(decision, signed_on):
    """A decision is of today or before, and not before what it rests on."""
    today, (day, basis) = timezone.localdate(), last_basis(decision)
    return day_faults("Quyết định", signed_on, today, basis=basis, basis_day=day)


def last_basis(decision):
    """The newest day on which the decision rests, and what is of it.

    A sitting or a later sealing of the ranking, a submission (without a day the day of its
    sending), an opinion of the council.
    """
    found = Proposal.objects.filter(items__decision=decision.pk).distinct()
    proposals = list(found.select_related("bloc_year"))
    rankings = (ranking_basis(proposal.bloc_year) for proposal in proposals)
    spoken = Opinion.objects.filter(item__decision=decision.pk).order_by("given_at").last()
    days = [
        *((day, words) for words, day in rankings if day),
        *([(day_in_vietnam(spoken.given_at), OPINIONS)] if spoken else ()),
        *((day, "tờ trình") for proposal in proposals if (day := proposal.looked_at_on)),
    ]
    return max(days, key=itemgetter(0), default=(None, ""))


def stamp_publication(decision, *, actor, note):
    decision.published_at = timezone.now()


DECISION = Workflow(
    states=D,
    initial=D.DRAFT,
    ways={
        D.DRAFT: (
            "Cơ quan thường trực chọn các dòng đủ điều kiện, Chủ tịch ký quyết định; có đơn thư, "
            "khiếu nại thì cơ quan thường trực bỏ dòng hoặc bỏ dự thảo, ghi lý do."
        ),
        D.SIGNED: "Cơ quan thường trực công bố quyết định.",
        D.PUBLISHED: f"{THE_END}: quyết định đã công bố.",
    },
    transitions=(
        Transition(
            name="sign",
            label="Ký quyết định",
            sources={D.DRAFT},
            target=D.SIGNED,
            permission="decisions.sign_decision",
            needs_proof=True,
            guards=(
                has_items,
                lines_are_of_province,
                council_is_not_asked,
                basis_stands,
                proposals_stand,
            ),
            effect=put_signature,
            holds=hold_numbers_of_province,
            hidden=True,
        ),
        Transition(
            name="publish",
            label="Công bố quyết định",
            sources={D.SIGNED},
            target=D.PUBLISHED,
            permission="decisions.publish_decision",
            needs_proof=True,
            effect=stamp_publication,
            consequence="Mọi người đọc được quyết định này trên trang công bố.",
        ),
    ),
)
