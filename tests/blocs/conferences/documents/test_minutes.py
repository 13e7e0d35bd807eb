"""The minutes of a closing conference, from the frozen strings to the finished PDF."""

import pytest

from blocs.conferences.documents.minutes import Minutes, MinutesSection, RankingRow
from blocs.conferences.documents.vote_facts import VoteRow
from tests.papers.papers import BLOC, UNITS, missing_text, printed
from thidua.papers.papers import Letterhead, Signer

POINTS = ("986,75", "974,50", "971,25", "965,00", "961,50", "958,25", "951,00", "951,00")
SELF_POINTS = ("990,50", "977,50", "973,50", "968,50", "965,00", "960,00", "954,00", "951,00")
RANKS = ("1", "2", "3", "4", "5", "6", "7", "7")


MINUTES = Minutes(
    title="Biên bản hội nghị tổng kết năm 2026 của Khối thi đua số 5",
    letterhead=Letterhead(BLOC.superior_lines, BLOC.body_lines, "Số: 06/BB-KTĐ5"),
    subject_lines=(
        "Hội nghị tổng kết phong trào thi đua và bình xét,",
        "suy tôn năm 2026 của Khối thi đua số 5",
    ),
    started="08 giờ 00, ngày 04 tháng 12 năm 2026",
    place="Hội trường Sở Xây dựng, tỉnh Lam Giang",
    form="trực tiếp",
    guests=(
        "- Đại biểu mời: Bà Đặng Thị Ước, đại diện Sở Nội vụ (Thường trực Hội đồng "
        "Thi đua - Khen thưởng tỉnh).",
    ),
    attendance=(
        "- Đại biểu thành viên: 08/08 đơn vị thuộc Khối, gồm 08 đại biểu có quyền bỏ phiếu; "
        "vắng mặt: 00.",
    ),
    chair="Ông Nguyễn Văn A, Giám đốc Sở Xây dựng, Khối trưởng",
    secretary="Bà Trần Thị K, Chánh Văn phòng Sở Xây dựng",
    sections=(
        MinutesSection(
            heading="1. Báo cáo tổng kết",
            paragraphs=(
                "Khối phó trình bày Báo cáo tổng kết phong trào thi đua năm 2026, phương hướng "
                "năm 2027 và Bảng tổng hợp điểm thi đua của 08 đơn vị sau thẩm định.",
            ),
        ),
        MinutesSection(
            heading="2. Kết quả chấm điểm, xếp hạng",
            paragraphs=("Hội nghị thống nhất kết quả chấm điểm và xếp hạng như sau:",),
            ranking=tuple(map(RankingRow, RANKS, UNITS, SELF_POINTS, POINTS)),
            tie_rule="Các đơn vị bằng điểm thì cùng thứ hạng; thứ hạng tiếp theo bị bỏ qua.",
        ),
        MinutesSection(
            heading="3. Bình xét, suy tôn",
            paragraphs=(
                "a) Hội nghị bầu Tổ kiểm phiếu gồm 03 thành viên; hình thức bỏ phiếu kín.",
                "b) Số phiếu phát ra: 08; số phiếu thu về: 08; số phiếu hợp lệ: 08; số phiếu "
                "không hợp lệ: 00. Kết quả kiểm phiếu:",
            ),
            votes=(
                VoteRow("1", UNITS[0], "Cờ thi đua", "08/08", "00", "100,0"),
                VoteRow("2", UNITS[1], "Bằng khen", "07/08", "01", "87,5"),
                VoteRow("3", UNITS[2], "Bằng khen", "07/08", "01", "87,5"),
                VoteRow("4", UNITS[6], "Bằng khen", "06/08", "02", "75,0"),
            ),
            vote_base="Tỷ lệ tính trên số đại biểu có mặt, có quyền bỏ phiếu.",
            closing=(
                "c) Hội nghị thống nhất đề nghị Ủy ban nhân dân tỉnh tặng Cờ thi đua cho Sở "
                "Xây dựng; đề nghị Chủ tịch Ủy ban nhân dân tỉnh tặng Bằng khen cho 03 đơn vị "
                "có số thứ tự 2, 3 và 4 nêu trên.",
            ),
        ),
        MinutesSection(
            heading="4. Bầu Khối trưởng, Khối phó năm 2027",
            paragraphs=(
                "Hội nghị biểu quyết bầu Sở Công Thương làm Khối trưởng (08/08, tỷ lệ 100%) và "
                "Sở Tài chính làm Khối phó (08/08, tỷ lệ 100%).",
            ),
        ),
        MinutesSection(
            heading="5. Ký kết giao ước thi đua năm 2027",
            paragraphs=("Các đơn vị thông qua dự thảo và thống nhất ký Giao ước thi đua.",),
        ),
        MinutesSection(
            heading="6. Kết luận",
            paragraphs=(
                "Chủ tọa giao Khối trưởng hoàn thiện hồ sơ, trình Chủ tịch Ủy ban nhân dân "
                "tỉnh trước ngày 10 tháng 12 năm 2026. Biên bản đã được đọc lại và được 100% "
                "đại biểu thống nhất thông qua.",
            ),
        ),
    ),
    ended="11 giờ 30, ngày 04 tháng 12 năm 2026",
    signers=(Signer(("THƯ KÝ",), "Trần Thị K"), Signer(("CHỦ TỌA",), "Nguyễn Văn A")),
    recipients=("- Sở Nội vụ;", "- Các đơn vị thành viên Khối;", "- Lưu: VT, Hồ sơ."),
)


@pytest.fixture(scope="module")
def pdf():
    return printed(MINUTES)


def test_minutes_carry_every_text(pdf):
    assert missing_text(MINUTES, pdf) == []


def test_minutes_are_a_tagged_vietnamese_paper_of_three_pages(pdf):
    assert (pdf.pages, pdf.title, pdf.language, pdf.is_tagged) == (3, MINUTES.title, "vi", True)


def test_minutes_use_the_paper_fonts_only(pdf):
    faces = {"Paper-Serif", "Paper-Serif-Bold", "Paper-Serif-Italic", "Paper-Serif-Bold-Italic"}
    assert pdf.fonts == faces


def test_minutes_carry_the_rule_of_ties_under_the_ranking(pdf):
    last_row = f"7 {UNITS[7]} 951,00 951,00"
    rule = "Các đơn vị bằng điểm thì cùng thứ hạng; thứ hạng tiếp theo bị bỏ qua."
    assert f"{last_row} {rule}" in pdf.text


def test_minutes_end_with_secretary_then_chair_then_recipients(pdf):
    assert pdf.text.endswith(
        "Hội nghị kết thúc vào 11 giờ 30, ngày 04 tháng 12 năm 2026./. "
        "THƯ KÝ CHỦ TỌA Trần Thị K Nguyễn Văn A "
        "Nơi nhận: - Sở Nội vụ; - Các đơn vị thành viên Khối; - Lưu: VT, Hồ sơ."
    )
