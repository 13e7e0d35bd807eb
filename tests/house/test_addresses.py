"""The order of address patterns means nothing: no address fits two of them."""

from itertools import combinations

import pytest

from tests.house.walk import addresses

# What a converter takes, by example: where two examples fit each other, two patterns may meet.
WHOLE = "<int>"


def parts(route):
    """The segments of a route, each a word, or a kind of word."""
    return [kind(segment) for segment in route.split("/")]


def kind(segment):
    if "<" not in segment:
        return segment
    converter = segment.partition("<")[2].partition(":")[0]
    return WHOLE if converter == "int" and segment.startswith("<") else "<any>"


def meet(one, other):
    """Whether some address fits both routes."""
    if len(one) != len(other):
        return False
    return all(touch(mine, theirs) for mine, theirs in zip(one, other, strict=True))


def touch(mine, theirs):
    kinds = {mine, theirs}
    if len(kinds) == 1 or "<any>" in kinds:
        return True
    return WHOLE in kinds and any(word.isdigit() for word in kinds)


def test_no_address_fits_two_patterns():
    routes = [(page.name, parts(page.route)) for page in addresses()]
    assert len(routes) > 200
    pairs = combinations(routes, 2)
    assert [(one[0], other[0]) for one, other in pairs if meet(one[1], other[1])] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nam/<int:pk>/sua/", "nam/<int:year>/<slug:move>/"),
        ("nam/<int:pk>/", "nam/2026/"),
        ("nam/<str:name>/", "nam/lap/"),
    ],
)
def test_two_patterns_that_meet_are_seen(one, other):
    assert meet(parts(one), parts(other))
