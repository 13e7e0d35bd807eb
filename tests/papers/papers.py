"""What the tests of all papers share: an invented province and a reader for the PDFs."""

import io
import unicodedata
from dataclasses import dataclass, fields, is_dataclass

from pypdf import PdfReader

from thidua.papers.papers import Letterhead, PrintedPaper, Signer, render_paper
from thidua.papers.pdf.client import render_pdf

BLOC = Letterhead(
    superior_lines=("UBND TỈNH LAM GIANG",),
    body_lines=("KHỐI THI ĐUA SỐ 5",),
)
BLOC_HEAD = Signer(
    authority_lines=("TM. KHỐI THI ĐUA SỐ 5", "KHỐI TRƯỞNG"),
    post_lines=("GIÁM ĐỐC SỞ XÂY DỰNG",),
    name="Nguyễn Văn A",
)
LONG_NAME = (
    "Ban Quản lý dự án đầu tư xây dựng công trình giao thông và nông nghiệp phát triển nông thôn"
)
UNITS = (
    "Sở Xây dựng",
    "Sở Công Thương",
    "Sở Nông nghiệp và Môi trường",
    "Ban Quản lý các khu công nghiệp",
    "Sở Tài chính",
    "Sở Khoa học và Công nghệ",
    LONG_NAME,
    "Ban Quản lý dự án đầu tư xây dựng công trình dân dụng và công nghiệp",
)


@dataclass(frozen=True)
class Printed:
    """A finished PDF as a reader sees it."""

    pages: int
    text: str
    fonts: frozenset[str]
    title: str
    language: str
    is_tagged: bool


def printed(paper: PrintedPaper) -> Printed:
    """Render the paper and read the PDF back."""
    return read_pdf(render_pdf(render_paper(paper)))


def read_pdf(content: bytes) -> Printed:
    """Pages, text (one space between words, no page numbers) and embedded fonts of a PDF."""
    reader = PdfReader(io.BytesIO(content))
    return Printed(
        pages=len(reader.pages),
        text=squeezed(" ".join(page_text(page) for page in reader.pages)),
        fonts=frozenset(name for page in reader.pages for name in page_fonts(page)),
        title=reader.metadata.title,
        language=reader.trailer["/Root"]["/Lang"],
        is_tagged=bool(reader.trailer["/Root"]["/MarkInfo"]["/Marked"]),
    )


def page_text(page) -> str:
    """The text of the page without its number, which WeasyPrint draws last."""
    lines = page.extract_text().strip().splitlines()
    return " ".join(lines[:-1] if lines[-1].isdecimal() else lines)


def page_fonts(page) -> set[str]:
    """Names of the fonts embedded on the page, without the random prefix of a subset."""
    fonts = page["/Resources"]["/Font"].values()
    return {font.get_object()["/BaseFont"].lstrip("/").split("+")[-1] for font in fonts}


def squeezed(text: str) -> str:
    return " ".join(text.split())


def strings_of(value) -> list[str]:
    """Every text of a paper, however deep, except those no reader can see."""
    if isinstance(value, str):
        return [value] if value else []
    if is_dataclass(value):
        names = [field.name for field in fields(value) if field.name != "kind"]
        return [text for name in names for text in strings_of(getattr(value, name))]
    return [text for item in value for text in strings_of(item)]


def missing_text(paper: PrintedPaper, pdf: Printed) -> list[str]:
    """The texts of the paper that a search in its PDF would not find."""
    texts = (squeezed(unicodedata.normalize("NFC", text)) for text in strings_of(paper))
    return [text for text in texts if text not in pdf.text and text != pdf.title]
