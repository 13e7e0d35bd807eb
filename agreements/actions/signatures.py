"""What a leader answers to the agreement for the own unit: a signature, or no and why."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agreements.actions.effect import bring_into_effect
from agreements.documents.addition import agreement_addition
from agreements.documents.agreement import agreement_paper
from agreements.enums import AgreementState, Capacity
from agreements.models import Agreement, Declining, Signature
from blocs.units.models import Unit
from blocs.units.models.seats import standing_of
from thidua.common.activity import record
from thidua.common.permissions import require, require_proof
from thidua.papers.stored import pdf_of, store_paper

SIGNED = "Đơn vị đã ký giao ước."
TAKEN_BACK = "Đơn vị rút lại việc không ký."
OF_ANOTHER = "Chỉ lãnh đạo của đơn vị được ký thay mặt đơn vị."
NO_MEMBER = "Đơn vị không phải thành viên của năm thi đua này."
NOT_SIGNING = "Giao ước không ở bước ký."
CHANGED_TEXT = "Văn bản giao ước vừa được sửa. Vui lòng đọc lại trước khi ký."


def sign_agreement(
    agreement: Agreement,
    *,
    actor,
    unit: Unit,
    revision: int,
    signer_name: str,
    signer_title: str,
    capacity: str = Capacity.HEAD,
    mandate: str = "",
) -> Agreement:
    """Record the unit's signature; the last one brings agreement and year into effect.

    `revision` is the text the signer read; another one is refused. Only a leader of that unit
    signs for it (NĐ 30/2020: KT. for a deputy, TUQ. by a named mandate). With the last signature
    the paper is kept; one given after the agreement took effect makes an addition to that paper.
    Both are printed before the transaction, so that nobody waits for the printer, and where no
    PDF can be made the signature is refused and nothing is changed.
    """
    require(actor, "agreements.sign_agreement", agreement)
    agreement = Agreement.objects.for_page().get(pk=agreement.pk)
    signature = Signature(
        agreement=agreement,
        unit=unit,
        signer_name=signer_name,
        signer_title=signer_title,
        capacity=capacity,
        mandate=mandate,
        signed_by=actor,
        signed_at=timezone.now(),
        revision=revision,
    )
    check_signature(signature, actor=actor)
    require_proof(actor)
    if agreement.state == AgreementState.EFFECTIVE:
        pdf_of(agreement_addition(agreement, last=signature))
    elif agreement.missing_units() == [unit]:
        pdf_of(agreement_paper(agreement, last=signature))
    return keep_signature(signature, actor=actor)


@transaction.atomic
def keep_signature(signature: Signature, *, actor) -> Agreement:
    """Write the signature and all of what follows from it, or nothing."""
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=signature.agreement_id)
    signature.agreement = agreement
    check_signature(signature, actor=actor)
    signature.save()
    void_declining(agreement, signature.unit, why=SIGNED)
    is_late = agreement.state == AgreementState.EFFECTIVE
    record(
        actor,
        "agreements.sign_agreement",
        agreement,
        label=f"Ký {'bổ sung ' if is_late else ''}giao ước thay mặt {signature.unit.name}",
        note=f"{signature.capacity} {signature.signer_title} {signature.signer_name}".strip(),
    )
    if is_late:
        return keep_addition(agreement, actor=actor)
    return agreement if agreement.missing_units() else bring_into_effect(agreement, actor=actor)


def keep_addition(agreement: Agreement, *, actor) -> Agreement:
    """Keep the late signatures beside the sealed paper, which is not touched."""
    paper = agreement_addition(agreement)
    store_paper(
        paper,
        subject=agreement,
        kind="agreement_addition",
        title=paper.title,
        number=agreement.number,
        actor=actor,
    )
    return agreement


def check_signature(signature: Signature, *, actor) -> None:
    """Refuse a signature for another unit, twice, on another text or at the wrong time."""
    agreement = signature.agreement
    check_unit(agreement, signature.unit, actor=actor)
    if agreement.state not in (AgreementState.SIGNING, AgreementState.EFFECTIVE):
        raise ValidationError(NOT_SIGNING)
    if signature.revision != agreement.revision:
        raise ValidationError(CHANGED_TEXT)
    if faults := agreement.day_faults():
        raise ValidationError(faults)
    signature.full_clean()


def check_unit(agreement: Agreement, unit: Unit, *, actor) -> None:
    """Only a leader answers, for the own unit, and only where that unit owes a signature."""
    if unit.pk not in standing_of(actor).leads:
        raise ValidationError(OF_ANOTHER)
    if unit not in agreement.owing_units():
        raise ValidationError(NO_MEMBER)


@transaction.atomic
def decline_agreement(
    agreement: Agreement, *, actor, unit: Unit, revision: int, reason: str
) -> Declining:
    """Record that the unit does not sign this text, and why; refused once it has signed.

    The signature stays owed: whether the agreement does without it, the rule of the year says. A
    unit that came when the agreement was in effect declines the addition.
    """
    require(actor, "agreements.sign_agreement", agreement)
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    check_unit(agreement, unit, actor=actor)
    if not agreement.may_decline(unit):
        raise ValidationError(NOT_SIGNING)
    if revision != agreement.revision:
        raise ValidationError(CHANGED_TEXT)
    if unit not in agreement.missing_units():
        raise ValidationError("Đơn vị đã ký giao ước này, không ghi không ký được nữa.")
    declining = Declining(
        agreement=agreement,
        unit=unit,
        reason=reason.strip(),
        declined_by=actor,
        declined_at=timezone.now(),
        revision=revision,
    )
    declining.full_clean()
    declining.save()
    label = f"Không ký giao ước – {unit.name}"
    record(actor, "agreements.decline_agreement", agreement, label=label, note=declining.reason)
    return declining


@transaction.atomic
def take_back_declining(agreement: Agreement, *, actor, unit: Unit) -> Agreement:
    """The unit may sign after all; its declining stays on record without force."""
    require(actor, "agreements.sign_agreement", agreement)
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    check_unit(agreement, unit, actor=actor)
    if not agreement.may_decline(unit):
        raise ValidationError(
            "Giao ước không còn ở bước ký; đơn vị vẫn ký bổ sung được khi giao ước có hiệu lực."
        )
    if void_declining(agreement, unit, why=TAKEN_BACK):
        label = f"Rút lại việc không ký – {unit.name}"
        record(actor, "agreements.take_back_declining", agreement, label=label)
    return agreement


def void_declining(agreement: Agreement, unit: Unit, *, why: str) -> int:
    """How many declinings of the unit lost their force: 0 or 1."""
    valid = agreement.declinings.filter(unit=unit, voided_at=None)
    return valid.update(voided_at=timezone.now(), voided_why=why)
