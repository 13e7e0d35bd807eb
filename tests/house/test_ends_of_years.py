"""No dead ends in time: what is offered in a year leads to where that year still lets people go on.

Each object in each of its states meets each state of its year. A move that the year shuts for good
is no way on, and one that leads only to such moves may not be offered.
"""

from dataclasses import replace
from functools import cache

import pytest

from blocs.years.models import BlocYear
from blocs.years.workflows import YEAR
from tests.house.matrix import lent_cast
from tests.house.people import holds
from tests.house.test_dead_ends import in_state
from tests.house.walk import workflows
from thidua.common.workflow import THE_END

pytestmark = pytest.mark.django_db
# A line and an objection live in their proposal and report; a decision and the year in no year.
LIVES = {
    name: life
    for name, life in workflows().items()
    if name not in ("ITEM", "APPEAL", "DECISION", "YEAR")
}
YEARS = tuple(YEAR.states.values)
EACH = pytest.mark.parametrize(
    ("name", "state"), [(name, state) for name in LIVES for state in LIVES[name].states.values]
)


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as found:
        yield found


@cache
def later(state):
    """The states that a year in this state can still come to, itself among them."""
    found, waiting = {state}, [state]
    while waiting:
        for move in YEAR.leaving(waiting.pop()):
            waiting += set(move.targets) - found
            found |= set(move.targets)
    return found


class Walk:
    """One object in one state, met in every state of its year."""

    def __init__(self, life, obj, people):
        self.life, self.people = life, people
        self.found = {state: self.in_year(obj, state) for state in YEARS}

    def in_year(self, obj, state):
        BlocYear.objects.filter(pk=obj.bloc_year_id).update(state=state)
        return type(obj).objects.get(pk=obj.pk)

    def sentences(self, move, state, at):
        """Why the move is not made; the object stands in `state` and its year in `at`."""
        obj = self.at(state, at)
        # Of a kept year a move tells that alone; what its guards say holds there, too.
        said = {reason for guard in move.guards for reason in guard(obj)}
        return said | set(move.obstacles(obj))

    def at(self, state, at):
        obj = self.found[at]
        BlocYear.objects.filter(pk=obj.bloc_year_id).update(state=at)
        setattr(obj, self.life.field, state)
        return obj

    def is_held(self, move, state, at):
        obj = self.at(state, at)
        return any(holds(person, move.permission, obj) for person in self.people.values())

    def shut(self, move, state):
        """The states of the year from which on the move is refused for what the year is."""
        told = {at: self.sentences(move, state, at) for at in YEARS}
        always = set.intersection(*told.values())
        closed = {at for at in YEARS if told[at] - always}
        return {at for at in YEARS if later(at) <= closed}

    def open_in(self, state):
        """The states of the year in which somebody may still leave this state of the object."""
        return {
            at
            for move in self.life.leaving(state)
            for at in set(YEARS) - self.shut(move, state)
            if self.is_held(move, state, at)
        }


def is_end(life, state):
    """The life itself ends there, in every year."""
    return not life.leaving(state)


def dead_moves(walk, state):
    """(move, state of the year) that lead to where this year lets nobody go on."""
    life = walk.life
    return sorted(
        (move.name, at)
        for move in life.leaving(state)
        if not move.hidden
        for target in move.targets
        if not is_end(life, target)
        for at in set(YEARS) - walk.shut(move, state) - walk.open_in(target)
        if walk.is_held(move, state, at)
    )


def silent_ends(walk, state):
    """States of the year in which nobody goes on and the page does not say so."""
    if is_end(walk.life, state):
        return []
    closed = set(YEARS) - walk.open_in(state)
    return sorted(at for at in closed if THE_END not in walk.life.way_of(walk.at(state, at)))


def walk_of(cast, life, state):
    return Walk(life, in_state(cast, life, state), cast.people)


@EACH
def test_no_move_leads_where_the_year_lets_nobody_go_on(cast, name, state):
    assert dead_moves(walk_of(cast, LIVES[name], state), state) == []


@EACH
def test_where_the_year_lets_nobody_go_on_the_page_says_so(cast, name, state):
    assert silent_ends(walk_of(cast, LIVES[name], state), state) == []


@pytest.mark.parametrize(
    ("name", "state", "move", "since"),
    (
        ("REPORT", "submitted", "return", "decided"),
        ("REGISTRATION", "signed", "return", "ranked proposed decided"),
    ),
)
def test_a_return_into_a_closed_year_would_be_seen(cast, name, state, move, since):
    """The return without its guards, and the end that is not said; a kept year says its own."""
    life = LIVES[name]
    moves = tuple(replace(one, guards=()) if one.name == move else one for one in life.transitions)
    open_life = replace(life, transitions=moves, ended=None)
    walk = walk_of(cast, open_life, state)
    assert dead_moves(walk, state) == sorted((move, at) for at in since.split())
    assert silent_ends(walk_of(cast, open_life, "returned"), "returned") == sorted(since.split())
