"""The score sheet of one unit, long enough for several turned pages."""

import pytest

from blocs.ranking.documents.score_sheet import ScoreLine, ScoreSheetPaper
from tests.papers.papers import missing_text, printed
from thidua.papers.papers import Letterhead, Signer

LEAVES = (
    (
        "Hoàn thành chỉ tiêu kế hoạch được Ủy ban nhân dân tỉnh giao",
        "20",
        "20,00",
        "18,50",
        "−1,50",
    ),
    (
        "Tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn từ 99,5% trở lên",
        "10",
        "9,50",
        "9,50",
        "",
    ),
    ("Có sáng kiến được công nhận và áp dụng hiệu quả", "5", "5,00", "5,00", ""),
    ("Cập nhật, công khai kết quả trên Cổng thông tin điện tử", "5", "0,00", "0,50", "+0,50"),
)


def group(number):
    lines = [ScoreLine("group", number, f"Nội dung {number}", "40", "34,50", "33,50", "−1,00", "")]
    for place, (name, maximum, self_points, points, difference) in enumerate(LEAVES, start=1):
        reason = "Thiếu minh chứng của quý IV; đã trao đổi với đơn vị." if difference else ""
        figures = (maximum, self_points, points, difference, reason)
        lines.append(ScoreLine("leaf", f"{number}.{place}", name, *figures))
    return lines


SCORE_SHEET = ScoreSheetPaper(
    title="Bảng tự chấm điểm thi đua năm 2026 của Sở Nông nghiệp và Môi trường",
    letterhead=Letterhead(
        ("UBND TỈNH LAM GIANG",),
        ("SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"),
        "",
        "Lam Giang, ngày 20 tháng 11 năm 2026",
    ),
    subject_lines=("Năm 2026 của Sở Nông nghiệp và Môi trường",),
    lines=(
        *(line for number in ("I", "II", "III", "IV", "V", "VI") for line in group(number)),
        ScoreLine("total", "", "Tổng điểm", "240", "207,00", "201,00", "−6,00", ""),
    ),
    notes=("Chênh lệch là điểm thẩm định trừ điểm tự chấm.",),
    signers=(
        Signer(("NGƯỜI LẬP BIỂU",), "Đỗ Thị Ngữ"),
        Signer(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Lê Văn C"),
    ),
)


@pytest.fixture(scope="module")
def pdf():
    return printed(SCORE_SHEET)


def test_score_sheet_carries_every_text(pdf):
    assert missing_text(SCORE_SHEET, pdf) == []


def test_score_sheet_has_three_tagged_pages(pdf):
    assert (pdf.pages, pdf.title, pdf.is_tagged) == (3, SCORE_SHEET.title, True)


def test_score_sheet_uses_the_paper_fonts_only(pdf):
    assert pdf.fonts == {"Paper-Serif", "Paper-Serif-Bold", "Paper-Serif-Italic"}


def test_score_sheet_repeats_its_head_on_every_page(pdf):
    assert pdf.text.count("TT Nội dung, tiêu chí Điểm tối đa") == 3


def test_score_sheet_tells_zero_from_empty(pdf):
    assert f"I.4 {LEAVES[3][0]} 5 0,00 0,50 +0,50" in pdf.text
