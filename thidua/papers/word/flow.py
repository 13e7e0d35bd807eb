"""From the HTML of a paper to the paragraphs and tables of its Word file."""

import re

import cssselect2
import tinyhtml5

from thidua.papers.word.measures import NATURAL_LINE, mm, points
from thidua.papers.word.parts import (
    Around,
    Block,
    Paragraph,
    Run,
    WordPaper,
    WordPart,
    keep_together,
    keep_with_next,
)
from thidua.papers.word.styles import START, Style, Stylesheet, paper_sheet
from thidua.papers.word.tables import Tables

SPACES = re.compile(r"[ \t\r\n\f]+")
# What XML cannot hold; no field takes it, and a file that Word refuses would be worse.
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Room beside a text whose paragraph is only as wide as the text: fonts of others differ a little.
SLACK = 2.0
LEVELS = {"h1": 1, "h2": 2}


def word_paper(html: str, sheet: Stylesheet | None = None) -> WordPaper:
    """The paper of this HTML, for write_word()."""
    root = cssselect2.ElementWrapper.from_html_root(tinyhtml5.parse(html))
    title = root.etree_element.find(".//{*}title")
    paper = WordPaper("" if title is None else (title.text or "").strip())
    flow = Flow(sheet or paper_sheet())
    style = START
    for element in root.iter_children():
        if element.local_name != "body":
            continue
        style, _ = flow.sheet.style_of(root, style)
        style, _ = flow.sheet.style_of(element, style)
        for child in element.iter_children():
            paper.parts.append(flow.part(child, style))
    return paper


class Flow:
    """Walks the elements in the order of the text."""

    def __init__(self, sheet: Stylesheet):
        self.sheet = sheet
        self.tables = Tables(self)

    def part(self, element: cssselect2.ElementWrapper, parent: Style) -> WordPart:
        """A child of the body: the paper itself, or an annex that counts its own pages."""
        style, _ = self.sheet.style_of(element, parent)
        size = self.sheet.size_of(style.get("page", ""))
        around = Around(style, size.text_width)
        blocks = self.children(element, around)
        return WordPart(size, blocks, numbers_anew=style.get("break-before") == "page")

    def children(self, element: cssselect2.ElementWrapper, around: Around) -> list[Block]:
        """The blocks inside an element; loose text between them becomes paragraphs."""
        blocks: list[Block] = []
        runs: list[Run] = []
        level = LEVELS.get(element.local_name, 0)

        def flush() -> None:
            if paragraph := paragraph_of(runs, around.style, level):
                blocks.append(paragraph)
            runs.clear()

        self.add_text(runs, element.etree_element.text, around.style)
        for child in element.iter_children():
            style, after = self.sheet.style_of(child, around.style)
            if child.local_name == "br":
                flush()
            elif style["display"] == "inline":
                self.inline(runs, child, style, flush, blocks, around)
            elif style["display"] != "none":
                flush()
                self.add(blocks, self.block(child, style, after, around), style)
            self.add_text(runs, child.etree_element.tail, around.style)
        flush()
        return blocks

    def inline(self, runs, element, style, flush, blocks, around) -> None:
        """Text inside a line, and what stands in it: lines of their own break it."""
        self.add_text(runs, element.etree_element.text, style, is_inline=True)
        for child in element.iter_children():
            inner, _ = self.sheet.style_of(child, style)
            if inner["display"] == "inline":
                self.inline(runs, child, inner, flush, blocks, around)
            else:
                flush()
                blocks.extend(self.children(child, Around(inner, around.width)))
            self.add_text(runs, child.etree_element.tail, style, is_inline=True)

    @staticmethod
    def add_text(runs: list[Run], text: str | None, style: Style, *, is_inline=False) -> None:
        text = NOT_IN_XML.sub("", text or "")
        if style.get("white-space", "normal") != "pre":
            text = SPACES.sub(" ", text)
        if is_inline and style.get("white-space") == "nowrap":
            text = text.replace(" ", "\N{NO-BREAK SPACE}")
        if text:
            bold, italic = style.get("font-weight") == "bold", style.get("font-style") == "italic"
            runs.append(Run(text, points(style["font-size"]), bold, italic))

    @staticmethod
    def add(blocks: list[Block], found: list[Block], style: Style) -> None:
        """Put blocks below the others, and hold on one page what the stylesheet holds."""
        if not found:
            return
        if style.get("break-before") == "avoid" and blocks:
            keep_with_next(blocks[-1])
        if style.get("break-inside") == "avoid":
            keep_together(found)
        if style.get("break-after") == "avoid":
            keep_together(found)
            keep_with_next(found[-1])
        blocks.extend(found)

    def block(self, element, style: Style, after: Style, around: Around) -> list[Block]:
        """The blocks of an element that stands on lines of its own, with its space and rules."""
        if style["display"] in {"table", "inline-table"}:
            return [self.tables.table(element, style, around)]
        width = mm(style["width"], around.width) if style.get("width") else around.width
        found = self.children(element, Around(style, width))
        if not found:
            found = empty_of(style, around.width)
        elif width < around.width:
            narrow(found, around.width - width)
        if style["display"] == "inline-block":
            self.rule(found, style, after, around)
        if found:
            above, below = (points(style.get(f"margin-{side}", "0")) for side in ("top", "bottom"))
            space(found, above, below)
        return found

    @staticmethod
    def rule(found: list[Block], style: Style, after: Style, around: Around) -> None:
        """Rules as long as the text, or a part of it, under it; or a box around it."""
        lines = [block for block in found if isinstance(block, Paragraph)]
        width = max((line.width for line in lines), default=0)
        if "border" in style:
            room = max(0.0, around.width - lines[0].left - lines[0].right - width - 3 * SLACK)
            for line in lines:
                line.edges = ("top", "left", "bottom", "right")
                line.left, line.right = line.left + room / 2, line.right + room / 2
        share = mm(after.get("width", "0"), 1) if after else float("border-bottom" in style)
        if share:
            keep_with_next(found[-1])
            found.append(ruled(around.width, width * share, points(after.get("margin-top", "1pt"))))


def paragraph_of(runs: list[Run], style: Style, level: int) -> Paragraph | None:
    """One paragraph of these pieces; None where they hold no word."""
    is_kept = style.get("white-space") == "pre"
    if not any(run.text.strip() for run in runs):
        return None
    pieces: list[Run] = []
    for run in runs:
        text = run.text
        if not is_kept and (not pieces or pieces[-1].text.endswith(" ")):
            text = text.removeprefix(" ")
        if text:
            pieces.append(Run(text, run.size, run.is_bold, run.is_italic))
    if not is_kept:
        pieces[-1].text = pieces[-1].text.removesuffix(" ")
    return Paragraph(
        [piece for piece in pieces if piece.text],
        align=style["text-align"],
        first_line=mm(style.get("text-indent", "0")),
        line=float(style["line-height"]) / NATURAL_LINE,
        level=level,
    )


def empty_of(style: Style, width: float) -> list[Block]:
    """What an element without words stands for: a rule, room for a signature, or nothing."""
    if "border-top" in style:
        return [ruled(width, mm(style.get("width", "100%"), width), 0)]
    height = mm(style.get("height", "0"))
    return [Paragraph([], height=height)] if height else []


def ruled(width: float, length: float, above: float) -> Paragraph:
    """A centred rule of that length, drawn as the edge of an empty paragraph."""
    side = max(0.0, (width - length) / 2)
    return Paragraph([], left=side, right=side, above=above, height=1, edges=("top",))


def narrow(blocks: list[Block], room: float) -> None:
    """Leave so much room free at the right of the paragraphs."""
    for block in blocks:
        if isinstance(block, Paragraph):
            block.right += room


def space(blocks: list[Block], above: float, below: float) -> None:
    """Space before the first and after the last block; spaces that meet do not add up."""
    blocks[0].above = max(blocks[0].above, above)
    blocks[-1].below = max(blocks[-1].below, below)
