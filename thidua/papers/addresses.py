"""Each paper has two addresses: as PDF, and beside it as Word; one page answers both."""

from django.urls import URLPattern
from django.views import View

from thidua.common.pages.addresses import name_of, page

# Below the address of a kept paper, which names no kind of file.
WORD_FILE = "ban-lam-viec.docx"


def paper(stem: str, view: type[View]) -> tuple[URLPattern, URLPattern]:
    """The patterns of `stem`.pdf and `stem`.docx; the second is called `…_word`."""
    word = page(f"{stem}.docx", view, f"{name_of(view)}_word", is_word=True)
    return page(f"{stem}.pdf", view), word


def kept_paper(route: str, view: type[View]) -> tuple[URLPattern, URLPattern]:
    """The patterns of a paper that is kept under a number, and of its Word file."""
    word = page(f"{route}{WORD_FILE}", view, f"{name_of(view)}_word", is_word=True)
    return page(route, view), word


def word_address(url: str) -> str:
    """The address of the Word file beside the PDF at this address; what is asked stays."""
    path, mark, asked = url.partition("?")
    stem = path.removesuffix(".pdf")
    return f"{path}{WORD_FILE}{mark}{asked}" if stem == path else f"{stem}.docx{mark}{asked}"
