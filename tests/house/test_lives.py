"""The life of every object is whole: reachable states, moves that can be made, words for them."""

import inspect

import pytest

from tests.house.walk import own_models, workflows

LIVES = workflows()
BY_NAME = pytest.mark.parametrize("name", LIVES)


def reached(life) -> set[str]:
    """States an object can come to from its first one."""
    found, before = {life.initial}, set()
    while found != before:
        before = set(found)
        found |= {
            target
            for move in life.transitions
            if found & set(move.sources)
            for target in move.targets
        }
    return found


@BY_NAME
def test_every_state_is_reached(name):
    life = LIVES[name]
    assert reached(life) == set(life.states.values)


@BY_NAME
def test_moves_stay_inside_the_states(name):
    life = LIVES[name]
    named = {state for move in life.transitions for state in (*move.sources, *move.targets)}
    assert named - set(life.states.values) == set()


@BY_NAME
def test_moves_have_names_of_their_own(name):
    names = [move.name for move in LIVES[name].transitions]
    assert sorted(names) == sorted(set(names))


@BY_NAME
def test_moves_speak_vietnamese(name):
    moves = LIVES[name].transitions
    assert [
        move.name for move in moves if not move.label[:1].isupper() or move.label.isascii()
    ] == []


@BY_NAME
def test_effects_take_what_perform_gives(name):
    """`perform` calls effect(obj, actor=…, note=…) with further details by name."""
    faults = []
    for move in LIVES[name].transitions:
        if move.effect:
            taken = inspect.signature(move.effect).parameters
            if not {"actor", "note"} <= set(taken):
                faults.append(move.name)
    assert faults == []


@BY_NAME
def test_guards_and_questions_take_the_object_alone(name):
    faults = [
        guard.__name__
        for move in LIVES[name].transitions
        for guard in (*move.guards, *move.questions, *filter(None, (move.note_if,)))
        if len(inspect.signature(guard).parameters) != 1
    ]
    assert faults == []


def test_every_model_with_a_state_has_a_life():
    """Its states are those of exactly one life, and it begins where the life begins."""
    lives = {tuple(life.states.choices): life for life in LIVES.values()}
    fields = {
        model.__name__: model._meta.get_field("state")
        for model in own_models()
        if any(field.name == "state" for field in model._meta.fields)
    }
    begins = {name: lives[tuple(field.choices)].initial for name, field in fields.items()}
    assert begins == {name: field.default for name, field in fields.items()}
    assert len(begins) == len(LIVES)
