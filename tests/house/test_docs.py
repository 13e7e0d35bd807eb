"""The pages in docs/ say what is in the code, and nothing that was there once."""

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django.apps import apps
from django.db.models import Choices

from blocs.years.models.frozen_rules import DUE_USED, OPENED, RANKED, SIGNED, VOTED
from tests.house.source import ROOT, source_files, text_of
from thidua.common.workflow import Workflow
from thidua.demo.accounts import ACCOUNTS
from thidua.home.management.commands.draw_workflows import WORKFLOWS, drawing

DOCS = ROOT / "docs"
SUBJECTS = ("blocs", "agreements", "awards")
OURS = (*SUBJECTS, "thidua")
# Records are numbered in the order in which the decisions were taken.
RECORD = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def page(name):
    return (DOCS / name).read_text(encoding="utf-8")


def our_modules(room):
    """Modules of one room of our apps, a single file or a folder of them."""
    for app in SUBJECTS:
        for found in walk_packages(import_module(app).__path__, f"{app}."):
            if room in found.name.split("."):
                yield import_module(found.name)


def defined_in(room, kind):
    """Objects of one kind that the modules of a room hold, each once."""
    found = {}
    for module in our_modules(room):
        found |= {id(value): value for value in vars(module).values() if isinstance(value, kind)}
    return list(found.values())


def our_enums():
    found = [*defined_in("enums", type), *defined_in("states", type)]
    classes = [value for value in found if issubclass(value, Choices)]
    return [value for value in classes if value.__module__.split(".")[0] in SUBJECTS]


def test_page_of_workflows_is_up_to_date():
    assert page("workflows.md") == drawing()


def test_every_workflow_is_drawn():
    drawn = {id(workflow) for _, workflow in WORKFLOWS}
    assert [w.states for w in defined_in("workflows", Workflow) if id(w) not in drawn] == []


def test_glossary_names_every_model_as_the_screen_does():
    rows = re.findall(r"^\| ([^|]+) \| `(\w+)` \| ", page("glossary.md").split("\n## ")[1], re.M)
    models = {model for model in apps.get_models() if model.__module__.split(".")[0] in OURS}
    assert sorted(rows) == sorted((str(m._meta.verbose_name), m.__name__) for m in models)


def test_glossary_names_every_value_of_every_enum():
    written = [line for line in page("glossary.md").splitlines() if line.startswith("- **")]
    expected = [
        f"- **{enum.__name__}**: "
        + " · ".join(f"`{value or '∅'}` {label}" for value, label in enum.choices)
        for enum in our_enums()
    ]
    assert sorted(written) == sorted(expected)


def test_glossary_uses_words_of_the_code():
    """What stands in the column of names, dots apart, is a name somewhere in our sources."""
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \|", page("glossary.md"), re.MULTILINE)
    names = {name for row in rows for part in re.findall(r"`([^`]+)`", row) for name in words(part)}
    known = {name for path in our_sources() for name in words(text_of(path))}
    assert sorted(names - known) == []


def words(text):
    return re.findall(r"\w+", text)


def our_sources():
    folders = (*SUBJECTS, "thidua")
    return [
        path
        for path in source_files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders
    ]


def test_records_are_numbered_without_a_gap():
    numbers = sorted(RECORD.match(path.name)[1] for path in (DOCS / "decisions").iterdir())
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize(
    "path",
    [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CHANGELOG.md"],
    ids=lambda path: path.name,
)
def test_links_lead_somewhere(path):
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_page_of_the_rules_says_what_the_program_says():
    """Officials look up the sentence that refused them."""
    told = " ".join(page("rules-of-a-year.md").split())
    refusals = (OPENED, VOTED, SIGNED, RANKED, DUE_USED)
    assert [sentence for sentence in refusals if f"“{sentence}”" not in told] == []


def test_rooms_named_by_the_architecture_exist():
    """Every path in the page that ends in .py or a slash is there; var/ is made by running."""
    named = re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.\w+)?)`", page("architecture.md"))
    missing = {path for path in named if not (ROOT / path).exists()}
    assert missing - {"var/"} == set()


def test_accounts_in_the_readme_are_those_of_the_demo():
    rows = re.findall(r"^\| .+ \| `([\w.]+)` \| `(.+)` \|$", (ROOT / "README.md").read_text(), re.M)
    given = {account.username: account.password for account in ACCOUNTS}
    assert rows == [(name, given.get(name)) for name, _ in rows]
    assert len(rows) == 6
