"""What is typed when a table is begun and its common rules are set."""

import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from blocs.criteria.forms.tables import TableForm, TableStartForm
from blocs.criteria.models import ScoringTable
from blocs.criteria.models.groups import UnitGroup
from blocs.scoring import TableRules
from tests.factories.blocs import small_table, year_with_members

pytestmark = pytest.mark.django_db
D = Decimal
TABLE = {
    "schema": "criteria-table/1",
    "title_vi": "Bảng mẫu",
    "sections": [{"code": "1", "name_vi": "Một", "kind": "direct_points", "max_points": 2.5}],
}


def start_form(data, content=None):
    files = {} if content is None else {"file": SimpleUploadedFile("bang.json", content)}
    tables, groups = ScoringTable.objects.all(), UnitGroup.objects.none()
    return TableStartForm({"title": "Tên", **data}, files, sources=tables, groups=groups)


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"way": ["Hãy chọn cách lập."]}),
        ({"way": "empty"}, {"total_max": ["Vui lòng ghi tổng điểm tối đa."]}),
        ({"way": "copy"}, {"source": ["Vui lòng chọn bảng để chép."]}),
        ({"way": "file"}, {"file": ["Vui lòng chọn tệp."]}),
        ({"way": "empty", "total_max": "100,5"}, {}),
    ],
)
def test_each_way_asks_for_what_it_needs(data, errors):
    form = start_form(data)
    assert {name: list(texts) for name, texts in form.errors.items()} == errors


def test_file_becomes_an_exact_table():
    form = start_form({"way": "file"}, json.dumps(TABLE).encode())
    assert form.is_valid()
    (node,) = form.cleaned_data["file"].nodes
    assert (node.name, node.kind, node.max_points) == ("Một", "direct", D("2.5"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{}", "Tệp không phải bảng tiêu chí theo mẫu criteria-table/1."),
        (b"{\n,}", "Tệp JSON bị lỗi ở dòng 2."),
        (b"\xff\xfe\x00", "Tệp không phải văn bản UTF-8."),
        (b"[" * 100_000, "Văn bản JSON lồng nhau quá 40 tầng."),
        (b" " * 1_000_001, "Tệp lớn hơn 1 MB, không phải bảng tiêu chí."),
        (
            json.dumps(TABLE | {"bonus": {"items": [3]}}).encode(),
            "Tệp không đúng cấu trúc của bảng tiêu chí (criteria-table/1).",
        ),
    ],
)
def test_wrong_file_is_told_why(content, sentence):
    form = start_form({"way": "file"}, content)
    assert form.errors == {"file": [sentence]}


def test_source_is_named_with_year_and_version():
    table = small_table(year_with_members())
    field = start_form({}).fields["source"]
    assert field.label_from_instance(table) == (
        f"Bảng chấm điểm thi đua – {table.bloc_year} (phiên bản 1)"
    )


def table_form(**changes):
    data = {
        "title": "Bảng",
        "total_max": "1.000,0",
        "bonus_cap": "50",
        "deduction_cap": "20,5",
        "step": "0,25",
        "decimals": "2",
        "not_applicable": "rescale",
        "may_exceed_total": "on",
    }
    return TableForm(data | changes, rules=TableRules(total_max=D(1000), percent_decimals=1))


def test_rules_are_read_in_ordinary_words():
    form = table_form()
    assert form.is_valid()
    assert form.summing_rules() == TableRules(
        total_max=D(1000),
        bonus_cap=D(50),
        deduction_floor=D("-20.5"),
        step=D("0.25"),
        decimals=2,
        not_applicable="rescale",
        may_exceed_total=True,
        percent_decimals=1,
    )


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"total_max": "0"}, {"total_max": ["Vui lòng ghi số lớn hơn 0."]}),
        ({"step": "-1"}, {"step": ["Vui lòng ghi số lớn hơn 0."]}),
        ({"deduction_cap": "-5"}, {"deduction_cap": ["Vui lòng ghi số không âm."]}),
        (
            {"bonus_cap": "nhiều"},
            {"bonus_cap": ["“nhiều” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5."]},
        ),
    ],
)
def test_wrong_rule_is_told_at_its_field(changes, errors):
    assert table_form(**changes).errors == errors


@pytest.mark.parametrize(
    ("field", "text", "errors"),
    [
        ("bonus_cap", "-0,1", ["Vui lòng ghi số không âm."]),
        ("bonus_cap", "0", []),
        ("deduction_cap", "-0,1", ["Vui lòng ghi số không âm."]),
        ("deduction_cap", "0", []),
        ("total_max", "0", ["Vui lòng ghi số lớn hơn 0."]),
        ("total_max", "0,1", []),
        ("step", "0", ["Vui lòng ghi số lớn hơn 0."]),
        ("step", "0,25", []),
        ("total_floor", "-5", []),
    ],
)
def test_each_number_of_a_table_has_its_least(field, text, errors):
    typed = {"title": "Bảng", "total_max": "100", "not_applicable": "scale"} | {field: text}
    form = TableForm(typed, rules=TableRules(total_max=D(100)))
    assert form.errors.get(field, []) == errors
