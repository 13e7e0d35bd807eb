"""Targets of an agreement as they are typed."""

from decimal import Decimal

import pytest

from agreements.forms.agreements import TargetForm

LEAVES = [("I/1", "I.1 Hồ sơ đúng hạn")]


def form_of(typed, **initial):
    return TargetForm(typed, leaves=LEAVES, initial=initial)


@pytest.mark.parametrize("typed", [{"measure": "%"}, {"planned": "0"}, {"planned": "98,5"}])
def test_a_line_that_says_anything_has_a_name(typed):
    assert form_of(typed).errors == {"__all__": ["Dòng chỉ tiêu này chưa có tên chỉ tiêu."]}
    assert form_of(typed | {"name": "Hồ sơ đúng hạn"}).errors == {}


def test_a_leaf_that_left_the_table_may_stay():
    typed = {"name": "Hồ sơ đúng hạn", "leaf": "II/9"}
    form = form_of(typed, leaf="II/9")
    assert (form.errors, form.cleaned_data["leaf"]) == ({}, "II/9")
    assert form_of(typed).errors == {
        "leaf": ["Có lựa chọn không còn trong danh sách; vui lòng tải lại trang và chọn lại."]
    }


@pytest.mark.parametrize(
    ("measure", "planned", "read"),
    (
        ("%", "95%", Decimal(95)),
        ("% kế hoạch", "95,5 %", Decimal("95.5")),
        ("vụ", "95", Decimal(95)),
    ),
)
def test_a_target_in_percent_takes_the_sign(measure, planned, read):
    row = form_of({"name": "Giải ngân", "measure": measure, "planned": planned})
    assert row.is_valid(), row.errors
    assert row.cleaned_data["planned"] == read


def test_a_target_in_another_measure_asks_about_the_sign():
    row = form_of({"name": "Hồ sơ", "measure": "hồ sơ", "planned": "95%"})
    assert list(row.errors) == ["planned"]
