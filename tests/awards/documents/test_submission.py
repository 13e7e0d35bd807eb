"""The submission of a bloc and its annexed list."""

import pytest

from awards.proposals.documents.submission import ProposalGroup, ProposalRow, Submission
from tests.papers.papers import BLOC, BLOC_HEAD, UNITS, missing_text, printed
from thidua.papers.papers import Letterhead, PaperPart

MERIT = "Hoàn thành xuất sắc nhiệm vụ và phong trào thi đua năm 2026"
SUBMISSION = Submission(
    title="Tờ trình về việc đề nghị khen thưởng Khối thi đua số 5 năm 2026",
    letterhead=Letterhead(
        BLOC.superior_lines,
        BLOC.body_lines,
        "Số: 07/TTr-KTĐ5",
        "Lam Giang, ngày 08 tháng 12 năm 2026",
    ),
    subject_lines=(
        "Về việc đề nghị tặng Cờ thi đua và Bằng khen",
        "cho các đơn vị thuộc Khối thi đua số 5 năm 2026",
    ),
    addressees=(
        "- Chủ tịch Ủy ban nhân dân tỉnh Lam Giang;",
        "- Hội đồng Thi đua - Khen thưởng tỉnh.",
    ),
    bases=(
        "Căn cứ Luật Thi đua, khen thưởng;",
        "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về "
        "phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn "
        "thi hành một số điều của Luật Thi đua, khen thưởng;",
        "Căn cứ Biên bản số 06/BB-KTĐ5 ngày 04 tháng 12 năm 2026 về hội nghị tổng kết, bình xét "
        "thi đua năm 2026 của Khối thi đua số 5.",
    ),
    introduction=(
        "Khối thi đua số 5 gồm 08 đơn vị thành viên. Ngày 04 tháng 12 năm 2026, Khối đã tổ chức "
        "hội nghị tổng kết và bỏ phiếu kín suy tôn; kết quả như sau:",
    ),
    parts=(
        PaperPart(
            "I. KẾT QUẢ BÌNH XÉT",
            (
                "1. Tổng số đại biểu có quyền bỏ phiếu: 08 người; có mặt: 08 người; số phiếu phát "
                "ra: 08; số phiếu thu về: 08; số phiếu hợp lệ: 08; số phiếu không hợp lệ: 00.",
                "2. Đơn vị được suy tôn dẫn đầu Khối: Sở Xây dựng, tổng điểm 986,75 điểm, đạt "
                "08/08 phiếu, tỷ lệ 100%.",
            ),
        ),
        PaperPart(
            "II. NỘI DUNG ĐỀ NGHỊ",
            (
                "1. Tặng Cờ thi đua của Ủy ban nhân dân tỉnh cho 01 tập thể: Sở Xây dựng, đã có "
                "thành tích xuất sắc, dẫn đầu phong trào thi đua năm 2026 của Khối.",
                "2. Tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh cho 03 tập thể, đã hoàn "
                "thành xuất sắc nhiệm vụ và phong trào thi đua năm 2026.",
            ),
        ),
        PaperPart(
            "III. HỒ SƠ KÈM THEO",
            (
                "1. Biên bản hội nghị tổng kết, bình xét thi đua; Biên bản kiểm phiếu.",
                "2. Bảng tổng hợp điểm thi đua năm 2026 của Khối.",
            ),
        ),
    ),
    closing="Khối thi đua số 5 kính trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, quyết định./.",
    recipients=(
        "- Như trên;",
        "- Sở Nội vụ (Phòng Thi đua - Khen thưởng);",
        "- Các đơn vị thành viên Khối;",
        "- Lưu: VT, KTĐ5 (02b).",
    ),
    signer=BLOC_HEAD,
    list_heading="DANH SÁCH TẬP THỂ ĐỀ NGHỊ KHEN THƯỞNG NĂM 2026",
    attached_lines=(
        "(Kèm theo Tờ trình số 07/TTr-KTĐ5 ngày 08 tháng 12 năm 2026",
        "của Khối thi đua số 5)",
    ),
    groups=(
        ProposalGroup(
            "I",
            "Cờ thi đua của Ủy ban nhân dân tỉnh",
            (
                ProposalRow(
                    "1",
                    UNITS[0],
                    "986,75",
                    "08/08",
                    "(100%)",
                    "Dẫn đầu phong trào thi đua năm 2026",
                ),
            ),
        ),
        ProposalGroup(
            "II",
            "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
            (
                ProposalRow("1", UNITS[1], "974,50", "07/08", "(87,5%)", MERIT),
                ProposalRow("2", UNITS[2], "971,25", "07/08", "(87,5%)", MERIT),
                ProposalRow("3", UNITS[6], "951,00", "06/08", "(75,0%)", MERIT),
            ),
        ),
    ),
    total_line="(Danh sách gồm 04 tập thể)./.",
)


@pytest.fixture(scope="module")
def pdf():
    return printed(SUBMISSION)


def test_submission_carries_every_text(pdf):
    assert missing_text(SUBMISSION, pdf) == []


def test_submission_has_two_tagged_pages_and_its_list(pdf):
    assert (pdf.pages, pdf.title, pdf.is_tagged) == (3, SUBMISSION.title, True)


def test_submission_uses_the_paper_fonts_only(pdf):
    faces = {"Paper-Serif", "Paper-Serif-Bold", "Paper-Serif-Italic", "Paper-Serif-Bold-Italic"}
    assert pdf.fonts == faces


def test_submission_ends_with_the_total_of_its_list(pdf):
    last = f"3 {UNITS[6]} 951,00 06/08 (75,0%) {MERIT}"
    assert pdf.text.endswith(f"{last} (Danh sách gồm 04 tập thể)./.")
