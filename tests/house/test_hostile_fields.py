"""Whatever is typed or forged into a form, the answer is a page with a sentence, never an error.

Every form that opens for somebody is posted as the browser would, with some of its fields put to
what no person means. The longer search is a word of its own (`./run prove fuzz`); the suite asks a
bounded part of it.
"""

import logging
import random

import pytest

from tests.house.hostile import LONG, VALUES, hostile_posts
from tests.house.matrix import lent_cast
from tests.house.people import everybody
from tests.house.test_pages import (
    CLOSED_IN_THE_CAST,
    FORM_PAGES,
    WALKED,
    add_people_of,
    opened_form,
)
from tests.house.visits import client_of, fetch, visits
from tests.house.walk import pages
from tests.page_forms import fields_of
from tests.prove import budget
from thidua.common.pages.searched import widgets
from thidua.common.pages.searched.fields import Searches
from thidua.common.pages.views import TransitionPage

pytestmark = pytest.mark.django_db
POSTS, VISITS = budget(1, 6), budget(1, 4)
NOTES = ("a\x00b", LONG, f"{LONG}\x00")
OPEN_FORMS = sorted(
    (page for page in FORM_PAGES if page.name not in CLOSED_IN_THE_CAST), key=lambda page: page.name
)
MOVES = [page for page in pages() if issubclass(page.view, TransitionPage)]
# Whoever holds every seat at once stands on both sides of a line, and moves none.
OPEN_TO_NOBODY = {"board:item_move"}
# Sheets, tables and buttons: their fields stand on no form that Django made.
OTHERS = {
    page.view: page
    for page in WALKED
    if hasattr(page.view, "post") and page not in OPEN_FORMS and page not in MOVES
}.values()
# What views read without a form, and the rows of a sheet that saves itself.
RAW = ("note", "seen", "text", "person", "unit", "direction", "confirmed", "corrections", "again")
ROWS = ("s1-token", "s1-value", "s999999999999-token", "s1-note", "p1-seen", "p1-order")


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        cast.people["everybody"] = everybody(cast.own)
        for side in (cast.own, cast.other):
            add_people_of(side, cast)
        logging.disable(logging.CRITICAL)
        # A choice of two rows is long enough to be searched.
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(widgets, "MOST_LISTED", 1)
            yield cast
        logging.disable(logging.NOTSET)


@pytest.mark.parametrize("page", OPEN_FORMS, ids=str)
def test_no_field_of_a_form_breaks_it(cast, page):
    client, url, form = opened_form(page, cast)
    shown = fields_of(client.get(url))
    names = sorted({*shown, *(form.add_prefix(name) for name in form.fields)})
    faults = []
    for posted in hostile_posts(names, shown, POSTS, random.Random(page.name)):
        status, _, reason, _ = fetch(client, "post", url, posted)
        if status >= 500:
            faults.append(f"{status} {reason} after {posted!r:.300}")
    assert faults == []
    fields, start = searched(form), OPEN_FORMS.index(page)
    told = {
        name: answers_for(client, url, name, asked_of(start + place))
        for place, name in enumerate(fields)
    }
    assert told == fields


def searched(form):
    """The fields whose rows are searched; each answers whatever is asked."""
    fields = {form.add_prefix(name): field for name, field in form.fields.items()}
    return {name: {200} for name, field in fields.items() if isinstance(field, Searches)}


def asked_of(turn):
    """What a searched field is asked: in the suite each third, and each field another."""
    part = budget(3, 1)
    return ("", "so", *VALUES[:10])[turn % part :: part]


def test_each_text_is_asked_of_some_searched_field():
    """Three fields after each other are asked everything."""
    asked = [text for turn in range(3) for text in asked_of(turn)]
    assert set(asked) == {"", "so", *VALUES[:10]}


def answers_for(client, url, name, asked):
    return {client.get(url, {"goi-y": name, f"tim-{name}": text}).status_code for text in asked}


@pytest.mark.parametrize("page", OTHERS, ids=str)
def test_no_field_of_a_sheet_or_a_button_breaks_it(cast, page):
    client, faults = client_of(cast.people["everybody"]), []
    rand = random.Random(page.name)
    for visit in visits(page, cast.own)[:VISITS]:
        answer = fetch(client, "get", visit.url)[3]
        shown = fields_of(answer) if answer is not None and answer.status_code == 200 else {}
        names = sorted({*shown, *RAW, *ROWS})
        for posted in hostile_posts(names, shown, POSTS, rand):
            status, _, reason, _ = fetch(client, "post", visit.url, posted)
            if status >= 500:
                faults.append(f"{visit.url}: {status} {reason} after {posted!r:.300}")
    assert faults == []


@pytest.mark.parametrize("page", MOVES, ids=str)
def test_no_note_of_a_move_breaks_it(cast, page):
    client, faults, asked = client_of(cast.people["everybody"]), [], set()
    for turn, visit in enumerate(visits(page, cast.own)):
        posted = {"note": NOTES[turn % len(NOTES)], "confirmed": "1"}
        status, _, reason, _ = fetch(client, "post", visit.url, posted)
        asked.add(status)
        if status >= 500:
            faults.append(f"{visit.url} {posted['note'][:9]!r}: {status} {reason}")
    assert faults == []
    assert page.name in OPEN_TO_NOBODY or asked - {403, 404}
