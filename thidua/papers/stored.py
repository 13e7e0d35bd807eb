"""Papers that are kept: what was printed stays as it was, with hash, data and version."""

import hashlib
import json
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet

from thidua.common.activity import record
from thidua.common.files.kept import KeptFileError, kept_bytes, put_kept
from thidua.common.vietnamese.text import file_stem
from thidua.papers.models import Paper
from thidua.papers.papers import PrintedPaper, rebuilt, render_paper
from thidua.papers.pdf.cache import cached_pdf
from thidua.papers.pdf.client import PdfFailed, PdfUnavailable
from thidua.papers.registry import UnknownPaper, paper_form, paper_permission

DAMAGED = "Tệp văn bản trên máy chủ không còn đúng như lúc ký. Vui lòng báo người quản trị."

NO_WORD = "Bản Word của văn bản này không lập lại được từ dữ liệu đã lưu; bản PDF vẫn tải được."


class PaperDamaged(Exception):  # noqa: N818 – it reads as a sentence
    """The stored file is gone or is not the one that was signed."""


def pdf_of(paper: PrintedPaper) -> bytes:
    """The PDF of the paper; a ValidationError tells in Vietnamese what is missing.

    Call it once before a transaction that stores the paper: the second call reads the cache, so
    that nobody waits for the printer while the database is locked.
    """
    try:
        return cached_pdf(render_paper(paper), is_for_signing=True)
    except (PdfUnavailable, PdfFailed) as error:
        raise ValidationError(str(error)) from error


@transaction.atomic
def store_paper(
    paper: PrintedPaper,
    *,
    subject,
    kind: str,
    title: str,
    number: str,
    actor,
    kept_at: datetime | None = None,
) -> Paper:
    """Keep the paper frozen: data, version of its form, PDF and SHA-256 of the PDF.

    Asks no right: the action that signs has asked. `kind` must be registered; `kept_at` is given
    where that was before (demo). Raises ValidationError where no PDF can be made.
    """
    paper_permission(kind)
    content = pdf_of(paper)
    stored = Paper(
        kind=kind,
        title=title,
        subject=subject,
        number=number,
        version=paper.version,
        data=json.loads(paper.to_json()),
        sha256=hashlib.sha256(content).hexdigest(),
        made_by=actor,
    )
    stored_name = f"{file_stem(title, 80)}.pdf"
    put_kept(stored.file, stored_name, ContentFile(content), name=title)
    stored.full_clean()
    stored.save()
    label = f"Lưu văn bản “{title}”"
    record(actor, "common.store_paper", subject, label=label, note=number, at=kept_at)
    return stored


def papers_of(subject) -> QuerySet:
    """All papers kept of one object, newest first."""
    kind = ContentType.objects.get_for_model(subject)
    return Paper.objects.filter(subject_type=kind, subject_id=subject.pk)


def read_paper(stored: Paper) -> bytes:
    """The PDF as it was signed; raises PaperDamaged when the file is gone or was changed."""
    try:
        return kept_bytes(stored.file, stored.sha256)
    except KeptFileError as error:
        raise PaperDamaged(DAMAGED) from error


def paper_again(stored: Paper) -> PrintedPaper:
    """The frozen paper from the data stored with it, whatever its subject says today.

    Raises PaperDamaged where the form of now does not know what was stored.
    """
    try:
        return rebuilt(paper_form(stored.kind), stored.data)
    except (UnknownPaper, KeyError, TypeError, ValueError, AttributeError) as error:
        raise PaperDamaged(NO_WORD) from error
