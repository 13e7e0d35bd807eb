"""Every way of scoring told in words."""

from decimal import Decimal

import pytest

from blocs.scoring import KINDS, TableRules, kind_words, rule_words, summing_words
from blocs.scoring.kinds.kinds import is_ordinary

D = Decimal
LEVELS = {"levels": [{"label": "Tốt", "points": "8"}, {"label": "Khá", "points": "6.5"}]}
BANDS = {
    "bands": [
        {"from": "90", "ends": "[]", "to": "100", "points": "10"},
        {"from": "80", "ends": "[)", "to": "90", "points": "7"},
    ]
}


@pytest.mark.parametrize(
    ("kind", "rule", "measure", "words"),
    [
        ("direct", {}, "", "Chấm từ 0 đến 10 điểm."),
        ("direct", {"step": "0.25"}, "", "Chấm từ 0 đến 10 điểm, bước 0,25 điểm."),
        ("direct", LEVELS, "", "Theo mức: Tốt 8 điểm; Khá 6,5 điểm."),
        ("pass_fail", {}, "", "Đạt được 10 điểm, không đạt 0 điểm."),
        (
            "pass_fail",
            {"may_be_not_applicable": False},
            "",
            "Đạt được 10 điểm, không đạt 0 điểm. Áp dụng cho mọi đơn vị.",
        ),
        (
            "quantitative",
            {"formula": "proportional", "target": "95"},
            "%",
            "10 × kết quả / chỉ tiêu, tối đa 10 điểm. Chỉ tiêu chung: 95 %.",
        ),
        ("quantitative", {}, "", "Chưa chọn cách tính điểm."),
        (
            "quantitative",
            {"formula": "bands", "of": "percent", **BANDS},
            "",
            "Theo tỷ lệ đạt chỉ tiêu (%): từ 90 đến 100 được 10 điểm; từ 80 dưới 90 được 7 điểm.",
        ),
        (
            "quantitative",
            {"formula": "per_percent_below", "lose": "0.5", "count": "full"},
            "",
            "Cứ thấp hơn chỉ tiêu 1 % thì trừ 0,5 điểm (chỉ tính phần trăm tròn).",
        ),
        (
            "quantitative",
            {"formula": "share_of_best", "may_be_not_applicable": True},
            "",
            "10 × kết quả / kết quả cao nhất của các đơn vị. Có thể không giao cho đơn vị.",
        ),
        (
            "quantitative",
            {"formula": "relative_to_leader"},
            "",
            "Đạt chỉ tiêu được 5 điểm; phần vượt được thêm đến 5 điểm, so với đơn vị vượt chỉ "
            "tiêu cao nhất của các đơn vị.",
        ),
        (
            "per_occurrence",
            {"per_unit": "2"},
            "sáng kiến",
            "2 điểm cho mỗi sáng kiến, tối đa 10 điểm.",
        ),
        ("per_occurrence", {}, "", "Quy tắc chưa nêu số điểm cho mỗi trường hợp."),
        ("bonus", {"per_unit": "1", "cap": "5"}, "lần", "Cộng 1 điểm cho mỗi lần, tối đa 5 điểm."),
        (
            "bonus",
            {"needs_full": "I/1"},
            "",
            "Ghi số điểm thưởng, tối đa 10 điểm. Chỉ thưởng khi mục I/1 đạt đủ điểm chuẩn.",
        ),
        ("deduction", {"per_unit": "0.5"}, "ngày", "Trừ 0,5 điểm cho mỗi ngày, tối đa 10 điểm."),
        ("external_rating", LEVELS, "", "Quy đổi: Tốt 8 điểm; Khá 6,5 điểm."),
        ("external_rating", {}, "", "Chưa có bảng quy đổi ra điểm."),
        (
            "external_rating",
            BANDS,
            "",
            "Theo chỉ số được công bố: từ 90 đến 100 được 10 điểm; từ 80 dưới 90 được 7 điểm.",
        ),
        (
            "clauses",
            {"parts": [{}, {}]},
            "",
            "Điểm chuẩn 10, cộng trừ theo 02 phần của quy chế.",
        ),
        ("group", {}, "", ""),
    ],
)
def test_rule_is_told_as_a_sentence(kind, rule, measure, words):
    assert rule_words(kind, rule, D(10), measure) == words


def test_bonus_without_a_ceiling_names_none():
    assert rule_words("bonus", {"per_unit": "2"}, D(0), "lần") == "Cộng 2 điểm cho mỗi lần."


def test_every_kind_of_the_arithmetic_has_words():
    assert {kind: rule_words(kind, {}, D(10)) == "" for kind in KINDS} == dict.fromkeys(
        KINDS, False
    )
    assert kind_words("group") == "Nhóm tiêu chí"
    assert kind_words("other") == "Cách chấm “other” chưa được hỗ trợ"


def test_summing_rules_are_told_one_by_one():
    rules = TableRules(
        may_exceed_total=False,
        bonus_cap=D(5),
        deduction_floor=D(-10),
        total_floor=D(0),
        step=D("0.25"),
        round_to_step=True,
        decimals=2,
        not_applicable="full",
    )
    assert summing_words(rules) == (
        "Tổng điểm không được vượt tổng điểm tối đa nhờ điểm thưởng.",
        "Điểm thưởng tính tối đa 5 điểm.",
        "Điểm trừ tính tối đa 10 điểm.",
        "Tổng điểm không thấp hơn 0.",
        "Điểm chấm theo bước 0,25; điểm do phần mềm tính cũng làm tròn theo bước đó.",
        "Điểm của từng tiêu chí làm tròn đến 2 chữ số thập phân.",
        "Tiêu chí không giao cho đơn vị được tính đủ điểm tối đa.",
    )


@pytest.mark.parametrize(
    ("kind", "rule", "ordinary"),
    [
        ("direct", LEVELS, True),
        ("quantitative", {}, True),
        ("quantitative", {"formula": "proportional"}, True),
        ("quantitative", {"formula": "bands"}, True),
        ("external_rating", LEVELS, True),
        ("external_rating", BANDS, True),
        ("external_rating", {"bands": "x"}, False),
        ("clauses", {}, True),
        ("clauses", {"parts": [{"items": [{"if": [["a"]]}]}]}, False),
        ("unknown", {}, False),
    ],
)
def test_rules_beyond_ordinary_fields_are_known(kind, rule, ordinary):
    assert is_ordinary(kind, rule) is ordinary
