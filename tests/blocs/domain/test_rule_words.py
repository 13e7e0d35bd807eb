"""The regulation in sentences."""

from dataclasses import replace
from decimal import Decimal

from blocs.domain.rule_words import Regulation, certificate_sentence, rule_sentences

USUAL = Regulation(
    decimals=2,
    tie_rules=("work_points", "shared_rank"),
    quorum_numerator=2,
    quorum_denominator=3,
    vote_threshold=Decimal("50.00"),
    vote_base="present",
    flags=1,
    certificate_share=Decimal("50.00"),
    certificate_count=None,
    certificate_base="rest",
    rounding="down",
    counted_submission="first",
)


def test_every_rule_is_one_sentence():
    assert rule_sentences(USUAL) == (
        "Thời điểm nộp báo cáo tính theo lần nộp đầu tiên.",
        "Điểm lấy 2 chữ số thập phân.",
        "Khi bằng tổng điểm, xét lần lượt: điểm phần nhiệm vụ chuyên môn cao hơn; nếu vẫn bằng "
        "nhau thì các đơn vị cùng hạng, hạng kế tiếp tính theo số đơn vị xếp trên.",
        "Hội nghị tiến hành khi có mặt ít nhất 2/3 số đơn vị thành viên.",
        "Đơn vị được đề nghị khi đạt ít nhất 1/2 số đại biểu có mặt.",
        "Khối được đề nghị tối đa 01 Cờ thi đua.",
        "Bằng khen tối đa 50% số đơn vị còn lại, làm tròn xuống.",
    )


def test_certificates_may_be_counted_as_well():
    rules = replace(
        USUAL,
        certificate_share=Decimal("12.50"),
        certificate_count=3,
        certificate_base="all",
        rounding="up",
    )
    assert certificate_sentence(rules) == (
        "Bằng khen tối đa 12,5% tổng số đơn vị, làm tròn lên, và không quá 03."
    )
