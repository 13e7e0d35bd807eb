"""The list of parts names everything that is locked or kept from others, once, with its hashes."""

import json
import re

import pytest

from tests.house.source import ROOT
from tests.house.test_vendored import recorded
from tools.locked import BrokenLockError, pin_of, pins_of
from tools.parts import bill, main

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
BILL = bill(ROOT)
PARTS = BILL["components"]
BASE = (ROOT / "requirements/base.txt").read_text()


def of_registry():
    return [part for part in PARTS if part["purl"].startswith("pkg:pypi/")]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_of_a_lock_is_read_with_all_its_hashes(lock):
    """Counted a second way: lines with == and hashes of the text."""
    text = lock.read_text()
    pins = pins_of(lock)
    assert len(pins) == len(re.findall(r"^[^\s#][^=\n]*==", text, re.M)) > 0
    assert sum(len(pin.hashes) for pin in pins) == text.count("--hash=sha256:")


def test_every_locked_package_is_a_part_with_its_hashes():
    files = [part["externalReferences"][0]["hashes"] for part in of_registry()]
    assert len(of_registry()) == len(re.findall(r"^[a-z0-9][^=\n]*==", BASE, re.M))
    hashes = [row["content"] for rows in files for row in rows]
    assert sorted(hashes) == sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", BASE))


def test_every_file_of_others_is_in_a_part():
    files = [file for part in PARTS for file in part.get("components", ())]
    sums = {file["name"].removeprefix("static/"): file["hashes"][0]["content"] for file in files}
    assert (len(files), sums) == (len(recorded()), recorded())


def test_each_part_says_its_licence_or_is_not_installed_here():
    without = [part["name"] for part in PARTS if not part.get("licenses")]
    conditional = {pin.name for pin in pins_of(ROOT / "requirements/base.txt") if pin.marker}
    assert set(without) <= conditional


def test_each_part_is_named_once_and_in_order():
    names = [part["bom-ref"] for part in PARTS]
    assert names == sorted(set(names))


def test_it_is_cyclonedx():
    assert (BILL["bomFormat"], BILL["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", BILL["serialNumber"])


def test_the_same_tree_gives_the_same_bytes(tmp_path, capsys):
    for name in ("a", "b"):
        main(str(tmp_path / "new" / name))
    first, second = ((tmp_path / "new" / name).read_bytes() for name in ("a", "b"))
    assert first == second
    assert json.loads(first) == BILL
    assert f"{len(PARTS)} thành phần" in capsys.readouterr().out


@pytest.mark.parametrize("line", ("django>=5", "django==5.2", "-r other.txt", "./folder"))
def test_a_line_that_pins_nothing_is_refused(line):
    with pytest.raises(BrokenLockError):
        pin_of(line)
