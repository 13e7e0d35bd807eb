"""Ordinary fields become the rule of a leaf."""

from decimal import Decimal

import pytest

from blocs.criteria.forms.criteria import (
    GroupForm,
    KeptRuleForm,
    LeafForm,
    RuleTextForm,
    form_class,
)
from blocs.scoring import KINDS
from blocs.scoring.totals.tables import from_json, walk
from tests.criteria import criteria

D = Decimal
LINE = {"name": "Tiêu chí", "code": "1", "max_points": "9,5", "measure": "lần"}


def form_of(kind, *args, **kwargs):
    """The form of fields for one way of scoring."""
    if kind == "group":
        return GroupForm(*args, **kwargs)
    return LeafForm(*args, kind=KINDS[kind], **kwargs)


def rows(name, *lines):
    """What a browser posts for a table of inputs, with an empty row below."""
    data = {f"{name}-rows": str(len(lines) + 1)}
    for place, line in enumerate(lines):
        data |= {f"{name}-{place}-{cell}": text for cell, text in line.items()}
    return data


def level(label, points):
    return {"label": label, "points": points}


def band(low, start, high, end, points):
    return {"low": low, "from": start, "high": high, "to": end, "points": points}


def posted(form):
    """Everything a browser sends back of an untouched form."""
    data = {}
    for name in form.fields:
        shown = form[name].value()
        if isinstance(shown, list):
            data |= rows(name, *shown)
        elif shown not in (None, False):
            data[name] = shown
    return data


BANDS = rows("bands", band("[", "80", ")", "90", "6"), band("(", "90", "]", "", "9,5"))
STORED_BANDS = [
    {"from": "80", "to": "90", "points": "6", "ends": "[)"},
    {"from": "90", "points": "9.5", "ends": "(]"},
]


def values(form):
    assert form.errors == {}
    return form.values()


@pytest.mark.parametrize(
    ("kind", "typed", "points", "rule"),
    [
        ("group", {}, D("9.5"), {}),
        ("group", {"max_points": ""}, 0, {}),
        ("direct", {}, D("9.5"), {}),
        (
            "direct",
            {"step": "0,25", **rows("levels", level("Tốt", "8"), {}, level(" Khá ", "6,5"))},
            D("9.5"),
            {
                "step": "0.25",
                "levels": [{"label": "Tốt", "points": "8"}, {"label": "Khá", "points": "6.5"}],
            },
        ),
        (
            "quantitative",
            {"formula": "proportional", "target": "95", "lose": "2", **BANDS},
            D("9.5"),
            {"formula": "proportional", "target": "95"},
        ),
        (
            "quantitative",
            {"formula": "bands", "of": "percent", "cap": "7", **BANDS},
            D("9.5"),
            {"formula": "bands", "of": "percent", "bands": STORED_BANDS},
        ),
        (
            "quantitative",
            {"formula": "per_percent_below", "lose": "0,5", "count": "full", "of": "percent"},
            D("9.5"),
            {"formula": "per_percent_below", "lose": "0.5", "count": "full"},
        ),
        ("quantitative", {"formula": "share_of_best"}, D("9.5"), {"formula": "share_of_best"}),
        (
            "direct",
            {"levels_only": "on", **rows("levels", level("Tốt", "8"))},
            D("9.5"),
            {"levels_only": True, "levels": [{"label": "Tốt", "points": "8"}]},
        ),
        (
            "per_occurrence",
            {"per_unit": "2", "fractions": "on"},
            D("9.5"),
            {"per_unit": "2", "fractions": True},
        ),
        ("external_rating", BANDS, D("9.5"), {"bands": STORED_BANDS}),
        (
            "clauses",
            {
                "standard": "5",
                "floor": "0",
                **rows("facts", {"key": "so", "label": "Số vụ", "type": "count"}),
                **rows("parts", {"part": "1", "choose": "", "bonus": "có", "cap": "2"}),
                **rows("items", {"part": "1", "if": "so ≥ 1", "points": "-0,5", "per": "so"}),
            },
            D("9.5"),
            {
                "standard": "5",
                "floor": "0",
                "facts": [{"key": "so", "label": "Số vụ", "type": "count"}],
                "parts": [
                    {
                        "cap": "2",
                        "bonus": True,
                        "items": [{"if": [["so", ">=", "1"]], "per": "so", "points": "-0.5"}],
                    }
                ],
            },
        ),
        ("per_occurrence", {"per_unit": "2", "cap": "8"}, D("9.5"), {"per_unit": "2", "cap": "8"}),
        ("pass_fail", {"for_everybody": "on"}, D("9.5"), {"may_be_not_applicable": False}),
        (
            "external_rating",
            rows("levels", level("Xuất sắc", "9,5")),
            D("9.5"),
            {"levels": [{"label": "Xuất sắc", "points": "9.5"}]},
        ),
        ("bonus", {"per_unit": "1", "cap": "5"}, D(5), {"per_unit": "1", "cap": "5"}),
        ("deduction", {"per_unit": "0,5"}, 0, {"per_unit": "0.5"}),
    ],
)
def test_fields_become_the_rule(kind, typed, points, rule):
    found = values(form_of(kind, LINE | typed))
    assert (found["max_points"], found["rule"]) == (points, rule)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("quantitative", {"formula": "bands", "bands": STORED_BANDS, "of": "value"}),
        (
            "quantitative",
            {"formula": "per_percent_below", "lose": "2", "each": "5", "count": "full"},
        ),
        ("per_occurrence", {"per_unit": "2", "fractions": False}),
        ("external_rating", {"bands": STORED_BANDS}),
        ("direct", {"levels_only": True, "levels": [{"label": "Tốt", "points": "8"}]}),
        ("direct", {"step": "0.25", "levels": [{"label": "Tốt", "points": "8"}]}),
        ("quantitative", {"formula": "proportional", "target": "95.5"}),
        ("per_occurrence", {"per_unit": "2", "cap": "8"}),
        ("pass_fail", {"may_be_not_applicable": False}),
        ("pass_fail", {"may_be_not_applicable": True}),
        ("external_rating", {"levels": [{"label": "Tốt", "points": "8.25"}]}),
        ("bonus", {"per_unit": "1", "needs_full": "I/1"}),
        ("deduction", {"per_unit": "0.5", "cap": "3"}),
    ],
)
def test_rule_shown_and_sent_back_is_the_same(kind, rule):
    again = form_of(kind, posted(form_of(kind, rule=rule)) | LINE, rule=rule)
    assert values(again)["rule"] == rule


CLAUSES = [
    (path, node)
    for path, node in walk(from_json(criteria("tien-giang")).nodes)
    if node.kind == "clauses"
]


def meaning(rule):
    """The rule with the ends of open sides and idle zeros left out."""
    if isinstance(rule, list):
        return [meaning(row) for row in rule]
    if not isinstance(rule, dict):
        try:
            return D(rule) if isinstance(rule, str) else rule
        except ArithmeticError:
            return rule
    found = {key: meaning(value) for key, value in rule.items()}
    if "ends" in found:
        low, high = found.pop("ends")
        found |= {"ends": (low if "from" in found else "", high if "to" in found else "")}
    return found


@pytest.mark.parametrize(("path", "node"), CLAUSES, ids=[path for path, _ in CLAUSES])
def test_clauses_of_a_real_regulation_survive_their_form(path, node):
    again = form_of("clauses", posted(form_of("clauses", rule=node.rule)) | LINE, rule=node.rule)
    assert meaning(values(again)["rule"]) == meaning(dict(node.rule))


def test_typed_rows_stay_as_typed_and_two_empty_ones_follow():
    typed = LINE | rows("levels", level("Tốt", "tám"), level("Khá", ""))
    form = form_of("direct", typed)
    assert form.errors == {
        "levels": [
            "Dòng 1, số điểm: “tám” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5.",
            "Dòng 2, số điểm: chưa ghi.",
        ]
    }
    html = str(form["levels"])
    assert 'value="tám"' in html
    assert 'name="levels-rows" value="4"' in html
    assert 'name="levels-3-points"' in html


def test_parameters_the_form_does_not_know_are_kept():
    form = form_of("direct", LINE, rule={"note": "theo phụ lục", "step": "0.5"})
    assert values(form)["rule"] == {"note": "theo phụ lục"}


@pytest.mark.parametrize(
    ("kind", "typed", "errors"),
    [
        ("direct", {"name": " "}, {"name": ["Hãy nhập nội dung."]}),
        ("direct", {"max_points": ""}, {"max_points": ["Hãy nhập điểm tối đa."]}),
        (
            "direct",
            rows("levels", {"points": "8"}),
            {"levels": ["Dòng 1, mức, kết quả: chưa ghi."]},
        ),
        ("per_occurrence", {}, {"per_unit": ["Hãy nhập điểm cho mỗi trường hợp."]}),
        (
            "external_rating",
            {},
            {"levels": ["Vui lòng ghi bảng quy đổi xếp loại hoặc chỉ số."]},
        ),
        ("quantitative", {}, {"formula": ["Vui lòng chọn cách tính điểm."]}),
        (
            "clauses",
            rows("items", {"part": "2", "points": "1"}),
            {"__all__": ["Có quy định ghi thuộc phần “2”, mà không có phần này."]},
        ),
    ],
)
def test_what_is_missing_is_told_at_its_field(kind, typed, errors):
    assert form_of(kind, LINE | typed).errors == errors


def test_thousands_are_read_by_the_points_of_the_table():
    typed = LINE | {"max_points": "1.500"}
    assert values(form_of("direct", typed, most=D(1000)))["max_points"] == D("1.5")


@pytest.mark.parametrize(
    ("kind", "rule", "writes", "form"),
    [
        ("group", {}, False, GroupForm),
        ("direct", {}, False, LeafForm),
        ("quantitative", {"formula": "bands"}, False, LeafForm),
        ("clauses", {}, False, LeafForm),
        ("clauses", {"parts": [{"if": [["a"]]}]}, True, RuleTextForm),
        ("dice", {}, True, RuleTextForm),
        ("dice", {}, False, KeptRuleForm),
    ],
)
def test_form_follows_the_rule_and_the_right(kind, rule, writes, form):
    assert type(form_class(kind, rule, writes_rules=writes)()) is form


def test_kept_rule_stays_as_it_is():
    form = KeptRuleForm(LINE, rule={"formula": "bands"})
    assert (values(form)["rule"], form.get_kind()) == ({"formula": "bands"}, "")


def test_rule_written_as_data_is_exact():
    text = '{"formula": "per_percent_below", "lose": 0.5, "count": "full"}'
    form = RuleTextForm(LINE | {"kind_name": "quantitative", "rule": text})
    assert values(form)["rule"] == {
        "formula": "per_percent_below",
        "lose": "0.5",
        "count": "full",
    }
    assert form.get_kind() == "quantitative"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "Quy tắc không phải là văn bản JSON hợp lệ."),
        ("[1]", "Quy tắc phải đặt trong dấu ngoặc nhọn { }."),
        ('{"cap": 1e99}', "Trong văn bản JSON có số không dùng được: “1e99”."),
        ('{"cap": 1e29}', "Mục quy tắc: “1E+29” không phải là số."),
    ],
)
def test_rule_that_is_no_data_is_refused(text, sentence):
    form = RuleTextForm(LINE | {"kind_name": "clauses", "rule": text})
    assert form.errors == {"rule": [sentence]}
