import datetime as dt
from decimal import Decimal

import pytest

from blocs.years.models import Regulation
from thidua.common.changes import all_words, said, set_fields


@pytest.mark.parametrize(
    ("value", "words"),
    (
        (None, ""),
        (True, "có"),
        (False, "không"),
        (Decimal("40.0000"), "40"),
        (Decimal("1234.5000"), "1.234,5"),
        (Decimal("0.0625"), "0,0625"),
        (0, "0"),
        (dt.date(2026, 12, 5), "05/12/2026"),
        (["a", Decimal("9.50")], "a, 9,5"),
        ("Cờ", "Cờ"),
    ),
)
def test_value_is_said_as_people_write_it(value, words):
    assert said(value) == words


def test_changes_name_the_field_and_the_label_of_a_choice():
    rules = Regulation(vote_base="present", vote_threshold=Decimal("50.00"))
    changes = set_fields(
        rules, {"vote_base": "valid", "vote_threshold": Decimal("66.67"), "flags": 1}
    )
    assert changes == [
        {
            "field": "tỷ lệ phiếu tính trên",
            "before": "số đại biểu có mặt",
            "after": "số phiếu hợp lệ",
        },
        {"field": "tỷ lệ phiếu tối thiểu (%)", "before": "50", "after": "66,67"},
    ]
    assert all_words(rules, ("vote_base", "flags")) == {
        "vote_base": "số phiếu hợp lệ",
        "flags": "1",
    }
