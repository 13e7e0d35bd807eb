"""PDFs that do something are told from those that only show, however they hide it."""

import zlib
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript

from tests.factories.files import pdf
from thidua.common.files.active import is_active_pdf

PDF = "application/pdf"


def written(change, **options):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    change(writer)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def packed(objects, filters=b"/Filter /FlateDecode", pack=zlib.compress):
    """Objects inside a compressed stream, as PDF 1.5 keeps them."""
    inside = pack(objects)
    head = b"7 0 obj <</Type /ObjStm /N 1 /First 4 %b /Length %d>>\nstream\n"
    return pdf()[:9] + head % (filters, len(inside)) + inside + b"\nendstream endobj\n%%EOF\n"


def with_object(text):
    return pdf().replace(b"trailer", b"9 0 obj " + text + b" endobj\ntrailer")


SCRIPT = b"<</S /JavaScript /JS (app.alert\\(1\\))>>"
ACTIVE = {
    "script": written(lambda writer: writer.add_open_action(JavaScript("app.alert(1)"))),
    "file inside": written(lambda writer: writer.add_attachment("a.exe", b"MZ")),
    "encrypted": written(lambda writer: writer.encrypt("1", algorithm="RC4-128")),
    "written out": with_object(SCRIPT),
    "spelled in hex": with_object(b"<</S /J#61vaScript /#4a#53 (1)>>"),
    "launch": with_object(b"<</S /Launch /F (cmd.exe)>>"),
    "sends a form": with_object(b"<</S /SubmitForm /F (http://a)>>"),
    "opens by a reference": with_object(b"<</Type /Catalog /OpenAction 5 0 R>>"),
    "on a page": with_object(b"<</Type /Page /AA <</O 5 0 R>>>>"),
    "in a compressed stream": packed(b"5 0 " + SCRIPT),
    "in a plain stream": packed(b"5 0 " + SCRIPT, filters=b"", pack=bytes),
    "in a stream we cannot unpack": packed(b"5 0 <<>>", filters=b"/Filter /LZWDecode"),
    "in a stream packed twice": packed(b"1", filters=b"/Filter [/FlateDecode /FlateDecode]"),
    "in a stream that is broken": packed(b"5 0 <<>>", pack=bytes),
    "in a bomb": packed(bytes(70 * 1024 * 1024)),
}
QUIET = {
    "a page": written(lambda writer: None),
    "a small one": pdf(),
    "opens at a page": with_object(b"<</Type /Catalog /OpenAction [3 0 R /XYZ null null 0]>>"),
    "goes to a page": with_object(b"<</OpenAction << /S /GoTo /D [3 0 R /Fit]>>>>"),
    "a link": with_object(b"<</S /URI /URI (https://a.vn)>>"),
    "like names": with_object(b"<</JSP 1 /Launcher 2 /AAPL 3>>"),
    "a compressed stream": packed(b"5 0 <</Type /Page>>"),
    "bytes of a picture": pdf()
    + b"8 0 obj <</Subtype /Image>>\nstream\n/JS /Launch\nendstream endobj",
}


@pytest.mark.parametrize("name", ACTIVE)
def test_what_acts_is_seen(name):
    assert is_active_pdf(PDF, ACTIVE[name]) is True


@pytest.mark.parametrize("name", QUIET)
def test_what_only_shows_is_shown(name):
    assert is_active_pdf(PDF, QUIET[name]) is False


def test_a_picture_is_no_pdf():
    assert is_active_pdf("image/png", ACTIVE["script"]) is False


def test_the_samples_are_pdfs_that_a_reader_opens():
    for name in ("script", "file inside"):
        assert len(PdfReader(BytesIO(ACTIVE[name])).pages) == 1
