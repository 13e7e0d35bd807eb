"""Each kind of leaf by a table of cases: what it gives, what it asks, what it waits for."""

from decimal import Decimal

import pytest

from blocs.scoring import (
    KINDS,
    MISSING,
    Context,
    Entry,
    InputType,
    Leaf,
    Missing,
    Points,
    Question,
    Waiting,
    check_leaf,
    leaf_points,
)
from blocs.scoring.terms.numbers import show

D = Decimal
LEVELS = {"levels": [{"label": "Tốt", "points": "10"}, {"label": "Khá", "points": "7"}]}
BANDS = {
    "formula": "bands",
    "of": "percent",
    "bands": [
        {"from": "100", "ends": "[)", "points": "10"},
        {"from": "90", "to": "100", "ends": "[)", "points": "8"},
    ],
}
BELOW = {"formula": "per_percent_below", "lose": "0.5"}


def score(kind, entry, rule=None, max_points="10", context=None):
    points = None if max_points is None else D(max_points)
    return leaf_points(Leaf("I/1", kind, points, rule or {}), entry, context or Context())


def value(number, target=None):
    return Entry(D(number), None if target is None else D(target))


@pytest.mark.parametrize(
    ("kind", "rule", "entry", "points"),
    [
        ("direct", {}, value("0"), "0"),
        ("direct", {}, value("9.5"), "9.5"),
        ("direct", {"step": "0.25"}, value("9.75"), "9.75"),
        ("direct", LEVELS, Entry(choice="Khá"), "7"),
        ("direct", LEVELS, value("8"), "8"),
        ("pass_fail", {}, value("1"), "10"),
        ("pass_fail", {}, value("0"), "0"),
        ("per_occurrence", {"per_unit": "1.5"}, value("4"), "6"),
        ("per_occurrence", {"per_unit": "1.5"}, value("9"), "10"),
        ("per_occurrence", {"per_unit": "1.5", "cap": "5"}, value("4"), "5"),
        ("per_occurrence", {"per_unit": "2", "fractions": True}, value("2.5"), "5"),
        ("bonus", {}, value("1.5"), "1.5"),
        ("bonus", {"per_unit": "2", "cap": "3"}, value("2"), "3"),
        ("deduction", {"per_unit": "0.5"}, value("3"), "-1.5"),
        ("deduction", {"per_unit": "0.5", "cap": "1"}, value("3"), "-1"),
        ("deduction", {}, value("0"), "0"),
        ("external_rating", LEVELS, Entry(choice="Tốt"), "10"),
        ("external_rating", {"bands": BANDS["bands"]}, value("90"), "8"),
        ("quantitative", {"formula": "proportional"}, value("45", "60"), "7.5"),
        ("quantitative", {"formula": "proportional"}, value("90", "60"), "10"),
        ("quantitative", {"formula": "proportional", "target": "100"}, value("95"), "9.5"),
        ("quantitative", {"formula": "proportional", "cap": "12"}, value("90", "60"), "12"),
        ("quantitative", BANDS, value("54", "60"), "8"),
        ("quantitative", BANDS, value("60", "60"), "10"),
        ("quantitative", {**BELOW, "count": "exact"}, value("975", "1000"), "8.75"),
        ("quantitative", {**BELOW, "count": "full"}, value("975", "1000"), "9"),
        ("quantitative", {**BELOW, "count": "started"}, value("975", "1000"), "8.5"),
        ("quantitative", {**BELOW, "count": "full"}, value("1", "1000"), "0"),
        ("quantitative", {**BELOW, "count": "full"}, value("1100", "1000"), "10"),
    ],
)
def test_leaf_gives_its_points(kind, rule, entry, points):
    outcome = score(kind, entry, rule)
    assert isinstance(outcome, Points)
    assert outcome.points == D(points)


@pytest.mark.parametrize(
    ("kind", "rule", "entry", "sentence"),
    [
        ("direct", {}, value("10.5"), "Điểm 10,5 nằm ngoài khoảng từ 0 đến 10."),
        ("direct", {}, value("-1"), "Điểm −1 nằm ngoài khoảng từ 0 đến 10."),
        ("direct", {"step": "0.5"}, value("9.7"), "Điểm 9,7 không theo bước 0,5 điểm."),
        ("direct", LEVELS, Entry(choice="Kém"), "Bảng điểm không có mức “Kém”. Vui lòng chọn lại."),
        (
            "direct",
            {**LEVELS, "levels_only": True},
            value("8"),
            "Quy tắc không quy định điểm cho mức 8. Vui lòng cho biết số điểm.",
        ),
        ("pass_fail", {}, value("2"), "Chỉ nhận “Đạt” hoặc “Không đạt”, không nhận 2."),
        (
            "per_occurrence",
            {"per_unit": "1"},
            value("1.5"),
            "Số lượng phải là số nguyên, không phải 1,5.",
        ),
        ("deduction", {}, value("-2"), "Số −2 là số âm. Vui lòng kiểm tra lại."),
        (
            "quantitative",
            BANDS,
            value("53", "60"),
            "Quy tắc không quy định điểm cho giá trị 88,3333. Vui lòng cho biết số điểm.",
        ),
        (
            "quantitative",
            {"formula": "proportional"},
            value("5", "0"),
            "Chỉ tiêu phải lớn hơn 0 mới so sánh được kết quả. Vui lòng kiểm tra lại.",
        ),
        (
            "quantitative",
            {},
            value("5", "5"),
            "Tiêu chí định lượng chưa chọn cách tính điểm. Vui lòng sửa bảng tiêu chí.",
        ),
        (
            "per_occurrence",
            {"per_unit": 0.5},
            value("1"),
            "Trong quy tắc, số điểm cho mỗi trường hợp “0.5” không phải là số. "
            "Vui lòng sửa bảng tiêu chí.",
        ),
        (
            "per_occurrence",
            {"per_unit": "999999999999999", "fractions": True},
            value("999999999999999"),
            "Con số quá lớn nên không tính được điểm. Vui lòng kiểm tra lại.",
        ),
        ("magic", {}, value("1"), "Phần mềm không biết loại tiêu chí “magic”."),
    ],
)
def test_value_without_a_rule_is_a_question(kind, rule, entry, sentence):
    assert score(kind, entry, rule) == Question(sentence)


@pytest.mark.parametrize("kind", KINDS)
def test_empty_is_missing_and_not_zero(kind):
    assert score(kind, Entry(), {"formula": "proportional", "per_unit": "1"}) == MISSING


@pytest.mark.parametrize("rule", [{"formula": "proportional"}, BANDS, {**BELOW, "count": "exact"}])
def test_result_without_its_target_is_missing(rule):
    assert score("quantitative", value("5"), rule) == Missing("Chưa nhập chỉ tiêu.")


def test_leaf_without_maximum_is_a_question():
    assert score("direct", value("5"), max_points=None) == Question(
        "Tiêu chí chưa có điểm tối đa. Vui lòng sửa bảng tiêu chí."
    )


LEADER = {"formula": "relative_to_leader"}
BLOC = (
    value("80", "100"),
    value("100", "100"),
    value("120", "100"),
    value("150", "100"),
    value("30"),
    value("40", "0"),
)


@pytest.mark.parametrize(("place", "points"), list(enumerate(["4", "5", "7", "10", "7.5", "10"])))
def test_relative_leaf_follows_the_formula_of_cluster_347(place, points):
    outcome = score("quantitative", BLOC[place], LEADER, context=Context(peers=BLOC))
    assert isinstance(outcome, Points)
    assert outcome.points == D(points)


def test_relative_leaf_waits_until_everybody_has_reported():
    waiting = Waiting("Điểm so với đơn vị dẫn đầu, có sau khi các đơn vị đã nhập đủ số liệu.")
    peers = (*BLOC, Entry(target=D(9)))
    assert score("quantitative", BLOC[0], LEADER) == waiting
    assert score("quantitative", BLOC[0], LEADER, context=Context(peers=peers)) == waiting


def test_relative_leaf_counts_without_the_silent_once_time_is_over():
    peers = (*BLOC, Entry(target=D(9)), Entry(not_applicable=True))
    outcome = score("quantitative", BLOC[2], LEADER, context=Context(peers=peers, is_closed=True))
    assert outcome == Points(D(7), "5 + 5 × 20 % / 50 %")


def test_leader_gets_exactly_the_full_mark():
    peers = (value("4", "3"), value("8", "6"), value("10", "9"))
    marks = [score("quantitative", peer, LEADER, "5", Context(peers=peers)) for peer in peers]
    assert [mark.points for mark in marks[:2]] == [D(5), D(5)]
    assert marks[2].points == D("2.5") + D("2.5") / 3


def test_unit_at_its_target_has_half_even_where_nobody_is_above():
    peers = (value("100", "100"), value("80", "100"))
    marks = [score("quantitative", peer, LEADER, context=Context(peers=peers)) for peer in peers]
    assert marks == [Points(D(5), "5 × 100 / 100"), Points(D(4), "5 × 80 / 100")]


NOT_ASSIGNED = Entry(not_applicable=True)


@pytest.mark.parametrize(
    ("own", "other", "points"),
    (
        (value("120", "100"), NOT_ASSIGNED, "10"),
        (value("120", "100"), Entry(D(900), D(100), not_applicable=True), "10"),
        (value("30"), Entry(D(900), not_applicable=True), "10"),
        (value("30"), value("60"), "5"),
    ),
)
def test_unit_the_leaf_was_not_assigned_to_leads_nobody_and_holds_nobody_up(own, other, points):
    outcome = score("quantitative", own, LEADER, context=Context(peers=(own, other)))
    assert outcome.points == D(points)


def test_share_of_best_compares_results_alone():
    peers = (value("30"), value("40"))
    outcome = score(
        "quantitative", peers[0], {"formula": "share_of_best"}, context=Context(peers=peers)
    )
    assert outcome == Points(D("7.5"), "10 × 30 / 40")


def test_share_of_nothing_is_a_question():
    peers = (value("0"), value("0"))
    assert score(
        "quantitative", peers[0], {"formula": "share_of_best"}, context=Context(peers=peers)
    ) == Question("Các đơn vị cùng nhóm đều có kết quả 0 nên quy tắc không cho ra điểm.")


CLAUSES = {
    "facts": [
        {"key": "late", "label": "Số hồ sơ chậm", "type": "count"},
        {"key": "rate", "label": "Tỷ lệ", "type": "number", "unit": "%"},
    ],
    "floor": "0",
    "parts": [{"items": [{"per": "late", "points": "-3"}]}],
}


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"late": "2", "rate": "1"}, Points(D(4), "10 − 6")),
        ({"late": "9", "rate": "1"}, Points(D(0), "10 − 27, tối thiểu 0")),
        ({"late": "2"}, Missing("Chưa nhập: Tỷ lệ.")),
        (
            {"late": "1.5", "rate": "1"},
            Question("Số hồ sơ chậm phải là số nguyên từ 0, không phải 1,5."),
        ),
        (
            {"late": "hai", "rate": "1"},
            Question("Số hồ sơ chậm: “hai” không phải là một số nguyên."),
        ),
    ],
)
def test_clauses_ask_for_every_fact(answers, outcome):
    assert score("clauses", Entry(facts=answers), CLAUSES) == outcome


@pytest.mark.parametrize(
    ("kind", "rule", "asked"),
    [
        ("direct", {}, [(InputType.POINTS, "value", "")]),
        ("direct", LEVELS, [(InputType.LEVEL, "choice", ""), (InputType.POINTS, "value", "")]),
        ("pass_fail", {}, [(InputType.PASSED, "value", "")]),
        ("per_occurrence", {"per_unit": "1"}, [(InputType.COUNT, "value", "")]),
        ("bonus", {}, [(InputType.POINTS, "value", "")]),
        ("deduction", {"per_unit": "1"}, [(InputType.COUNT, "value", "")]),
        ("external_rating", LEVELS, [(InputType.LEVEL, "choice", "")]),
        (
            "quantitative",
            {"formula": "proportional"},
            [(InputType.TARGET, "target", ""), (InputType.ACTUAL, "value", "")],
        ),
        (
            "quantitative",
            {"formula": "proportional", "target": "100"},
            [(InputType.ACTUAL, "value", "")],
        ),
        (
            "clauses",
            CLAUSES,
            [(InputType.FACT, "facts", "late"), (InputType.FACT, "facts", "rate")],
        ),
    ],
)
def test_kind_says_what_it_asks(kind, rule, asked):
    inputs = KINDS[kind].inputs(rule)
    assert [(item.type, item.field, item.key) for item in inputs] == asked


@pytest.mark.parametrize(
    ("kind", "rule", "sentences"),
    [
        ("direct", LEVELS, []),
        (
            "direct",
            {"levels": [{"label": "Tốt", "points": "11"}]},
            ["Mức “Tốt” cho 11 điểm, vượt điểm tối đa 10."],
        ),
        ("direct", {"levels": [{"label": "", "points": "1"}]}, ["Mức thứ 1 chưa có tên."]),
        ("direct", {"step": "0"}, ["Trong quy tắc, bước điểm phải lớn hơn 0."]),
        ("per_occurrence", {}, ["Quy tắc chưa nêu số điểm cho mỗi trường hợp."]),
        ("per_occurrence", {"per_unit": "1", "cap": "12"}, ["Mức trần 12 vượt điểm tối đa 10."]),
        ("external_rating", {}, ["Tiêu chí xếp loại chưa có bảng quy đổi ra điểm."]),
        ("quantitative", {}, ["Tiêu chí định lượng chưa chọn cách tính điểm."]),
        ("quantitative", BANDS, []),
        ("quantitative", {"formula": "bands", "bands": []}, ["Quy tắc chưa nêu bậc điểm nào."]),
        (
            "quantitative",
            {"formula": "bands", "bands": [{"from": "1", "points": "1"}]},
            ["Cần nêu rõ bậc thứ 1 lấy hay không lấy giá trị ở hai đầu."],
        ),
        (
            "quantitative",
            {
                "formula": "bands",
                "bands": [
                    {"from": "90", "ends": "[)", "points": "2"},
                    {"from": "80", "to": "90", "ends": "[]", "points": "1"},
                ],
            },
            ["Bậc “từ 90” và bậc “từ 80 đến 90” trùng nhau."],
        ),
        (
            "quantitative",
            {"formula": "per_percent_below", "lose": "1"},
            ["Quy tắc chưa nêu cách tính phần lẻ của mỗi 1 % thấp hơn chỉ tiêu."],
        ),
        ("clauses", {}, ["Quy tắc cần nêu dữ kiện phải nhập và ít nhất một phần tính điểm."]),
        ("clauses", {**CLAUSES, "standard": "11"}, ["Điểm chuẩn 11 vượt điểm tối đa 10."]),
        (
            "clauses",
            {**CLAUSES, "parts": [{"items": [{"per": "early", "points": "1"}]}]},
            ["Quy định dùng dữ kiện “early” chưa được khai báo."],
        ),
        (
            "clauses",
            {**CLAUSES, "parts": [{"if": [["rate", "~", "1"]], "items": []}]},
            ["Không có phép so sánh “~”."],
        ),
        ("magic", {}, ["Phần mềm không biết loại tiêu chí “magic”."]),
    ],
)
def test_rule_that_cannot_work_is_named_before_publication(kind, rule, sentences):
    assert check_leaf(Leaf("I/1", kind, D(10), rule)) == sentences


@pytest.mark.parametrize(
    ("number", "text"),
    [("9.50", "9,5"), ("1000", "1.000"), ("-0.00", "0"), ("1234.5", "1.234,5"), ("-2", "−2")],
)
def test_number_is_shown_as_vietnamese_readers_write_it(number, text):
    assert show(D(number)) == text


def test_a_number_without_decimals_keeps_its_own_zeros():
    assert [show(D(number), 0) for number in ("100.2", "9.99", "1200", "0.4")] == [
        "100",
        "10",
        "1.200",
        "0",
    ]


NINETY = [
    {"from": "90", "to": "", "ends": "[]", "points": "10"},
    {"from": "0", "to": "90", "ends": "[)", "points": "5"},
]


@pytest.mark.parametrize(
    ("value", "target", "note"),
    [
        ("89.99999", None, "89,99999 thuộc bậc từ 0 dưới 90"),
        ("89.5", None, "89,5 thuộc bậc từ 0 dưới 90"),
        ("2699999", "3000000", "89,99997 thuộc bậc từ 0 dưới 90"),
        ("90.00001", None, "90 thuộc bậc từ 90"),
    ],
)
def test_a_figure_is_told_on_its_side_of_the_limit(value, target, note):
    """As many decimals as the limit needs: «90 thuộc bậc dưới 90» would be no rate of that band."""
    rule = {"formula": "bands", "of": "percent" if target else "value", "bands": NINETY}
    entry = Entry(value=D(value), target=target and D(target))
    kinds = ["quantitative"] if target else ["quantitative", "external_rating"]
    for kind in kinds:
        assert leaf_points(Leaf("1", kind, D(10), rule), entry).note == note
