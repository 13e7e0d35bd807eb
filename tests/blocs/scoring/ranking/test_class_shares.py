"""The largest share of a class and grounds that lower one: who has which class in the end."""

from decimal import Decimal

import pytest

from blocs.scoring import Disqualifier, Effect
from blocs.scoring.ranking.bloc_ranking import rank_bloc
from blocs.scoring.ranking.classification import check_bands, class_bands
from blocs.scoring.ranking.contenders import BlocRules, Contender
from blocs.scoring.totals.given import given_table
from blocs.scoring.totals.totals import TableRules
from blocs.scoring.totals.tree import Node

D = Decimal
TABLE = given_table((Node("I", "Nhiệm vụ", kind="direct", max_points=D(100)),), TableRules())


def bands(share=None, rounding="down"):
    limit = {} if share is None else {"share": share, "rounding": rounding}
    return class_bands(
        [
            {"label": "Xuất sắc", "if": [["total", ">=", "90"]], **limit},
            {"label": "Tốt", "if": [["total", ">=", "70"]]},
            {"label": "Hoàn thành", "if": []},
        ]
    )


def classes(points, rules, grounds=None):
    """The class of each unit, "?" for an open one, in the order of `points`."""
    contenders = [
        Contender(number, TABLE, {"I": D(one)}, grounds=(grounds or {}).get(number, ()))
        for number, one in enumerate(points)
    ]
    found = rank_bloc(contenders, BlocRules(bands=rules))
    labels = {one.unit: "?" if one.question else one.class_label for one in found.ranked}
    return [labels[number] for number in range(len(points))]


@pytest.mark.parametrize(
    ("share", "rounding", "most"),
    [
        ("20", "down", 1),
        ("20", "up", 2),
        ("30", "half_up", 2),
        ("20", "half_up", 1),
        ("100", "down", 5),
        ("12.5", "down", 0),
    ],
)
def test_the_best_keep_a_class_up_to_its_share(share, rounding, most):
    points = ("99", "98", "97", "96", "95", "71", "60")
    wanted = ["Xuất sắc"] * most + ["Tốt"] * (6 - most) + ["Hoàn thành"]
    assert classes(points, bands(share, rounding)) == wanted


def test_equals_over_the_last_seat_are_asked_about():
    assert classes(("99", "95", "95", "80", "70"), bands("40")) == [
        "Xuất sắc",
        "?",
        "?",
        "Tốt",
        "Tốt",
    ]


def test_equals_wholly_beyond_the_share_fall_together():
    assert classes(("99", "95", "95", "80", "70"), bands("20")) == ["Xuất sắc", *["Tốt"] * 4]


def ground(classes, effect=Effect.LOWER_CLASS):
    return Disqualifier("L1", "Chậm giải ngân", effect, classes=classes)


@pytest.mark.parametrize(
    ("falls", "label"),
    [((1,), "Tốt"), ((2,), "Hoàn thành"), ((1, 1), "Hoàn thành"), ((9,), "Hoàn thành")],
)
def test_a_ground_lowers_by_so_many_classes(falls, label):
    grounds = {0: tuple(ground(one) for one in falls)}
    assert classes(("95", "94"), bands(), grounds) == [label, "Xuất sắc"]


def test_whoever_is_lowered_leaves_the_seat_to_the_next():
    grounds = {0: (ground(1),)}
    assert classes(("99", "95", "92", "60"), bands("25"), grounds) == [
        "Tốt",
        "Xuất sắc",
        "Tốt",
        "Hoàn thành",
    ]


def test_places_stay_with_the_points_and_the_reason_is_told():
    contenders = [
        Contender(0, TABLE, {"I": D(99)}, grounds=(ground(1),)),
        Contender(1, TABLE, {"I": D(95)}),
        Contender(2, TABLE, {"I": D(92)}),
    ]
    found = rank_bloc(contenders, BlocRules(bands=bands("40"))).ranked
    assert [(one.unit, one.placed.place, one.class_note) for one in found] == [
        (0, 1, "Hạ mức xếp loại từ Xuất sắc: Chậm giải ngân."),
        (1, 2, ""),
        (
            2,
            3,
            "Đủ điều kiện Xuất sắc nhưng vượt tỷ lệ tối đa 40% số đơn vị, làm tròn xuống (tức 01 "
            "đơn vị).",
        ),
    ]


@pytest.mark.parametrize(
    ("share", "sentence"),
    [
        ("0", "Mức xếp loại “A”: tỷ lệ tối đa phải lớn hơn 0 và không quá 100%."),
        ("100.5", "Mức xếp loại “A”: tỷ lệ tối đa phải lớn hơn 0 và không quá 100%."),
    ],
)
def test_a_share_is_a_part_of_the_units(share, sentence):
    stored = class_bands([{"label": "A", "if": []}, {"label": "B", "if": []}])
    first = type(stored[0])("A", (), D(share))
    assert check_bands((first, stored[1])) == [sentence]


def test_the_last_class_takes_everybody():
    (first,) = class_bands([{"label": "A", "if": []}])
    assert check_bands((type(first)("A", (), D(50)),)) == [
        "Mức xếp loại “A”: mức cuối cùng không giới hạn tỷ lệ được."
    ]
