"""Locks name versions and hashes, never the machine or the shelf the packages came from."""

import json
import re

import pytest

from tests.house.source import ROOT, source_files, text_of

LOCKS = ("base.txt", "test.txt", "audit.txt", "uv.txt")
# Written in two parts, so that this file does not hold what it forbids.
REGISTRIES = re.compile(
    "|".join(
        (
            r"pypi\.(python\.)?" + "org",
            r"python" + r"hosted\.org",
            r"registry\.(npmjs|yarnpkg|npmmirror)" + r"\.(org|com)",
            r"--(extra-)?index" + r"-url",
            r"--find" + r"-links",
            r"\[tool\.uv" + r"\.index",
            r"file:" + r"//\S*(simple|wheels)",
        )
    )
)


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_no_address(name):
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    forbidden = ("://", "--index", "--extra", "--find", "-f ", "-i ")
    assert [line for line in lines if any(word in line for word in forbidden)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_hashed(name):
    assert [
        line for line in requirements(name) if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:", line)
    ] == []


def test_test_lock_holds_the_base_lock():
    assert sorted(pins("base.txt") - pins("test.txt")) == []


def test_package_lock_holds_no_download_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_package_lock_names_every_package_by_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_lock_of_uv_stays_out_of_git():
    assert "uv.lock" in (ROOT / ".gitignore").read_text().splitlines()
    assert [path.name for path in source_files() if path.name == "uv.lock"] == []


def test_no_file_names_a_registry():
    found = {}
    for path in source_files():
        if (text := text_of(path)) and (hits := REGISTRIES.findall(text)):
            found[str(path.relative_to(ROOT))] = len(hits)
    assert found == {}


def test_no_settings_of_one_machine_are_kept():
    private = {"pip.conf", "uv.toml", "sources.list", ".pypirc"}
    assert [path.name for path in source_files() if path.name in private] == []


def requirements(name):
    text = (ROOT / "requirements" / name).read_text().replace("\\\n", " ")
    return [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]


def pins(name):
    return {re.sub(r"\s+--hash=\S+", "", line).strip() for line in requirements(name)}
