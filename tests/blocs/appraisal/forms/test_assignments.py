"""Boxes of the matrix and pairs that must not meet, as they are posted."""

import pytest
from django.http import QueryDict

from blocs.appraisal.forms.assignments import PairsForm
from blocs.units.models import Unit

UNITS = [Unit(pk=7, name="Sở A"), Unit(pk=8, name="Sở B"), Unit(pk=9, name="Sở C")]
HALF, SAME = "Hãy chọn đủ hai đơn vị.", "Hãy chọn hai đơn vị khác nhau."


def form_of(query, **kwargs):
    return PairsForm(QueryDict(query), units=UNITS, sheets=[7, 8], **kwargs)


def test_boxes_are_those_of_units_of_the_year():
    form = form_of("cham-7=8&cham-7=9&cham-7=11&cham-7=x&cham-9=7")
    assert form.chosen == {7: [8, 9], 8: []}


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("cap-0-first=7&cap-0-second=8", [[], [], []]),
        ("cap-0-first=7", [[HALF], [], []]),
        ("cap-0-second=7", [[HALF], [], []]),
        ("cap-0-first=7&cap-0-second=8&cap-1-first=9&cap-1-second=9", [[], [SAME], []]),
    ],
)
def test_a_pair_is_two_units(query, faults):
    form = form_of(query)
    assert form.is_valid() is not any(faults)
    assert [row.faults for row in form.rows] == faults


def test_empty_lines_are_no_pairs():
    form = form_of("cap-1-first=9&cap-1-second=7&cap-1-reason=Cùng trụ sở", stored=[(7, 8, "")])
    assert (form.is_valid(), form.pairs()) == (True, [(9, 7, "Cùng trụ sở")])
