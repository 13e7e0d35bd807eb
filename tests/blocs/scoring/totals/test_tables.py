"""Tables as a whole: what keeps them from publication, their numbering, their files."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from blocs.scoring import Effect, leaves
from blocs.scoring.totals.table_json import TableFileError
from blocs.scoring.totals.tables import Node, check_table, from_json, outline, roman, to_json, walk
from tests.criteria import criteria

D = Decimal
RELATIVE = {"quantitative": {"formula": "relative_to_leader"}}


def leaf(code="1", points="10", **changes):
    return replace(Node(code, "Tiêu chí", "direct", D(points)), **changes)


def group(*children, points="10", code="I"):
    return Node(code, "Nhóm", max_points=None if points is None else D(points), children=children)


@pytest.mark.parametrize(
    ("nodes", "sentences"),
    [
        ((group(leaf()),), []),
        ((group(leaf()), group(leaf(kind="bonus"), points=None, code="T")), []),
        ((group(leaf(), leaf("T1", kind="bonus")),), []),
        ((), ["Bảng tiêu chí chưa có dòng nào."]),
        (
            (group(leaf(points="9.5")),),
            ["Mục I “Nhóm”: tổng điểm các mục con là 9,5, khác điểm tối đa 10."],
        ),
        (
            (group(leaf(points="9"), points="9"),),
            ["Bảng tiêu chí: tổng điểm các mục con là 9, khác điểm tối đa 10."],
        ),
        ((group(leaf(points="5"), leaf(points="5")),), ["Mục I: mã “1” được dùng cho nhiều mục."]),
        ((group(leaf(points="5"), points="5"), group(leaf(points="5"), points="5", code="II")), []),
        ((group(),), ["Mục I “Nhóm”: nhóm chưa có tiêu chí nào."]),
        ((group(leaf(kind="")),), ["Mục I/1 “Tiêu chí”: chưa chọn cách chấm điểm."]),
        ((group(leaf(name=" ")),), ["Mục I/1 “ ”: chưa có tên."]),
        (
            (group(leaf(code="1/2")),),
            ["Mục I/1/2 “Tiêu chí”: mã phải có và không được chứa dấu “/”."],
        ),
        (
            (group(leaf(max_points=None), points="0"), leaf("II")),
            ["Mục I/1 “Tiêu chí”: chưa có điểm tối đa."],
        ),
        (
            (group(leaf(points="2.125"), leaf("2", "7.875")),),
            [
                "Mục I/1 “Tiêu chí”: điểm tối đa 2,125 không theo bước 0,25.",
                "Mục I/1 “Tiêu chí”: điểm tối đa 2,125 có quá 2 chữ số thập phân.",
                "Mục I/2 “Tiêu chí”: điểm tối đa 7,875 không theo bước 0,25.",
                "Mục I/2 “Tiêu chí”: điểm tối đa 7,875 có quá 2 chữ số thập phân.",
            ],
        ),
        (
            (group(leaf(kind="per_occurrence")),),
            ["Mục I/1 “Tiêu chí”: quy tắc chưa nêu số điểm cho mỗi trường hợp."],
        ),
        ((leaf(), leaf("T", kind="bonus", rule={"needs_full": "1"})), []),
        (
            (leaf(), leaf("T", kind="bonus", rule={"needs_full": "I/1"})),
            ["Mục T “Tiêu chí”: mục “I/1” của điều kiện thưởng không có trong bảng."],
        ),
        ((leaf(), leaf("II", "0")), ["Mục II “Tiêu chí”: chưa có điểm tối đa."]),
        ((leaf(), leaf("T", "0", kind="bonus")), []),
        (
            (leaf(children=(leaf(),)),),
            ["Mục 1 “Tiêu chí”: tiêu chí được chấm điểm thì không có tiêu chí con."],
        ),
    ],
)
def test_table_says_what_keeps_it_from_publication(nodes, sentences):
    assert check_table(nodes, D(10), step=D("0.25"), decimals=2) == sentences


def test_outline_numbers_by_place_and_not_by_code():
    nodes = (group(leaf("a"), group(leaf("x"), code="b"), code="A"), leaf("B"))
    assert outline(nodes) == {"A": "I", "A/a": "1", "A/b": "2", "A/b/x": "2.1", "B": "II"}


@pytest.mark.parametrize(
    ("number", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX"), (90, "XC")]
)
def test_roman_numerals(number, text):
    assert roman(number) == text


def test_table_of_cluster_347_adds_up():
    data = criteria("ca-cum-347")
    table = from_json(data, RELATIVE)
    assert len(list(walk(table.nodes))) == 230
    assert len(leaves(table.nodes)) == data["scale"]["leaf_count"] == 176
    assert sum(item.max_points for item in leaves(table.nodes).values()) == D(1000)
    assert table.rules.total_max == D(1000)
    assert check_table(table.nodes, table.rules.total_max, decimals=table.rules.decimals) == []


def test_table_of_cluster_347_needs_its_formula():
    table = from_json(criteria("ca-cum-347"))
    sentences = check_table(table.nodes, table.rules.total_max)
    assert len(sentences) == 12
    assert {sentence.rpartition(": ")[2] for sentence in sentences} == {
        "tiêu chí định lượng chưa chọn cách tính điểm."
    }


def test_table_of_the_city_lacks_its_last_item():
    data = criteria("hcmc")
    table = from_json(data)
    seen = sum(item.max_points or 0 for item in leaves(table.nodes).values())
    assert seen == data["scale"]["total_max_seen"] == 90
    assert check_table(table.nodes, table.rules.total_max) == [
        "Mục TDKT “Công tác thi đua - khen thưởng”: tổng điểm các mục con là 90, "
        "khác điểm tối đa 100.",
        "Mục TDKT/08: chưa có tên.",
        "Mục TDKT/08: chưa có điểm tối đa.",
    ]


@pytest.mark.parametrize(("name", "total"), [("template-khoi", 100), ("template-cum", 1000)])
def test_template_can_be_published(name, total):
    table = from_json(criteria(name))
    rules = table.rules
    assert rules.total_max == D(total)
    assert check_table(table.nodes, rules.total_max, step=rules.step, decimals=rules.decimals) == []


def test_file_states_the_rules_of_the_table():
    table = from_json(criteria("template-khoi"))
    assert (table.rules.bonus_cap, table.rules.step, table.rules.decimals) == (
        D(5),
        D("0.25"),
        2,
    )
    assert [item.effect for item in table.disqualifiers] == [
        Effect.NOT_CONSIDERED,
        Effect.NOT_CONSIDERED,
        Effect.SUSPENDED,
        Effect.NO_FLAG,
        Effect.NO_FLAG,
        Effect.NOT_CONSIDERED,
    ]
    late = leaves(table.nodes)["P/P1"]
    assert (late.kind, late.max_points, late.rule) == (
        "deduction",
        D(3),
        {"per_unit": "0.5", "cap": "3"},
    )
    assert from_json(criteria("template-cum")).rules.not_applicable == "rescale"


@pytest.mark.parametrize(
    "name", ["ca-cum-347", "hcmc", "template-cum", "template-khoi", "tien-giang"]
)
def test_table_survives_its_file(name):
    table = from_json(criteria(name), RELATIVE)
    written = to_json(table.nodes, table.rules, table.title, table.disqualifiers)
    assert from_json(json.loads(json.dumps(written))) == table


def test_floats_of_a_parsed_file_are_read_as_they_were_written():
    data = {
        "schema": "criteria-table/1",
        "sections": [
            {
                "code": "1",
                "name_vi": "Tiêu chí",
                "kind": "per_occurrence",
                "max_points": 0.3,
                "per_unit": 0.1,
            },
        ],
    }
    (node,) = from_json(data).nodes
    assert (node.max_points, node.rule) == (D("0.3"), {"per_unit": "0.1"})


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Tệp không phải bảng tiêu chí theo mẫu criteria-table/1."),
        ([], "Tệp không phải bảng tiêu chí theo mẫu criteria-table/1."),
        ({"schema": "criteria-table/1"}, "Tệp không có danh sách các phần của bảng (sections)."),
        (
            {"schema": "criteria-table/1", "sections": ["Không mã"]},
            "Trong mục “bảng” có một dòng không đọc được.",
        ),
        (
            {"schema": "criteria-table/1", "sections": [{"code": "I", "max_points": "mười"}]},
            "Mục I: “mười” không phải là số.",
        ),
        (
            {"schema": "criteria-table/1", "sections": [], "disqualifiers": [{"effect": "shame"}]},
            "Không biết hệ quả “shame” của điều kiện loại.",
        ),
    ],
)
def test_file_that_is_no_table_is_refused_with_the_reason(data, sentence):
    with pytest.raises(TableFileError) as refusal:
        from_json(data)
    assert str(refusal.value) == sentence
