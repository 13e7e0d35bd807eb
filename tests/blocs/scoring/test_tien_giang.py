"""The clauses of Tiền Giang 2022: every worked example, scored from rules that are data."""

from decimal import Decimal

import pytest

from blocs.scoring import (
    Entry,
    Points,
    Question,
    check_leaf,
    classify,
    eligibility,
    leaf_points,
    leaves,
)
from blocs.scoring.totals.tables import from_json
from tests.cases import case
from tests.criteria import criteria

TABLE = from_json(criteria("tien-giang-clauses"))
LEAVES = leaves(TABLE.nodes)
WORKED = {row["input"]: row["expect"] for row in case("rules-tien-giang")["worked"]}


def facts(**answers):
    """What a form stores: numbers as text, yes and no as such."""
    return Entry(
        facts={
            key: answer if isinstance(answer, bool) else str(answer)
            for key, answer in answers.items()
        }
    )


def a4(area, cumulative):
    return "a4", facts(invited=True, area=area, cumulative=cumulative, cases=0)


def a7(*, no_plan=True, plots, others=False, solutions):
    return "a7", facts(
        no_plan=no_plan,
        plots=plots,
        second=others,
        third=others,
        fourth=others,
        solutions=solutions,
    )


def d1(plan, done):
    return "d1", facts(plan=plan, done=done)


def files(volume, early, late):
    return "3.3", facts(volume=volume, early=early, late=late)


ENTRIES = {
    "a1: 4 late cases": ("a1", facts(late=4)),
    "a4: 99.44 % and 95.2 %": a4("99.44", "95.2"),
    "a4: 99.2 %, cumulative 94.9 %": a4("99.2", "94.9"),
    "a4: 98.4 %": a4("98.4", "95.2"),
    "a7: one missing plan (−0.5), 3 plots missing (−0.6), 4 solutions (+4)": a7(
        plots=3, solutions=4
    ),
    "a7: five kinds of failure −0.5×4 and 2 plots −0.4, 1 solution": a7(
        plots=2, others=True, solutions=1
    ),
    "c1: 98.05 %": ("c1", Entry(Decimal("98.05"))),
    "c1: exactly 98 %": ("c1", Entry(Decimal(98))),
    "c1: 97.99 %": ("c1", Entry(Decimal("97.99"))),
    "c2: 91.9 %": ("c2", facts(rate="91.9")),
    "c2: 92.4 %": ("c2", facts(rate="92.4")),
    "c2: 94.0 %": ("c2", facts(rate="94.0")),
    "c2: 99 %": ("c2", facts(rate="99")),
    "c3.2: 12 communes without collection": ("c3.2", facts(done=True, without=12, few=0)),
    "d1: plan 20, done 19": d1(20, 19),
    "d1: plan 20, done 18": d1(20, 18),
    "d1: plan 20, done 24": d1(20, 24),
    "d1: plan 20, done 23": d1(20, 23),
    "d2: 0 failures, 3 withdrawals": ("d2", facts(failures=0, withdrawals=3)),
    "d2: 9 failures": ("d2", facts(failures=9, withdrawals=0)),
    "3.3: 999 files, 10 % early, none late": files(999, 10, 0),
    "3.3: 1000 files, 10 % early, none late": files(1000, 10, 0),
    "3.3: 999 files, 10 % early, 1 late (0.1 %)": files(999, 10, 1),
    "3.3: 2500 files, 0.9 % early, none late": files(2500, "0.9", 0),
    "4.3: 7 articles": ("4.3", facts(articles=7, empty_quarters=0)),
}
# The last example is about the unit and not about a leaf.
NO_SELF_SCORE = "no self-score form"
UNDEFINED = "c1: exactly 98 %"


def test_worked_examples_are_all_entered():
    assert set(ENTRIES) | {NO_SELF_SCORE} == set(WORKED)


@pytest.mark.parametrize("example", [name for name in ENTRIES if name != UNDEFINED])
def test_worked_example_gives_its_points(example):
    code, entry = ENTRIES[example]
    outcome = leaf_points(LEAVES[code], entry)
    assert isinstance(outcome, Points)
    assert outcome.points == Decimal(WORKED[example])


def test_hole_between_bands_is_a_question():
    assert WORKED[UNDEFINED] == "not defined by the rule: the tool must ask, not guess"
    code, entry = ENTRIES[UNDEFINED]
    assert leaf_points(LEAVES[code], entry) == Question(
        "Quy tắc không quy định điểm cho giá trị 98. Vui lòng cho biết số điểm."
    )


def test_hole_inside_clauses_is_a_question():
    assert leaf_points(LEAVES["c2"], facts(rate=90)) == Question(
        "Quy tắc không quy định điểm cho Tỷ lệ 90. Vui lòng cho biết số điểm."
    )


def test_unit_without_self_score_is_not_classified():
    (ground,) = TABLE.disqualifiers
    assert classify({"total": Decimal(100)}, (), eligibility([ground])) == "Không xếp loại"


@pytest.mark.parametrize("leaf", LEAVES.values(), ids=str)
def test_clause_can_be_published(leaf):
    assert check_leaf(leaf) == []


@pytest.mark.parametrize(
    ("code", "entry", "points"),
    [
        ("a9", facts(late=6, early=3), "2.8"),
        ("b1", facts(cases=5, periods=2), "0.5"),
        ("b2.1", facts(cases=3), "1"),
        ("c3.2", facts(done=False, without=12, few=4), "0"),
        ("c3.3", facts(communes=100, extra=4), "0.8"),
        ("c3.3", facts(communes="99.9", extra=4), "0"),
        ("c6", facts(reported=True, annexes=7), "0.5"),
        ("c6", facts(reported=False, annexes=7), "0"),
        ("d1", facts(plan=0, done=0), "0"),
        ("d1", facts(plan=20, done=20), "3"),
        ("2.1", facts(reprimand=True, warning=True, found=False), "-1"),
        ("2.1", facts(reprimand=True, warning=True, found=True), "1"),
        ("3.1", facts(sent="2022-01-31"), "2"),
        ("3.1", facts(sent="2022-02-01"), "1.5"),
        ("3.3", files(1000, 0, 70)[1], "4.5"),
        ("3.3", files(2000, 0, 20)[1], "5.3"),
        ("5.1", Entry(Decimal(9)), "-4.5"),
        ("5.3", Entry(Decimal(9)), "-3"),
        ("5.5", Entry(Decimal(2)), "-2"),
    ],
)
def test_other_clause_gives_its_points(code, entry, points):
    outcome = leaf_points(LEAVES[code], entry)
    assert isinstance(outcome, Points)
    assert outcome.points == Decimal(points)


def test_note_tells_the_arithmetic_and_bonus_is_kept_apart():
    code, entry = ENTRIES["a7: one missing plan (−0.5), 3 plots missing (−0.6), 4 solutions (+4)"]
    assert leaf_points(LEAVES[code], entry) == Points(Decimal("5.9"), "3 − 1,1 + 4", Decimal(4))
