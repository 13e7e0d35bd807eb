"""A folder is small enough to look through, an app small enough to know."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.source import ROOT, source_files
from tests.house.walk import NAMES
from tools.measure_house import FLOORS, package_of

MOST_FILES = 16
MOST_LINES = 8000
PYTHON = [
    path.relative_to(ROOT)
    for path in source_files()
    if path.suffix == ".py"
    and path.relative_to(ROOT).parts[0] in NAMES
    and "migrations" not in path.parts
]


def crowded(paths):
    """Folders with too many source files; what only marks a package does not count."""
    counts = Counter(path.parent for path in paths if path.name != "__init__.py")
    return {str(folder): count for folder, count in counts.items() if count > MOST_FILES}


def lines_of_packages(paths):
    """Lines of each package of the house."""
    lines = Counter()
    for path in paths:
        package = package_of(".".join(path.with_suffix("").parts))
        lines[package] += len((ROOT / path).read_text(encoding="utf-8").splitlines())
    return lines


def test_no_folder_is_crowded():
    assert crowded(PYTHON) == {}


def test_a_crowded_folder_would_be_seen():
    paths = [Path("blocs/reports/views") / f"{number}.py" for number in range(MOST_FILES + 1)]
    assert crowded([*paths, Path("blocs/reports/views/__init__.py")]) == {
        "blocs/reports/views": MOST_FILES + 1
    }


def test_no_app_outgrows_a_reader():
    assert {name: n for name, n in lines_of_packages(PYTHON).items() if n > MOST_LINES} == {}


PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {row["name"]: row for row in PYPROJECT["tool"]["importlinter"]["contracts"]}
HALLS = ("thidua", "blocs", "agreements", "awards")
OUR_APPS = {name for name in settings.INSTALLED_APPS if name.split(".")[0] in HALLS}
# Beside the apps: packages without models of their own, and where all addresses come together.
NO_APPS = {"thidua.workbooks", "blocs.scoring", "blocs.states", "thidua.urls"}


def test_every_app_has_a_floor_in_the_contract_and_in_the_figures():
    layers = CONTRACTS["Apps: the floors of the house"]["layers"]
    in_contract = {name for layer in layers for name in layer.split(" | ")}
    in_figures = {name for floor in FLOORS for name in floor}
    assert in_figures == OUR_APPS | NO_APPS
    # The library of scoring stands alone: a contract of its own says so.
    assert in_contract == in_figures - {"blocs.scoring"}


def test_every_app_of_the_field_keeps_its_rooms():
    rooms = CONTRACTS["Rooms: the floors inside each app"]["containers"]
    assert set(rooms) == {name for name in OUR_APPS if not name.startswith("thidua.")}


@pytest.mark.parametrize("package", [name for floor in FLOORS for name in floor])
def test_every_package_of_the_floors_is_there(package):
    """Else the figures of an app would be counted under another name."""
    assert lines_of_packages(PYTHON)[package] > 0
