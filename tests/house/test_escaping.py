"""Whatever people type reaches a score grid as text: no word of theirs becomes a tag."""

from dataclasses import fields
from html.parser import HTMLParser
from itertools import product

import pytest
from django.db.models import F
from django.urls import reverse

from blocs.appraisal.models import Mark
from blocs.criteria.models import Criterion, ScoringTable
from blocs.reports.models import Correction, Evidence, Report, Score
from blocs.reports.views.grid.boxes import Box
from blocs.reports.views.grid.lines import SheetLine
from blocs.reports.views.grid.parts import points_cell
from blocs.states import ReportState, SeatRole
from blocs.units.models import Unit
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of
from tests.factories.people import editor_of, official
from tests.factories.reports import in_state
from tests.house.visits import fetch
from tests.page_forms import fields_of
from thidua.accounts.models import User
from thidua.papers.templatetags.papers import nb

HARMLESS, HOSTILE = "chữ", "<script>&\"'"
# Every text of people that a grid may show, by the word that tells it from the others.
TYPED = {
    "unit": (Unit, "name"),
    "short": (Unit, "short_name"),
    "person": (User, "full_name"),
    "table": (ScoringTable, "title"),
    "code": (Criterion, "code"),
    "leaf": (Criterion, "name"),
    "measure": (Criterion, "measure"),
    "explained": (Report, "explanation"),
    "note": (Score, "note"),
    "why": (Score, "appraisal_reason"),
    "mark": (Mark, "reason"),
    "file": (Evidence, "name"),
    "ask": (Correction, "reason"),
}


class Reader(HTMLParser):
    """The tags of a page with the names of their attributes, and all it says."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, *found))
        # Hidden fields hold stamps and tokens, which differ with every page.
        if found.get("type") != "hidden":
            self.texts += [value or "" for value in found.values()]

    def handle_endtag(self, tag):
        self.tags.append(f"/{tag}")

    def handle_data(self, data):
        self.texts.append(data)


def assert_escaped(draw):
    """Hostile words leave the tags as they are and arrive whole where harmless ones do."""
    harmless, hostile = Reader(draw(HARMLESS)), Reader(draw(HOSTILE))
    assert hostile.tags == harmless.tags
    assert hostile.texts == [text.replace(HARMLESS, HOSTILE) for text in harmless.texts]
    told = " ".join(hostile.texts)
    return {word for word in TYPED if f"{HOSTILE}{word}" in told}


# --- the room in which HTML is written, and the one filter of papers ------------------------------


def test_pieces_kept_together_on_paper_are_escaped():
    for before, after in product(("", "số 5", "5 %"), repeat=2):
        assert_escaped(lambda text, a=before, b=after: nb(f"{a} {text} số 12/QĐ {text} {b}"))


def box(kind, text, **more):
    return Box(text, text, text, kind, text, options=((text, text), ("", text)), **more)


@pytest.mark.parametrize("kind", ("number", "choice", "day", "check", "text"))
def test_every_word_of_an_input_is_escaped(kind):
    for is_alone, has_error, has_unit in product((True, False), repeat=3):
        assert_escaped(
            lambda text, alone=is_alone, error=has_error, unit=has_unit: (
                box(kind, text, is_alone=alone, error=text * error, unit=text * unit).html
            )
        )


@pytest.mark.parametrize("is_not_agreed", (True, False))
@pytest.mark.parametrize("is_group", (True, False))
def test_every_word_of_a_line_is_escaped(is_group, is_not_agreed):
    names = [one.name for one in fields(SheetLine) if one.type is str]

    def draw(text, target=True):
        boxes = {"boxes": (box("number", text), box("text", text)), "left_out": box("check", text)}
        boxes |= {"target": box("number", text)} if target else {}
        words = dict.fromkeys(names, text)
        line = SheetLine(is_group=is_group, is_not_agreed=is_not_agreed, **words, **boxes)
        return line.head + line.target_html + line.agreed_html + line.boxes_html

    assert_escaped(draw)
    assert_escaped(lambda text: draw(text, target=False))


def test_every_word_of_a_cell_is_escaped():
    assert_escaped(lambda text: points_cell(text, text, own=text, mark=text))
    assert_escaped(lambda text: points_cell(text, text, is_quiet=True))


# --- the pages ------------------------------------------------------------------------------------


@pytest.fixture
def assignment(db):
    """Marks asked of the deputy for a sheet with notes, a file and marks of the head.

    One leaf of it is to be corrected.
    """
    year = marked_year(3, is_blind=False)
    head, deputy, own = units_of(year)
    report = report_of(year, own)
    done, waiting = assigned(report, head, deputy)
    finished(done)
    told = {"appraisal_reason": "x", "saved_by": editor_of(own), "saved_at": report.submitted_at}
    report.scores.update(appraised_points=4, **told)
    score = report.scores.first()
    asked = {"asked_by_unit": head, "asked_by": editor_of(head), "asked_at": report.submitted_at}
    Correction.objects.create(report=report, criterion=score.criterion, reason="x", **asked)
    file = {"content_type": "application/pdf", "size": 1, "uploaded_by": editor_of(own)}
    score.evidence.add(Evidence.objects.create(unit=own, name="x", sha256="0" * 64, **file))
    return waiting


def write(text):
    """The text and its word, wherever people can type."""
    for word, (model, name) in TYPED.items():
        for obj in model._base_manager.all():
            model._base_manager.filter(pk=obj.pk).update(**{name: f"{text}{word} {obj.pk}"})


def posted(fields, text, *, numbers):
    """The fields of a page, every text typed anew, and with `numbers` what should be numbers."""
    kinds = ("note", "reason", *(("value", "points", "target") if numbers else ()))
    return {
        name: text if name.rpartition("-")[2] in kinds or name.startswith("reason-") else value
        for name, value in fields.items()
    }


def pages_of(client, url, text):
    """The page as it opens, and as it comes back with wrong numbers and after somebody else."""
    write(text)
    shown = client.get(url)
    found, fields = [shown], fields_of(shown)
    if fields:
        found.append(fetch(client, "post", url, posted(fields, text, numbers=True))[-1])
        Score.objects.update(revision=F("revision") + 1)
        found.append(fetch(client, "post", url, posted(fields, text, numbers=False))[-1])
    return [answer.status_code for answer in found], "".join(one.content.decode() for one in found)


def assert_pages_escaped(client, url, statuses, words):
    """The pages say these words of `TYPED` beside the names, and none of them as HTML."""

    def draw(text):
        found, html = pages_of(client, url, text)
        assert found == statuses
        return html

    assert sorted(assert_escaped(draw)) == sorted(
        ("unit", "short", "person", "leaf", *words.split())
    )


@pytest.mark.parametrize(
    ("name", "place", "state", "statuses", "words"),
    (
        ("reports:sheet_edit", 2, ReportState.DRAFT, [200, 422, 409], "table measure note file"),
        (
            "appraisal:correction_sheet",
            2,
            ReportState.RETURNED,
            [200, 422, 409],
            "table measure note file ask",
        ),
        (
            "reports:report_detail",
            2,
            ReportState.APPRAISED,
            [200],
            "table measure explained note why file",
        ),
        (
            "reports:appraisal_edit",
            0,
            ReportState.SUBMITTED,
            [200, 422, 409],
            "table measure explained note why file",
        ),
        (
            "appraisal:correction_edit",
            0,
            ReportState.SUBMITTED,
            [200, 302, 302],
            "table measure ask",
        ),
        ("appraisal:marks_table", 0, ReportState.SUBMITTED, [200, 405, 405], "mark"),
        ("appraisal:deviation", 0, ReportState.APPRAISED, [200], ""),
    ),
)
def test_every_word_of_a_sheet_is_escaped(client, assignment, name, place, state, statuses, words):
    report = in_state(assignment.report, state)
    client.force_login(editor_of(units_of(report.bloc_year)[place]))
    assert_pages_escaped(client, reverse(name, args=(report.pk,)), statuses, words)


def test_every_word_of_the_grid_of_marks_is_escaped(client, assignment):
    client.force_login(editor_of(assignment.unit))
    url = reverse("appraisal:mark_edit", args=(assignment.pk,))
    assert_pages_escaped(client, url, [200, 422, 302], "table measure note file")


def test_every_word_of_the_points_of_all_units_is_escaped(client, assignment):
    year = in_state(assignment.report, ReportState.APPRAISED).bloc_year
    client.force_login(official(SeatRole.OFFICE))
    assert_pages_escaped(client, reverse("appraisal:year_points", args=(year.pk,)), [200], "")
