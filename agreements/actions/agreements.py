"""What officials do with the bloc's agreement."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agreements.enums import AgreementState
from agreements.models import Agreement, Target
from agreements.models.agreed import group_names
from blocs.reports.models.agreed_targets import leaf_words
from blocs.years.models import BlocYear
from thidua.common.activity import record
from thidua.common.changes import all_words, change_of, said, set_fields
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken
from thidua.papers.numbers import hold_numbers

TEXT = (
    "number",
    "place",
    "signed_on",
    "legal_bases",
    "opening",
    "contents",
    "execution",
    "witness",
    "copies",
)
CHANGED = "Văn bản giao ước được sửa sau khi ký."
WRITABLE = (AgreementState.DRAFT, AgreementState.SIGNING)
IN_EFFECT = (
    "Giao ước đã có hiệu lực nên nội dung giữ nguyên. Quy định của năm và bảng chấm điểm thay đổi "
    "bằng bản sửa đổi có số ở trang của chúng."
)


@transaction.atomic
def start_agreement(bloc_year: BlocYear, *, actor) -> Agreement:
    """Begin the draft of the year's agreement. Refused when there is one."""
    draft = Agreement(bloc_year=bloc_year)
    require(actor, "agreements.draft_agreement", draft)
    draft.copies = draft.usual_copies
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
    sheets shall take it, the path of a leaf; in their order. What `text` does not name stays.
    Source of the rule: domain, «any change of text after the first signature voids them».
    """
    agreement = held_draft(agreement, actor)
    if outside := agreement.bloc_year.outside_faults("Giao ước", text.get("signed_on")):
        raise ValidationError({"signed_on": outside})
    new = [dict(target) for target in targets]
    stored = agreement_words(agreement)
    changes = set_fields(agreement, {name: text[name] for name in TEXT if name in text})
    names = group_names(agreement.bloc_year_id)
    typed = all_words(agreement, TEXT) | {"targets": target_words(new, names)}
    if stored == typed:
        return agreement
    act, said = "agreements.edit_agreement", {"targets": "Chỉ tiêu"}
    refuse_overtaken(agreement, act, seen=seen, stored=stored, typed=typed, names=said)
    if taken := agreement.number_faults():
        raise ValidationError({"number": taken})
    changes += change_of("chỉ tiêu", stored["targets"], typed["targets"])
    write_text(agreement, new)
    record(actor, act, agreement, label="Sửa văn bản giao ước", changes=changes)
    return agreement


def held_draft(agreement: Agreement, actor) -> Agreement:
    """The agreement and the numbers of its bloc under their locks; refused once it is in effect."""
    hold_numbers(agreement.bloc_year.bloc)
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    require(actor, "agreements.draft_agreement", agreement)
    if agreement.state not in WRITABLE:
        raise ValidationError(IN_EFFECT)
    return agreement


def write_text(agreement: Agreement, targets: Sequence[Mapping]) -> None:
    """Save the text as another one than the one signed so far."""
    agreement.revision += 1
    agreement.full_clean()
    agreement.save()
    replace_targets(agreement, targets)
    void_answers(agreement, why=CHANGED)


def agreement_words(agreement: Agreement) -> dict[str, str]:
    """What the agreement says now, in words: its text by field, and all targets as one value."""
    targets = agreement.targets.values("name", "measure", "planned", "leaf")
    names = group_names(agreement.bloc_year_id)
    return all_words(agreement, TEXT) | {"targets": target_words(targets, names)}


def target_words(targets: Iterable[Mapping], groups: Mapping[int, str]) -> str:
    """«Số sáng kiến: 40 sáng kiến; …»; a target without a figure has its name alone.

    `groups`: the names of the groups of units by key.
    """
    words = []
    for target in targets:
        figure = f"{said(target['planned'])} {target['measure']}".strip()
        leaf = f" (tiêu chí {leaf_words(target['leaf'], groups)})" if target.get("leaf") else ""
        words.append(f"{target['name']}: {figure}{leaf}" if figure else f"{target['name']}{leaf}")
    return "; ".join(words)


def replace_targets(agreement: Agreement, targets: Sequence[Mapping]) -> None:
    """The targets as given, numbered from 1."""
    agreement.targets.all().delete()
    for order, target in enumerate(targets, start=1):
        row = Target(agreement=agreement, order=order, **target)
        row.full_clean()
        row.save()


def void_answers(agreement: Agreement, *, why: str) -> None:
    """Signatures and declinings stay on record with the reason why they count no more."""
    for given in (agreement.signatures, agreement.declinings):
        given.filter(voided_at=None).update(voided_at=timezone.now(), voided_why=why)
