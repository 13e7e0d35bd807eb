"""Finished PDFs, kept in a folder under the fingerprint of what they were made of."""

import hashlib
import os
import tempfile
import unicodedata
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from thidua.common.pdf import STATIC, render_pdf


def cached_pdf(html: str) -> bytes:
    """The PDF of the HTML, from the cache folder if this very HTML was rendered before.

    Raises PdfUnavailable and PdfFailed like render_pdf().
    """
    path = Path(settings.PDF_CACHE_DIR) / f"{html_fingerprint(html)}.pdf"
    if path.is_file():
        return path.read_bytes()
    content = render_pdf(html)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.replace(file.name, path)
    return content


def html_fingerprint(html: str) -> str:
    """SHA-256 over everything the bytes of the PDF depend on: WeasyPrint, stylesheet, HTML."""
    stylesheet = hashlib.sha256((STATIC / "css" / "paper.css").read_bytes()).hexdigest()
    text = unicodedata.normalize("NFC", html)
    return hashlib.sha256("\n".join((version("weasyprint"), stylesheet, text)).encode()).hexdigest()
