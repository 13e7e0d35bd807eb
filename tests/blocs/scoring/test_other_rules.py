"""Flags of TP. Hồ Chí Minh, weekly classes of Quang Trung, and published score tables."""

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
    class_place,
    classify,
    leaf_points,
    measures,
    sheet_total,
)
from blocs.scoring.ranking.ranking import Row, rank
from tests.cases import case

FLAGS = {
    "facts": [
        {"key": "city", "label": "Được tặng cờ của thành phố, bộ", "type": "yes_no"},
        {"key": "government", "label": "Được tặng cờ của Chính phủ", "type": "yes_no"},
    ],
    "parts": [
        {
            "bonus": True,
            "choose": "single",
            "items": [
                {"if": [["city", "=", True]], "points": "10"},
                {"if": [["government", "=", True]], "points": "15"},
            ],
        }
    ],
}
CITY_TABLE = (
    Node("I", "Điểm của sở, ngành", "direct", Decimal(100)),
    Node("II", "Cờ đã được tặng", "clauses", Decimal(0), FLAGS),
)
CITY = case("rules-tp-hcm")


def city_total(example):
    flags = {
        "city": example.get("city_flag", False),
        "government": example.get("government_flag", False),
    }
    entries = {"I": Entry(Decimal(example["score"])), "II": Entry(facts=flags)}
    return sheet_total(CITY_TABLE, entries, TableRules(total_max=Decimal(100)))


@pytest.mark.parametrize("example", CITY["worked"][:2], ids=lambda row: str(row["expect"]))
def test_flag_of_last_year_lifts_the_total_over_the_scale(example):
    total = city_total(example["input"])
    assert total.total == Decimal(example["expect"])
    assert (total.work, total.bonus) == (Decimal(97), total.total - 97)


def test_two_flags_are_a_question():
    example = CITY["worked"][2]
    assert example["expect"] == "not defined: 112 or 122; ask"
    assert city_total(example["input"]).questions == (
        ("II", ("Có từ hai mức cùng áp dụng; quy tắc không quy định cộng hay chỉ lấy một mức.")),
    )


def test_clusters_of_the_city_hold_all_districts():
    districts = [unit for units in CITY["rules"]["clusters"].values() for unit in units]
    (check,) = CITY["checks"]
    assert len(set(districts)) == len(districts) == check["expect"]


SCHOOL = case("rules-truong-chuyen")
CLASSES = class_bands(
    [
        {"label": "Tốt", "if": [["total", ">=", "100"], ["deduction", "<=", ["0.5", "bonus"]]]},
        {"label": "Khá", "if": [["total", ">=", "90"]]},
        {"label": "Trung bình", "if": [["total", ">=", "80"]]},
        {"label": "Không đạt", "if": [["total", "<", "80"]]},
    ]
)
WEEK = (
    Node("I", "Điểm nền", "direct", Decimal(100)),
    Node("T", "Điểm thưởng", "bonus"),
    Node("P", "Điểm trừ", "deduction"),
)
REGISTER = Leaf(
    "P1",
    "clauses",
    Decimal(0),
    {
        "facts": [
            {"key": "periods", "label": "Số tiết", "type": "count"},
            {"key": "marks", "label": "Tổng điểm các tiết", "type": "number"},
        ],
        "parts": [
            {"items": [{"per": "periods", "points": "-10"}, {"per": "marks", "points": "1"}]}
        ],
    },
)
TENS = Leaf("T1", "bonus", None, {"per_unit": "1", "cap": "10"})


def week_total(figures):
    entries = {
        "I": Entry(Decimal(100)),
        "T": Entry(Decimal(figures["bonus"])),
        "P": Entry(Decimal(figures["deductions"])),
    }
    return sheet_total(WEEK, entries, TableRules())


@pytest.mark.parametrize("example", SCHOOL["worked"][:5], ids=lambda row: str(row["input"]))
def test_class_looks_at_remaining_points_and_at_deductions(example):
    total = week_total(example["input"])
    assert total.total == Decimal(example["expect"]["remaining"])
    assert classify(measures(total), CLASSES) == example["expect"]["class"]


def test_register_takes_off_what_periods_lack():
    example = SCHOOL["worked"][5]
    answers = {
        "periods": str(example["input"]["periods"]),
        "marks": str(example["input"]["sum_marks"]),
    }
    outcome = leaf_points(REGISTER, Entry(facts=answers))
    assert isinstance(outcome, Points)
    assert outcome.points == -example["expect"]["deduction"]


def test_bonus_marks_stop_at_their_ceiling():
    example = SCHOOL["worked"][6]
    outcome = leaf_points(TENS, Entry(Decimal(example["input"]["tens"])))
    assert outcome == Points(Decimal(example["expect"]["bonus_marks"]), "13 × 1 = 13, tối đa 10")


def test_class_comes_before_points():
    example = SCHOOL["worked"][7]
    totals = {name: week_total(figures) for name, figures in example["input"].items()}
    names = list(totals)
    rows = [
        Row(
            unit,
            totals[name].total,
            class_place=class_place(classify(measures(totals[name]), CLASSES), CLASSES),
        )
        for unit, name in enumerate(names)
    ]
    placed = rank(rows, ["class_first"])
    assert [names[row.unit] for row in placed] == example["expect"]["order"]
    assert [names[row.unit] for row in rank(rows, [])] == example["expect"]["order"][::-1]


def test_every_worked_example_of_the_school_is_used():
    assert len(SCHOOL["worked"]) == 8


def test_result_outside_all_classes_is_a_question():
    bands = class_bands([{"label": "Tốt", "if": [["total", ">", "90"]]}])
    assert classify({"total": Decimal(90)}, bands) == Question(
        "Không mức xếp loại nào áp dụng cho kết quả này. Vui lòng chọn xếp loại."
    )


def places(scores, *, is_dense=False):
    rows = [Row(unit, Decimal(score), order=unit) for unit, score in enumerate(scores)]
    rule = "dense_rank" if is_dense else "shared_rank"
    return [(row.unit, row.place) for row in rank(rows, [rule])]


def checks(name):
    return {check["input"]: check["expect"] for check in case(name)["checks"]}


def test_reform_index_of_dak_lak_is_ordered_with_its_gap():
    expected = checks("scores-dak-lak")
    rows = sorted(case("scores-dak-lak")["rows"], key=lambda row: row["unit"])
    ordered = [rows[unit] for unit, _ in places(row["score"] for row in rows)]
    assert [row["unit"] for row in ordered] == expected["order by score"]
    assert ordered[0]["score"] - ordered[-1]["score"] == expected["gap first to last"]


def test_reform_index_written_with_two_digits_ties():
    rows, expected = case("scores-dak-lak")["rows"], checks("scores-dak-lak")
    assert expected["a new unit with 91.70 (and 91.7)"] == (
        "tie at rank 3, next rank 5 if it were complete"
    )
    scores = [row["score"] for row in rows]
    assert scores[2] == Decimal("91.7")
    assert places([*scores[:3], Decimal("91.70"), scores[3]]) == [
        (0, 1),
        (1, 2),
        (2, 3),
        (3, 3),
        (4, 5),
    ]


def test_reform_index_of_the_regions_is_recomputed():
    rows, expected = case("scores-par")["rows"], checks("scores-par")
    middle = rows[2]
    assert (
        middle["y2024"] - middle["y2023_in_2025_article"]
        == expected["change of Bắc Trung Bộ from 87.72 to 88.51"]
    )
    assert middle["y2024"] - middle["y2023_in_2024_article"] == expected["change from 86.82"]
    assert [row["recomputed_2024"] for row in rows[:4]] == [
        row["y2024"] - row["y2023_in_2025_article"] for row in rows[:4]
    ]
    short = ["ĐBSH", "ĐNB", "BTB-DHMT", "TDMNPB", "ĐBSCL", "TN"]
    assert [short[unit] for unit, _ in places(row["y2024"] for row in rows)] == expected[
        "ranks 2024"
    ]


def test_index_of_competitiveness_ties_on_printed_values():
    rows, expected = case("scores-pci")["rows"], checks("scores-pci")
    printed = [row["score"] for row in rows]
    assert [place for _, place in places(printed)] == expected["competition rank on printed values"]
    assert [place for _, place in places(printed, is_dense=True)] == expected[
        "dense rank on printed values"
    ]
