"""Last year's figures under a draft: the result is that of really applying the draft."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs.ranking.domain.carried_points import PastSheet
from blocs.ranking.domain.what_if import Simulated, simulate
from blocs.scoring import Entry, TableRules, class_bands, sheet_total
from blocs.scoring.ranking.contenders import BlocRules
from blocs.scoring.ranking.ranking import Row, TieRule, rank
from blocs.scoring.totals.tables import Node, Table

D = Decimal
WORK = Node("1", "Thu ngân sách", "quantitative", D(60), {"formula": "proportional"})
ZEAL = Node("2", "Tổ chức phong trào thi đua", "direct", D(40))
TABLE = Table(
    (Node("I", "Nhiệm vụ", max_points=D(100), children=(WORK, ZEAL)),),
    TableRules(total_max=D(100)),
)
TIES = (TieRule.WORK_POINTS, TieRule.SHARED_RANK)
RULES = BlocRules(tuple(map(str, TIES)))


def weighted(work, zeal):
    """The table with other maxima of its two leaves."""
    leaves = (replace(WORK, max_points=D(work)), replace(ZEAL, max_points=D(zeal)))
    return Table((replace(TABLE.nodes[0], children=leaves),), TABLE.rules)


def sheet(unit, result, zeal, **more):
    entries = {
        "I/1": Entry(value=D(result), target=D(100)),
        "I/2": Entry(value=D(zeal)),
    }
    own = {"I/1": D(result) * D("0.6"), "I/2": D(zeal)}
    return PastSheet(unit, unit, entries, own, {**own, **more})


def test_the_same_table_changes_nothing():
    sheets = [sheet(1, 90, 40), sheet(2, 100, 30)]
    assert simulate(TABLE, TABLE, sheets, RULES) == (
        Simulated(1, D(94), 1, False, 0),
        Simulated(2, D(90), 2, False, 0),
    )


def test_other_weights_move_the_units():
    sheets = [sheet(1, 90, 20), sheet(2, 100, 10)]
    assert [one.unit for one in simulate(TABLE, TABLE, sheets, RULES)] == [1, 2]
    assert simulate(TABLE, weighted(80, 20), sheets, RULES) == (
        Simulated(2, D(85), 1, False, 0),
        Simulated(1, D(82), 2, False, 0),
    )
    moved = simulate(TABLE, weighted(200, 40), sheets, RULES)
    assert [(one.unit, one.total) for one in moved] == [(2, D(210)), (1, D(200))]


def test_what_the_appraisers_judged_keeps_its_share():
    sheets = [sheet(1, 90, 40, **{"I/2": D(20)})]
    (found,) = simulate(TABLE, weighted(60, 20), [sheets[0]], RULES)
    assert found.total == D(54) + D(10)


def draft(leaf, step=None):
    """The table with another second leaf; `step` is that of its points."""
    nodes = (replace(TABLE.nodes[0], children=(WORK, leaf)),)
    return Table(nodes, replace(TABLE.rules, step=step))


@pytest.mark.parametrize(
    ("typed", "maximum", "step", "points"),
    [
        ("20", "80", None, "40"),
        ("30", "20", None, "15"),
        ("33", "25", None, "20.625"),
        ("33", "25", "0.25", "20.75"),
        ("33", "40", "0.25", "33"),
        ("0", "80", None, "0"),
    ],
)
@pytest.mark.parametrize("is_judged", [False, True])
def test_points_by_judgement_keep_their_share(typed, maximum, step, points, is_judged):
    """Alike whether the unit typed them or the appraisers gave them instead."""
    leaf = replace(ZEAL, max_points=D(maximum))
    known = sheet(1, 100, 35, **{"I/2": D(typed)}) if is_judged else sheet(1, 100, typed)
    (found,) = simulate(TABLE, draft(leaf, D(step) if step else None), [known], RULES)
    assert (found.total, found.questions) == (D(60) + D(points), ())


LEVELS = {"levels": [{"label": "Tốt", "points": "40"}, {"label": "Khá", "points": "30"}]}
NEW_LEVELS = {"levels": [{"label": "Tốt", "points": "20"}, {"label": "Khá", "points": "12"}]}


@pytest.mark.parametrize(
    ("typed", "rule", "points"),
    [
        (30, NEW_LEVELS, 12),
        (40, NEW_LEVELS, 20),
        (20, NEW_LEVELS, 10),
        (30, NEW_LEVELS | {"levels_only": True}, 12),
        (30, {}, 15),
    ],
)
def test_points_of_a_level_are_what_the_level_gives_now(typed, rule, points):
    before = draft(replace(ZEAL, rule=LEVELS))
    after = draft(replace(ZEAL, max_points=D(20), rule=rule))
    (found,) = simulate(before, after, [sheet(1, 100, typed)], RULES)
    assert (found.total, found.questions) == (D(60 + points), ())


SHARES = {
    "formula": "bands",
    "of": "value",
    "bands": [
        {"from": "95", "to": "", "ends": "[]", "points": "20"},
        {"from": "", "to": "95", "ends": "()", "points": "0"},
    ],
}
VIOLATIONS = Node("2", ZEAL.name, "deduction", rule={"per_unit": "2"})


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        # 36 points are no 36 %: their share of the maximum goes on, and the page says so.
        (replace(ZEAL, kind="quantitative", max_points=D(20), rule=SHARES), (78, 0, 1)),
        (replace(ZEAL, kind="pass_fail", max_points=D(20)), (78, 0, 1)),
        # Work does not go on as a deduction: the line is a new one.
        (VIOLATIONS, (60, 1, 0)),
    ],
)
def test_a_leaf_that_asks_something_else_takes_no_answer_for_another(leaf, expected):
    (found,) = simulate(TABLE, draft(leaf), [sheet(1, 100, 36)], RULES)
    assert (found.total, found.unknown, found.anew) == expected


def test_a_figure_without_a_target_is_not_scored_by_one():
    """Bands of the value asked for no target; a proportion would find none and count 0."""
    by_value = replace(ZEAL, kind="quantitative", rule=SHARES)
    after = draft(replace(by_value, rule={"formula": "proportional"}))
    (found,) = simulate(draft(by_value), after, [sheet(1, 100, 20)], RULES)
    assert (found.total, found.anew, found.questions) == (D(80), 1, ())


def test_figures_without_a_result_come_back_as_questions():
    """Points off the new grid under the same maximum: people say what becomes of them."""
    (found,) = simulate(TABLE, draft(ZEAL, D("0.5")), [sheet(1, 100, "33.3")], RULES)
    assert (found.total, len(found.questions)) == (D(60), 1)


def test_a_leaf_left_out_leaves_the_denominator_and_the_note_tells_the_share():
    sheets = [sheet(1, 90, 0), sheet(2, 60, 40)]
    entries = sheets[0].entries | {"I/2": Entry(not_applicable=True)}
    own = {"I/1": D(54)}
    sheets[0] = replace(sheets[0], entries=entries, own=own, given=own)
    found = simulate(TABLE, weighted(60, 20), sheets, RULES)
    assert [(one.unit, one.total, one.note) for one in found] == [
        (1, D(54), "so sánh theo tỷ lệ đạt 90%"),
        (2, D(56), "so sánh theo tỷ lệ đạt 70%"),
    ]


def test_new_leaf_counts_nothing_and_is_told():
    nodes = (
        replace(
            TABLE.nodes[0],
            children=(*TABLE.nodes[0].children, replace(ZEAL, code="3", name="Chuyển đổi số")),
        ),
    )
    (found,) = simulate(TABLE, replace(TABLE, nodes=nodes), [sheet(1, 100, 40)], RULES)
    assert (found.total, found.unknown) == (D(100), 1)


POINTS = st.decimals(0, 40, places=2)
RESULTS = st.decimals(0, 100, places=2)


@given(st.lists(st.tuples(RESULTS, POINTS), min_size=1, max_size=8), st.integers(41, 90))
def test_equals_really_applying_the_rule_on_a_copy(figures, work):
    draft = weighted(work, 40)
    sheets = [sheet(unit, *pair) for unit, pair in enumerate(figures)]
    totals = {one.unit: sheet_total(draft.nodes, one.entries, draft.rules) for one in sheets}
    rows = [
        Row(unit, total.total, {TieRule.WORK_POINTS: total.work}, unit)
        for unit, total in totals.items()
    ]
    assert [(one.unit, one.place, one.total) for one in simulate(TABLE, draft, sheets, RULES)] == [
        (placed.unit, placed.place, placed.total) for placed in rank(rows, TIES)
    ]


def test_class_comes_before_points_where_the_draft_year_says_so():
    sheets = [sheet(1, 50, 40), sheet(2, 100, 40)]
    bands = class_bands([{"label": "Tốt", "if": [["total", "<", "75"]]}, {"label": "Khá"}])
    by_class = BlocRules((str(TieRule.CLASS_FIRST), str(TieRule.SHARED_RANK)), bands)
    found = simulate(TABLE, TABLE, sheets, by_class)
    assert [(one.unit, one.total) for one in found] == [(1, D(70)), (2, D(100))]
    assert [one.unit for one in simulate(TABLE, TABLE, sheets, RULES)] == [2, 1]
