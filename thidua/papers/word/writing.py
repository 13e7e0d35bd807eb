"""A paper as the bytes of a Word file; the one file that names python-docx."""

import io
from itertools import pairwise

from django.utils import timezone
from django.utils.text import capfirst
from docx import Document
from docx.document import Document as Written
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt

from thidua.common.vietnamese.province import province
from thidua.papers.word.measures import whole
from thidua.papers.word.parts import (
    Block,
    Paragraph,
    WordCell,
    WordPaper,
    WordPart,
    WordRow,
    WordTable,
)

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKING_COPY = "Bản làm việc, không có giá trị pháp lý"
FONT = "Times New Roman"
TEXT_SIZE = 14
NUMBER_SIZE = 13
FOOTER_SIZE = 9
TWIPS_OF_MM = 1440 / 25.4
ALIGNED = {"justify": "both", "start": "left"}
# Height of the empty paragraph that Word needs between two tables.
HAIR = 1.0


def write_word(paper: WordPaper) -> bytes:
    """The .docx of the paper: a working copy, which says so on each page and in its properties."""
    document = Document()
    set_styles(document)
    set_properties(document, paper.title)
    body = document.element.body
    for number, part in enumerate(paper.parts):
        if number:
            document.add_section(WD_SECTION.NEW_PAGE)
            shrink(body.p_lst[-1])
        set_sheet(document.sections[-1], part)
        write_blocks(body, part.blocks, before=body.sectPr)
    write_margins(document.sections[0])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def set_styles(document: Written) -> None:
    """Times New Roman for every script, black, without spaces that nobody asked for."""
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = document.styles[name]
        properties = style.element.get_or_add_rPr()
        for child in list(properties):
            properties.remove(child)
        fonts = add(properties, "w:rFonts")
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
        add(properties, "w:sz", val=TEXT_SIZE * 2)
        add(properties, "w:szCs", val=TEXT_SIZE * 2)
        add(properties, "w:lang", val="vi-VN")
        told = style.paragraph_format
        told.space_before = told.space_after = Pt(0)
        told.line_spacing = 1
        told.keep_with_next = False


def set_properties(document: Written, title: str) -> None:
    """Title, the office, and that this is a working copy."""
    told = document.core_properties
    told.title, told.subject, told.comments = title, WORKING_COPY, WORKING_COPY
    told.author = told.last_modified_by = capfirst(province())
    told.language = "vi-VN"
    told.created = told.modified = timezone.now().replace(tzinfo=None, microsecond=0)


def set_sheet(section: Section, part: WordPart) -> None:
    """Size and margins as the PDF has them; the first page of each part bears no number."""
    size = part.size
    section.page_width, section.page_height = Mm(size.width), Mm(size.height)
    is_wide = size.width > size.height
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    sides = ("top_margin", "right_margin", "bottom_margin", "left_margin")
    for side, length in zip(sides, size.margins, strict=True):
        setattr(section, side, Mm(length))
    section.header_distance = section.footer_distance = Mm(size.margins[0] / 2)
    section.different_first_page_header_footer = True
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    if part.numbers_anew:
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:start"), "1")
        section._sectPr.find(qn("w:pgMar")).addnext(numbers)


def write_margins(section: Section) -> None:
    """The page number centred above the text, what the file is below it; later parts follow."""
    number = section.header.paragraphs[0]._p
    fill(number, Paragraph([], align="center"))
    for kind in ("begin", "", "end"):
        run = add(number, "w:r")
        face(run, NUMBER_SIZE)
        if kind:
            add(run, "w:fldChar").set(qn("w:fldCharType"), kind)
        else:
            add(run, "w:instrText").text = "PAGE"
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]._p
        fill(line, Paragraph([], align="center"))
        add_text(line, WORKING_COPY, FOOTER_SIZE, is_italic=True)


def write_blocks(
    parent: BaseOxmlElement, blocks: list[Block], before: BaseOxmlElement | None = None
) -> None:
    """The blocks one below the other; a table has empty paragraphs for the space around it."""
    made = []
    for block in blocks:
        if isinstance(block, Paragraph):
            made.append(paragraph_of(block))
            continue
        if block.above:
            made.append(paragraph_of(gap(block.above, keeps_next=True)))
        made.append(table_of(block))
        held = any(paragraph.keeps_next for paragraph in block.rows[-1].paragraphs)
        made.append(paragraph_of(gap(max(block.below, HAIR), keeps_next=held)))
    for element in made:
        if before is None:
            parent.append(element)
        else:
            before.addprevious(element)


def gap(height: float, *, keeps_next: bool) -> Paragraph:
    """An empty paragraph so many points high."""
    return Paragraph([], height=height / (72 / 25.4), keeps_next=keeps_next)


def shrink(element: BaseOxmlElement) -> None:
    """Make the paragraph that ends a part so low that it begins no page of its own."""
    spacing = add(
        element.get_or_add_pPr(), "w:spacing", before=0, after=0, line=20, lineRule="exact"
    )
    element.pPr.insert(0, spacing)


def paragraph_of(block: Paragraph) -> BaseOxmlElement:
    """The paragraph with its runs."""
    element = OxmlElement("w:p")
    fill(element, block)
    for run in block.runs:
        add_text(element, run.text, run.size, is_bold=run.is_bold, is_italic=run.is_italic)
    return element


def fill(element: BaseOxmlElement, block: Paragraph) -> None:
    """The properties of a paragraph, in the order in which the format wants them."""
    if (old := element.find(qn("w:pPr"))) is not None:
        element.remove(old)
    told = OxmlElement("w:pPr")
    element.insert(0, told)
    if block.level:
        add(told, "w:pStyle", val=f"Heading{block.level}")
    if block.keeps_next:
        add(told, "w:keepNext")
    if block.keeps_lines:
        add(told, "w:keepLines")
    if block.edges:
        borders = add(told, "w:pBdr")
        for edge in ("top", "left", "bottom", "right"):
            if edge in block.edges:
                add(borders, f"w:{edge}", val="single", sz=6, space=1, color="000000")
    exact = {"line": whole(block.height * TWIPS_OF_MM), "lineRule": "exact"}
    lines = exact if block.height else {"line": whole(block.line * 240), "lineRule": "auto"}
    add(told, "w:spacing", before=whole(block.above * 20), after=whole(block.below * 20), **lines)
    sides = {"left": block.left, "right": block.right, "firstLine": block.first_line}
    if any(sides.values()):
        add(told, "w:ind", **{side: whole(length * TWIPS_OF_MM) for side, length in sides.items()})
    add(told, "w:jc", val=ALIGNED.get(block.align, block.align))


def add_text(
    element: BaseOxmlElement,
    text: str,
    size: float,
    *,
    is_bold: bool = False,
    is_italic: bool = False,
) -> None:
    """A run of text with all its spaces."""
    run = add(element, "w:r")
    face(run, size, is_bold=is_bold, is_italic=is_italic)
    written = add(run, "w:t")
    written.text = text
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def face(
    run: BaseOxmlElement, size: float, *, is_bold: bool = False, is_italic: bool = False
) -> None:
    """Size in points and weight of a run; the font is that of the style."""
    told = add(run, "w:rPr")
    for letter, is_so in (("b", is_bold), ("i", is_italic)):
        if is_so:
            add(told, f"w:{letter}")
            add(told, f"w:{letter}Cs")
    add(told, "w:sz", val=whole(size * 2))
    add(told, "w:szCs", val=whole(size * 2))


def table_of(block: WordTable) -> BaseOxmlElement:
    """A table with fixed columns, said to Word in each cell and to others in the grid."""
    widths = [whole(width * TWIPS_OF_MM) for width in block.widths]
    element = OxmlElement("w:tbl")
    told = add(element, "w:tblPr")
    add(told, "w:tblW", w=sum(widths), type="dxa")
    if block.is_centred:
        add(told, "w:jc", val="center")
    if block.is_ruled:
        borders = add(told, "w:tblBorders")
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
            add(borders, f"w:{edge}", val="single", sz=4, space=0, color="000000")
    add(told, "w:tblLayout", type="fixed")
    room = add(told, "w:tblCellMar")
    for side in ("left", "right"):
        add(room, f"w:{side}", w=0, type="dxa")
    grid = add(element, "w:tblGrid")
    for width in widths:
        add(grid, "w:gridCol", w=width)
    for row in block.rows:
        element.append(row_of(row, widths))
    return element


def row_of(row: WordRow, widths: list[int]) -> BaseOxmlElement:
    """A row that is never split; one of the head comes again on each page."""
    element = OxmlElement("w:tr")
    told = add(element, "w:trPr")
    add(told, "w:cantSplit")
    if row.is_head:
        add(told, "w:tblHeader")
    held = any(paragraph.keeps_next for paragraph in row.paragraphs)
    ends = [0]
    for cell in row.cells:
        ends.append(ends[-1] + cell.columns)
    for cell, (start, end) in zip(row.cells, pairwise(ends), strict=True):
        element.append(cell_of(cell, sum(widths[start:end]), held=held))
    return element


def cell_of(cell: WordCell, width: int, *, held: bool) -> BaseOxmlElement:
    """A cell so many twentieths of a point wide; what is held holds empty ones, too."""
    element = OxmlElement("w:tc")
    told = add(element, "w:tcPr")
    add(told, "w:tcW", w=width, type="dxa")
    if cell.columns > 1:
        add(told, "w:gridSpan", val=cell.columns)
    if cell.rows > 1 or cell.is_continued:
        add(told, "w:vMerge", val="continue" if cell.is_continued else "restart")
    if any(cell.padding):
        room = add(told, "w:tcMar")
        for side, place in (("top", 0), ("left", 3), ("bottom", 2), ("right", 1)):
            add(room, f"w:{side}", w=whole(cell.padding[place] * TWIPS_OF_MM), type="dxa")
    add(told, "w:vAlign", val=cell.align_vertically)
    write_blocks(element, cell.blocks or [Paragraph([], height=HAIR, keeps_next=held)])
    return element


def add(parent: BaseOxmlElement, name: str, **values: str | int) -> BaseOxmlElement:
    """A new child; its attributes are of the same namespace."""
    child = OxmlElement(name)
    for key, value in values.items():
        child.set(qn(f"w:{key}"), str(value))
    parent.append(child)
    return child
