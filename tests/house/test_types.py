"""Types are said where points are made, and mypy reads every pure room."""

import ast
import re
import tomllib

import pytest

from tests.house.source import ROOT, source_files
from tests.house.walk import NAMES

ROOMS = ("scoring", "domain", "actions", "common")
LEAST_SHARE = 0.95
REASONED = re.compile(r"# type: ignore\[[a-z, -]+\]  # \w")
PYTHON = [
    path.relative_to(ROOT)
    for path in source_files()
    if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in NAMES
]


def in_room(room, paths=PYTHON):
    """The files of a room; a room with one file is that file."""
    return {path for path in paths if room in path.with_suffix("").parts}


def read_by_mypy():
    """The files below the patterns that the configuration lists."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    found = {path for pattern in settings["files"] for path in ROOT.glob(pattern)}
    return {path for path in PYTHON if {ROOT / path, *(ROOT / path).parents} & found}


def without_return_type(text):
    """Functions that do not say what they return, and how many there are in all."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)]
    return [node.name for node in functions if node.returns is None], len(functions)


def test_mypy_reads_the_scoring_library_and_every_domain_room_and_nothing_else():
    assert read_by_mypy() == in_room("scoring") | in_room("domain")


@pytest.mark.parametrize("room", ROOMS)
def test_functions_say_what_they_return(room):
    silent, count = [], 0
    for path in in_room(room):
        names, found = without_return_type((ROOT / path).read_text(encoding="utf-8"))
        silent += [f"{path}: {name}" for name in names]
        count += found
    assert count > 100
    assert len(silent) <= count * (1 - LEAST_SHARE), silent


def test_a_silent_function_would_be_seen():
    text = "def said() -> int: ...\nclass A:\n    async def silent(self): ...\n"
    assert without_return_type(text) == (["silent"], 2)


def ignored_without_reason(text):
    """Lines that silence mypy without naming the error and saying why."""
    lines = [line.strip() for line in text.splitlines() if "# type: ignore" in line]
    return [line for line in lines if not REASONED.search(line)]


def test_no_type_is_ignored_without_its_code_and_a_reason():
    found = {path: ignored_without_reason((ROOT / path).read_text("utf-8")) for path in PYTHON}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_a_type_ignored_without_a_reason_would_be_seen():
    bare, named, reasoned = (
        f"x = y  # type: ignore{end}" for end in ("", "[arg-type]", "[arg-type]  # y is no None")
    )
    assert ignored_without_reason("\n".join((bare, named, reasoned))) == [bare, named]
