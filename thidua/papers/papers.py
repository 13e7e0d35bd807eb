"""What all printed papers share: the frozen strings, the HTML, the digest.

A paper holds finished Vietnamese text only. It is stored as JSON beside its PDF, so that what was
printed never changes when live data do.
"""

import dataclasses
import json
import types
import typing
import unicodedata
from dataclasses import asdict, dataclass
from math import ceil
from typing import ClassVar

from django.template.loader import render_to_string

from thidua.common.vietnamese.province import undeclared
from thidua.papers.pdf.client import PdfUnavailable

# NĐ 30/2020, Phụ lục I: box 4 is set in 13–14 pt, boxes 1 and 2 in 12–13. Longer lines than these
# (in characters, measured on 165 mm) fit their column in the smaller size only; letterhead lines
# of more than 26 characters fit in no size and must be broken by hand.
LONG_DATE_LINE = 44
LONG_NAME_LINE = 21


@dataclass(frozen=True)
class Letterhead:
    """Boxes 2–4 of NĐ 30/2020; names come in lines broken by hand."""

    superior_lines: tuple[str, ...]
    body_lines: tuple[str, ...]
    number: str = ""
    place_date: str = ""

    @property
    def has_long_date(self) -> bool:
        return len(self.place_date) > LONG_DATE_LINE

    @property
    def has_long_name(self) -> bool:
        return any(len(line) > LONG_NAME_LINE for line in (*self.superior_lines, *self.body_lines))


@dataclass(frozen=True)
class Signer:
    """Boxes 7a and 7b; `post_lines` is the other post, printed above the name."""

    authority_lines: tuple[str, ...]
    name: str
    post_lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperPart:
    """A heading with its paragraphs, both with their own numbers written out."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PrintedPaper:
    """Base of every paper; `title` is the name of the PDF in a reader's window."""

    template: ClassVar[str]
    version: ClassVar[str]

    title: str
    letterhead: Letterhead

    def to_json(self) -> str:
        """The data of the paper, always in the same order and in NFC, to be stored frozen."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1)
        return unicodedata.normalize("NFC", text)


def rebuilt(kind: typing.Any, data: typing.Any) -> typing.Any:
    """The dataclass, or a value of another kind, from what `to_json` froze of it."""
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{name: rebuilt(hints[name], value) for name, value in data.items()})
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        kinds = [inner[0]] * len(data) if inner[-1] is ... else inner
        return tuple(rebuilt(one, value) for one, value in zip(kinds, data, strict=True))
    if origin in (types.UnionType, typing.Union):
        (kind,) = (one for one in inner if one is not type(None))
        return None if data is None else rebuilt(kind, data)
    return data


def render_paper(paper: PrintedPaper) -> str:
    """The HTML of the paper, for render_pdf() and cached_pdf().

    Raises PdfUnavailable while nobody has said whose papers these are.
    """
    if unsaid := undeclared():
        raise PdfUnavailable(unsaid)
    html = render_to_string(paper.template, {"paper": paper})
    return unicodedata.normalize("NFC", html)


def break_lines(text: str, longest: int) -> tuple[str, ...]:
    """The text in as few lines of at most `longest` characters as possible, of similar length.

    A single word longer than that keeps a line of its own. For subjects and names whose lines
    nobody broke by hand.
    """
    words = text.split()
    target = ceil(len(text) / ceil(len(text) / longest)) if words else 0
    while target < longest and len(_filled(words, target)) > len(_filled(words, longest)):
        target += 1
    return tuple(_filled(words, target))


def _filled(words: list[str], width: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
