"""The minutes of the counting team."""

import pytest

from blocs.conferences.documents.counting_minutes import CountingMinutes
from blocs.conferences.documents.vote_facts import VoteRow
from tests.papers.papers import BLOC, UNITS, missing_text, printed
from thidua.papers.papers import Letterhead, Signer

FLAG = "Cờ thi đua của UBND tỉnh"
CERTIFICATE = "Bằng khen của Chủ tịch UBND tỉnh"
COUNTING_MINUTES = CountingMinutes(
    title="Biên bản kiểm phiếu suy tôn năm 2026 của Khối thi đua số 5",
    letterhead=Letterhead(BLOC.superior_lines, BLOC.body_lines, "Số: 05/BB-TKP"),
    subject_lines=("Suy tôn đơn vị dẫn đầu và đề nghị khen thưởng năm 2026",),
    opening=(
        "Hồi 10 giờ 15, ngày 04 tháng 12 năm 2026, tại Hội trường Sở Xây dựng, Tổ kiểm phiếu do "
        "Hội nghị tổng kết Khối thi đua số 5 bầu ra, gồm:"
    ),
    team=(
        "1. Ông Lê Văn L, Sở Công Thương - Tổ trưởng;",
        "2. Bà Phạm Thị M, Sở Tài chính - Thư ký;",
        "3. Ông Vũ Văn N, Ban Quản lý các khu công nghiệp - Thành viên,",
    ),
    lead_in="đã tiến hành kiểm phiếu suy tôn theo hình thức bỏ phiếu kín, kết quả như sau:",
    counts=(
        "- Số đại biểu được triệu tập: 08; số đại biểu có mặt, có quyền bỏ phiếu: 08.",
        "- Số phiếu phát ra: 08; thu về: 08; hợp lệ: 08; không hợp lệ: 00.",
    ),
    subject_heading="Hình thức đề nghị",
    votes=(
        VoteRow("1", UNITS[0], FLAG, "08", "00", "100,0"),
        VoteRow("2", UNITS[1], CERTIFICATE, "07", "01", "87,5"),
        VoteRow("3", UNITS[2], CERTIFICATE, "07", "01", "87,5"),
        VoteRow("4", UNITS[3], CERTIFICATE, "06", "02", "75,0"),
    ),
    vote_base="Tỷ lệ tính trên số phiếu phát ra.",
    conclusions=(
        "Căn cứ Quy chế hoạt động của Khối, các đơn vị nêu trên đạt tỷ lệ phiếu theo quy định. "
        "Phiếu đã được niêm phong và giao Thư ký Hội nghị lưu giữ.",
    ),
    ended=(
        "Biên bản lập xong hồi 10 giờ 40 cùng ngày, được lập thành 02 bản và công bố trước "
        "Hội nghị./."
    ),
    signers=(
        Signer(("THÀNH VIÊN",), "Vũ Văn N"),
        Signer(("THƯ KÝ",), "Phạm Thị M"),
        Signer(("TỔ TRƯỞNG",), "Lê Văn L"),
    ),
)


@pytest.fixture(scope="module")
def pdf():
    return printed(COUNTING_MINUTES)


def test_counting_minutes_carry_every_text(pdf):
    assert missing_text(COUNTING_MINUTES, pdf) == []


def test_counting_minutes_fit_one_tagged_page(pdf):
    assert (pdf.pages, pdf.title, pdf.is_tagged) == (1, COUNTING_MINUTES.title, True)


def test_counting_minutes_use_the_paper_fonts_only(pdf):
    assert pdf.fonts == {"Paper-Serif", "Paper-Serif-Bold", "Paper-Serif-Italic"}


def test_counting_minutes_are_signed_by_the_whole_team_with_its_head_at_the_right(pdf):
    end = "THÀNH VIÊN THƯ KÝ TỔ TRƯỞNG Vũ Văn N Phạm Thị M Lê Văn L"
    assert pdf.text.endswith(f"công bố trước Hội nghị./. {end}")
