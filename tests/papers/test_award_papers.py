"""Agreement, submission and decision of the year in which no two facts are alike."""

from dataclasses import replace

import pytest

from agreements.documents.agreement import (
    AgreementPaper,
    Confirmation,
    TargetRow,
    UnitSigner,
    agreement_paper,
)
from awards.decisions.documents.decision import (
    Article,
    AwardedGroup,
    AwardedRow,
    DecisionPaper,
    decision_paper,
)
from awards.proposals.documents.submission import (
    ProposalGroup,
    ProposalRow,
    Submission,
    submission_paper,
)
from awards.proposals.models import ProposalItem
from tests.factories.awards import certificate
from tests.factories.different import (
    different_agreement,
    different_conference,
    different_decision,
    different_proposal,
    different_year,
)
from thidua.papers.papers import Letterhead, PaperPart, Signer

pytestmark = pytest.mark.django_db
SUBMISSION = Submission(
    title="Tờ trình về việc đề nghị khen thưởng Khối thi đua số 5 năm 2026",
    letterhead=Letterhead(
        ("UBND TỈNH LAM GIANG",),
        ("KHỐI THI ĐUA SỐ 5",),
        "Số: 07/TTr-KTĐ5",
        "Lam Giang, ngày 21 tháng 12 năm 2026",
    ),
    subject_lines=("Về việc đề nghị khen thưởng các đơn", "vị thuộc Khối thi đua số 5 năm 2026"),
    addressees=(
        "- Chủ tịch Ủy ban nhân dân tỉnh Lam Giang;",
        "- Hội đồng Thi đua - Khen thưởng tỉnh.",
    ),
    bases=("Căn cứ Luật Thi đua, khen thưởng.",),
    introduction=(
        (
            "Khối thi đua số 5 gồm 07 đơn vị thành viên. Hội nghị tổng kết năm 2026 họp "
            "ngày 18 tháng 12 năm 2026 tại Hội trường Sở Xây dựng."
        ),
        "Khối hoàn thành nhiệm vụ.",
    ),
    parts=(
        PaperPart(
            "I. KẾT QUẢ BÌNH XÉT",
            (
                (
                    "1. Bỏ phiếu suy tôn (bỏ phiếu kín). Số phiếu phát ra: 06; số phiếu thu "
                    "về: 05; số phiếu hợp lệ: 04; số phiếu không hợp lệ: 01."
                ),
            ),
        ),
        PaperPart(
            "II. NỘI DUNG ĐỀ NGHỊ",
            (
                ("1. Tặng Cờ thi đua của UBND tỉnh cho 01 tập thể: Sở Giao thông Vận tải."),
                ("2. Tặng Bằng khen của Chủ tịch UBND tỉnh cho 01 tập thể: Sở Xây dựng."),
            ),
        ),
        PaperPart(
            "III. HỒ SƠ KÈM THEO",
            (
                "1. Biên bản hội nghị tổng kết; biên bản kiểm phiếu (nếu có).",
                "2. Bảng tổng hợp điểm thi đua của các đơn vị.",
                "3. Báo cáo của từng tập thể được đề nghị.",
            ),
        ),
    ),
    closing=("Khối thi đua số 5 kính trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, quyết định./."),
    recipients=("- Như trên;", "- Sở Nội vụ;", "- Các đơn vị thành viên khối;", "- Lưu: VT, KTĐ5."),
    signer=Signer(
        ("TM. KHỐI THI ĐUA SỐ 5", "KHỐI TRƯỞNG"), "Trần Văn An", ("GIÁM ĐỐC SỞ XÂY DỰNG",)
    ),
    list_heading="DANH SÁCH TẬP THỂ ĐỀ NGHỊ KHEN THƯỞNG NĂM 2026",
    attached_lines=(
        "(Kèm theo Tờ trình số 07/TTr-KTĐ5 ngày 21",
        "tháng 12 năm 2026 của Khối thi đua số 5)",
    ),
    groups=(
        ProposalGroup(
            "I",
            "Cờ thi đua của UBND tỉnh",
            (
                ProposalRow(
                    "1", "Sở Giao thông Vận tải", "92,25", "04/07", "(57,1%)", "Dẫn đầu khối"
                ),
            ),
        ),
        ProposalGroup(
            "II",
            "Bằng khen của Chủ tịch UBND tỉnh",
            (
                ProposalRow(
                    "1",
                    "Sở Xây dựng",
                    "82,50",
                    "03/07",
                    "(42,9%)",
                    "Có thành tích trong phong trào thi đua năm 2026",
                ),
            ),
        ),
    ),
    total_line="(Danh sách gồm 02 tập thể)./.",
)

DECISION = DecisionPaper(
    title="Quyết định về việc tặng Cờ thi đua và Bằng khen năm 2026",
    letterhead=Letterhead(
        (),
        ("ỦY BAN NHÂN DÂN", "TỈNH LAM GIANG"),
        "Số: 3012/QĐ-UBND",
        "Lam Giang, ngày 28 tháng 12 năm 2026",
    ),
    draft_mark="",
    subject_lines=("Về việc tặng Cờ thi đua và Bằng khen năm 2026",),
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAM GIANG",
    bases=("Căn cứ Luật Thi đua, khen thưởng;",),
    proposed_by=(
        "Theo đề nghị của Giám đốc Sở Nội vụ (không có ý kiến của Hội đồng Thi đua - Khen thưởng "
        "tỉnh)."
    ),
    articles=(
        Article(
            "Điều 1.",
            (
                (
                    "Tặng Cờ thi đua của UBND tỉnh cho 01 tập thể; Bằng khen của Chủ tịch UBND "
                    "tỉnh cho 01 tập thể, đã có thành tích trong phong trào thi đua năm 2026 "
                    "(có Danh sách 02 tập thể kèm theo)."
                ),
            ),
        ),
        Article(
            "Điều 2.",
            (
                (
                    "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ, thủ trưởng các "
                    "cơ quan, đơn vị có liên quan và các tập thể có tên tại Điều 1 chịu trách "
                    "nhiệm thi hành Quyết định này./."
                ),
            ),
        ),
    ),
    recipients=("- Như Điều 2;", "- Lưu: VT."),
    signer=Signer(("PHÓ CHỦ TỊCH",), "Phạm Văn Tín"),
    list_heading="DANH SÁCH TẬP THỂ ĐƯỢC KHEN THƯỞNG",
    attached_lines=(
        "(Kèm theo Quyết định số 3012/QĐ-UBND ngày 28 tháng",
        "12 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh)",
    ),
    groups=(
        AwardedGroup(
            "I",
            "Cờ thi đua của UBND tỉnh",
            (AwardedRow("1", "Sở Giao thông Vận tải", "Dẫn đầu khối"),),
        ),
        AwardedGroup(
            "II",
            "Bằng khen của Chủ tịch UBND tỉnh",
            (AwardedRow("1", "Sở Xây dựng", "Có thành tích trong phong trào thi đua năm 2026"),),
        ),
    ),
    total_line="(Danh sách gồm 02 tập thể)./.",
)

AGREEMENT = AgreementPaper(
    title="Giao ước thi đua năm 2026 của Khối thi đua số 5",
    letterhead=Letterhead(
        ("UBND TỈNH LAM GIANG",),
        ("KHỐI THI ĐUA SỐ 5",),
        "Số: 02/GƯ-KTĐ5",
        "Lam Giang, ngày 28 tháng 01 năm 2026",
    ),
    subject_lines=("Năm 2026 của Khối thi đua số 5",),
    bases=("Căn cứ Luật Thi đua, khen thưởng.",),
    opening=(
        "Hôm nay, ngày 28 tháng 01 năm 2026, tại Trụ sở Sở Giao thông, đại diện 07 "
        "đơn vị thành viên Khối thi đua số 5 thống nhất ký kết Giao ước thi đua năm "
        "2026 với các nội dung sau:"
    ),
    parts=(
        PaperPart("I. NỘI DUNG THI ĐUA", ("1. Hoàn thành nhiệm vụ",)),
        PaperPart("II. CHỈ TIÊU PHẤN ĐẤU", ()),
    ),
    targets=(TargetRow("1", "Hồ sơ đúng hạn", "%", "98,5"),),
    later_parts=(PaperPart("III. TỔ CHỨC THỰC HIỆN", ("1. Sơ kết tháng 6",)),),
    closing=(
        "Giao ước này được lập thành 09 bản có giá trị như nhau, mỗi đơn vị thành "
        "viên giữ 01 bản, gửi cơ quan thường trực 01 bản, lưu khối trưởng 01 bản./."
    ),
    unit_signers=(
        UnitSigner(("SỞ XÂY DỰNG",), ("GIÁM ĐỐC",), "Trần Văn An"),
        UnitSigner(
            ("SỞ GIAO THÔNG VẬN TẢI",), ("KT. QUYỀN GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Hồ Thị Dung"
        ),
        UnitSigner(("SỞ CÔNG THƯƠNG",), ("GIÁM ĐỐC SỞ",), ""),
        UnitSigner(("BAN QUẢN LÝ KHU", "CÔNG NGHIỆP"), ("TRƯỞNG BAN",), ""),
        UnitSigner(("SỞ TƯ PHÁP",), ("GIÁM ĐỐC SỞ",), ""),
        UnitSigner(("SỞ TÀI CHÍNH",), ("NGƯỜI ĐỨNG ĐẦU",), ""),
        UnitSigner(("SỞ NỘI VỤ",), ("PHỤ TRÁCH",), ""),
    ),
    bloc_signer=Signer(
        ("TM. KHỐI THI ĐUA SỐ 5", "KHỐI TRƯỞNG"), "Trần Văn An", ("GIÁM ĐỐC SỞ XÂY DỰNG",)
    ),
    confirmations=(
        Confirmation(
            "1", "Sở Xây dựng", "Trần Văn An, Giám đốc", "thủ trưởng ký", "09:05 28/01/2026"
        ),
        Confirmation(
            "2",
            "Sở Giao thông Vận tải",
            "Hồ Thị Dung, Phó Giám đốc",
            "KT. (ký thay)",
            "09:05 28/01/2026",
        ),
    ),
)


def test_agreement_tells_every_fact_in_its_place():
    assert agreement_paper(different_agreement(different_year())) == AGREEMENT


def test_submission_tells_every_fact_in_its_place():
    year = different_year()
    different_conference(year)
    assert submission_paper(different_proposal(year)) == SUBMISSION


def test_decision_tells_every_fact_in_its_place():
    decision = different_decision(different_proposal(different_year()))
    assert decision_paper(decision, is_draft=False) == DECISION


def test_draft_of_a_decision_leaves_number_day_and_name_open():
    decision = different_decision(different_proposal(different_year()))
    assert decision_paper(decision, is_draft=True) == replace(
        DECISION,
        draft_mark="DỰ THẢO",
        letterhead=replace(
            DECISION.letterhead,
            number="Số:          /QĐ-UBND",
            place_date="Lam Giang, ngày       tháng       năm",
        ),
        signer=replace(DECISION.signer, name=""),
        attached_lines=("(Kèm theo Quyết định số          /QĐ-UBND)",),
    )


def test_units_are_counted_and_not_their_awards():
    proposal = different_proposal(different_year())
    third = proposal.bloc_year.members.get(order=4).unit
    ProposalItem.objects.create(proposal=proposal, award=certificate(), unit=third)
    paper = submission_paper(proposal)
    assert paper.total_line == "(Danh sách gồm 03 tập thể)./."
    assert [len(group.rows) for group in paper.groups] == [1, 2]
    decision = decision_paper(different_decision(proposal), is_draft=False)
    assert decision.total_line == "(Danh sách gồm 03 tập thể)./."
    assert decision.articles[0].paragraphs == (
        "Tặng Cờ thi đua của UBND tỉnh cho 01 tập thể; Bằng khen của Chủ tịch UBND tỉnh cho 02 "
        "tập thể, đã có thành tích trong phong trào thi đua năm 2026 (có Danh sách 03 tập thể kèm "
        "theo).",
    )


def test_parts_of_an_agreement_without_figures_are_numbered_in_a_row():
    agreement = different_agreement(different_year())
    agreement.targets.all().delete()
    paper = agreement_paper(agreement)
    assert [part.heading for part in (*paper.parts, *paper.later_parts)] == [
        "I. NỘI DUNG THI ĐUA",
        "II. TỔ CHỨC THỰC HIỆN",
    ]
