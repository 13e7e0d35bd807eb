"""Late papers, grounds of exclusion, and several rounds of marks."""

from datetime import date
from decimal import Decimal

import pytest

from blocs.scoring import (
    Counted,
    Disqualifier,
    Effect,
    Eligibility,
    Lateness,
    LateRule,
    Question,
    check_late_rule,
    combine_rounds,
    eligibility,
    lateness,
)

D = Decimal
DUE = date(2026, 12, 15)
PER_DAY = {"per_day": D("0.5"), "cap": D(3)}


def december(day):
    return date(2026, 12, day)


def late(days, points, sentence):
    return Lateness(days, D(points), sentence=sentence)


@pytest.mark.parametrize(
    ("submitted", "rule", "expected"),
    [
        ([15], PER_DAY, Lateness()),
        ([16], PER_DAY, late(1, "-0.5", "Chậm 1 ngày: trừ 0,5 điểm.")),
        ([31], PER_DAY, late(16, "-3", "Chậm 16 ngày: trừ 3 điểm.")),
        ([14, 17], PER_DAY, late(2, "-1", "Chậm 2 ngày: trừ 1 điểm.")),
        ([14, 17], {**PER_DAY, "counts": Counted.FIRST}, Lateness()),
        ([18], {"fixed": D(2)}, late(3, "-2", "Chậm 3 ngày: trừ 2 điểm.")),
        ([17], {**PER_DAY, "grace_days": 2}, Lateness()),
        ([18], {**PER_DAY, "grace_days": 2}, late(3, "-1.5", "Chậm 3 ngày: trừ 1,5 điểm.")),
        (
            [18],
            {**PER_DAY, "grace_days": 2, "is_counted_after_grace": True},
            late(1, "-0.5", "Chậm 1 ngày: trừ 0,5 điểm."),
        ),
        (
            [21],
            {**PER_DAY, "in_working_days": True},
            late(3, "-1.5", "Chậm 3 ngày làm việc: trừ 1,5 điểm."),
        ),
        ([20], {**PER_DAY, "last_on": december(20)}, late(5, "-2.5", "Chậm 5 ngày: trừ 2,5 điểm.")),
        (
            [21],
            {**PER_DAY, "last_on": december(20)},
            Lateness(6, is_out=True, sentence="Quá hạn cuối cùng 20/12/2026: không xét."),
        ),
        ([], PER_DAY, late(16, "-3", "Chậm 16 ngày: trừ 3 điểm.")),
        (
            [],
            {**PER_DAY, "last_on": december(20)},
            Lateness(16, is_out=True, sentence="Quá hạn cuối cùng 20/12/2026: không xét."),
        ),
    ],
)
def test_late_paper_costs_what_the_rule_says(submitted, rule, expected):
    days = [december(day) for day in submitted]
    holidays = {december(17)}
    assert lateness(days, LateRule(DUE, **rule), december(31), holidays) == expected


def test_late_rule_that_contradicts_itself_is_named():
    rule = LateRule(DUE, grace_days=-1, per_day=D(0), last_on=december(1))
    assert check_late_rule(rule) == [
        "Hạn cuối cùng không được sớm hơn hạn nộp.",
        "Số ngày gia hạn không được là số âm.",
        "Điểm trừ mỗi ngày phải lớn hơn 0.",
    ]


def ground(effect, **changes):
    return Disqualifier(effect.value, f"Lý do {effect.value}", effect, **changes)


@pytest.mark.parametrize(
    ("grounds", "expected"),
    [
        ([], Eligibility()),
        (
            [ground(Effect.NOT_CONSIDERED)],
            Eligibility(is_out=True, reasons=("Lý do not_considered",)),
        ),
        ([ground(Effect.SUSPENDED)], Eligibility(is_held=True, reasons=("Lý do suspended",))),
        (
            [ground(Effect.NO_FLAG, award_cap="provincial_merit_certificate")],
            Eligibility(
                is_without_flag=True,
                award_caps=("provincial_merit_certificate",),
                reasons=("Lý do no_flag",),
            ),
        ),
        (
            [
                ground(Effect.MINUS_POINTS, points=D(2)),
                ground(Effect.MINUS_POINTS, points=D("0.5")),
            ],
            Eligibility(
                minus_points=D("2.5"), reasons=("Lý do minus_points", "Lý do minus_points")
            ),
        ),
    ],
)
def test_grounds_add_up_to_a_standing(grounds, expected):
    assert eligibility(grounds) == expected


@pytest.mark.parametrize(
    ("marks", "mode", "decimals", "expected"),
    [
        (["8", "9", "9.5"], "last", None, D("9.5")),
        (["8", "9", None], "last", None, D(9)),
        (["8", "9", "9.5"], "mean", 2, D("8.83")),
        (["8", "8.5"], "mean", None, D("8.25")),
        (["8", "8.25"], "mean", 2, D("8.13")),
        (["0", "9", "8", "10"], "mean_without_extremes", None, D("8.5")),
        ([None, None], "mean", None, None),
        (
            ["8", "9"],
            "mean_without_extremes",
            None,
            Question(
                "Cần ít nhất 3 người chấm để bỏ điểm cao nhất và điểm thấp nhất. "
                "Vui lòng cho biết cách tính."
            ),
        ),
    ],
)
def test_rounds_become_one_mark(marks, mode, decimals, expected):
    given = [None if mark is None else D(mark) for mark in marks]
    assert combine_rounds(given, mode, decimals) == expected


def test_unknown_way_to_combine_rounds_is_an_error_of_the_programmer():
    with pytest.raises(ValueError, match="No such way to combine rounds: best"):
        combine_rounds([D(1)], "best")
