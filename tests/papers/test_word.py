"""Papers as Word files: the layout of Decree 30 as the PDF has it, and what is kept stays kept."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from agreements.documents.addition import AgreementAddition
from tests.agreements.documents.test_agreement import AGREEMENT
from tests.awards.documents.test_decision import DECISION
from tests.awards.documents.test_submission import SUBMISSION
from tests.blocs.conferences.documents.test_counting_minutes import COUNTING_MINUTES
from tests.blocs.conferences.documents.test_minutes import MINUTES
from tests.blocs.ranking.documents.test_ranking_table import SCORE_SUMMARY
from tests.blocs.ranking.documents.test_score_sheet import SCORE_SHEET
from tests.papers.words import words_of_html, words_of_word
from thidua.papers.addresses import word_address
from thidua.papers.papers import render_paper
from thidua.papers.word.flow import word_paper
from thidua.papers.word.parts import Paragraph
from thidua.papers.word.styles import SIDES, paper_sheet
from thidua.papers.word.writing import WORKING_COPY, write_word

LATE = AgreementAddition(
    title="Phụ lục chữ ký bổ sung",
    letterhead=AGREEMENT.letterhead,
    subject_lines=("Kèm theo Giao ước thi đua số 02/GƯ-KTĐ5",),
    opening="Các đơn vị sau ký bổ sung:",
    confirmations=AGREEMENT.confirmations,
)
PAPERS = (
    AGREEMENT,
    LATE,
    DECISION,
    SUBMISSION,
    MINUTES,
    COUNTING_MINUTES,
    SCORE_SUMMARY,
    SCORE_SHEET,
)


def made(paper):
    return Document(io.BytesIO(write_word(word_paper(render_paper(paper)))))


def named(paper):
    return type(paper).__name__


def marks(element, *path):
    """The element below by its steps, None where there is none."""
    for step in path:
        element = None if element is None else element.find(qn(f"w:{step}"))
    return element


def held(paragraph):
    return marks(paragraph, "pPr", "keepNext") is not None


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_every_word_stands_in_its_order(paper):
    html = render_paper(paper)
    words = words_of_word(write_word(word_paper(html)))
    assert words == words_of_html(html) == word_paper(html).words


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_sheets_and_letters_are_those_of_the_decree(paper):
    document = made(paper)
    margins = {
        tuple(round(getattr(section, f"{side}_margin").mm) for side in SIDES)
        for section in document.sections
    }
    assert margins == {(20, 15, 20, 30)}
    fonts = document.styles["Normal"].element.find(f".//{qn('w:rFonts')}")
    assert {fonts.get(qn(f"w:{key}")) for key in ("ascii", "hAnsi", "cs", "eastAsia")} == {
        "Times New Roman"
    }
    told = document.core_properties
    assert (told.title, told.subject, told.author) == (paper.title, WORKING_COPY, "Tỉnh Lam Giang")


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_the_number_stands_above_from_the_second_page_and_the_note_below_on_each(paper):
    section = made(paper).sections[0]
    assert section.different_first_page_header_footer
    header = section.header.paragraphs[0]
    assert "PAGE" in header._p.xml
    assert marks(header._p, "pPr", "jc").get(qn("w:val")) == "center"
    assert section.first_page_header.paragraphs[0].text == ""
    footers = (section.footer, section.first_page_footer)
    assert [footer.paragraphs[0].text for footer in footers] == [WORKING_COPY] * 2


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_rows_are_never_split_and_heads_come_again(paper):
    for table in made(paper).element.body.iter(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        assert all(marks(row, "trPr", "cantSplit") is not None for row in rows)
        if marks(table, "tblPr", "tblBorders") is None:
            continue
        heads = [marks(row, "trPr", "tblHeader") is not None for row in rows]
        assert heads == sorted(heads, reverse=True)
        assert heads[0]
        assert all(held(line) for row in rows[: sum(heads)] for line in row.iter(qn("w:p")))


@pytest.mark.parametrize(
    ("paper", "turned"), ((MINUTES, False), (SCORE_SUMMARY, True), (SCORE_SHEET, True))
)
def test_a_sheet_lies_where_the_pdf_lies(paper, turned):
    (section,) = made(paper).sections
    assert (section.orientation == WD_ORIENT.LANDSCAPE) == turned
    assert (section.page_width > section.page_height) == turned


def test_a_detail_table_too_wide_for_a4_lies_on_a3():
    html = render_paper(SCORE_SUMMARY).replace('<main class="wide', '<main class="wide large')
    (part,) = word_paper(html).parts
    assert (part.size.width, part.size.height) == (420, 297)


def test_an_annex_counts_its_own_pages():
    document = made(SUBMISSION)
    main, annex = document.sections
    start = marks(annex._sectPr, "pgNumType").get(qn("w:start"))
    assert (marks(main._sectPr, "pgNumType"), start) == (None, "1")
    assert annex.different_first_page_header_footer


def test_the_head_is_two_columns_with_drawn_rules():
    table = made(MINUTES).tables[0]
    agency, nation = table.rows[0].cells
    assert agency.text.split("\n")[:2] == [
        "UBND TỈNH LAM GIANG",
        "KHỐI THI ĐUA SỐ\N{NO-BREAK SPACE}5",
    ]
    assert nation.text.split("\n")[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert marks(table._tbl, "tblPr", "tblBorders") is None
    for cell in (agency, nation):
        edges = [p for p in cell.paragraphs if marks(p._p, "pPr", "pBdr") is not None]
        assert [marks(p._p, "pPr", "pBdr")[0].tag for p in edges] == [qn("w:top")]
    # 56 mm is what the motto takes at 13 pt, 60 mm at 14 pt (documents.md, A.3).
    part = word_paper(render_paper(MINUTES)).parts[0]
    rule = next(line for line in part.blocks[0].rows[0].cells[1].blocks if line.edges)
    assert 60 <= 99 - rule.left - rule.right <= 61.5


def test_signatures_stand_side_by_side_and_stay_on_one_page():
    foot = next(table for table in made(MINUTES).tables if "THƯ KÝ" in table.rows[0].cells[0].text)
    assert len(foot.rows[0].cells) == len(MINUTES.signers)
    assert all(held(p._p) for cell in foot.rows[0].cells for p in cell.paragraphs)
    before = foot._tbl.getprevious()
    assert [held(before), held(before.getprevious())] == [True, True]


def test_rows_of_signers_are_held_two_by_two():
    """68 signers fill pages: names never leave their posts."""
    html = render_paper(replace(AGREEMENT, unit_signers=AGREEMENT.unit_signers[:6] * 11))
    rows = next(
        block.rows
        for block in word_paper(html).parts[0].blocks
        if not isinstance(block, Paragraph) and len(block.rows) > 20
    )
    assert all(line.keeps_next for row in rows[::2] for line in row.paragraphs)
    assert not any(line.keeps_next for row in rows[1:-1:2] for line in row.paragraphs)


def test_text_is_justified_with_an_indent_and_a_basis_is_italic():
    basis = next(p for p in made(SUBMISSION).paragraphs if p.text.startswith("Căn cứ Luật"))
    assert basis._p.pPr.find(qn("w:jc")).get(qn("w:val")) == "both"
    assert round(basis.paragraph_format.first_line_indent.cm, 2) == 1.27
    assert [run.italic for run in basis.runs] == [True] * len(basis.runs)
    assert {run.font.size.pt for run in basis.runs} == {14}


def test_a_hostile_text_is_a_text():
    title = "<w:t>&amp;</w:t> \x0b ]]> ' \" {{ x }}"
    html = render_paper(replace(MINUTES, place=title))
    content = write_word(word_paper(html))
    assert words_of_word(content) == words_of_html(html)
    assert "{{" in " ".join(words_of_word(content))
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert not [name for name in names if re.search("vba|embeddings|external", name)]


def test_sizes_are_read_from_the_stylesheet_of_the_pdf():
    assert paper_sheet().size_of("").margins == (20, 15, 20, 30)
    assert paper_sheet().size_of("landscape").text_width == 297 - 45


@pytest.mark.parametrize(
    ("url", "word"),
    (
        ("/a/van-ban.pdf", "/a/van-ban.docx"),
        ("/a/so-sanh.pdf?nam=2025", "/a/so-sanh.docx?nam=2025"),
        ("/van-ban/5/", "/van-ban/5/ban-lam-viec.docx"),
    ),
)
def test_the_word_file_has_its_address_beside_the_pdf(url, word):
    assert word_address(url) == word
