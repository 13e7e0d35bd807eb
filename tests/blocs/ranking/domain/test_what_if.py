"""Last year's figures under a draft: the result is that of really applying the draft."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from blocs.ranking.domain.what_if import PastSheet, Simulated, simulate
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
        Simulated(1, D(92), 1, False, 0),
        Simulated(2, D(90), 2, False, 0),
    )
    moved = simulate(TABLE, weighted(200, 40), sheets, RULES)
    assert [(one.unit, one.total) for one in moved] == [(2, D(210)), (1, D(200))]


def test_what_the_appraisers_judged_keeps_its_share():
    sheets = [sheet(1, 90, 40, **{"I/2": D(20)})]
    (found,) = simulate(TABLE, weighted(60, 20), [sheets[0]], RULES)
    assert found.total == D(54) + D(10)


def test_figures_without_a_result_come_back_as_questions():
    (found,) = simulate(TABLE, weighted(60, 30), [sheet(1, 100, 40)], RULES)
    assert (found.total, len(found.questions)) == (D(60), 1)


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
