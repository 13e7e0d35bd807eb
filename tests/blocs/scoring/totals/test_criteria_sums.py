"""Every table of tests/criteria adds up at every level, or says exactly where it does not.

The sums are made here from the raw file and not by the code that is under test.
"""

from decimal import Decimal

import pytest

from blocs.scoring import leaves
from blocs.scoring.totals.tables import check_table, from_json, walk
from tests.cases import case
from tests.criteria import FOLDER, criteria

FORMULA = {"quantitative": {"formula": "relative_to_leader"}}
# Lines, groups and leaves of the tree with its bonus and deduction lines; points of the work.
SIZES = {
    "ca-cum-347-2025": (230, 54, 176, Decimal(1000)),
    "hcmc-tdkt-2008": (9, 1, 8, Decimal(90)),
    "template-cum-xa-1000": (37, 9, 28, Decimal(1000)),
    "template-khoi-so-nganh-100": (30, 5, 25, Decimal(100)),
    "tien-giang-clauses-2022": (20, 0, 20, Decimal(57)),
}
# Groups whose maximum is not the sum of their children: path, stated, summed.
GAPS = {"hcmc-tdkt-2008": [("TDKT", Decimal(100), Decimal(90))]}
PROBLEMS = {
    "hcmc-tdkt-2008": [
        "Mục TDKT “Công tác thi đua - khen thưởng”: tổng điểm các mục con là 90, "
        "khác điểm tối đa 100.",
        "Mục TDKT/08: chưa có tên.",
        "Mục TDKT/08: chưa có điểm tối đa.",
    ]
}


def points_of(row):
    return Decimal(row.get("max_points") or 0)


def raw_groups(rows, above=""):
    """Every group of a file from the top down: its path and its own row."""
    for row in rows:
        path = f"{above}{row['code']}"
        if row.get("children"):
            yield path, row
            yield from raw_groups(row["children"], f"{path}/")


def raw_leaves(rows):
    for row in rows:
        yield from raw_leaves(row["children"]) if row.get("children") else (row,)


def test_every_file_of_the_folder_is_summed():
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(SIZES)


@pytest.mark.parametrize("name", SIZES)
def test_each_group_is_the_sum_of_its_children(name):
    sections = criteria(name)["sections"]
    gaps = [
        (path, points_of(row), total)
        for path, row in raw_groups(sections)
        if points_of(row) != (total := sum(map(points_of, row["children"])))
    ]
    assert gaps == GAPS.get(name, [])


@pytest.mark.parametrize("name", SIZES)
def test_the_leaves_of_a_file_are_read_whole(name):
    data = criteria(name)
    nodes = from_json(data, FORMULA).nodes
    paths = [node for _, node in walk(nodes)]
    found = leaves(nodes)
    work = sum(map(points_of, raw_leaves(data["sections"])))
    sizes = (len(paths), sum(node.is_group for node in paths), len(found), work)
    assert sizes == SIZES[name]
    extras = {
        f"{top}/{item['code']}"
        for key, top in (("bonus", "T"), ("deduction", "P"))
        for item in (data.get(key) or {}).get("items", ())
    }
    read = sum(leaf.max_points or 0 for path, leaf in found.items() if path not in extras)
    assert read == work


@pytest.mark.parametrize("name", ["ca-cum-347", "template-khoi", "template-cum"])
def test_the_sections_of_a_whole_table_are_its_total(name):
    data = criteria(name)
    assert sum(map(points_of, data["sections"])) == data["scale"]["total_max"]


@pytest.mark.parametrize("name", SIZES)
def test_the_table_is_checked_with_exactly_these_sentences(name):
    table = from_json(criteria(name), FORMULA)
    rules = table.rules
    found = check_table(table.nodes, rules.total_max, step=rules.step, decimals=rules.decimals)
    assert found == PROBLEMS.get(name, [])


def test_the_parts_of_tien_giang_are_a_hundred_points():
    data = case("rules-tien-giang")
    parts = data["structure"]
    assert sum(parts[code] for code in ("1.a", "1.b", "1.c", "1.d")) == parts["1"] == 80
    assert sum(parts[code] for code in "12345") == data["scale"] == 100


def test_every_clause_of_tien_giang_is_in_the_table_under_its_standard():
    data = case("rules-tien-giang")
    found = leaves(from_json(criteria("tien-giang")).nodes)
    # 5.2 is no leaf: it takes the unit out of the classification.
    assert [row["code"] for row in data["clauses"] if row["code"] not in found] == ["5.2"]
    stated = {row["code"]: row["standard"] for row in data["clauses"] if "standard" in row}
    assert {code: found[code].max_points for code in stated} == stated
