"""The agreement: its text, its places for signatures, its list of confirmations."""

import dataclasses

import pytest

from agreements.documents.agreement import AgreementPaper, Confirmation, TargetRow, UnitSigner
from tests.papers.papers import BLOC, BLOC_HEAD, UNITS, missing_text, printed
from thidua.papers.papers import Letterhead, PaperPart

DIRECTOR = ("GIÁM ĐỐC",)
AGREEMENT = AgreementPaper(
    title="Giao ước thi đua năm 2026 của Khối thi đua số 5",
    letterhead=Letterhead(
        BLOC.superior_lines,
        BLOC.body_lines,
        "Số: 02/GƯ-KTĐ5",
        "Lam Giang, ngày 28 tháng 01 năm 2026",
    ),
    subject_lines=("Năm 2026 của Khối thi đua số 5 tỉnh Lam Giang",),
    bases=(
        "Căn cứ Luật Thi đua, khen thưởng và các văn bản quy định chi tiết thi hành;",
        "Căn cứ Quyết định số 00/QĐ-UBND ngày 10 tháng 01 năm 2026 của Chủ tịch Ủy ban nhân dân "
        "tỉnh Lam Giang về việc thành lập các cụm, khối thi đua;",
        "Căn cứ Quy chế hoạt động của Khối thi đua số 5 và kết quả thảo luận tại hội nghị ngày 28 "
        "tháng 01 năm 2026.",
    ),
    opening=(
        "Hôm nay, ngày 28 tháng 01 năm 2026, tại trụ sở Sở Xây dựng, đại diện 08 đơn vị thành viên "
        "Khối thi đua số 5 thống nhất ký kết Giao ước thi đua năm 2026 với các nội dung sau:"
    ),
    parts=(
        PaperPart(
            "I. NỘI DUNG THI ĐUA",
            (
                "1. Thi đua hoàn thành xuất sắc nhiệm vụ chính trị, các chỉ tiêu kế hoạch được Ủy "
                "ban nhân dân tỉnh giao năm 2026; 100% nhiệm vụ hoàn thành trước thời hạn.",
                "2. Thi đua cải cách hành chính, chuyển đổi số; tỷ lệ hồ sơ giải quyết đúng hạn từ "
                "99,5% trở lên; chỉ số cải cách hành chính xếp loại tốt trở lên.",
                "3. Thi đua chấp hành chủ trương của Đảng, chính sách, pháp luật của Nhà nước; "
                "phòng, chống tham nhũng; thực hành tiết kiệm, chống lãng phí.",
                "4. Hưởng ứng đầy đủ các phong trào thi đua do Thủ tướng Chính phủ, Ủy ban nhân "
                "dân tỉnh phát động; phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến.",
            ),
        ),
        PaperPart("II. CHỈ TIÊU PHẤN ĐẤU", ("Các đơn vị phấn đấu đạt các chỉ tiêu sau:",)),
    ),
    targets=(
        TargetRow("1", "Đơn vị hoàn thành tốt nhiệm vụ trở lên", "%", "100"),
        TargetRow("2", "Hồ sơ giải quyết đúng hạn", "%", "99,5", "Theo số liệu của Cổng dịch vụ"),
        TargetRow("3", "Sáng kiến được công nhận của mỗi đơn vị", "sáng kiến", "01"),
    ),
    later_parts=(
        PaperPart(
            "III. TỔ CHỨC THỰC HIỆN",
            (
                "1. Thủ trưởng các đơn vị tổ chức phát động và gửi bản đăng ký thi đua về Khối "
                "trưởng trước ngày 15 tháng 02 năm 2026.",
                "2. Khối sơ kết trong tháng 7 năm 2026; tổng kết, chấm điểm, bình xét và suy tôn "
                "trước ngày 10 tháng 12 năm 2026.",
            ),
        ),
    ),
    closing=(
        "Giao ước này được lập thành 10 bản có giá trị như nhau, mỗi đơn vị thành viên giữ 01 bản, "
        "gửi Sở Nội vụ 01 bản, lưu Khối trưởng 01 bản./."
    ),
    unit_signers=(
        UnitSigner(("SỞ XÂY DỰNG",), DIRECTOR, "Nguyễn Văn A"),
        UnitSigner(("SỞ CÔNG THƯƠNG",), DIRECTOR, "Trần Thị B"),
        UnitSigner(("SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"), DIRECTOR, ""),
        UnitSigner(("BAN QUẢN LÝ", "CÁC KHU CÔNG NGHIỆP"), ("TRƯỞNG BAN",), "Vũ Thị E"),
        UnitSigner(("SỞ TÀI CHÍNH",), DIRECTOR, ""),
        UnitSigner(
            ("SỞ KHOA HỌC", "VÀ CÔNG NGHỆ"), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Hoàng Văn Đ"
        ),
        UnitSigner((UNITS[6].upper(),), DIRECTOR, "Đặng Văn G"),
    ),
    bloc_signer=BLOC_HEAD,
    attached_lines=("(Kèm theo Giao ước thi đua số 02/GƯ-KTĐ5 của Khối thi đua số 5)",),
    confirmations=(
        Confirmation("1", UNITS[0], "Nguyễn Văn A", "Giám đốc", "08 giờ 31, 28/01/2026"),
        Confirmation("2", UNITS[5], "Hoàng Văn Đ", "KT. Giám đốc", "09 giờ 05, 28/01/2026"),
        Confirmation("3", UNITS[6], "Đặng Văn G", "Giám đốc", "14 giờ 00, 29/01/2026"),
    ),
)


@pytest.fixture(scope="module")
def pdf():
    return printed(AGREEMENT)


def test_agreement_carries_every_text(pdf):
    assert missing_text(AGREEMENT, pdf) == []


def test_agreement_has_four_tagged_pages_with_its_annex(pdf):
    assert (pdf.pages, pdf.title, pdf.is_tagged) == (4, AGREEMENT.title, True)


def test_agreement_uses_the_paper_fonts_only(pdf):
    assert pdf.fonts == {"Paper-Serif", "Paper-Serif-Bold", "Paper-Serif-Italic"}


def test_agreement_without_confirmations_has_no_annex():
    plain = printed(dataclasses.replace(AGREEMENT, confirmations=(), attached_lines=()))
    end = "TM. KHỐI THI ĐUA SỐ 5 KHỐI TRƯỞNG GIÁM ĐỐC SỞ XÂY DỰNG Nguyễn Văn A"
    assert (plain.pages, plain.text.endswith(end)) == (3, True)


def test_agreement_leaves_the_place_of_a_missing_signer_empty(pdf):
    row = "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG GIÁM ĐỐC BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP TRƯỞNG BAN"
    assert f"{row} Vũ Thị E SỞ TÀI CHÍNH" in pdf.text


def test_agreement_pairs_its_signers_and_keeps_the_odd_one():
    assert [len(pair) for pair in AGREEMENT.signer_pairs] == [2, 2, 2, 1]
