"""No dead ends: in every state somebody goes on and the page says who and how, or it is the end."""

from dataclasses import replace

import pytest
from django.utils.timezone import localdate

from awards.proposals.enums import ProposalState
from awards.proposals.models import Proposal, ProposalItem
from blocs.appraisal.actions.marks import combining_obstacles, finish_marks
from blocs.appraisal.actions.sheet_scorers import assign_sheet
from blocs.reports.models.assignments import assignments_of
from blocs.states import AppraisalMode
from blocs.units.models import Unit
from tests.factories.appraisals import assigned, marked_year, marks, report_of, units_of
from tests.factories.people import editor_of, leader_of
from tests.house.matrix import lent_cast
from tests.house.objects import NOON
from tests.house.people import holds
from tests.house.visits import client_of
from tests.house.walk import own_models, workflows
from thidua.common.workflow import THE_END, Workflow

pytestmark = pytest.mark.django_db
LIVES = workflows()
# Whose way depends on what the units have answered: the page of the agreement lists it.
OWN_WORDS = {"AGREEMENT"}
STATES = [(name, state) for name, life in LIVES.items() for state in life.states.values]
EACH = pytest.mark.parametrize(("name", "state"), STATES)


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as found:
        yield found


def model_of(life):
    """The model whose rows live this life."""
    choices = tuple(life.states.choices)
    found = [
        model
        for model in own_models()
        if any(tuple(field.choices or ()) == choices for field in model._meta.fields)
    ]
    return found[0]


def in_state(cast, life, state):
    """An object of the bloc in that state; a line of a proposal goes on with the province alone."""
    obj = cast.own.one(model_of(life), state)
    if isinstance(obj, ProposalItem) and life.leaving(state):
        Proposal.objects.filter(pk=obj.proposal_id).update(
            state=ProposalState.RECEIVED, submitted_at=NOON
        )
        obj.proposal.refresh_from_db()
    return obj


def who_goes_on(life: Workflow, obj, people) -> list[str]:
    """Who holds the right of a move that leaves the state of the object."""
    moves = life.leaving(life.state_of(obj))
    return [
        kind
        for kind, person in people.items()
        if any(holds(person, move.permission, obj) for move in moves)
    ]


def speechless(life: Workflow) -> set[str]:
    """States of which the life says nothing, or the end where a move leaves, or no end."""
    ends = {state for state, words in life.ways.items() if THE_END in words}
    left = {state for state in life.ways if life.leaving(state)}
    return (
        (set(life.states.values) ^ set(life.ways)) | (ends & left) | (set(life.ways) - ends - left)
    )


@pytest.mark.parametrize("name", sorted(set(LIVES) - OWN_WORDS))
def test_every_state_says_who_goes_on_or_that_it_is_the_end(name):
    assert speechless(LIVES[name]) == set()


@EACH
def test_somebody_can_go_on_unless_it_is_the_end(cast, name, state):
    life = LIVES[name]
    obj = in_state(cast, life, state)
    assert bool(who_goes_on(life, obj, cast.people)) is bool(life.leaving(state))


@EACH
def test_the_page_of_the_object_says_it(cast, name, state):
    """To whoever goes on; of an end, to the office or the chair."""
    life = LIVES[name]
    obj = in_state(cast, life, state)
    kinds = [*who_goes_on(life, obj, cast.people), "bloc_head", "unit_leader", "office", "chair"]
    pages = (client_of(cast.people[kind]).get(obj.get_absolute_url()) for kind in kinds)
    html = next(page for page in pages if page.status_code == 200).content.decode()
    words = "Việc tiếp theo" if name in OWN_WORDS else life.way_of(obj)
    assert words in html


def test_a_state_without_a_way_would_be_seen(cast):
    """A life that lost a move, a word or its right."""
    life = LIVES["REPORT"]
    lost = replace(life, transitions=tuple(m for m in life.transitions if m.name != "lock"))
    assert speechless(lost) == {"agreed"}
    silent = replace(life, ways={k: v for k, v in life.ways.items() if k != "returned"})
    assert speechless(silent) == {"returned"}
    agreed = in_state(cast, life, "agreed")
    assert who_goes_on(lost, agreed, cast.people) == []
    assert who_goes_on(life, agreed, cast.people) == ["office", "bloc_office", "half_office"]


@pytest.mark.parametrize("is_done", [False, True], ids=["unfinished", "finished"])
@pytest.mark.parametrize("mode", [mode for mode in AppraisalMode if mode != AppraisalMode.HEAD])
def test_a_sheet_whose_scorers_have_all_left_says_who_chooses_others(mode, is_done):
    """No state of its own, and yet one in which a sheet could stand still."""
    year = marked_year(5, mode=mode, rounds=2)
    other, sheet, *scorers = units_of(year)[1:]
    report = report_of(year, sheet)
    rows = assigned(report, *scorers)
    for one in rows if is_done else ():
        finish_marks(one, rows=marks(one, reason="Đối chiếu."), actor=editor_of(one.unit))
    Unit.objects.filter(pk__in=[unit.pk for unit in scorers]).update(dissolved_on=localdate())
    (words,) = combining_obstacles(report, assignments_of(report))
    assert "Đơn vị đứng đầu chọn đơn vị khác ở trang Phân công chấm điểm" in words
    assert leader_of(year.head).has_perm("appraisal.assign_appraisers", year)
    assign_sheet(report, {other.pk})
    (words,) = combining_obstacles(report, assignments_of(report))
    assert words == f"Còn 01 đơn vị chưa chấm xong: {other}."
