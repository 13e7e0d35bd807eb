"""No page has a serious or moderate fault that a program can find for those who see or hear less.

Every page as everybody sees it, in the states of the cast, on the screen of an office and on a
telephone. The suite looks at some pages; asked to prove, at all (`./run prove axe`).
"""

import logging
from importlib.resources import files
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.house.matrix import lent_cast
from tests.house.people import everybody
from tests.house.test_pages import WALKED, add_people_of
from tests.house.visits import client_of, visits
from tests.prove import budget

pytestmark = pytest.mark.django_db
# What the suite looks at: each kind of page that people work on.
MAIN = {
    "home:tasks",
    "reports:sheet_edit",
    "reports:report_detail",
    "ranking:ranking",
    "years:year_detail",
    "conferences:conference_detail",
    "proposals:proposal_detail",
    "criteria:table_detail",
}
# «everybody» sees what others see but the administrator; the public has pages of its own.
PEOPLE = ("everybody", "sysadmin", "public", "unit_secretary", "unit_leader", "council", "chair")
# «minor» is left to judgement: it names matters of taste among others.
GRAVE = {"moderate", "serious", "critical"}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIND = """async (values) => {
  const asked = {runOnly: {type: "tag", values}, resultTypes: ["violations"]};
  const told = await axe.run(document, asked);
  return told.violations.map((one) => [one.impact, one.id, one.nodes[0].html]);
}"""
SIZES = ((1366, 768), (390, 844))
HERE = "http://testserver/"


def seen_by(kind, cast):
    """(person, address, HTML) of the pages of this person: in the suite a few, else all."""
    client = client_of(cast.person(kind))
    for page in WALKED:
        if budget(page.name not in MAIN or kind != "everybody", 0):
            continue
        found = visits(page, cast.own)
        for visit in found[: budget(1, len(found))]:
            answer = client.get(visit.url)
            if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                yield kind, visit.url, answer.content.decode()


@pytest.fixture(scope="module")
def looked_at(django_db_setup, django_db_blocker):
    """What the pages say, read before the browser begins: it works on no database."""
    with lent_cast(django_db_blocker) as cast:
        cast.people["everybody"] = everybody(cast.own)
        add_people_of(cast.own, cast)
        logging.disable(logging.CRITICAL)
        found = [page for kind in PEOPLE for page in seen_by(kind, cast)]
        logging.disable(logging.NOTSET)
    return found


def serve(route):
    """Style sheets, letters and pictures of our own; the page itself is put in as it was read."""
    path = urlsplit(route.request.url).path
    is_ours = path.startswith(settings.STATIC_URL)
    file = finders.find(path.removeprefix(settings.STATIC_URL)) if is_ours else None
    if file is None:
        route.fulfill(body="<!doctype html>", content_type="text/html")
    else:
        route.fulfill(path=file)


@pytest.fixture
def axe(browser):
    """`axe(html, size)`: the grave faults of a page as (impact, rule, first place)."""
    script = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    context = browser.new_context(locale="vi-VN")
    context.route("**/*", serve)
    page = context.new_page()
    page.goto(HERE)

    def look(html, size):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.set_content(html)
        page.evaluate(script)
        return [tuple(one) for one in page.evaluate(FIND, TAGS) if one[0] in GRAVE]

    yield look
    context.close()


def test_a_grave_fault_would_be_seen(axe):
    """A field without a name, a picture without words, grey words on grey."""
    wrong = '<main><h1>A</h1><input><img src="/a.png"><p style="color: #bbb">Chữ xám</p></main>'
    found = {rule for _, rule, _ in axe(f'<html lang="vi"><title>A</title>{wrong}', SIZES[0])}
    assert {"label", "image-alt", "color-contrast"} <= found


def test_no_page_has_a_grave_fault(looked_at, axe):
    assert len(looked_at) >= len(MAIN)
    wrong = {}
    for kind, url, html in looked_at:
        for size in SIZES:
            for fault in axe(html, size):
                wrong.setdefault(fault[:2], (kind, url, size, fault[2]))
    assert wrong == {}
