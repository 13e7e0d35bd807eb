"""Where a line may go, and maxima typed into the tree."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from blocs.criteria.forms.places import MaximaForm, PlaceForm
from blocs.criteria.models import Criterion

# A group with a group in it, which holds a leaf; beside it a leaf of its own.
ROWS = [
    Criterion(pk=1, kind="group"),
    Criterion(pk=2, kind="group", parent_id=1),
    Criterion(pk=3, kind="group", parent_id=2),
    Criterion(pk=4, kind="direct", parent_id=3),
    Criterion(pk=5, kind="group"),
    Criterion(pk=6, kind="direct"),
]


def offered(moved):
    form = PlaceForm(rows=ROWS, labels={row.pk: f"Mục {row.pk}" for row in ROWS}, moved=moved)
    return [[value for value, _ in form.fields[name].choices] for name in ("parent", "before")]


@pytest.mark.parametrize(
    ("moved", "parents", "neighbours"),
    [
        (ROWS[0], ["", 5], ["", 5, 6]),
        (ROWS[1], ["", 1, 5], ["", 1, 5, 6]),
        (ROWS[5], ["", 1, 2, 3, 5], ["", 1, 2, 3, 4, 5]),
    ],
)
def test_a_line_goes_anywhere_but_into_itself(moved, parents, neighbours):
    assert offered(moved) == [parents, neighbours]


def test_every_wrong_maximum_is_told():
    typed = {"diem-1": "một", "diem-2": "2,12345", "diem-3": "5", "cu-3": "4"}
    with pytest.raises(ValidationError) as refusal:
        MaximaForm(typed, most=Decimal(100)).points()
    assert refusal.value.messages == [
        "“một” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5.",
        "“2,12345” có quá nhiều chữ số thập phân; ở đây được nhập nhiều nhất 4 chữ số.",
    ]


def test_only_changed_maxima_are_read():
    typed = {"diem-1": " 4 ", "cu-1": "4", "diem-2": "", "cu-2": "3", "diem-3": "2,5", "cu-3": "2"}
    assert MaximaForm(typed, most=Decimal(100)).points() == {2: 0, 3: Decimal("2.5")}
