from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from thidua.common.vietnamese.numbers import (
    format_decimal,
    format_difference,
    format_input,
    format_trimmed,
    parse_decimal,
    points_text,
    size_words,
    two_digits,
    whole_number,
)

NBSP = "\u00a0"
MINUS = "\u2212"


def numbers(decimals):
    """What the columns of figures hold: eight digits before the comma."""
    return st.decimals(-99999999, 99999999, allow_nan=False, allow_infinity=False, places=decimals)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("9,5", "9.5"),
        ("9.5", "9.5"),
        ("497,5", "497.5"),
        (" 96 ", "96"),
        (f"{NBSP}96{NBSP}", "96"),
        (f"{MINUS}2", "-2"),
        ("-2,25", "-2.25"),
        ("+3", "3"),
        ("1.497,25", "1497.25"),
        ("1,497.25", "1497.25"),
        (f"1{NBSP}497,25", "1497.25"),
        ("1.234.567", "1234567"),
        ("1000", "1000"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        (",5", "0.5"),
        ("9,5000000", "9.5"),
        ("0", "0"),
        ("-0", "0"),
    ],
)
def test_parse_reads_what_can_mean_one_thing(typed, value):
    assert parse_decimal(typed, decimals=3) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "   ", NBSP])
def test_parse_keeps_empty_apart_from_zero(typed):
    assert parse_decimal(typed, decimals=2) is None


@pytest.mark.parametrize(
    ("typed", "maximum", "value"),
    [
        ("1.000", 100, "1"),
        ("1,000", 10, "1"),
        ("9,500", 20, "9.5"),
        ("-1.000", 100, "-1"),
    ],
)
def test_parse_lets_the_maximum_decide_when_one_reading_fits(typed, maximum, value):
    assert parse_decimal(typed, decimals=2, maximum=Decimal(maximum)) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "maximum", "readings"),
    [
        ("1.000", None, "1000 hoặc 1"),
        ("1,000", None, "1000 hoặc 1"),
        ("1.000", 1000, "1000 hoặc 1"),
        ("5.000", 3, "5000 hoặc 5"),
        ("1.497", None, "1497 hoặc 1,4970"),
        (f"{MINUS}2.500", None, "-2500 hoặc -2,5"),
    ],
)
def test_parse_asks_when_two_readings_are_possible(typed, maximum, readings):
    limit = None if maximum is None else Decimal(maximum)
    with pytest.raises(ValidationError) as refused:
        parse_decimal(typed, decimals=2, maximum=limit)
    assert refused.value.code == "ambiguous"
    assert refused.value.messages == [
        f"“{typed}” có thể đọc là {readings}. Vui lòng viết lại theo một trong hai cách đó."
    ]


@pytest.mark.parametrize(
    "typed", ["abc", "1.2.3", "1e5", "NaN", "1..0", "-", ",", "9,5 điểm", "١٢", "12 34", "=1+1"]
)
def test_parse_refuses_what_is_no_number(typed):
    with pytest.raises(ValidationError) as refused:
        parse_decimal(typed, decimals=2)
    assert refused.value.messages == [
        f"“{typed}” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5."
    ]


def test_parse_refuses_a_text_longer_than_any_number():
    with pytest.raises(ValidationError) as refused:
        parse_decimal("9" * 5000, decimals=2)
    assert refused.value.messages == [
        f"“{'9' * 28}…” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5."
    ]


@pytest.mark.parametrize(
    ("typed", "decimals", "message"),
    [
        (
            "9,555",
            2,
            "“9,555” có quá nhiều chữ số thập phân; ở đây được nhập nhiều nhất 2 chữ số.",
        ),
        ("8,5", 0, "“8,5” có phần thập phân; ở đây chỉ nhập số nguyên."),
    ],
)
def test_parse_says_how_many_decimals_are_allowed(typed, decimals, message):
    with pytest.raises(ValidationError) as refused:
        parse_decimal(typed, decimals=decimals, maximum=Decimal(100))
    assert refused.value.messages == [message]


@pytest.mark.parametrize("typed", ["100.000.000", "-100000000", "9" * 28, "123456789,5"])
def test_what_no_column_holds_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        parse_decimal(typed, decimals=4)
    assert refused.value.messages == [
        "Số quá lớn; ở đây nhập được nhiều nhất 8 chữ số phần nguyên. Hãy đổi đơn vị tính."
    ]


@given(numbers(2))
def test_what_is_printed_is_read_again(value):
    assert parse_decimal(format_decimal(value), decimals=2) == value


@given(st.integers(0, 4).flatmap(numbers))
def test_what_an_input_shows_is_read_again(value):
    assert parse_decimal(format_input(value), decimals=4) == value


def answer(typed, decimals):
    """The number read, or the sentence that says why none was."""
    try:
        return parse_decimal(typed, decimals=decimals)
    except ValidationError as refused:
        return refused.messages[0]


@given(st.text("0123456789., -", max_size=12), st.integers(0, 3))
def test_parse_answers_or_explains_whatever_is_typed(typed, decimals):
    result = answer(typed, decimals)
    if isinstance(result, Decimal):
        assert result == round(result, decimals)
    else:
        assert (result is None) is (typed.strip() == "")


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        ("1234.5", 2, "1.234,50"),
        ("986.75", 2, "986,75"),
        ("-2", 2, f"{MINUS}2,00"),
        ("1000", 0, "1.000"),
        ("0.125", 2, "0,13"),
        ("-0.001", 2, "0,00"),
        ("1234567.891", 3, "1.234.567,891"),
    ],
)
def test_format_decimal_writes_a_comma(value, decimals, written):
    assert format_decimal(Decimal(value), decimals) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [("9.50", "9,5"), ("100", "100"), ("1000.00", "1.000"), ("-0.25", f"{MINUS}0,25"), ("0", "0")],
)
def test_format_trimmed_drops_zeros_behind_the_comma(value, written):
    assert format_trimmed(Decimal(value)) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (Decimal("9.50"), "9,5"),
        (Decimal("1000"), "1000"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1234.567"), "1234,5670"),
        (Decimal("0.125"), "0,125"),
        (Decimal("-2.5"), "-2,5"),
        (0, "0"),
    ],
)
def test_format_input_writes_what_can_be_typed(value, written):
    assert format_input(value) == written


@pytest.mark.parametrize(
    ("new", "old", "decimals", "written"),
    (
        ("9.5", "9", 2, "+0,50"),
        ("9", "9.5", 2, f"{MINUS}0,50"),
        ("9", "9.00", 2, "0"),
        # 9,13 − 9,00: the exact difference 0,125 would also be rounded up, 0,005 + 0,005 not.
        ("9.125", "9", 2, "+0,13"),
        ("9.004", "8.996", 2, "0"),
        ("9.005", "9.004", 2, "+0,01"),
        ("-0.125", "0", 2, f"{MINUS}0,13"),
        ("9.5", "8.4", 0, "+2"),
    ),
)
def test_a_difference_lies_between_the_printed_figures(new, old, decimals, written):
    assert format_difference(Decimal(new), Decimal(old), decimals) == written


def test_counts_have_two_digits():
    assert [two_digits(count) for count in (0, 5, 8, 11, 120)] == ["00", "05", "08", "11", "120"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("017", 17),
        ("9" * 18, 10**18 - 1),
        ("", None),
        ("-1", None),
        (" 1", None),
        ("1,5", None),
        ("²", None),
        ("٣", None),
        ("9" * 19, None),
        ("9" * 5000, None),
    ],
)
def test_whole_number_reads_what_a_page_wrote_and_nothing_else(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    ((None, 2, ""), (0, 2, "0,00"), (Decimal("8.125"), 2, "8,13"), (Decimal("8.125"), 3, "8,125")),
)
def test_points_are_formatted_and_none_are_nothing(value, decimals, said):
    assert points_text(value, decimals) == said


@pytest.mark.parametrize(
    ("size", "written"),
    (
        (0, "0 KB"),
        (1, "1 KB"),
        (1024**2 - 1, "1.024 KB"),
        (1024**2, "1 MB"),
        (1_468_006, "1,4 MB"),
        (1024**3 - 1, "1.024 MB"),
        (82_999_999_999, "77,3 GB"),
    ),
)
def test_sizes_read_as_people_say_them(size, written):
    assert size_words(size) == written
