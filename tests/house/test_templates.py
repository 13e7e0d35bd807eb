"""Every template is used, and every template that is named is there."""

import ast
import re
from html.parser import HTMLParser

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from tests.house.source import ROOT
from tests.house.walk import NAMES

FOLDER = ROOT / "templates"
TEMPLATES = {str(path.relative_to(FOLDER)): path for path in sorted(FOLDER.rglob("*.html"))}
NAMED = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
# Django asks for these by itself.
OF_DJANGO = {
    "400.html",
    "403.html",
    "404.html",
    "500.html",
    "registration/login.html",
    "registration/password_change_form.html",
}
VOID = {"input", "br", "img", "hr"}
# A sentence with the button that answers it.
BESIDE_A_BUTTON = {"agreements/agreement_detail.html": 2}
# Our versions of parts of crispy-bootstrap5.
OF_CRISPY = {"bootstrap5/errors.html", "bootstrap5/layout/help_text.html"}


def named_in_python():
    """Template names among the strings of the code."""
    found = set()
    for name in NAMES:
        for path in (ROOT / name).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return {value for value in found if value.endswith(".html")}


def named_in_templates():
    return {
        found
        for path in (*TEMPLATES.values(), *ROOT.glob("*/templates/**/*.html"))
        for found in NAMED.findall(path.read_text())
    }


def unused(templates):
    used = named_in_python() | named_in_templates() | OF_DJANGO | OF_CRISPY
    return sorted(set(templates) - used)


def test_no_template_is_unused():
    assert unused(TEMPLATES) == []


def test_unused_template_would_be_seen():
    assert unused(["base.html", "blocs/nobody.html"]) == ["blocs/nobody.html"]


def test_every_named_template_is_there():
    names = sorted(named_in_python() | named_in_templates())
    assert [name for name in names if not exists(name)] == []


def exists(name):
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_can_be_read(name):
    assert get_template(name).origin.template_name == name


class Messages(HTMLParser):
    """How many blocks stand side by side in each message; the icon is none."""

    def __init__(self):
        super().__init__()
        self.open, self.counts = [], []

    def handle_starttag(self, tag, attrs):
        if self.open and len(self.open) == 1 and tag not in (*VOID, "svg"):
            self.counts[-1] += 1
        if self.open or dict(attrs).get("class", "").startswith("message message--"):
            if not self.open:
                self.counts.append(0)
            if tag not in VOID:
                self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open:
            self.open.pop()


def blocks_side_by_side(text):
    parser = Messages()
    parser.feed(text)
    return max(parser.counts, default=0)


def test_a_message_is_one_block_beside_its_icon():
    """Two blocks would stand side by side, each in a narrow column; a button may."""
    torn = {
        name: count
        for name, path in TEMPLATES.items()
        if (count := blocks_side_by_side(path.read_text())) > 1
    }
    assert torn == BESIDE_A_BUTTON
    assert blocks_side_by_side('<div class="message message--x"><p>a</p><ul></ul></div>') == 2


def shown_notes(text):
    """Notes that Django would print: `{# … #}` is one only where it ends on its line."""
    return [line for line in text.splitlines() if line.count("{#") != line.count("#}")]


@pytest.mark.parametrize("name", TEMPLATES)
def test_note_ends_on_its_line(name):
    assert shown_notes(TEMPLATES[name].read_text()) == []


def test_note_over_two_lines_would_be_seen():
    assert shown_notes("{# first\nsecond #}<p>{# whole #}</p>") == [
        "{# first",
        "second #}<p>{# whole #}</p>",
    ]
