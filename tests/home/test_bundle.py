"""Style sheets and scripts of the pages leave as one file each that says what its parts say."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.house.source import ROOT
from thidua.home.bundle import BUNDLES, bundled

STYLES = "css/pages.css"
CSS = ROOT / "static" / "css"
# Printed papers have their own templates and are no pages.
OF_PAPERS = "paper"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BUNDLE_DIR = tmp_path


def test_every_style_sheet_of_the_pages_is_in_it_once():
    parts = BUNDLES[STYLES]
    own = {file.stem for file in CSS.glob("*.css")}
    assert {Path(part).stem for part in parts} == own - {OF_PAPERS} | {"bootstrap.min"}
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


@pytest.mark.django_db
def test_a_page_asks_for_what_is_bundled_and_for_no_part_of_it(client):
    page = client.get(reverse("accounts:login")).content.decode()
    assert all(page.count(f"/static/{name}") == 1 for name in BUNDLES)
    assert [part for parts in BUNDLES.values() for part in parts if part in page] == []
    answer = client.get(f"/static/{STYLES}")
    assert b"".join(answer).decode() == bundled(STYLES)
    answer.close()
