"""Every guard is driven by name: free at the edge, and beyond it its own sentence, word by word."""

import pytest
import time_machine

from tests.house.guards_of_amendments import OF_AMENDMENTS
from tests.house.guards_of_bases import OF_BASES
from tests.house.guards_of_numbers import OF_NUMBERS
from tests.house.guards_of_papers import OF_AWARDS, OF_CONFERENCES
from tests.house.guards_of_returns import OF_RETURNS
from tests.house.guards_of_sheets import NOW, OF_REPORTS
from tests.house.guards_of_sittings import OF_SITTINGS
from tests.house.guards_of_state import OF_STATE
from tests.house.guards_of_tables import OF_TABLES
from tests.house.guards_of_years import OF_YEARS
from tests.house.walk import workflows

pytestmark = pytest.mark.django_db
CASES = (
    OF_REPORTS
    | OF_AMENDMENTS
    | OF_YEARS
    | OF_TABLES
    | OF_CONFERENCES
    | OF_SITTINGS
    | OF_AWARDS
    | OF_RETURNS
    | OF_BASES
    | OF_STATE
    | OF_NUMBERS
)
EACH = [
    pytest.param(guard, build, told, id=f"{guard.__name__}-{number}")
    for guard, cases in CASES.items()
    for number, (build, told) in enumerate(cases)
]


def guards():
    """Every guard, question and «needs a reason here» of every table of moves."""
    return {
        guard
        for life in workflows().values()
        for move in life.transitions
        for guard in (*move.guards, *move.questions, *filter(None, (move.note_if,)))
    }


def test_every_guard_has_its_cases():
    assert sorted(guard.__name__ for guard in guards() ^ set(CASES)) == []


def test_every_guard_is_seen_free_and_blocked():
    ways = {guard.__name__: {bool(told) for _, told in cases} for guard, cases in CASES.items()}
    assert {name: seen for name, seen in ways.items() if seen != {True, False}} == {}


@pytest.mark.parametrize(("guard", "build", "told"), EACH)
def test_guard_says_this(guard, build, told):
    with time_machine.travel(NOW, tick=False):
        assert guard(build()) == told
