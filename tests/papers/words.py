"""The words of a paper in the order they are read: of its HTML, and of its Word file."""

import io

import tinyhtml5
from docx import Document
from docx.oxml.ns import qn


def words_of_html(html: str) -> list[str]:
    """Every word between the tags of the body; a block or a line ends a word, a piece does not."""
    return "".join(texts(tinyhtml5.parse(html).find(".//{*}body"))).split()


def texts(element):
    is_piece = element.tag.endswith("}b") or (
        element.tag.endswith("}span") and element.get("class") not in {"line", "subject-text"}
    )
    room = "" if is_piece else " "
    yield room + (element.text or "")
    for child in element:
        yield from texts(child)
        yield child.tail or ""
    yield room


def words_of_word(content: bytes) -> list[str]:
    """Every word of the text of the file, tables in their place; no headers, no footers."""
    body = Document(io.BytesIO(content)).element.body
    paragraphs = ("".join(text.text for text in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return " ".join(paragraphs).split()
