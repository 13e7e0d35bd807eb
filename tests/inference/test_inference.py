"""What one may not see one cannot compute: from no page, export, count, mean, rank or order.

No solver is asked to fail: two worlds are shown, in which everything that a person may not see
differs, and everything that the person gets is equal letter by letter. From equal pages nobody
computes two different values, whatever the method. `./run prove inference` walks more people and
more addresses.
"""

import pytest
import time_machine

from tests.house.objects import NOON
from tests.inference.worlds import World, as_html, everything, undone
from tests.prove import budget

pytestmark = pytest.mark.django_db
IS_LONG = bool(budget(0, 1))
ELSEWHERE = ("sysadmin", "stranger", "bloc_office", "public")
PEOPLE = {
    "marking": ("member", "head", "deputy", "office", "council", *ELSEWHERE),
    "agreed": ("member", "council", *ELSEWHERE),
}
SHORT = {
    ("marking", "member"),
    ("agreed", "member"),
    ("agreed", "public"),
    ("agreed", "bloc_office"),
}
ASKED = [
    (state, name)
    for state, names in PEOPLE.items()
    for name in names
    if IS_LONG or (state, name) in SHORT
]


@pytest.fixture
def world(request, monkeypatch):
    monkeypatch.setattr("thidua.papers.views.pdf_soon", as_html)
    with time_machine.travel(NOON, tick=False):
        yield World(request.param)


def got(world, name, change):
    """(what was changed, all that the person gets then); afterwards the world is as before."""
    person = world.people.get(name)
    with undone():
        changed = change(person)
        world.tell()
        return changed, everything(world, person, is_thorough=IS_LONG)


def differing(before, after):
    """The lines that differ, by address, the first three of each."""
    found = []
    for url in sorted(before.keys() | after.keys()):
        pages = [one.get(url, "not there").splitlines() for one in (before, after)]
        pairs = [pair for pair in zip(*pages, strict=False) if pair[0] != pair[1]]
        found += [f"{url}: {old.strip()} ≠ {new.strip()}" for old, new in pairs[:3]]
        if len(pages[0]) != len(pages[1]):
            found.append(f"{url}: {len(pages[0])} ≠ {len(pages[1])} lines")
    return found


@pytest.mark.parametrize(("world", "name"), ASKED, indirect=["world"])
def test_two_worlds_that_differ_in_all_that_is_hidden_look_the_same(world, name):
    _, before = got(world, name, lambda person: [])
    changed, after = got(world, name, world.change_hidden)
    assert "\n".join(differing(before, after)) == ""
    assert len(changed) > 2
    assert [page[:3] for page in before.values()].count("200") > 0
