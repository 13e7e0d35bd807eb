"""The regulation in sentences."""

from dataclasses import replace
from decimal import Decimal

import pytest

from blocs.scoring.votes.quorum import Threshold
from blocs.years.domain.rule_words import (
    StatedRules,
    certificate_sentence,
    rule_sentences,
    vote_sentence,
)

USUAL = StatedRules(
    printed_decimals=None,
    decimals=2,
    tie_rules=("work_points", "shared_rank"),
    tie_sections={},
    part_year="full",
    quorum_numerator=2,
    quorum_denominator=3,
    signature_numerator=1,
    signature_denominator=1,
    vote_threshold=Decimal("50.00"),
    vote_is_strict=False,
    vote_base="present",
    deputies=2,
    flags=1,
    certificate_share=Decimal("50.00"),
    certificate_count=None,
    certificate_base="rest",
    rounding="down",
    lowest_place=None,
    counted_submission="first",
)


def test_every_rule_is_one_sentence():
    assert rule_sentences(USUAL) == (
        "Giao ước có hiệu lực khi có chữ ký của tất cả đơn vị thành viên.",
        "Thời điểm nộp báo cáo tính theo lần nộp đầu tiên.",
        "Điểm lấy 2 chữ số thập phân.",
        "Khi bằng tổng điểm, xét lần lượt: điểm phần nhiệm vụ chuyên môn cao hơn; nếu vẫn bằng "
        "nhau thì các đơn vị cùng hạng, hạng kế tiếp tính theo số đơn vị xếp trên.",
        "Đơn vị tham gia không trọn năm được so sánh đầy đủ, như đơn vị tham gia cả năm.",
        "Hội nghị tiến hành khi có mặt ít nhất 2/3 số đơn vị thành viên.",
        "Tỷ lệ phiếu tính trên số đại biểu có mặt, có quyền bỏ phiếu; mức đạt: ít nhất 1/2.",
        "Bầu một đơn vị trưởng, tối đa 02 đơn vị phó của năm sau.",
        "Được đề nghị tối đa 01 Cờ thi đua.",
        "Bằng khen tối đa 50% số đơn vị còn lại, làm tròn xuống.",
    )


def test_a_single_section_that_decides_between_equals_is_named():
    rules = replace(
        USUAL,
        tie_rules=("points:III", "points:IV/2", "bonus_points"),
        tie_sections={"points:III": "mục III “Cải cách hành chính”"},
    )
    assert rule_sentences(rules)[3] == (
        "Khi bằng tổng điểm, xét lần lượt: điểm mục III “Cải cách hành chính” cao hơn; điểm mục "
        "IV.2 cao hơn; điểm thưởng cao hơn; nếu vẫn bằng nhau thì hội nghị quyết định."
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


def test_more_than_half_is_told_as_it_is_counted():
    assert rule_sentences(replace(USUAL, vote_is_strict=True, vote_base="valid"))[6] == (
        "Tỷ lệ phiếu tính trên số phiếu hợp lệ; mức đạt: trên 1/2."
    )
    assert vote_sentence(Threshold(1, 2, is_strict=True), "present", 8) == (
        "Tỷ lệ phiếu tính trên số đại biểu có mặt, có quyền bỏ phiếu (08); mức đạt: trên 1/2, "
        "tức từ 05 phiếu."
    )


def test_a_regulation_without_tie_rules_tells_the_usual_order():
    assert rule_sentences(replace(USUAL, tie_rules=()))[3] == (
        "Khi bằng tổng điểm, xét lần lượt: điểm phần nhiệm vụ chuyên môn cao hơn; điểm thưởng cao "
        "hơn; điểm trừ ít hơn; nếu vẫn bằng nhau thì các đơn vị cùng hạng, hạng kế tiếp tính theo "
        "số đơn vị xếp trên (thứ tự thông thường, vì quy định của năm không nêu)."
    )


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    (
        (2, 3, "ít nhất 2/3 số đơn vị thành viên; phần thiếu nêu rõ lý do"),
        (4, 5, "ít nhất 80% số đơn vị thành viên; phần thiếu nêu rõ lý do"),
        (6, 6, "tất cả đơn vị thành viên"),
    ),
)
def test_share_of_signatures_is_told_before_the_rest(numerator, denominator, words):
    rules = replace(USUAL, signature_numerator=numerator, signature_denominator=denominator)
    assert rule_sentences(rules)[0] == f"Giao ước có hiệu lực khi có chữ ký của {words}."
