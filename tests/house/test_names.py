"""One word, one thing: a class has a name that no other class of the product has."""

import ast
from collections import defaultdict

from tests.house.source import ROOT, source_files
from tests.house.walk import NAMES

# The framework finds these by their name alone.
OF_DJANGO = {"Command", "Meta"}


def public_classes(sources):
    """Names of the classes at the top of each source, by path."""
    found = defaultdict(list)
    for path, text in sources.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path)
    return found


def doubles(sources):
    """Names that stand for more than one class, with the files that say them."""
    found = public_classes(sources).items()
    return {name: paths for name, paths in found if len(paths) > 1 and name not in OF_DJANGO}


def test_no_class_name_stands_for_two_things():
    sources = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in source_files()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in (*NAMES, "tools")
        and "migrations" not in path.parts
    }
    assert len(public_classes(sources)) > 500
    assert doubles(sources) == {}


def test_a_double_name_is_seen():
    sources = {
        "a.py": "class Line: ...\nclass Command: ...\nclass _Own: ...",
        "b.py": "class Line: ...\nclass Command: ...\nclass _Own: ...",
    }
    assert doubles(sources) == {"Line": ["a.py", "b.py"]}
