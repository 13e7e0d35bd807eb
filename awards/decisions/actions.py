"""Decisions: drafted by the office, signed by the Chairman, published for everyone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.decisions.documents.decision import decision_paper
from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.decisions.workflows import DECISION
from awards.proposals.actions.proposals import settle
from awards.proposals.enums import READY_STATES, ItemState
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.workflows import ITEM
from awards.proposals.workflows.national import is_of_province
from blocs.years.models import BlocYear
from thidua.common.activity import record
from thidua.common.basis import confirm_basis, follow_basis
from thidua.common.changes import all_words, change_of, set_fields
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken, stamp_of
from thidua.common.workflow import check_move, perform
from thidua.papers.stored import pdf_of, store_paper

WHY_DROPPED = (
    "Vui lòng ghi lý do bỏ dự thảo; lý do ghi vào nhật ký của các đề nghị có dòng trong đó."
)
# As many lines a second writer reads by their names.
FEW_LINES = 30
SIGNED = "Quyết định đã ký nên không sửa được nữa."


@transaction.atomic
def draft_decision(
    decision: Decision,
    *,
    actor,
    fields: dict,
    items: Sequence[ProposalItem],
    seen: str | None = None,
) -> Decision:
    """Write a draft and the lines it grants; the lines must be eligible and free.

    Lines that stay rest on what they did: what changed below them is confirmed, not edited away.
    """
    require(actor, "decisions.draft_decision")
    if decision.pk:
        decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.state != DecisionState.DRAFT:
        raise ValidationError(SIGNED)
    stored, changes = decision_words(decision, fields), set_fields(decision, fields)
    typed = all_words(decision, fields) | {"items": counted_words(items)}
    if decision.pk:
        if stored == typed:
            return decision
        refuse_overtaken(
            decision, "decisions.draft_decision", seen=seen, stored=stored, typed=typed
        )
    refuse_other_years(decision, items)
    changes += line_changes(decision, items)
    decision.full_clean()
    decision.save()
    choose_items(decision, items)
    follow_basis(decision, actor=actor)
    label = "Soạn dự thảo quyết định"
    record(actor, "decisions.draft_decision", decision, label=label, changes=changes)
    return decision


def decision_words(decision: Decision, names: Iterable[str]) -> dict[str, str]:
    """What the draft says now, in words: these fields, and the lines it grants as one value."""
    return all_words(decision, names) | {"items": counted_words(lines_held(decision))}


def lines_held(decision: Decision) -> list[ProposalItem]:
    """The lines that the draft has now, with what names them."""
    return list(decision.items.select_related("award", "unit")) if decision.pk else []


def line_changes(decision: Decision, items: Sequence[ProposalItem]) -> list[dict]:
    """For the log book: which lines came and which went; those that stay are not told again."""
    before, after = lines_held(decision), {item.pk for item in items}
    kept = {item.pk for item in before}
    added = granted_words(item for item in items if item.pk not in kept)
    gone = granted_words(item for item in before if item.pk not in after)
    return change_of("các dòng thêm vào", "", added) + change_of("các dòng bỏ ra", gone, "")


def counted_words(items: Sequence[ProposalItem]) -> str:
    """All lines as one value that tells two drafts apart; of a long list, how many and a mark."""
    words = granted_words(items)
    if len(items) <= FEW_LINES:
        return words
    return f"{len(items)} dòng (dấu {stamp_of(words)})"


def granted_words(items: Iterable[ProposalItem]) -> str:
    """The lines by award and unit, in an order that the order of ticking does not change."""
    return "; ".join(sorted(map(str, items)))


def refuse_other_years(decision: Decision, items: Sequence[ProposalItem]) -> None:
    """A decision is of the year of its lines; one over a school year is of either of its years."""
    of_year = BlocYear.objects.in_year(decision.year)
    keys = set(of_year.filter(proposal__items__in=[item.pk for item in items]).values_list("pk"))
    other = [item for item in items if (item.proposal.bloc_year_id,) not in keys]
    if other:
        own = other[0].proposal.bloc_year.words
        told = f"Quyết định ghi năm {decision.year}, nhưng dòng “{other[0]}” là của {own}. "
        advice = "Hãy ghi đúng năm thi đua, hoặc để dòng ấy cho quyết định của năm đó."
        raise ValidationError({"year": f"{told}{advice}"})


def choose_items(decision: Decision, items: Sequence[ProposalItem]) -> None:
    """Exactly these lines belong to the draft."""
    decision.items.update(decision=None)
    for item in items:
        if national := is_of_province(item):
            raise ValidationError(national)
        if item.state != ItemState.ELIGIBLE or item.proposal.state not in READY_STATES:
            raise ValidationError(f"“{item}” chưa đủ điều kiện đưa vào quyết định.")
        if item.decision_id and item.decision_id != decision.pk:
            raise ValidationError(f"“{item}” đã nằm trong quyết định khác.")
    chosen = [item.pk for item in items]
    ProposalItem.objects.filter(pk__in=chosen).update(decision=decision)


@transaction.atomic
def confirm_draft(decision: Decision, *, actor, reason: str, seen: str | None = None) -> Decision:
    """The draft stands although what its lines rest on changed, and the office says why."""
    require(actor, "decisions.draft_decision")
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.state != DecisionState.DRAFT:
        raise ValidationError(SIGNED)
    action = "decisions.confirm_draft"
    confirm_basis(decision, actor=actor, action=action, reason=reason, seen=seen)
    return decision


@transaction.atomic
def drop_draft(decision: Decision, *, reason: str, actor) -> None:
    """Take away a draft that shall not be signed as it stands: its lines are free again.

    Each proposal whose lines stood in it keeps the reason in its log book. Refused without a
    reason and once the decision is signed.
    """
    require(actor, "decisions.draft_decision")
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.state != DecisionState.DRAFT:
        raise ValidationError(SIGNED)
    if not reason.strip():
        raise ValidationError({"reason": WHY_DROPPED})
    title = decision.title
    own = decision.items.select_related("award", "unit")
    held = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=own.values("proposal"))
    for subject in (decision, *held.order_by("pk")):
        freed = own.filter(proposal=subject) if isinstance(subject, Proposal) else own
        changes = change_of(f"các dòng trong dự thảo “{title}”", granted_words(freed), "")
        log = {"label": "Bỏ dự thảo quyết định", "note": reason.strip(), "changes": changes}
        record(actor, "decisions.drop_draft", subject, **log)
    decision.items.update(decision=None)
    decision.delete()


def sign_decision(
    decision: Decision,
    *,
    actor,
    number: str,
    signed_on: date,
    signer_name: str,
    signer_title: str,
) -> Decision:
    """Record the Chairman's signature with number and day; every line in it is granted.

    The paper is printed before the transaction, so that nobody waits for the printer, and kept.
    Refused with a ValidationError where no PDF can be made, and then nothing is changed.
    """
    require(actor, "decisions.sign_decision", decision)
    signature = {
        "number": number,
        "signed_on": signed_on,
        "signer_name": signer_name,
        "signer_title": signer_title,
    }
    draft = Decision.objects.get(pk=decision.pk)
    check_move(DECISION, DECISION["sign"], draft, actor=actor)
    set_fields(draft, signature)
    pdf_of(decision_paper(draft, is_draft=False))
    return keep_signed(decision, signature, actor=actor)


@transaction.atomic
def keep_signed(decision: Decision, signature: Mapping, *, actor) -> Decision:
    """Sign, grant the lines and store the paper: all of it or nothing."""
    decision = perform(DECISION, "sign", decision, actor=actor, **signature)
    for item in decision.items.select_related("proposal"):
        perform(ITEM, "grant", item, actor=actor, decision=decision)
    paper = decision_paper(decision, is_draft=False)
    store_paper(
        paper,
        subject=decision,
        kind="decision",
        title=paper.title,
        number=decision.number,
        actor=actor,
    )
    return decision


@transaction.atomic
def publish_decision(decision: Decision, *, actor, note: str = "") -> Decision:
    """Everybody may read it; proposals with nothing left open are decided."""
    decision = perform(DECISION, "publish", decision, actor=actor, note=note)
    proposals = Proposal.objects.filter(items__decision=decision).distinct()
    for proposal in proposals.select_related("bloc_year").order_by("pk"):
        settle(proposal, actor=actor)
    return decision
