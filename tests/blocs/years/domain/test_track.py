from datetime import date

import pytest

from blocs.states import YearState
from blocs.years.domain.calendar import DAYS, YearDates, default_dates
from blocs.years.domain.track import (
    StepState,
    YearProgress,
    line_words,
    step_of_today,
    step_words,
    year_steps,
)

D, C, T, O = StepState.DONE, StepState.CURRENT, StepState.TODO, StepState.OVERDUE  # noqa: E741
P = StepState.PASSED
DATES = default_dates(2026)
NEW_YEAR = date(2026, 1, 5)


def test_default_dates_close_the_year_in_the_next():
    assert default_dates(2026) == YearDates(
        registration_due=date(2026, 3, 15),
        agreement_due=date(2026, 3, 31),
        midyear_due=date(2026, 7, 15),
        report_due=date(2026, 12, 15),
        appraisal_due=date(2026, 12, 31),
        conference_due=date(2027, 1, 20),
        proposal_due=date(2027, 1, 31),
    )


def test_default_dates_follow_each_other():
    days = [getattr(DATES, name) for name in DAYS]
    assert days == sorted(days)


def test_the_track_has_eleven_steps_in_the_order_of_the_year():
    steps = year_steps("open", DATES, NEW_YEAR, YearProgress())
    assert [(step.code, step.label, step.who, step.due and step.due.day) for step in steps] == [
        ("registration", "Đăng ký thi đua", "Đơn vị thành viên", DATES.registration_due),
        ("table", "Bảng điểm", "Khối trưởng", DATES.agreement_due),
        ("agreement", "Giao ước", "Tất cả đơn vị", DATES.agreement_due),
        ("midyear", "Sơ kết", "Khối trưởng", DATES.midyear_due),
        ("report", "Báo cáo, tự chấm", "Đơn vị thành viên", DATES.report_due),
        ("appraisal", "Thẩm định", "Khối trưởng, khối phó", DATES.appraisal_due),
        ("conference", "Hội nghị", "Khối trưởng", DATES.conference_due),
        ("deliberation", "Bình xét", "Tất cả đơn vị", DATES.conference_due),
        ("proposal", "Đề nghị khen thưởng", "Khối trưởng", DATES.proposal_due),
        ("decision", "Quyết định", "UBND tỉnh", None),
        ("handover", "Bàn giao", "Khối trưởng cũ và mới", None),
    ]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (YearState.PLANNED, [T] * 11),
        (YearState.OPEN, [C] + [T] * 10),
        (YearState.AGREED, [C, P, P] + [T] * 8),
        (YearState.IN_PROGRESS, [P, P, P, C] + [T] * 7),
        (YearState.MIDYEAR_DONE, [P] * 4 + [C] + [T] * 6),
        (YearState.CLOSING, [P] * 4 + [C] + [T] * 6),
        (YearState.RANKED, [P] * 7 + [C] + [T] * 3),
        (YearState.PROPOSED, [P] * 9 + [C, T]),
        (YearState.DECIDED, [P] * 10 + [C]),
        (YearState.ARCHIVED, [P] * 11),
    ],
)
def test_no_state_of_the_year_makes_a_step_done_that_the_facts_do_not_know(state, expected):
    steps = year_steps(state, DATES, NEW_YEAR, YearProgress(units=8))
    assert [step.state for step in steps] == expected


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    (
        (YearState.OPEN, DATES.agreement_due, [O, C, C] + [T] * 8),
        (YearState.OPEN, date(2026, 3, 30), [O] + [T] * 10),
        (YearState.MIDYEAR_DONE, DATES.appraisal_due, [P] * 4 + [O, C] + [T] * 5),
        # Nobody works on a year that is only planned.
        (YearState.PLANNED, DATES.registration_due, [T] * 11),
    ),
)
def test_a_step_on_its_last_day_is_not_still_to_come(state, day, expected):
    steps = year_steps(state, DATES, day, YearProgress(units=8))
    assert [step.state for step in steps] == expected


def test_a_year_in_which_all_was_done_says_so_and_nothing_else():
    progress = YearProgress(
        units=8,
        registered=8,
        signed=8,
        submitted=8,
        appraised=8,
        is_table_published=True,
        is_in_effect=True,
        is_midyear_held=True,
        is_conference_held=True,
        is_ballot_counted=True,
        is_proposed=True,
        is_decided=True,
        is_handed_over=True,
    )
    steps = year_steps(YearState.ARCHIVED, DATES, NEW_YEAR, progress)
    assert [step_words(step) for step in steps] == ["Đã xong"] * 11


def test_what_was_passed_over_tells_its_count_or_what_it_is_without():
    progress = YearProgress(units=8, registered=3, signed=7, is_in_effect=True, submitted=8)
    steps = year_steps(YearState.DECIDED, DATES, NEW_YEAR, progress)
    assert [step_words(step) for step in steps] == [
        "Đã qua, 3/8 đơn vị",
        "Đã qua, chưa ban hành",
        "Đã xong, 7/8 đơn vị",
        "Đã qua, không sơ kết",
        "Đã xong",
        "Đã qua, 0/8 đơn vị",
        "Đã qua, chưa có hội nghị",
        "Đã qua, không bỏ phiếu",
        "Đã qua, không có đề nghị",
        "Đã qua, chưa ghi quyết định",
        "Đang làm",
    ]


def test_numbers_finish_a_step_before_the_state_moves():
    progress = YearProgress(
        units=8, registering=8, registered=8, is_table_published=True, signing=8, signed=7
    )
    steps = year_steps(YearState.OPEN, DATES, NEW_YEAR, progress)
    assert [step.state for step in steps] == [D, D, C] + [T] * 8
    assert [step.detail for step in steps[:3]] == ["8/8 đơn vị", "", "7/8 đơn vị"]


def test_reports_appraisal_and_ballot_finish_their_steps_in_the_closing_year():
    progress = YearProgress(
        units=8, submitted=8, appraised=8, is_conference_held=True, is_ballot_counted=True
    )
    steps = year_steps(YearState.CLOSING, DATES, NEW_YEAR, progress)
    assert [step.state for step in steps] == [P] * 4 + [D] * 4 + [C, T, T]


def test_a_bloc_without_units_has_finished_nothing():
    steps = year_steps(YearState.OPEN, DATES, NEW_YEAR, YearProgress())
    assert [step.state for step in steps] == [C] + [T] * 10
    assert {step.detail for step in steps} == {""}


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 15), [C] + [T] * 10),
        (date(2026, 3, 16), [O] + [T] * 10),
        (date(2026, 4, 1), [O, O, O] + [T] * 8),
        (date(2027, 2, 1), [O] * 9 + [T, T]),
    ],
)
def test_a_step_is_overdue_from_the_day_after(today, expected):
    steps = year_steps(YearState.OPEN, DATES, today, YearProgress(units=8))
    assert [step.state for step in steps] == expected


def test_steps_without_a_date_are_never_overdue():
    steps = year_steps(YearState.OPEN, YearDates(), date(2030, 1, 1), YearProgress(units=8))
    assert [step.state for step in steps] == [C] + [T] * 10


DONE = YearProgress(
    units=8,
    registered=8,
    signed=8,
    submitted=8,
    appraised=8,
    is_table_published=True,
    is_in_effect=True,
    is_midyear_held=True,
    is_conference_held=True,
    is_ballot_counted=True,
    is_proposed=True,
    is_decided=True,
    is_handed_over=True,
)


@pytest.mark.parametrize(
    ("state", "day", "progress", "words"),
    (
        # Nothing has begun: what comes first.
        (YearState.PLANNED, NEW_YEAR, YearProgress(), "Đăng ký thi đua · hạn 15/03, còn 69 ngày"),
        (
            YearState.CLOSING,
            date(2026, 12, 14),
            YearProgress(units=8, submitted=5),
            "Báo cáo, tự chấm · hạn 15/12, còn 1 ngày · 5/8 đơn vị",
        ),
        # The first that is open, though a later one has its last day.
        (
            YearState.MIDYEAR_DONE,
            DATES.appraisal_due,
            YearProgress(units=8, submitted=5),
            "Báo cáo, tự chấm · hạn 15/12, quá hạn 16 ngày · 5/8 đơn vị",
        ),
        (
            YearState.CLOSING,
            DATES.conference_due,
            YearProgress(units=8, submitted=8, appraised=8),
            "Hội nghị · hạn 20/01, hôm nay",
        ),
        (YearState.PROPOSED, NEW_YEAR, YearProgress(units=8), "Quyết định · Đang làm"),
        (YearState.ARCHIVED, NEW_YEAR, DONE, "Bàn giao · Đã xong"),
    ),
)
def test_one_line_says_where_the_year_stands(state, day, progress, words):
    steps = year_steps(state, DATES, day, progress)
    assert line_words(step_of_today(steps), day) == words
