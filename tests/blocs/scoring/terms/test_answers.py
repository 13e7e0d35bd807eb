"""One answer on a page, in a cell and in a sentence, and back to what is kept."""

from datetime import date
from decimal import Decimal

import pytest

from blocs.scoring import Entry, Input, InputType
from blocs.scoring.terms.answers import Answer, choices_of, is_too_big, kept

D = Decimal
FIGURE = Input(InputType.ACTUAL, "value", "Kết quả")
TARGET = Input(InputType.TARGET, "target", "Chỉ tiêu")
PASSED = Input(InputType.PASSED, "value", "Đạt")
LEVEL = Input(InputType.LEVEL, "choice", "Mức", choices=("Tốt", "1"))
SHARE = Input(InputType.FACT, "facts", "Tỷ lệ", key="share", fact_type="number")
LATE = Input(InputType.FACT, "facts", "Có chậm", key="late", fact_type="yes_no")
SENT = Input(InputType.FACT, "facts", "Ngày gửi", key="sent", fact_type="date")
FACTS = {"share": "97.5", "late": False, "sent": "2026-12-05"}


@pytest.mark.parametrize(
    ("asked", "entry", "shown", "cell", "words"),
    (
        (FIGURE, Entry(D("9.5000")), D("9.5"), D("9.5"), "9,5"),
        (FIGURE, Entry(D(0)), D(0), D(0), "0"),
        (FIGURE, Entry(), None, None, ""),
        (TARGET, Entry(target=D(100)), D(100), D(100), "100"),
        (PASSED, Entry(D("1.0000")), "1", "Đạt", "Đạt"),
        (PASSED, Entry(D(0)), "0", "Không đạt", "Không đạt"),
        (PASSED, Entry(D("0.5")), D("0.5"), D("0.5"), "0,5"),
        (LEVEL, Entry(choice="Tốt"), "Tốt", "Tốt", "Tốt"),
        (LEVEL, Entry(choice="2"), "2", "2", "2"),
        (LEVEL, Entry(), None, None, ""),
        (SHARE, Entry(facts=FACTS), D("97.5"), D("97.5"), "97,5"),
        (LATE, Entry(facts=FACTS), "0", "Không", "Không"),
        (SENT, Entry(facts=FACTS), "05/12/2026", "05/12/2026", "05/12/2026"),
        (SENT, Entry(facts={"sent": ""}), None, None, ""),
    ),
)
def test_an_answer_is_shown_where_people_meet_it(asked, entry, shown, cell, words):
    answer = Answer.of(asked, entry)
    assert (answer.shown, answer.cell, answer.words) == (shown, cell, words)


@pytest.mark.parametrize(
    ("asked", "typed", "stored"),
    (
        (FIGURE, D("9.50"), D("9.50")),
        (FIGURE, None, None),
        (FIGURE, "", None),
        (PASSED, "1", D(1)),
        (PASSED, "0", D(0)),
        (LEVEL, "1", "1"),
        (SHARE, D("97.50"), "97.50"),
        (LATE, "1", True),
        (LATE, "0", False),
        (SENT, date(2026, 12, 5), "2026-12-05"),
    ),
)
def test_what_is_typed_is_kept_in_the_type_of_the_answer(asked, typed, stored):
    found = kept(asked, typed)
    assert (found, type(found)) == (stored, type(stored))


@pytest.mark.parametrize(
    ("asked", "words"),
    (
        (PASSED, ["Đạt", "Không đạt"]),
        (LATE, ["Có", "Không"]),
        (LEVEL, ["Tốt", "1"]),
        (SENT, []),
        (FIGURE, []),
    ),
)
def test_what_may_be_chosen(asked, words):
    assert [one.word for one in choices_of(asked)] == words


@pytest.mark.parametrize(
    ("number", "is_more"),
    ((D("99999999.9999"), False), (D("-99999999.9999"), False), (D(100000000), True)),
)
def test_columns_hold_eight_digits_before_the_comma(number, is_more):
    assert is_too_big(number) is is_more
