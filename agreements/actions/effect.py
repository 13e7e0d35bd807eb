"""How an agreement takes effect: with the last signature, or with enough of them and a reason."""

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.documents.agreement import agreement_paper
from agreements.models import Agreement
from agreements.models.answers import keep_effect_words
from agreements.workflows import AGREEMENT, signs_without_some
from blocs.states import YearState
from blocs.years.workflows import YEAR
from thidua.common.workflow import check_move, perform
from thidua.papers.stored import pdf_of, store_paper

WITHOUT = "take_effect_without"


def take_effect_without(agreement: Agreement, *, actor, note: str) -> Agreement:
    """Head or office lets the agreement take effect; `note` says why where units are missing.

    Refused (ValidationError) while fewer have signed than the regulation of the year asks for.
    The paper is printed before the transaction, as with the last signature.
    """
    draft = Agreement.objects.for_page().get(pk=agreement.pk)
    check_move(AGREEMENT, AGREEMENT[WITHOUT], draft, actor=actor, note=note)
    # Whoever was missing may owe no signature any more.
    note = note if signs_without_some(draft) else ""
    if faults := draft.day_faults():
        raise ValidationError(faults)
    draft.missing_reason = note
    pdf_of(agreement_paper(draft))
    return bring_into_effect(agreement, actor=actor, move=WITHOUT, note=note)


@transaction.atomic
def bring_into_effect(
    agreement: Agreement, *, actor, move: str = "take_effect", note: str = ""
) -> Agreement:
    """The agreement takes effect, its paper is kept, the year is agreed: all or nothing."""
    agreement = perform(AGREEMENT, move, agreement, actor=actor, note=note)
    keep_effect_words(agreement)
    paper = agreement_paper(agreement)
    store_paper(
        paper,
        subject=agreement,
        kind="agreement",
        title=paper.title,
        number=agreement.number,
        actor=actor,
    )
    if agreement.bloc_year.state == YearState.OPEN:
        perform(YEAR, "agree", agreement.bloc_year, actor=actor)
    return agreement
