"""Papers that were signed by hand."""

import datetime as dt
import hashlib

from django.core.files.base import ContentFile

from tests.factories.files import pdf
from thidua.papers.models import SignedCopy


def signed_copy(kind, subject, writer):
    """A paper of that kind that was signed by hand, with its scan."""
    content = pdf()
    copy = SignedCopy(
        kind=kind,
        subject=subject,
        number="06",
        signed_on=dt.date(2026, 12, 1),
        signers="Nguyễn Văn Ký, Giám đốc",
        name="ban-quet.pdf",
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        recorded_by=writer,
    )
    copy.file.save("ban-quet.pdf", ContentFile(content), save=False)
    copy.save()
    return copy
