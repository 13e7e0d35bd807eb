"""A list shows exactly what the right to see gives: the one rule that is written twice."""

import pytest

from tests.house.matrix import lent_cast
from tests.house.objects import VIEW_RIGHTS
from tests.house.people import KINDS, everybody, holds
from tests.house.walk import models_with_lists

pytestmark = pytest.mark.django_db
# A stopped account opens no page, so that no list is made for it.
READERS = (*(kind for kind in KINDS if kind != "stopped"), "everybody")
WITH_STATES = [model for model in VIEW_RIGHTS if hasattr(model, "get_state_display")]


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        yield cast


def test_every_list_has_its_right():
    assert set(models_with_lists()) == set(VIEW_RIGHTS)


@pytest.mark.parametrize("model", WITH_STATES, ids=lambda model: model.__name__)
def test_cast_has_the_model_in_every_state(cast, model):
    states = set(model._meta.get_field("state").flatchoices)
    for side in (cast.own, cast.other):
        assert {(obj.state, obj.get_state_display()) for obj in side.all(model)} == states


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("model", VIEW_RIGHTS, ids=lambda model: model.__name__)
def test_list_equals_the_right(cast, model, kind):
    person = everybody(cast.own) if kind == "everybody" else cast.person(kind)
    listed = set(model.objects.visible_to(person))
    allowed = {obj for obj in model.objects.all() if holds(person, VIEW_RIGHTS[model], obj)}
    assert listed == allowed


@pytest.mark.parametrize("model", VIEW_RIGHTS, ids=lambda model: model.__name__)
def test_some_are_shown_and_some_are_hidden(cast, model):
    """Were the cast alone in the house, every list would be right."""
    found = {kind: len(model.objects.visible_to(cast.person(kind))) for kind in KINDS}
    assert max(found.values()) > min(found.values())
