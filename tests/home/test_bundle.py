"""Style sheets and scripts of the pages leave as one file each that says what its parts say."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.house.source import ROOT
from thidua.home.bundle import BUNDLES, Bundle, bundled
from tools import sieve_styles

STYLES = "css/pages.css"
CSS = ROOT / "static" / "css"
# Printed papers have their own templates and are no pages.
OF_PAPERS = "paper"
SCRIPT = re.compile(r"<script src=\"{% static '([^']+)' %}\"")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BUNDLE_DIR = tmp_path


def test_every_style_sheet_of_the_pages_is_in_it_once():
    parts = BUNDLES[STYLES]
    own = {file.stem for file in CSS.glob("*.css")}
    assert {Path(part).stem for part in parts} == own - {OF_PAPERS}
    for part in parts:
        assert bundled(STYLES).count(Path(finders.find(part)).read_text("utf-8")) == 1


def test_what_is_for_paper_alone_does_not_reach_the_screen():
    paper = bundled(STYLES).rpartition("@media print {")[2]
    assert paper.strip().startswith("/* A page on paper")
    assert paper.count("{") == paper.count("}") - 1
    assert "@page" not in bundled(STYLES).removesuffix(paper)


@pytest.mark.parametrize("name", BUNDLES)
def test_the_file_is_found_and_follows_its_parts(tmp_path, name):
    file = tmp_path / name
    assert finders.find(name) == str(file)
    file.write_text("cũ", "utf-8")
    finders.find(name)
    assert file.read_text("utf-8") == bundled(name)
    assert finders.find("css/khac.css") is None


def test_what_is_collected_has_been_written_from_its_parts(tmp_path):
    collected = dict(Bundle().list([]))
    assert set(collected) == set(BUNDLES)
    for name, storage in collected.items():
        with storage.open(name) as file:
            assert file.read().decode() == bundled(name)


@pytest.mark.django_db
def test_a_page_asks_for_what_is_bundled_and_for_no_part_of_it(client):
    page = client.get(reverse("accounts:login")).content.decode()
    assert page.count(f"/static/{STYLES}") == 1
    assert [part for parts in BUNDLES.values() for part in parts if part in page] == []
    answer = client.get(f"/static/{STYLES}")
    assert b"".join(answer).decode() == bundled(STYLES)
    answer.close()


def test_templates_ask_for_the_scripts_and_for_no_part_of_them():
    texts = [file.read_text("utf-8") for file in (ROOT / "templates").rglob("*.html")]
    asked = {name for text in texts for name in SCRIPT.findall(text)}
    parts = {part for parts in BUNDLES.values() for part in parts}
    alone = {f"js/{file.name}" for file in (ROOT / "static/js").glob("*.js")} - parts
    assert asked == set(BUNDLES) - {STYLES} | alone | {"django_htmx/htmx-2.min.js"}


def test_every_rule_of_bootstrap_that_pages_ask_for_is_kept():
    """A class that is new in a template: `python -m tools.sieve_styles`."""
    stands = set(rules_of(sieve_styles.KEPT.read_text("utf-8")))
    assert [rule for rule in rules_of(sieve_styles.made()) if rule not in stands] == []
    assert len(sieve_styles.KEPT.read_bytes()) < len(sieve_styles.WHOLE.read_bytes()) / 3


def rules_of(text):
    """(Condition, selector, what it says) of each rule of a style sheet."""
    for head, body in sieve_styles.rules(
        re.sub(r"/\*.*?\*/|@charset [^;]+;", "", text, flags=re.S)
    ):
        if head.startswith(("@media", "@supports")):
            yield from ((head, *rule) for rule in sieve_styles.rules(body))
        else:
            yield "", head, body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a{color:red}", "a{color:red}"),
        (".btn{x:1}.card{x:2}", ".btn{x:1}"),
        (".btn,.card{x:1}", ".btn{x:1}"),
        (".btn:not(.card,.btn){x:1}.btn:not(.btn,a){x:2}", ".btn:not(.btn,a){x:2}"),
        (".btn.card{x:1}.btn>.btn{x:2}", ".btn>.btn{x:2}"),
        ("@media print{.card{x:1}}@media print{.btn{x:1}}", "@media print{.btn{x:1}}"),
        ("@keyframes turn{to{x:1}}", "@keyframes turn{to{x:1}}"),
        (r".w-1\.5{x:1}.btn{x:2}", ".btn{x:2}"),
    ],
)
def test_a_rule_stays_where_all_its_classes_are_known(text, expected):
    assert sieve_styles.sieved(text, frozenset({"btn"})) == expected
