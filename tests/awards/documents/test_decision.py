"""The decision of the province: the same paper as a draft and with number and date."""

import dataclasses

import pytest

from awards.decisions.documents.decision import Article, AwardedGroup, AwardedRow, DecisionPaper
from tests.papers.papers import UNITS, missing_text, printed
from thidua.papers.papers import Letterhead, Signer

MERIT = "Hoàn thành xuất sắc nhiệm vụ và phong trào thi đua năm 2026"
DECISION = DecisionPaper(
    title="Quyết định về việc tặng Cờ thi đua và Bằng khen năm 2026",
    letterhead=Letterhead(
        (),
        ("ỦY BAN NHÂN DÂN", "TỈNH LAM GIANG"),
        "Số: 3012/QĐ-UBND",
        "Lam Giang, ngày 21 tháng 12 năm 2026",
    ),
    draft_mark="",
    subject_lines=(
        "Về việc tặng Cờ thi đua của Ủy ban nhân dân tỉnh và",
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh năm 2026",
    ),
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAM GIANG",
    bases=(
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ Luật Thi đua, khen thưởng;",
        "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về "
        "phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn "
        "thi hành một số điều của Luật Thi đua, khen thưởng;",
    ),
    proposed_by=(
        "Theo đề nghị của Khối trưởng Khối thi đua số 5 tại Tờ trình số 07/TTr-KTĐ5 ngày 08 tháng "
        "12 năm 2026 và Giám đốc Sở Nội vụ tại Tờ trình số 512/TTr-SNV ngày 15 tháng 12 năm 2026."
    ),
    articles=(
        Article(
            "Điều 1.",
            (
                "Tặng Cờ thi đua của Ủy ban nhân dân tỉnh cho 01 tập thể và Bằng khen của Chủ "
                "tịch Ủy ban nhân dân tỉnh cho 02 tập thể thuộc Khối thi đua số 5, đã có thành "
                "tích xuất sắc trong phong trào thi đua năm 2026 (có Danh sách kèm theo).",
                "Tiền thưởng kèm theo thực hiện theo quy định hiện hành.",
            ),
        ),
        Article(
            "Điều 2.",
            (
                "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ, thủ trưởng các cơ "
                "quan, đơn vị có liên quan và các tập thể có tên tại Điều 1 chịu trách nhiệm thi "
                "hành Quyết định này./.",
            ),
        ),
    ),
    recipients=("- Như Điều 2;", "- Lưu: VT, NCVX."),
    signer=Signer(("CHỦ TỊCH",), "Phạm Văn Q"),
    list_heading="DANH SÁCH TẬP THỂ ĐƯỢC KHEN THƯỞNG NĂM 2026",
    attached_lines=(
        "(Kèm theo Quyết định số 3012/QĐ-UBND ngày 21 tháng 12 năm 2026",
        "của Chủ tịch Ủy ban nhân dân tỉnh Lam Giang)",
    ),
    groups=(
        AwardedGroup(
            "I",
            "Cờ thi đua của Ủy ban nhân dân tỉnh",
            (AwardedRow("1", UNITS[0], "Dẫn đầu phong trào thi đua năm 2026"),),
        ),
        AwardedGroup(
            "II",
            "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
            (AwardedRow("1", UNITS[1], MERIT), AwardedRow("2", UNITS[6], MERIT)),
        ),
    ),
    total_line="(Danh sách gồm 03 tập thể)./.",
)
DRAFT = dataclasses.replace(
    DECISION,
    draft_mark="DỰ THẢO",
    letterhead=dataclasses.replace(
        DECISION.letterhead,
        number="Số:          /QĐ-UBND",
        place_date="Lam Giang, ngày       tháng 12 năm 2026",
    ),
)


@pytest.fixture(scope="module")
def pdf():
    return printed(DECISION)


def test_decision_carries_every_text(pdf):
    assert missing_text(DECISION, pdf) == []


def test_decision_has_one_tagged_page_and_its_list(pdf):
    assert (pdf.pages, pdf.title, pdf.is_tagged) == (2, DECISION.title, True)


def test_decision_uses_the_paper_fonts_only(pdf):
    faces = {"Paper-Serif", "Paper-Serif-Bold", "Paper-Serif-Italic", "Paper-Serif-Bold-Italic"}
    assert pdf.fonts == faces


def test_decision_with_number_is_no_draft(pdf):
    assert pdf.text.count("DỰ THẢO") == 0


def test_draft_decision_says_so_and_leaves_number_and_day_empty():
    text = printed(DRAFT).text
    assert "Số: /QĐ-UBND Lam Giang, ngày tháng 12 năm 2026 DỰ THẢO QUYẾT ĐỊNH" in text
