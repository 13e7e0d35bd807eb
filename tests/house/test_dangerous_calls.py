"""What would turn typed text into code, a command or a secret is nowhere in the product."""

import ast
import functools
import re

import pytest

from tests.house.source import ROOT
from tests.house.test_sources import WRITTEN, where

NAMES = {"eval", "exec", "compile", "__import__"}
# Templates made of strings, commands of a shell, readers that run what they read, calls to outside.
CALLS = {
    "os": {"system", "popen", "execv", "execvp", "spawnv"},
    "subprocess": {"call", "check_call", "check_output", "getoutput", "getstatusoutput", "Popen"},
    "pickle": {"load", "loads"},
    "marshal": {"load", "loads"},
    "yaml": {"load", "unsafe_load"},
    "engines": {"from_string"},
}
MODULES = {"requests", "urllib.request", "http.client", "httpx", "aiohttp", "ftplib", "smtplib"}
# What only takes an address apart.
CALLS_NOBODY = {"urllib.request.url2pathname"}
# Warm processes and the programs of PostgreSQL: lists of arguments, no shell.
STARTERS = {
    ROOT / "thidua/common/warm/client.py",
    ROOT / "thidua/upkeep/backups/postgresql.py",
}
WEAK = {"md5", "sha1", "new"}
SUSPECT = re.compile(
    r"\b(eval|exec|compile|__import__|Template|shell|algorithm|salted_hmac|from_string|random|uuid|os"
    r"|subprocess|pickle|marshal|yaml|hashlib|requests|urllib|http|httpx|aiohttp|ftplib|smtplib)\b"
)
# Of a script: what writes HTML of text, runs text, or listens to other windows.
SCRIPTS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage"
    r"|addEventListener\(\s*[\"']message[\"']|srcdoc|javascript:"
)


@functools.cache
def trees():
    """Of the files that hold any of the words asked for below; the others need no reading."""
    texts = [(path, path.read_text(encoding="utf-8")) for path in WRITTEN]
    return [(path, ast.parse(text)) for path, text in texts if SUSPECT.search(text)]


def dangerous(path, tree):
    """Calls and imports of a module that could make code or a command of text."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found += [node] if imported(node) & MODULES else []
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", "")
        attr, owner = getattr(node.func, "attr", ""), getattr(node.func, "value", None)
        is_called = attr in CALLS.get(getattr(owner, "id", ""), ())
        is_shell = any(word.arg == "shell" for word in node.keywords)
        starts = (getattr(owner, "id", ""), attr) == ("subprocess", "run") and path not in STARTERS
        if name in NAMES | {"Template"} or is_called or is_shell or starts:
            found.append(node)
    return found


def imported(node):
    """The modules that an import may bring in."""
    module = getattr(node, "module", "")
    names = {f"{module}.{one.name}".lstrip(".") for one in node.names}
    return names if names <= CALLS_NOBODY else {module, *names}


def weak_hashes(tree):
    """Hashes that are broken, or whose kind the call leaves to an old default."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        owner = getattr(getattr(node.func, "value", None), "id", "")
        attr = getattr(node.func, "attr", getattr(node.func, "id", ""))
        kinds = [word.value for word in node.keywords if word.arg == "algorithm"]
        is_sha256 = [getattr(kind, "value", "") for kind in kinds] == ["sha256"]
        if (owner == "hashlib" and attr in WEAK) or (attr == "salted_hmac" and not is_sha256):
            found.append(node)
    return found


def ordinary_random_numbers(tree):
    """Imports of random numbers that can be foretold."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and imported(node) & {"random", "uuid"}
    ]


def test_nothing_typed_becomes_code_or_a_command():
    assert [where(path, node) for path, tree in trees() for node in dangerous(path, tree)] == []


@pytest.mark.parametrize(
    "line",
    (
        "eval(text)",
        "os.system(text)",
        "subprocess.run([text])",
        "run(text, shell=True)",
        "pickle.loads(text)",
        "Template(text).render()",
        "import urllib.request",
        "from http.client import HTTPConnection",
    ),
)
def test_such_a_line_is_seen(line):
    assert len(dangerous(ROOT / "thidua/x.py", ast.parse(line))) == 1


def test_no_weak_hash_is_used():
    assert [where(path, node) for path, tree in trees() for node in weak_hashes(tree)] == []


@pytest.mark.parametrize("line", ("hashlib.md5(x)", "hashlib.new(x)", "salted_hmac('a', x)"))
def test_a_weak_hash_is_seen(line):
    assert len(weak_hashes(ast.parse(line))) == 1


def test_nothing_secret_comes_from_an_ordinary_random_number():
    found = [where(path, node) for path, tree in trees() for node in ordinary_random_numbers(tree)]
    assert found == []
    assert len(ordinary_random_numbers(ast.parse("from random import choice"))) == 1


def test_scripts_write_no_html_and_read_no_messages():
    scripts = sorted((ROOT / "static/js").rglob("*.js"))
    found = [(path.name, hit) for path in scripts for hit in SCRIPTS.findall(path.read_text())]
    assert (found, len(scripts) > 5) == ([], True)
    assert SCRIPTS.findall("box.innerHTML = text")
