"""The real cases of tests/cases: the index tells exactly what is there, and a test uses each."""

import ast

import pytest

from tests.cases import FOLDER, case
from tests.house.source import ROOT

# Collected for these tests alone: the list of cases itself, and calendars typed from documents.
OWN = {"index.json", "calendars-2019-2026.json"}
INDEX = case("index")
FILES = {path.name for path in FOLDER.glob("*.json")}
TESTS = sorted(path for path in ROOT.joinpath("tests").rglob("test_*.py"))


def cases_named(value: str) -> set[str]:
    """The file that a test means by this beginning of a name; nothing where it fits several."""
    found = {name for name in FILES if name.startswith(value)} if len(value) > 1 else set()
    return found if len(found) == 1 else set()


def text_of(node: ast.AST) -> str:
    """The string that a node of the source is; else nothing."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def cases_used(source: str) -> set[str]:
    """Files that a test names: in a call of `case`, in full, or in a list of nothing but cases."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "case" and node.args:
            found |= cases_named(text_of(node.args[0]))
        elif isinstance(node, ast.Tuple | ast.List):
            named = [cases_named(text_of(one)) for one in node.elts]
            found |= set().union(*named) if named and all(named) else set()
        elif f"{text_of(node)}.json" in FILES:
            found.add(f"{text_of(node)}.json")
    return found


def test_the_index_lists_the_files_that_are_held():
    assert {row["file"] for row in INDEX["cases"]} == FILES - OWN
    assert len(INDEX["cases"]) == sum(INDEX["count_by_kind"].values())


@pytest.mark.parametrize("row", INDEX["cases"], ids=lambda row: row["file"])
def test_the_index_tells_of_a_file_what_the_file_says(row):
    held = case(row["file"].removesuffix(".json"))
    bloc = held.get("bloc", {})
    names = (bloc.get("name"), held.get("organiser"), held.get("what"), held["id"])
    said = {
        "file": f"{held['id']}.json",
        "kind": held["kind"],
        "title": next(filter(None, names)),
        "place": bloc.get("province") or bloc.get("organiser") or held.get("province"),
        "year": bloc.get("year") or held.get("year"),
        "checks": len(held.get("checks", ())) + len(held.get("worked", ())),
    }
    assert said == {name: row[name] for name in said}


def test_the_index_counts_kinds_and_checks():
    kinds = [row["kind"] for row in INDEX["cases"]]
    assert INDEX["count_by_kind"] == {kind: kinds.count(kind) for kind in set(kinds)}
    assert INDEX["checks_total"] == sum(row["checks"] for row in INDEX["cases"])


def test_a_number_without_a_file_is_in_no_list():
    """Cases 20, 22, 25, 28, 30 and 32 were not published as files: nothing is stated about them."""
    numbers = {int(name[:2]) for name in FILES if name[:2].isdigit()}
    assert numbers == {1, 3, 4, 6, 8, 10, 13, 18, 19, 21, 23, 24, 26, 27, 29, 31, 33}


def test_every_case_is_used_by_a_test():
    used = set().union(*(cases_used(path.read_text(encoding="utf-8")) for path in TESTS))
    assert sorted(FILES - used) == []


def test_every_case_names_its_source_in_the_list_of_the_folder():
    listed = FOLDER.joinpath("README.md").read_text(encoding="utf-8")
    assert [name for name in sorted(FILES) if f"`{name}`" not in listed] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('case("24")', {"24-lam-dong-cum-1-2021.json"}),
        (
            'NUMBERS = ("24", "29")',
            {"24-lam-dong-cum-1-2021.json", "29-quan-doan-12-khoi-3-2024.json"},
        ),
        ('name = "24-lam-dong-cum-1-2021"', {"24-lam-dong-cum-1-2021.json"}),
        ('POINTS = ("24", "17")', set()),
        ('LIMIT = "24"', set()),
        ('case("scores")', set()),
        ("case(name)", set()),
    ],
)
def test_what_counts_as_using_a_case(source, found):
    assert cases_used(source) == found
