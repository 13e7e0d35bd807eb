"""docs/security-asvs.md names each requirement once, counts rightly, proves with what exists."""

import re
from collections import Counter

import pytest
from django.conf import settings

from tests.house.source import ROOT

PAGE = (ROOT / "docs/security-asvs.md").read_text(encoding="utf-8")
IDS = dict(
    line.split()
    for line in (ROOT / "tests/house/asvs-5.0.txt").read_text().splitlines()
    if not line.startswith("#")
)
LINE = re.compile(r"^\| (V\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.M)
LINES = LINE.findall(PAGE)
MET, PLACE, OPEN, NONE = RESULTS = ("đạt", "nơi cài đặt", "chưa đạt", "không áp dụng")
MOST_WORDS = 15
NAMED = re.compile(r"`([^`]+)`")
PATH = re.compile(r"^[\w.-]+(/[\w.-]+)+$")
SETTING = re.compile(r"^[A-Z][A-Z_]+$")
# What an office's machine is told stands in the sample it is copied from.
SAMPLES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "docs/install.md", *sorted((ROOT / "deploy").iterdir()))
)


def proof_of(text):
    """What stands between code marks: what kind of proof it is, or what is wrong with it."""
    path, _, test = text.partition("::")
    if PATH.match(path):
        if not (ROOT / path).is_file():
            return f"{text}: no such file"
        if test and not re.search(rf"^def {test}\(", (ROOT / path).read_text(), re.M):
            return f"{text}: no such test"
        return "page" if path.startswith("docs/") else "proof"
    if SETTING.match(text) and hasattr(settings, text):
        return "proof"
    return "sample" if text in SAMPLES else f"{text}: neither test, path, setting nor sample"


def faults_of(line):
    """What is wrong with one line of the table."""
    name, level, words, result, told = line
    proofs = [proof_of(text) for text in NAMED.findall(told)]
    faults = [proof for proof in proofs if proof not in {"proof", "page", "sample"}]
    if IDS.get(name) != level:
        faults.append("no such requirement of this level")
    if len(words.split()) > MOST_WORDS:
        faults.append("too long to be our own words")
    if result not in RESULTS:
        faults.append(f"unknown result {result}")
    if result == MET and not {"proof", "page"} & set(proofs):
        faults.append("met by nothing")
    if result == PLACE and not proofs:
        faults.append("no sample, no setting")
    if (result == OPEN) != ("thiếu: " in told):
        faults.append("what is missing is said of open lines, and of them alone")
    return [f"{name}: {fault}" for fault in faults]


def test_every_line_of_the_table_is_true():
    assert [fault for line in LINES for fault in faults_of(line)] == []


def test_every_requirement_stands_once():
    assert Counter(line[0] for line in LINES) == Counter(IDS.keys())
    # As many lines of levels 1 and 2 as the standard has.
    assert Counter(IDS.values()) == {"1": 70, "2": 183}
    # A row in a form that is not read would be counted nowhere.
    assert len(re.findall(r"^\| V\d", PAGE, re.M)) == len(LINES)


def test_the_counts_are_the_counted_ones():
    counted = Counter((line[3], line[1]) for line in LINES)
    rows = [(name, counted[name, "1"], counted[name, "2"]) for name in RESULTS]
    rows.append(("cộng", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    told = re.findall(r"^\| ([^|]+) \| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.M)
    assert told == [(name, str(a), str(b), str(a + b)) for name, a, b in rows]


def test_names_outside_the_table_exist_too():
    text = LINE.sub("", PAGE)
    named = [one for one in NAMED.findall(text) if "/" in one and one.startswith(("tests", "docs"))]
    assert [proof_of(one) for one in named if proof_of(one) not in {"proof", "page"}] == []
    assert named != []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (("V1.1.1", "2", "a", MET, "`tests/house/test_asvs.py::test_none`"), "no such test"),
        (("V1.1.1", "2", "a", MET, "`tests/house/test_none.py`"), "no such file"),
        (("V1.1.1", "2", "a", MET, "`NO_SUCH_SETTING`"), "neither test"),
        (("V1.1.1", "2", "a", MET, "because we say so"), "met by nothing"),
        (("V1.1.1", "1", "a", NONE, "no"), "of this level"),
        (("V99.1.1", "1", "a", NONE, "no"), "of this level"),
        (("V1.1.1", "2", "a", OPEN, "some day"), "is missing"),
        (("V1.1.1", "2", "a " * 16, NONE, "no"), "too long"),
        (("V1.1.1", "2", "a", "gần đạt", "no"), "unknown result"),
        (("V1.1.1", "2", "a", PLACE, "somewhere"), "no sample"),
    ],
)
def test_a_false_line_would_be_seen(line, fault):
    assert [found for found in faults_of(line) if fault in found] != []
