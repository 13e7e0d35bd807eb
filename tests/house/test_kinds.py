"""A way of scoring is asked, never recognised: its name is compared in its own file alone."""

import ast
import inspect
from pathlib import Path

from blocs.scoring import FORMULA_LABELS, KINDS
from blocs.scoring.kinds.formulas import Formula
from tests.house.source import ROOT, source_files, text_of

NAMES = {*KINDS, *FORMULA_LABELS}


def compared_names(path):
    """The names of kinds and formulas that a file compares something with."""
    return [
        (path.relative_to(ROOT).as_posix(), part.value)
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.Compare)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and part.value in NAMES
    ]


def test_no_file_but_its_own_knows_a_kind_by_name():
    own = {Path(inspect.getfile(one)) for one in (Formula, *map(type, KINDS.values()))}
    sources = [
        path
        for path in source_files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] != "tests" and path not in own
    ]
    assert [found for path in sources for found in compared_names(path)] == []
