import pytest

from blocs.units.domain.rotation import next_turn

ORDER = [7, 3, 5, 1]


@pytest.mark.parametrize(
    ("after", "offered", "found"),
    [
        (7, ORDER, 3),
        (5, ORDER, 1),
        (1, ORDER, 7),
        (7, [5, 1], 5),
        (1, [5, 3], 3),
        (3, [3], None),
        (3, [], None),
        (9, ORDER, None),
        (None, ORDER, 7),
        (None, [5], 5),
        (None, [9], None),
    ],
)
def test_the_next_turn_goes_round_and_passes_who_is_not_offered(after, offered, found):
    assert next_turn(ORDER, after, offered) == found


def test_without_an_order_nobody_has_a_turn():
    assert (next_turn([], None, [1]), next_turn([], 1, [1])) == (None, None)
