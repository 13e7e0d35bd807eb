"""No example of the cases stands unused, and what a rule leaves open comes back as a question."""

from decimal import Decimal

import pytest

from blocs.scoring import (
    Entry,
    Leaf,
    Node,
    Points,
    Question,
    TableRules,
    class_bands,
    classify,
    eligibility,
    leaf_points,
    leaves,
    measures,
    sheet_total,
)
from blocs.scoring.ranking.ranking import Placed, Row, TieRule, rank
from blocs.scoring.totals.tables import from_json
from tests.cases import FOLDER, case
from tests.criteria import criteria

D = Decimal
# How many examples each file has; a new one fails here until a test computes it.
EXAMPLES = {
    "rules-co-chinh-phu-20-phan-tram": 4,
    "rules-tien-giang-stnmt-2022": 26,
    "rules-tp-hcm-cong-diem-co": 4,
    "rules-truong-chuyen-quang-trung-tuan": 8,
    "scores-dak-lak-cchc-2024": 3,
    "scores-par-vung-2023-2024": 3,
    "scores-pci-2017-top10": 3,
}
TABLE = from_json(criteria("tien-giang"))
LEAVES = leaves(TABLE.nodes)
ASK = "Quy tắc không quy định điểm cho {}. Vui lòng cho biết số điểm."


def test_every_example_of_the_cases_is_computed_somewhere():
    found = {}
    for pattern in ("rules-*.json", "scores-*.json"):
        for path in FOLDER.glob(pattern):
            data = case(path.stem)
            found[path.stem] = len(data.get("worked", ())) + len(data.get("checks", ()))
    assert found == EXAMPLES


def clause(code, number):
    """One figure at a leaf of Tiền Giang; c2 asks for it by name."""
    if LEAVES[code].kind == "clauses":
        return leaf_points(LEAVES[code], Entry(facts={"rate": number}))
    return leaf_points(LEAVES[code], Entry(D(number)))


def test_holes_of_tien_giang_are_named_by_its_case():
    gaps = {row["code"]: row["gap"] for row in case("rules-tien-giang")["clauses"] if "gap" in row}
    assert gaps == {
        "c1": "exactly 98 % and below 96 % are not defined",
        "c2": "exactly 90 % and below 70 % are not defined",
    }


@pytest.mark.parametrize(
    ("code", "number", "words"),
    [
        ("c1", "98", "giá trị 98"),
        ("c1", "98.00", "giá trị 98"),
        ("c1", "95.9999", "giá trị 95,9999"),
        ("c1", "0", "giá trị 0"),
        ("c2", "90", "Tỷ lệ 90"),
        ("c2", "69.99", "Tỷ lệ 69,99"),
        ("c2", "0", "Tỷ lệ 0"),
    ],
)
def test_value_in_a_hole_of_tien_giang_is_a_question(code, number, words):
    assert clause(code, number) == Question(ASK.format(words))


@pytest.mark.parametrize(
    ("code", "number", "points"),
    [
        ("c1", "98.0001", "5"),
        ("c1", "97.9999", "4"),
        ("c1", "97", "4"),
        ("c1", "96", "3"),
        ("c2", "90.0001", "5"),
        ("c2", "89.9999", "4"),
        ("c2", "80", "4"),
        ("c2", "70", "3"),
    ],
)
def test_beside_the_hole_the_rule_answers(code, number, points):
    outcome = clause(code, number)
    assert isinstance(outcome, Points)
    assert outcome.points == D(points)


@pytest.mark.parametrize("points", ["0", "57", "100", "120"])
def test_unit_without_self_score_is_unclassified_whatever_its_points(points):
    bands = class_bands([{"label": "Tốt", "if": [["total", ">=", "0"]]}])
    state = eligibility(TABLE.disqualifiers)
    assert classify({"total": D(points)}, bands, state) == "Không xếp loại"
    assert classify({"total": D(points)}, bands) == "Tốt"


def city_leaf(choose):
    """Flags of TP. Hồ Chí Minh under three readings of the same rule."""
    facts = [
        {"key": "city", "label": "Cờ của thành phố, bộ", "type": "yes_no"},
        {"key": "government", "label": "Cờ của Chính phủ", "type": "yes_no"},
    ]
    items = [
        {"if": [["city", "=", True]], "points": "10"},
        {"if": [["government", "=", True]], "points": "15"},
    ]
    rule = {"facts": facts, "parts": [{"bonus": True, "choose": choose, "items": items}]}
    return Leaf("II", "clauses", D(0), rule)


def test_two_flags_are_asked_about_until_the_rule_says_which_it_means():
    open_case = case("rules-tp-hcm")["worked"][2]["expect"]
    assert open_case == "not defined: 112 or 122; ask"
    entry = Entry(facts={"city": True, "government": True})
    readings = {
        choose: leaf_points(city_leaf(choose), entry) for choose in ("single", "highest", "sum")
    }
    assert readings["single"] == Question(
        "Có từ hai mức cùng áp dụng; quy tắc không quy định cộng hay chỉ lấy một mức."
    )
    assert [97 + readings[choose].points for choose in ("highest", "sum")] == [112, 122]


def test_classes_of_the_school_leave_no_total_undefined():
    """Its four classes cover everything; one that is taken away leaves a question."""
    rows = [
        {"label": "Tốt", "if": [["total", ">=", "100"], ["deduction", "<=", ["0.5", "bonus"]]]},
        {"label": "Khá", "if": [["total", ">=", "90"]]},
        {"label": "Trung bình", "if": [["total", ">=", "80"]]},
        {"label": "Không đạt", "if": [["total", "<", "80"]]},
    ]
    figures = [
        {"total": D(total), "deduction": D(taken), "bonus": D(bonus)}
        for total, taken, bonus in (("110", "11", "20"), ("85", "15", "0"), ("79.99", "21", "0"))
    ]
    assert [classify(one, class_bands(rows)) for one in figures] == [
        "Khá",
        "Trung bình",
        "Không đạt",
    ]
    assert classify(figures[1], class_bands([*rows[:2], rows[3]])) == Question(
        "Không mức xếp loại nào áp dụng cho kết quả này. Vui lòng chọn xếp loại."
    )


@pytest.mark.parametrize(
    "condition", [["percent", ">=", "90"], ["total", ">=", ["0.5", "percent"]]], ids=str
)
def test_class_that_asks_for_a_share_nobody_has_is_a_question(condition):
    """A unit to which no leaf was assigned has no denominator, so it has no share."""
    table = (Node("1", "Thu ngân sách", "quantitative", D(10), {"formula": "proportional"}),)
    total = sheet_total(table, {"1": Entry(not_applicable=True)}, TableRules())
    assert (total.total, total.percent, total.questions) == (D(0), None, ())
    bands = class_bands(
        [{"label": "Tốt", "if": [condition]}, {"label": "Khá", "if": [["total", ">=", "0"]]}]
    )
    assert classify(measures(total), bands) == Question(
        "Không mức xếp loại nào áp dụng cho kết quả này. Vui lòng chọn xếp loại."
    )


def test_tie_for_the_first_place_is_left_to_people_until_points_are_added():
    """The school breaks it by an extra inspection, which changes the points themselves."""
    rows = [Row(unit, D(101), order=unit) for unit in (1, 2)] + [Row(3, D(99), order=3)]
    assert rank(rows, ()) == (
        Placed(1, D(101), 1, is_shared=True, is_open=True),
        Placed(2, D(101), 1, is_shared=True, is_open=True),
        Placed(3, D(99), 3),
    )
    inspected = [rows[0], Row(2, D(102), order=2), rows[2]]
    assert [(one.unit, one.place) for one in rank(inspected, ())] == [(2, 1), (1, 2), (3, 3)]


def test_printed_points_of_the_index_leave_their_ties_open():
    rows = [
        Row(place, one["score"], order=place)
        for place, one in enumerate(case("scores-pci")["rows"])
    ]
    placed = rank(rows, ())
    assert [one.unit for one in placed if one.is_open] == [3, 4, 7, 8]
    shared = rank(rows, [TieRule.SHARED_RANK])
    assert [one.unit for one in shared if one.is_open] == []


BANDS = [
    {"from": "90", "ends": "[]", "points": "10"},
    {"from": "80", "to": "90", "ends": "()", "points": "8"},
]
LEVELS = [{"label": "Tốt", "points": "10"}]


@pytest.mark.parametrize(
    ("kind", "rule", "entry", "sentence"),
    [
        (
            "quantitative",
            {"formula": "bands", "of": "value"},
            Entry(D(80)),
            ASK.format("giá trị 80"),
        ),
        ("external_rating", {}, Entry(D("79.5")), ASK.format("chỉ số 79,5")),
        (
            "external_rating",
            {"bands": [], "levels": LEVELS},
            Entry(choice="Khá"),
            "Bảng điểm không có mức “Khá”. Vui lòng chọn lại.",
        ),
    ],
)
def test_hole_in_any_kind_of_conversion_is_a_question(kind, rule, entry, sentence):
    leaf = Leaf("I/1", kind, D(10), {"bands": BANDS} | rule)
    assert leaf_points(leaf, entry) == Question(sentence)


def test_a_question_keeps_the_sheet_open_and_gives_no_points():
    rule = {"bands": BANDS}
    table = (
        Node("1", "Chỉ số cải cách", "external_rating", D(10), rule),
        Node("2", "Thi đua", "direct", D(10)),
    )
    total = sheet_total(table, {"1": Entry(D(80)), "2": Entry(D(7))}, TableRules())
    assert total.total == D(7)
    assert total.questions == (("1", ASK.format("chỉ số 80")),)
