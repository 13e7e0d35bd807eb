"""The table of all units on a turned sheet."""

import dataclasses
import io
import re

import pytest
from pypdf import PdfReader

from blocs.ranking.documents.ranking_table import RankingTable, SummaryCell, SummaryRow
from tests.papers.papers import BLOC, UNITS, missing_text, printed, read_pdf
from thidua.papers.papers import Signer, render_paper
from thidua.papers.pdf.client import render_pdf

GROUPS = (
    "Nhiệm vụ chính trị (500)",
    "Cải cách hành chính (150)",
    "Chấp hành chính sách, pháp luật (100)",
    "Xây dựng tổ chức (100)",
    "Phong trào thi đua (100)",
    "Điểm thưởng (50)",
    "Điểm trừ",
)
SELF_POINTS = ("499,00", "149,00", "99,50", "99,00", "99,00", "45,00", "0,00")
POINTS = ("499,00", "148,75", "99,50", "99,00", "98,50", "42,00", "−2,00")
TOTALS = ("984,75", "974,50", "971,25", "965,00", "961,50", "958,25", "951,00", "951,00")
RANKS = ("1", "2", "3", "4", "5", "6", "7", "7")
SCORE_SUMMARY = RankingTable(
    title="Bảng tổng hợp điểm thi đua năm 2026 của Khối thi đua số 5",
    letterhead=BLOC,
    heading="BẢNG TỔNG HỢP ĐIỂM THI ĐUA NĂM 2026",
    attached_lines=(
        "(Kèm theo Biên bản số 06/BB-KTĐ5 ngày 04 tháng 12 năm 2026 của Khối thi đua số 5)",
    ),
    groups=GROUPS,
    rows=tuple(
        SummaryRow(
            number=str(place),
            unit=unit,
            cells=tuple(map(SummaryCell, SELF_POINTS, POINTS)),
            total=TOTALS[place - 1],
            rank=RANKS[place - 1],
        )
        for place, unit in enumerate(UNITS, start=1)
    ),
    notes=(
        "Tổng điểm là tổng điểm thẩm định của các nội dung, cộng điểm thưởng, trừ điểm trừ.",
        "Các đơn vị bằng điểm thì cùng thứ hạng; thứ hạng tiếp theo bị bỏ qua.",
    ),
    signers=(
        Signer(("THƯ KÝ",), "Trần Thị K"),
        Signer(("KHỐI PHÓ",), "Trần Thị B"),
        Signer(("KHỐI TRƯỞNG",), "Nguyễn Văn A"),
    ),
)


@pytest.fixture(scope="module")
def pdf():
    return printed(SCORE_SUMMARY)


def test_ranking_table_carries_every_text(pdf):
    assert missing_text(SCORE_SUMMARY, pdf) == []


def test_ranking_table_fits_one_tagged_page(pdf):
    assert (pdf.pages, pdf.title, pdf.is_tagged) == (1, SCORE_SUMMARY.title, True)


def test_ranking_table_uses_the_paper_fonts_only(pdf):
    assert pdf.fonts == {"Paper-Serif", "Paper-Serif-Bold", "Paper-Serif-Italic"}


def test_ranking_table_prints_a_true_minus(pdf):
    assert "42,00 0,00 −2,00 984,75 1" in pdf.text


def with_groups(count):
    groups = tuple(f"Nội dung thi đua số {number} (100)" for number in range(1, count + 1))
    cells = tuple(SummaryCell("499,00", "99,50") for _ in groups)
    rows = tuple(dataclasses.replace(row, cells=cells) for row in SCORE_SUMMARY.rows)
    return dataclasses.replace(SCORE_SUMMARY, groups=groups, rows=rows)


@pytest.mark.parametrize(
    ("count", "size"),
    [(7, (297, 210)), (10, (297, 210)), (11, (420, 297)), (16, (420, 297))],
)
def test_ranking_table_takes_a_larger_sheet_for_many_groups(count, size):
    paper = with_groups(count)
    content = render_pdf(render_paper(paper))
    box = PdfReader(io.BytesIO(content)).pages[0].mediabox
    assert missing_text(paper, read_pdf(content)) == []
    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == size


def test_ranking_table_without_a_table_has_four_columns():
    """Before a table is published there is nothing to divide the points into."""
    rows = tuple(dataclasses.replace(row, cells=()) for row in SCORE_SUMMARY.rows)
    html = render_paper(dataclasses.replace(SCORE_SUMMARY, groups=(), rows=rows))
    head = html.split("<thead>")[1].split("</thead>")[0]
    assert re.findall(r"<th[^>]*>([^<]*)</th>", head) == ["TT", "Đơn vị", "Tổng điểm", "Xếp thứ"]
    assert set(re.findall(r'rowspan="([0-9])"', head)) == {"1"}


@pytest.mark.parametrize("count", (15, 17))
def test_signatures_never_stand_alone_on_a_page(count):
    """Without a note below the table its last two rows go over with those who sign."""
    rows = tuple(
        dataclasses.replace(SCORE_SUMMARY.rows[0], number=f"{place:02d}.")
        for place in range(1, count + 1)
    )
    paper = dataclasses.replace(SCORE_SUMMARY, rows=rows, notes=())
    last = PdfReader(io.BytesIO(render_pdf(render_paper(paper)))).pages[-1].extract_text()
    assert [name in last for name in ("KHỐI TRƯỞNG", f"{count - 1:02d}.", f"{count:02d}.")] == [
        True,
        True,
        True,
    ]
