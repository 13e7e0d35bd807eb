"""Asks whether a locked package has a known weakness: `python -m tools.audit LOCK CACHE`.

pip-audit alone may end green without having looked at anything: an empty file, a package whose
condition does not hold on this machine, one it skips. Here green means that its report names each
locked package, at the locked version, as looked at, and that it ended well itself. Imports nothing
of the product; run by the Python that holds pip-audit (`./run audit`).
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.locked import BrokenLockError, Pin, pins_of, without_markers

GOOD, WEAK, NOT_AUDITED = 0, 1, 2
MOST_SECONDS = 900


@dataclass(frozen=True)
class AuditResult:
    """What the audit ends with (its exit code) and the sentences that say why."""

    code: int
    sentences: tuple[str, ...]


def verdict(pins: list[Pin], answer: str, code: int, told: str = "") -> AuditResult:
    """The verdict on a report of pip-audit (JSON) that ended with `code` and told its errors so."""
    faults, weak = read(pins, answer)
    if not faults and not weak and code != 0:
        faults = [f"pip-audit kết thúc với mã {code}."]
    if faults:
        rest = [f"pip-audit: {line}" for line in told.splitlines()[-1:]]
        return AuditResult(NOT_AUDITED, ("CHƯA KIỂM TRA ĐƯỢC.", *faults, *weak, *rest))
    if weak:
        return AuditResult(WEAK, (f"CÓ LỖ HỔNG trong {len(pins)} gói đã kiểm tra:", *weak))
    return AuditResult(
        GOOD, (f"Đã kiểm tra đủ {len(pins)} gói, không gói nào có lỗ hổng đã công bố.",)
    )


def read(pins: list[Pin], answer: str) -> tuple[list[str], list[str]]:
    """What keeps the report from counting, and the weaknesses it names."""
    if not pins:
        return ["Tệp khóa không có gói nào."], []
    try:
        rows = json.loads(answer)["dependencies"]
        audited = [(row["name"], row["version"]) for row in rows if "skip_reason" not in row]
        skipped = [
            f"Bị bỏ qua: {r['name']} – {r['skip_reason']}" for r in rows if "skip_reason" in r
        ]
        weak = [weakness(row, vuln) for row in rows for vuln in row.get("vulns", ())]
    except (ValueError, KeyError, TypeError):
        return ["Không có báo cáo của pip-audit (không tới được dịch vụ, hoặc lệnh lỗi)."], []
    return [*skipped, *differences(pins, audited)], weak


def differences(pins: list[Pin], audited: list[tuple[str, str]]) -> list[str]:
    """Sentences where what was looked at is not what is locked, one by one and in number."""
    locked = [(pin.name, pin.version) for pin in pins]
    missing = [f"Không được kiểm tra: {n} {v}" for n, v in locked if (n, v) not in audited]
    strange = [f"Không có trong tệp khóa: {n} {v}" for n, v in audited if (n, v) not in locked]
    if missing or strange or len(audited) != len(locked):
        return [f"Đã kiểm tra {len(audited)} gói, tệp khóa có {len(locked)}.", *missing, *strange]
    return []


def weakness(row: dict, vuln: dict) -> str:
    """One weakness of one package, with the versions that mend it."""
    mended = ", ".join(vuln.get("fix_versions") or ()) or "chưa có bản sửa"
    return f"{row['name']} {row['version']}: {vuln['id']} – bản sửa: {mended}"


def audited(pins: list[Pin], cache: Path) -> AuditResult:
    """Run pip-audit over the locked packages and judge what it says."""
    with TemporaryDirectory() as folder:
        lock = Path(folder, "requirements.txt")
        lock.write_text(without_markers(pins), encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "--strict", "--require-hashes"]
        command += ["--disable-pip", "--requirement", str(lock), "--format", "json"]
        command += ["--progress-spinner", "off", "--cache-dir", str(cache)]
        try:
            ended = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS)
        except subprocess.TimeoutExpired:
            return verdict(pins, "", NOT_AUDITED, f"quá {MOST_SECONDS} giây")
    return verdict(pins, ended.stdout, ended.returncode, ended.stderr)


def main(lock: str, cache: str) -> int:
    """Print the verdict; 0 only when every locked package was looked at and none is weak."""
    try:
        result = audited(pins_of(Path(lock)), Path(cache))
    except (BrokenLockError, OSError) as error:
        result = AuditResult(NOT_AUDITED, ("CHƯA KIỂM TRA ĐƯỢC.", str(error)))
    sys.stdout.write("\n".join(result.sentences) + "\n")
    return result.code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
