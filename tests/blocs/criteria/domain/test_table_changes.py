"""Two years' tables side by side: every changed value is told once, nothing else."""

from dataclasses import replace
from decimal import Decimal

from blocs.criteria.domain.table_changes import NOTHING, WHOLE, Change, table_changes
from blocs.scoring import Disqualifier, Effect, TableRules
from blocs.scoring.totals.tables import Node, Table, from_json
from tests.criteria import criteria

RATIO = {"formula": "proportional"}
TABLE = Table(
    nodes=(
        Node(
            "I",
            "Phát triển kinh tế",
            max_points=Decimal(20),
            children=(
                Node("1", "Thu ngân sách", "quantitative", Decimal(10), RATIO, "tỷ đồng"),
                Node("2", "Giải ngân đầu tư công", "quantitative", Decimal(10), RATIO, "%"),
            ),
        ),
        Node(
            "II",
            "Phong trào thi đua",
            max_points=Decimal(5),
            children=(Node("1", "Phát động phong trào", "direct", Decimal(5)),),
        ),
    ),
    rules=TableRules(total_max=Decimal(25)),
)


def with_leaf(table, group, place, leaf):
    """The table with one leaf replaced (None: without it)."""
    above = table.nodes[group]
    children = list(above.children)
    children[place : place + 1] = [leaf] if leaf else []
    nodes = list(table.nodes)
    nodes[group] = replace(above, children=tuple(children))
    return replace(table, nodes=tuple(nodes))


def test_equal_tables_have_no_changes():
    assert table_changes(TABLE, replace(TABLE, title="Bảng năm sau")) == ()


def test_five_changed_values_are_five_changes():
    leaf = TABLE.nodes[0].children[0]
    changed = replace(
        leaf, name="Thu ngân sách trên địa bàn", max_points=Decimal(12), measure="triệu đồng"
    )
    after = with_leaf(TABLE, 0, 0, changed)
    nodes = (replace(after.nodes[0], max_points=Decimal(22)), after.nodes[1])
    after = replace(after, nodes=nodes, rules=TableRules(total_max=Decimal(27)))
    first = "I.1 Thu ngân sách trên địa bàn"
    assert table_changes(TABLE, after) == (
        Change(WHOLE, "tổng điểm tối đa", "25", "27"),
        Change("I Phát triển kinh tế", "điểm tối đa", "20", "22"),
        Change(first, "nội dung", "Thu ngân sách", "Thu ngân sách trên địa bàn"),
        Change(first, "điểm tối đa", "10", "12"),
        Change(first, "đơn vị tính", "tỷ đồng", "triệu đồng"),
    )


def test_five_values_of_a_real_table_of_230_lines():
    data, other = criteria("ca-cum-347"), criteria("ca-cum-347")
    leaf = other["sections"][0]
    while leaf.get("children"):
        leaf = leaf["children"][0]
    leaf["name_vi"] += " (sửa)"
    leaf["max_points"] += 1
    leaf["needs_evidence"] = True
    leaf["kind"] = "direct_points"
    other["sections"][0]["max_points"] += 1
    found = table_changes(from_json(data), from_json(other))
    assert sorted(change.what for change in found) == [
        "cách chấm",
        "minh chứng",
        "nội dung",
        "điểm tối đa",
        "điểm tối đa",
    ]


def test_rule_is_told_in_words():
    leaf = TABLE.nodes[0].children[1]
    rule = {"formula": "proportional", "cap": "12"}
    (change,) = table_changes(TABLE, with_leaf(TABLE, 0, 1, replace(leaf, rule=rule)))
    assert change == Change(
        "I.2 Giải ngân đầu tư công",
        "quy tắc tính",
        "10 × kết quả / chỉ tiêu, tối đa 10 điểm.",
        "10 × kết quả / chỉ tiêu, tối đa 12 điểm.",
    )


def test_added_and_removed_lines():
    new = Node("2", "Mô hình mới, cách làm hay", "direct", Decimal(5))
    after = with_leaf(with_leaf(TABLE, 0, 0, None), 1, 1, new)
    added, removed = table_changes(TABLE, after)
    assert (added.where, added.what, added.before) == (
        "II.2 Mô hình mới, cách làm hay",
        "thêm mục",
        NOTHING,
    )
    assert (removed.where, removed.what, removed.after) == (
        "I.1 Thu ngân sách",
        "bỏ mục",
        NOTHING,
    )


def test_renumbered_line_is_the_same_line():
    after = with_leaf(TABLE, 0, 0, None)
    assert [change.what for change in table_changes(TABLE, after)] == ["bỏ mục"]


def test_moved_line_is_told_once():
    leaf = TABLE.nodes[0].children[1]
    after = with_leaf(with_leaf(TABLE, 0, 1, None), 1, 1, leaf)
    assert table_changes(TABLE, after) == (
        Change(
            "II.2 Giải ngân đầu tư công",
            "chuyển chỗ",
            "I Phát triển kinh tế",
            "II Phong trào thi đua",
        ),
    )


def test_lines_that_swapped_their_codes_keep_who_they_are():
    first, second = TABLE.nodes[0].children
    after = with_leaf(TABLE, 0, 0, replace(second, code="1"))
    after = with_leaf(after, 0, 1, replace(first, code="2"))
    assert table_changes(TABLE, after) == ()


def test_grounds_and_summing_rules():
    ground = Disqualifier("KL", "Có lãnh đạo bị kỷ luật", Effect.NO_FLAG)
    heavier = replace(ground, effect=Effect.NOT_CONSIDERED)
    before = replace(TABLE, disqualifiers=(ground,))
    after = replace(
        TABLE,
        disqualifiers=(heavier,),
        rules=TableRules(total_max=Decimal(25), not_applicable="full", bonus_cap=Decimal("2.5")),
    )
    assert [(c.where, c.what) for c in table_changes(before, after)] == [
        (WHOLE, "trần điểm thưởng"),
        (WHOLE, "tiêu chí không giao"),
        ("Điều kiện: Có lãnh đạo bị kỷ luật", "điều kiện loại"),
    ]
