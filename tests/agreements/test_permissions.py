"""The matrix of rights: row 4 of the domain, every cell."""

import pytest

from agreements.enums import AgreementState
from agreements.models import Agreement
from tests.house.matrix import (
    answers,
    answers_by_reach,
    expected,
    expected_by_reach,
    lent_cast,
    lines,
    unasked,
)

SIGN = "sign the bloc's agreement"
TEXT = "agreement text"

# Columns: unit secretary, unit leader | bloc secretary, bloc head, deputy |
#          office, council member, chair, sysadmin | public.
STATES = {"agreement": AgreementState}
MATRIX = lines(
    STATES,
    # The head unit writes the one text of the bloc: its leader may, as its editor may.
    (TEXT, "agreements.draft_agreement", "agreement.*", ". .  x + .  . . . .  ."),
    # The deputy reads a draft, because the bloc's people prepare it together.
    (TEXT, "agreements.view_agreement", "agreement.draft", ". .  x x +  . . . .  ."),
    (SIGN, "agreements.sign_agreement", "agreement.*", ". x  . x x  . . . .  ."),
    # «Collect»: whoever sends the text round collects the signatures.
    (SIGN, "agreements.circulate_agreement", "agreement.*", ". .  x + .  . . . .  ."),
    # Whoever heads the year or keeps its rule says that it goes on without a signature.
    (SIGN, "agreements.effect_agreement", "agreement.*", ". .  . + .  + . . .  ."),
    # A circulated text is read by all who take part and by the province.
    (SIGN, "agreements.view_agreement", "agreement.!draft", "+ x  x x x  x + + .  ."),
    # Signed by hand it is on paper; whoever has the paper records it.
    (SIGN, "agreements.record_copy", "agreement.*", ". .  + + .  + . . .  ."),
    (SIGN, "agreements.close_agreement", "agreement.*", ". .  . + .  . . . .  ."),
)


def find(side, subject):
    return side.one(Agreement, AgreementState(subject.partition(".")[2]))


# The cast is made once for the module; the mark is what makes pytest-django make the database.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        yield cast


@pytest.mark.parametrize("line", MATRIX, ids=str)
def test_right_is_held_by_these_and_nobody_else(cast, line):
    assert answers(cast, line, find) == expected(line)
    assert answers_by_reach(cast, line, find) == expected_by_reach(line)


def test_every_right_is_asked_over_every_state():
    assert unasked(MATRIX, STATES) == []
