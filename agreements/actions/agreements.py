"""What officials do with the bloc's agreement."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agreements.documents.agreement import agreement_paper
from agreements.enums import AgreementState, Capacity
from agreements.models import Agreement, Signature, Target
from agreements.workflows import AGREEMENT
from blocs.states import YearState
from blocs.units.models import Unit
from blocs.units.models.seats import standing_of
from blocs.years.models import BlocYear
from blocs.years.workflows import YEAR
from thidua.common.activity import record
from thidua.common.changes import all_words, change_of, said, set_fields
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken
from thidua.common.workflow import perform
from thidua.papers.days import day_faults
from thidua.papers.stored import pdf_of, store_paper

TEXT = ("number", "place", "signed_on", "opening", "contents", "execution", "witness", "copies")
CHANGED = "Văn bản giao ước được sửa sau khi ký."


@transaction.atomic
def start_agreement(bloc_year: BlocYear, *, actor) -> Agreement:
    """Begin the draft of the year's agreement. Refused when there is one."""
    draft = Agreement(bloc_year=bloc_year)
    require(actor, "agreements.draft_agreement", draft)
    draft.full_clean()
    draft.save()
    record(actor, "agreements.start_agreement", draft, label="Lập dự thảo giao ước")
    return draft


@transaction.atomic
def edit_agreement(
    agreement: Agreement,
    *,
    actor,
    text: Mapping,
    targets: Sequence[Mapping],
    seen: str | None = None,
) -> Agreement:
    """Write text and targets; signatures given on another text lose their force.

    `targets` are mappings with name, measure, planned (exact decimal or None) and, where the score
    sheets shall take it, the path of a leaf; in their order.
    Source of the rule: domain, «any change of text after the first signature voids them».
    """
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    require(actor, "agreements.draft_agreement", agreement)
    if agreement.state not in (AgreementState.DRAFT, AgreementState.SIGNING):
        raise ValidationError("Giao ước đã có hiệu lực; muốn thay đổi phải lập phụ lục.")
    new = [dict(target) for target in targets]
    stored, changes = agreement_words(agreement), set_fields(agreement, {n: text[n] for n in TEXT})
    typed = all_words(agreement, TEXT) | {"targets": target_words(new)}
    if stored == typed:
        return agreement
    refuse_overtaken(
        agreement,
        "agreements.edit_agreement",
        seen=seen,
        stored=stored,
        typed=typed,
        names={"targets": "Chỉ tiêu"},
    )
    changes += change_of("chỉ tiêu", stored["targets"], typed["targets"])
    write_text(agreement, new)
    label = "Sửa văn bản giao ước"
    record(actor, "agreements.edit_agreement", agreement, label=label, changes=changes)
    return agreement


def write_text(agreement: Agreement, targets: Sequence[Mapping]) -> None:
    """Save the text as another one than the one signed so far."""
    agreement.revision += 1
    agreement.full_clean()
    agreement.save()
    replace_targets(agreement, targets)
    void_signatures(agreement, why=CHANGED)


def agreement_words(agreement: Agreement) -> dict[str, str]:
    """What the agreement says now, in words: its text by field, and all targets as one value."""
    targets = agreement.targets.values("name", "measure", "planned", "leaf")
    return all_words(agreement, TEXT) | {"targets": target_words(targets)}


def target_words(targets: Iterable[Mapping]) -> str:
    """«Số sáng kiến: 40 sáng kiến; …»; a target without a figure has its name alone."""
    words = []
    for target in targets:
        figure = f"{said(target['planned'])} {target['measure']}".strip()
        leaf = f" (tiêu chí {target['leaf']})" if target.get("leaf") else ""
        words.append(f"{target['name']}: {figure}{leaf}" if figure else f"{target['name']}{leaf}")
    return "; ".join(words)


def replace_targets(agreement: Agreement, targets: Sequence[Mapping]) -> None:
    """The targets as given, numbered from 1."""
    agreement.targets.all().delete()
    for order, target in enumerate(targets, start=1):
        row = Target(agreement=agreement, order=order, **target)
        row.full_clean()
        row.save()


def void_signatures(agreement: Agreement, *, why: str) -> None:
    """Signatures stay on record with the reason why they count no more."""
    agreement.signatures.filter(voided_at=None).update(voided_at=timezone.now(), voided_why=why)


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
    the paper is kept: it is printed before the transaction, so that nobody waits for the printer,
    and where no PDF can be made the signature is refused and nothing is changed.
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
    if agreement.missing_units() == [unit]:
        pdf_of(agreement_paper(agreement, last=signature))
    return keep_signature(signature, actor=actor)


@transaction.atomic
def keep_signature(signature: Signature, *, actor) -> Agreement:
    """Write the signature; with the last one, all of what follows from it, or nothing."""
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=signature.agreement_id)
    signature.agreement = agreement
    check_signature(signature, actor=actor)
    signature.save()
    record(
        actor,
        "agreements.sign_agreement",
        agreement,
        label=f"Ký giao ước thay mặt {signature.unit.name}",
        note=f"{signature.capacity} {signature.signer_title} {signature.signer_name}".strip(),
    )
    if agreement.missing_units():
        return agreement
    return bring_into_effect(agreement, actor=actor)


def check_signature(signature: Signature, *, actor) -> None:
    """Refuse a signature for another unit, twice, on another text or at the wrong time."""
    agreement, unit = signature.agreement, signature.unit
    if unit.pk not in standing_of(actor).leads:
        raise ValidationError("Chỉ lãnh đạo của đơn vị được ký thay mặt đơn vị.")
    if not agreement.bloc_year.members.filter(unit=unit).exists():
        raise ValidationError("Đơn vị không phải thành viên của khối trong năm này.")
    if agreement.state != AgreementState.SIGNING:
        raise ValidationError("Giao ước không ở bước ký.")
    if signature.revision != agreement.revision:
        raise ValidationError("Văn bản giao ước vừa được sửa. Vui lòng đọc lại trước khi ký.")
    if faults := day_faults("Giao ước", agreement.signed_on, timezone.localdate()):
        raise ValidationError(faults)
    signature.full_clean()


def bring_into_effect(agreement: Agreement, *, actor) -> Agreement:
    """All have signed: the agreement takes effect, its paper is kept, the year is agreed."""
    agreement = perform(AGREEMENT, "take_effect", agreement, actor=actor)
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
