"""Exact numbers and the only roundings a regulation knows."""

from decimal import Decimal

import pytest

from blocs.scoring.terms.numbers import half_up, is_multiple, to_step

D = Decimal


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    (
        ("0.124", "0.25", "0"),
        ("0.125", "0.25", "0.25"),
        ("0.375", "0.25", "0.5"),
        ("8.3", "0.5", "8.5"),
        ("8.2", "0.5", "8"),
        ("8.25", "0.5", "8.5"),
        ("-0.125", "0.25", "-0.25"),
        ("-8.2", "0.5", "-8"),
        ("45", "10", "50"),
        ("7", "3", "6"),
    ),
)
def test_nearest_step_with_halves_away_from_zero(value, step, expected):
    found = to_step(D(value), D(step))
    assert (found, is_multiple(found, D(step))) == (D(expected), True)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    (("0.125", 2, "0.13"), ("0.135", 2, "0.14"), ("-0.125", 2, "-0.13"), ("2.5", 0, "3")),
)
def test_halves_are_rounded_away_from_zero(value, decimals, expected):
    assert half_up(D(value), decimals) == D(expected)
