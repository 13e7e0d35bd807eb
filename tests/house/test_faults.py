"""The faults of tools/faults still fit the sources they would change."""

import ast
from collections import Counter

import pytest

from tests.house.source import ROOT
from tools.faults.data import ROOMS, BadDataError, chosen, fault_of, read_faults
from tools.faults.runner import judged
from tools.faults.table import table

FAULTS = read_faults()
GOOD = {"id": "a", "what": "b", "file": "c", "old": "d", "new": "e", "tests": ["f"]}


def test_every_fault_changes_one_place():
    places = {fault.id: (ROOT / fault.file).read_text().count(fault.old) for fault in FAULTS}
    assert {name: count for name, count in places.items() if count != 1} == {}


def test_every_room_has_its_faults_and_half_of_all_are_new():
    of_room = Counter(fault.room for fault in FAULTS)
    assert [room for room in ROOMS if of_room[room] < 10] == []
    assert len(FAULTS) >= 150
    assert sum(not fault.known for fault in FAULTS) * 2 >= len(FAULTS)


def test_the_nearest_tests_of_every_fault_exist():
    named = {name for fault in FAULTS for name in fault.tests}
    assert [name for name in named if not (ROOT / name.partition("::")[0]).exists()] == []


def test_the_script_imports_nothing_of_the_product():
    imported = {
        name.split(".")[0]
        for file in (ROOT / "tools/faults").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or node.names[0].name]
    }
    assert imported & {"blocs", "agreements", "awards", "thidua", "django"} == set()


@pytest.mark.parametrize(
    "change", ({"tests": []}, {"new": "d"}, {"database": "oracle"}, {"tets": ["g"]})
)
def test_bad_data_are_refused(change):
    with pytest.raises(BadDataError):
        fault_of("common", GOOD | change)


def test_a_second_id_is_refused(tmp_path):
    text = '[[fault]]\nid="a"\nwhat="b"\nfile="c"\nold="d"\nnew="e"\ntests=["f"]\n'
    (tmp_path / "common.toml").write_text(text * 2)
    with pytest.raises(BadDataError, match="twice"):
        read_faults(tmp_path)


def test_an_unknown_room_is_refused(tmp_path):
    (tmp_path / "cellar.toml").write_text("fault = []")
    with pytest.raises(BadDataError, match="cellar"):
        read_faults(tmp_path)
    with pytest.raises(BadDataError, match="cellar"):
        chosen(FAULTS, ["cellar"])


@pytest.mark.parametrize(
    ("code", "said", "outcome"),
    (
        (0, "3 passed", "survived"),
        (None, "", "slow"),
        (1, "FAILED tests/a.py::b - assert", "noticed"),
        (2, "ERROR collecting tests/a.py\nImportError: no", "broken"),
        (1, "ERROR collecting tests/a.py\nNameError: no", "broken"),
        (4, "ValidationError: a rule of ours", "noticed"),
        (5, "no tests ran", "broken"),
        (1, "Traceback: a plugin\nModuleNotFoundError: No module named a", "broken"),
    ),
)
def test_the_answer_of_the_tests_is_read(code, said, outcome):
    assert judged(code, said)[0] == outcome


def test_the_table_counts_what_was_asked():
    faults = [fault_of("js", GOOD | {"id": n, "known": n == "x"}) for n in ("x", "y", "z")]
    lines = table(faults, [("before", {"x": "noticed", "y": "survived", "z": "absent"})])
    assert [line.split() for line in lines[1:]] == [
        ["js", "3", "2", "1", "of", "2", "50", "%"],
        ["all", "3", "2", "1", "of", "2", "50", "%"],
    ]
    assert ROOMS.index("js") < ROOMS.index("domain")
