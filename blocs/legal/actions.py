"""The catalogue of legal texts, kept by the office."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.legal.domain.texts import key_of
from blocs.legal.models import LegalDocument
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import overwrite
from thidua.papers.days import day_faults

ACTION = "legal.keep_legal_document"
SAME = "Danh mục đã có văn bản số này."


@transaction.atomic
def keep_legal_document(
    document: LegalDocument, *, actor, fields: Mapping, seen: str | None = None
) -> LegalDocument:
    """Write one text into the catalogue; its number is there once, however it is typed.

    Refused (ValidationError by field) where it ends before it began, or was compared with an
    original that nobody names.
    """
    require(actor, "legal.keep_legal_documents")
    if document.pk:
        document = LegalDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    changes = overwrite(document, fields, ACTION, seen=seen)
    if document.pk and not changes:
        return document
    others = LegalDocument.objects.exclude(pk=document.pk).values_list("number", flat=True)
    if key_of(document.number) in map(key_of, others):
        raise ValidationError({"number": SAME})
    check_day(document)
    document.full_clean()
    document.save()
    record(actor, ACTION, document, label="Cập nhật văn bản pháp lý", changes=changes)
    return document


def check_day(document: LegalDocument) -> None:
    """Nothing was issued on a day to come."""
    today = timezone.localdate()
    if document.issued_on and (wrong := day_faults("Văn bản", document.issued_on, today)):
        raise ValidationError({"issued_on": wrong})
