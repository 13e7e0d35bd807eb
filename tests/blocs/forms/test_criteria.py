"""Ordinary fields become the rule of a leaf."""

from decimal import Decimal

import pytest

from blocs.forms.criteria import FORMS, KeptRuleForm, RuleTextForm, form_class

D = Decimal
LINE = {"name": "Tiêu chí", "code": "1", "max_points": "9,5", "measure": "lần"}


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
            {"step": "0,25", "levels": "Tốt: 8\n\n Khá : 6,5 "},
            D("9.5"),
            {
                "step": "0.25",
                "levels": [{"label": "Tốt", "points": "8"}, {"label": "Khá", "points": "6.5"}],
            },
        ),
        (
            "quantitative",
            {"target": "95"},
            D("9.5"),
            {"formula": "proportional", "target": "95"},
        ),
        ("per_occurrence", {"per_unit": "2", "cap": "8"}, D("9.5"), {"per_unit": "2", "cap": "8"}),
        ("pass_fail", {"for_everybody": "on"}, D("9.5"), {"may_be_not_applicable": False}),
        (
            "external_rating",
            {"levels": "Xuất sắc: 9,5"},
            D("9.5"),
            {"levels": [{"label": "Xuất sắc", "points": "9.5"}]},
        ),
        ("bonus", {"per_unit": "1", "cap": "5"}, D(5), {"per_unit": "1", "cap": "5"}),
        ("deduction", {"per_unit": "0,5"}, 0, {"per_unit": "0.5"}),
    ],
)
def test_fields_become_the_rule(kind, typed, points, rule):
    found = values(FORMS[kind](LINE | typed))
    assert (found["max_points"], found["rule"]) == (points, rule)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
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
    form = FORMS[kind](rule=rule)
    shown = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in shown.items() if value not in (None, False)}
    again = FORMS[kind](LINE | sent | {key: LINE[key] for key in LINE}, rule=rule)
    assert values(again)["rule"] == rule


def test_parameters_the_form_does_not_know_are_kept():
    form = FORMS["direct"](LINE, rule={"note": "theo phụ lục", "step": "0.5"})
    assert values(form)["rule"] == {"note": "theo phụ lục"}


@pytest.mark.parametrize(
    ("kind", "typed", "errors"),
    [
        ("direct", {"name": " "}, {"name": ["Trường này là bắt buộc."]}),
        ("direct", {"max_points": ""}, {"max_points": ["Trường này là bắt buộc."]}),
        (
            "direct",
            {"levels": "Tốt 8"},
            {"levels": ["Dòng “Tốt 8” phải ghi tên mức và số điểm, ví dụ “Tốt: 8”."]},
        ),
        ("per_occurrence", {}, {"per_unit": ["Trường này là bắt buộc."]}),
        ("external_rating", {}, {"levels": ["Trường này là bắt buộc."]}),
    ],
)
def test_what_is_missing_is_told_at_its_field(kind, typed, errors):
    assert FORMS[kind](LINE | typed).errors == errors


def test_thousands_are_read_by_the_points_of_the_table():
    typed = LINE | {"max_points": "1.500"}
    assert values(FORMS["direct"](typed, most=D(1000)))["max_points"] == D("1.5")


@pytest.mark.parametrize(
    ("kind", "rule", "writes", "form"),
    [
        ("direct", {}, False, FORMS["direct"]),
        ("quantitative", {"formula": "bands"}, True, RuleTextForm),
        ("quantitative", {"formula": "bands"}, False, KeptRuleForm),
        ("clauses", {}, True, RuleTextForm),
    ],
)
def test_form_follows_the_rule_and_the_right(kind, rule, writes, form):
    assert form_class(kind, rule, writes_rules=writes) is form


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
        ('{"cap": 1e99}', "Mục quy tắc: “1e+99” không phải là số."),
    ],
)
def test_rule_that_is_no_data_is_refused(text, sentence):
    form = RuleTextForm(LINE | {"kind_name": "clauses", "rule": text})
    assert form.errors == {"rule": [sentence]}
