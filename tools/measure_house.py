"""What the house looks like in figures: `python -m tools.measure_house [FOLDER]`.

Counts files, lines, folders, functions and templates, and how many imported names stay inside the
package that uses them. Reads sources only; run it on a checkout of an older commit to compare.
"""

import ast
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median

TOPS = ("blocs", "agreements", "awards", "thidua")
LEFT_OUT = re.compile(r"(^|/)(migrations|tests|tools)/")
# Floors from the ground up: a package may import what stands before it.
FLOORS = (
    ("thidua.common",),
    ("thidua.accounts",),
    ("thidua.papers", "thidua.workbooks", "thidua.jobs"),
    ("blocs.scoring",),
    ("blocs.states",),
    ("blocs.units",),
    ("blocs.legal",),
    ("blocs.years",),
    ("blocs.criteria", "blocs.holidays", "blocs.registrations", "blocs.changes"),
    ("blocs.reports",),
    ("blocs.sheet_files",),
    ("blocs.appraisal", "blocs.ranking"),
    ("blocs.conferences", "blocs.year_files"),
    ("agreements",),
    ("awards.proposals",),
    ("awards.board",),
    ("awards.decisions",),
    (
        "thidua.home",
        "thidua.demo",
        "thidua.year_check",
        "thidua.log_pages",
        "thidua.upkeep",
        "thidua.packets",
        "thidua.view_as",
        "thidua.api",
    ),
    ("thidua.urls",),
)
# Pure functions that every capability may call; a call to them leaves no capability.
LIBRARY = "blocs.scoring"
FLOOR_OF = {package: number for number, floor in enumerate(FLOORS) for package in floor}


def sources(root):
    """Source files of the product that git knows, as paths below `root`."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--", *TOPS]
    names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
    return [Path(name) for name in names if name.endswith(".py") and not LEFT_OUT.search(name)]


def package_of(module):
    """The package a module belongs to: two parts where its top is only a roof over apps."""
    parts = module.split(".")
    nested = parts[0] == "thidua" or ".".join(parts[:2]) in FLOOR_OF
    return ".".join(parts[:2]) if nested else parts[0]


def imported_names(tree):
    """(module, how many names) of each import of ours."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in TOPS:
            yield node.module, len(node.names)


def spread(numbers):
    """«median / 90 % / max»."""
    ordered = sorted(numbers)
    ninth = ordered[min(len(ordered) - 1, int(len(ordered) * 0.9))]
    return f"{median(ordered):g} / {ninth} / {ordered[-1]}"


def imports(trees):
    """(inside, all, wrong way): imported names by package, the pure library counted as inside."""
    inside = total = 0
    wrong = Counter()
    for path, tree in trees.items():
        own = package_of(".".join(path.with_suffix("").parts))
        for module, count in imported_names(tree):
            other = package_of(module)
            total += count
            if other in (own, LIBRARY):
                inside += count
            elif FLOOR_OF.get(other, -1) > FLOOR_OF.get(own, len(FLOORS)):
                wrong[f"{own} -> {other}"] += count
    return inside, total, wrong


def doubles(trees):
    """Public classes and functions whose name stands in more than one file."""
    found = {ast.ClassDef: defaultdict(set), ast.FunctionDef: defaultdict(set)}
    for path, tree in trees.items():
        for node in tree.body:
            if type(node) in found and not node.name.startswith("_") and node.name != "Command":
                found[type(node)][node.name].add(path)
    return {
        kind.__name__: sum(len(paths) > 1 for paths in names.values())
        for kind, names in found.items()
    }


def main(root):
    paths = sources(root)
    texts = {path: (root / path).read_text(encoding="utf-8") for path in paths}
    trees = {path: ast.parse(text) for path, text in texts.items()}
    folders = Counter(path.parent for path in paths if path.name != "__init__.py")
    sizes = Counter()
    for path, text in texts.items():
        sizes[package_of(".".join(path.with_suffix("").parts))] += text.count("\n")
    lengths = [
        node.end_lineno - node.lineno + 1
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    templates = [file.read_text().count("\n") for file in (root / "templates").rglob("*.html")]
    inside, total, wrong = imports(trees)
    rows = (
        ("source files", len(paths)),
        ("lines", sum(text.count("\n") for text in texts.values())),
        ("files per folder (median / 90 % / max)", spread(folders.values())),
        ("largest package", "{} {}".format(*sizes.most_common(1)[0])),
        ("lines of a function (median / 90 % / max)", spread(lengths)),
        ("lines of a template (median / 90 % / max)", spread(templates)),
        ("imported names inside their package", f"{inside} of {total} ({inside / total:.0%})"),
        ("names imported upwards", sum(wrong.values())),
        ("public classes that exist twice", doubles(trees)["ClassDef"]),
        ("public functions that exist twice", doubles(trees)["FunctionDef"]),
    )
    for label, value in rows:
        print(f"{label:45} {value}")  # noqa: T201 – a program prints
    for package, lines in sorted(sizes.items()):
        print(f"  {package:24} {lines}")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
