"""The audit of the packages is green only when each of them was looked at."""

import json
import os
import subprocess
import sys

import pytest

from tests.house.source import ROOT
from tools.audit import GOOD, NOT_AUDITED, WEAK, main, verdict
from tools.locked import pins_of

LOCK = ROOT / "requirements/base.txt"
PINS = pins_of(LOCK)
ROWS = [{"name": pin.name, "version": pin.version, "vulns": []} for pin in PINS]
VULN = {"id": "PYSEC-2026-1", "fix_versions": ["9.9"], "aliases": [], "description": ""}
SICK = {**ROWS[0], "vulns": [VULN]}
SKIPPED = {"name": PINS[-1].name, "skip_reason": "not found on PyPI"}
OTHER_VERSION = {**ROWS[0], "version": "0.0.1"}
# What stands in for pip-audit: keeps how it was called, then tells what the case says.
FAKE = """
import json, os, pathlib, sys
case = json.loads(os.environ["FAKE_CASE"])
lock = pathlib.Path(sys.argv[sys.argv.index("--requirement") + 1]).read_text()
pathlib.Path(os.environ["FAKE_SEEN"]).write_text(json.dumps([sys.argv[1:], lock]))
sys.stdout.write(case["out"])
sys.stderr.write(case["err"])
sys.exit(case["code"])
"""


def report(rows):
    return json.dumps({"dependencies": rows, "fixes": []})


@pytest.fixture
def audit(tmp_path):
    """Run the audit as `./run audit` does, with a pip-audit that answers what is given."""
    (tmp_path / "pip_audit.py").write_text(FAKE)

    def run(out, code=0, err=""):
        seen = tmp_path / "seen.json"
        given = {"FAKE_CASE": json.dumps({"out": out, "code": code, "err": err})}
        given |= {"FAKE_SEEN": str(seen), "PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "tools.audit", str(LOCK), str(tmp_path / "cache")]
        ended = subprocess.run(
            command, cwd=ROOT, env=os.environ | given, capture_output=True, text=True
        )
        run.seen = json.loads(seen.read_text()) if seen.exists() else None
        return ended.returncode, ended.stdout.splitlines()

    return run


def test_all_good_is_green_and_says_how_many(audit):
    sentence = f"Đã kiểm tra đủ {len(PINS)} gói, không gói nào có lỗ hổng đã công bố."
    assert audit(report(ROWS)) == (GOOD, [sentence])


def test_it_is_strict_and_no_condition_keeps_a_package_out(audit):
    audit(report(ROWS))
    options, lock = audit.seen
    assert {"--strict", "--require-hashes", "--disable-pip"} <= set(options)
    assert [line.split("==")[0] for line in lock.splitlines()] == [pin.name for pin in PINS]
    assert ";" not in lock
    assert any(pin.marker for pin in PINS), "or the line above asks nothing"


@pytest.mark.parametrize(
    ("out", "code", "told"),
    (
        (report([]), 0, f"Đã kiểm tra 0 gói, tệp khóa có {len(PINS)}."),
        ("", 0, "Không có báo cáo của pip-audit (không tới được dịch vụ, hoặc lệnh lỗi)."),
        ("No known vulnerabilities found", 0, "Không có báo cáo của pip-audit"),
        ("", 1, "Không có báo cáo của pip-audit"),
        (report([*ROWS[:-1], SKIPPED]), 0, f"Bị bỏ qua: {PINS[-1].name} – not found on PyPI"),
        (report([*ROWS[:-1], ROWS[0]]), 0, f"Không được kiểm tra: {PINS[-1].name}"),
        (report([*ROWS, ROWS[0]]), 0, f"Đã kiểm tra {len(PINS) + 1} gói"),
        (report([OTHER_VERSION, *ROWS[1:]]), 0, f"Không có trong tệp khóa: {PINS[0].name} 0.0.1"),
        (report([SICK, *ROWS[1:-1]]), 1, f"Không được kiểm tra: {PINS[-1].name}"),
        (report(ROWS), 1, "pip-audit kết thúc với mã 1."),
    ),
    ids=(
        *("nothing", "silent", "words", "network", "skipped", "left out", "twice"),
        *("another version", "weak and left out", "ended badly"),
    ),
)
def test_what_was_not_looked_at_is_never_green(out, code, told):
    result = verdict(PINS, out, code, "Traceback\nConnectionError: no route to host")
    lines = result.sentences
    assert (result.code, lines[0]) == (NOT_AUDITED, "CHƯA KIỂM TRA ĐƯỢC.")
    assert [line for line in lines if line.startswith(told)] != []
    assert lines[-1] == "pip-audit: ConnectionError: no route to host"


def test_a_weakness_is_named_with_what_mends_it(audit):
    ended, lines = audit(report([SICK, *ROWS[1:]]), code=1)
    assert (ended, lines[1]) == (
        WEAK,
        f"{PINS[0].name} {PINS[0].version}: PYSEC-2026-1 – bản sửa: 9.9",
    )


def test_a_weakness_is_red_even_where_pip_audit_ends_well():
    assert verdict(PINS, report([SICK, *ROWS[1:]]), 0).code == WEAK


def test_nothing_locked_and_nothing_found_is_not_green():
    assert verdict([], report([]), 0).code == NOT_AUDITED


def test_an_unreachable_service_is_not_green(audit):
    ended, lines = audit("", code=1, err="Traceback\nConnectionError: no route to host")
    assert (ended, lines[-1]) == (NOT_AUDITED, "pip-audit: ConnectionError: no route to host")


@pytest.mark.parametrize("text", ("", "# none\n", "django>=5\n", "django==5.2\n"))
def test_a_lock_that_pins_nothing_is_never_green(tmp_path, text, capsys):
    lock = tmp_path / "lock.txt"
    lock.write_text(text)
    assert main(str(lock), str(tmp_path)) == NOT_AUDITED
    assert capsys.readouterr().out.startswith("CHƯA KIỂM TRA ĐƯỢC.")


def test_without_pip_audit_it_is_not_green(tmp_path, capsys):
    """The environment of the tests holds none: nothing answers."""
    assert main(str(LOCK), str(tmp_path)) == NOT_AUDITED
    assert "No module named pip_audit" in capsys.readouterr().out
