"""Sums of random nested tables are those of their leaves, whatever kinds the leaves are of."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from blocs.scoring import Entry, Node, Points, TableRules, leaves, sheet_total

D = Decimal
PRIZE = {
    "facts": [{"key": "prizes", "label": "Số giải", "type": "count"}],
    "standard": "4",
    "parts": [
        {"items": [{"if": [["prizes", "=", "0"]], "points": "-1.5"}]},
        {"bonus": True, "items": [{"per": "prizes", "points": "0.75"}]},
    ],
}
EIGHTHS = st.integers(0, 80).map(lambda number: D(number) / 8)
COUNTS = st.integers(0, 12)


def prizes_of(count):
    return Entry(facts={"prizes": str(count)})


# A leaf as a node without its place; how it is answered; work, bonus and deduction of an answer.
KINDS = {
    "direct": ({}, EIGHTHS.map(Entry), lambda entry: (entry.value, 0, 0)),
    "pass_fail": (
        {},
        st.sampled_from((D(0), D(1))).map(Entry),
        lambda entry: (10 * entry.value, 0, 0),
    ),
    "per_occurrence": (
        {"per_unit": "1.25", "cap": "8"},
        COUNTS.map(lambda count: Entry(D(count))),
        lambda entry: (min(entry.value * D("1.25"), D(8)), 0, 0),
    ),
    "quantitative": (
        {"formula": "proportional", "target": "8"},
        EIGHTHS.map(Entry),
        lambda entry: (min(entry.value * 10 / 8, D(10)), 0, 0),
    ),
    "clauses": (
        PRIZE,
        COUNTS.map(prizes_of),
        lambda entry: (
            D(4) if int(entry.facts["prizes"]) else D("2.5"),
            D("0.75") * int(entry.facts["prizes"]),
            0,
        ),
    ),
    "bonus": (
        {"per_unit": "0.5", "cap": "3"},
        COUNTS.map(lambda count: Entry(D(count))),
        lambda entry: (0, min(entry.value / 2, D(3)), 0),
    ),
    "deduction": (
        {"per_unit": "0.25", "cap": "2"},
        COUNTS.map(lambda count: Entry(D(count))),
        lambda entry: (0, 0, -min(entry.value / 4, D(2))),
    ),
}


@st.composite
def tables(draw, depth=5):
    """Groups in groups up to five deep, each with leaves of any kind beside them."""
    nodes = []
    for place in range(1, draw(st.integers(1, 4)) + 1):
        code = f"{place}"
        if depth > 1 and draw(st.integers(0, 2)) == 0:
            nodes.append(Node(code, f"Nhóm {place}", children=draw(tables(depth - 1))))
        else:
            kind = draw(st.sampled_from(sorted(KINDS)))
            nodes.append(Node(code, f"Tiêu chí {place}", kind, D(10), KINDS[kind][0]))
    return tuple(nodes)


def answered(data, nodes):
    """A random answer at each leaf, and what it is worth by this page's own arithmetic."""
    entries, worth = {}, {}
    for path, leaf in leaves(nodes).items():
        _, answers, parts = KINDS[leaf.kind]
        entries[path] = data.draw(answers)
        worth[path] = tuple(map(D, parts(entries[path])))
    return entries, worth


def under(worth, path):
    """The sum of all leaves below a group."""
    below = [sum(parts) for leaf, parts in worth.items() if leaf.startswith(f"{path}/")]
    return sum(below, D(0))


@given(tables(), st.data())
def test_total_and_every_group_are_the_sum_of_their_leaves(nodes, data):
    entries, worth = answered(data, nodes)
    total = sheet_total(nodes, entries, TableRules())
    points = {path: outcome.points for path, outcome in total.outcomes.items()}
    assert points == {path: sum(parts) for path, parts in worth.items()}
    work, bonus, deduction = map(sum, zip(*worth.values(), strict=True))
    assert (total.work, total.bonus, total.deduction) == (work, bonus, deduction)
    assert total.total == work + bonus + deduction == sum(points.values())
    assert total.groups == {path: under(worth, path) for path in total.groups}
    assert (total.missing, total.waiting, total.questions) == ((), (), ())


@given(tables(), st.data())
def test_a_group_is_the_sum_of_what_stands_right_below_it(nodes, data):
    entries, _ = answered(data, nodes)
    total = sheet_total(nodes, entries, TableRules())
    leaf_points = {
        path: outcome.points
        for path, outcome in total.outcomes.items()
        if isinstance(outcome, Points)
    }
    known = leaf_points | dict(total.groups)
    for group, points in total.groups.items():
        children = [found for path, found in known.items() if path.rpartition("/")[0] == group]
        assert points == sum(children, D(0))
    assert total.total == sum((found for path, found in known.items() if "/" not in path), D(0))


@given(tables(), st.data())
def test_empty_leaves_add_nothing_and_are_named(nodes, data):
    entries, worth = answered(data, nodes)
    left = data.draw(st.sets(st.sampled_from(sorted(entries))))
    total = sheet_total(
        nodes, {path: entry for path, entry in entries.items() if path not in left}, TableRules()
    )
    assert total.total == sum((sum(worth[path]) for path in worth if path not in left), D(0))
    found = leaves(nodes)
    # Bonus and deduction need no answer: not claimed is not missing.
    asked = {path for path in left if found[path].kind not in ("bonus", "deduction")}
    assert set(total.missing) == asked
