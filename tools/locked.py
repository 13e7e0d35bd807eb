"""What the lock files pin: each package with version, condition and hashes."""

import re
from dataclasses import dataclass
from pathlib import Path

PIN = re.compile(
    r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^\s;\\]+)(?P<marker>\s*;[^\\\n]*)?"
)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class BrokenLockError(ValueError):
    """A lock file with a line that pins nothing by name, version and hash."""


@dataclass(frozen=True)
class Pin:
    """One locked package; `marker` is the condition on Python or the machine, often empty."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def pins_of(path: Path) -> list[Pin]:
    """Every package of a lock file, in its order; a line that pins nothing is refused."""
    lines = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return [pin_of(line) for line in lines if line.strip() and not line.lstrip().startswith("#")]


def pin_of(line: str) -> Pin:
    """The package of one line whose continuations were joined."""
    found, hashes = PIN.match(line), tuple(HASH.findall(line))
    if found is None or not hashes:
        raise BrokenLockError(f"Dòng không khóa gói nào bằng phiên bản và mã băm: {line[:80]!r}")
    marker = (found["marker"] or "").partition("--hash")[0].strip(" ;")
    return Pin(found["name"], found["version"], marker, hashes)


def without_markers(pins: list[Pin]) -> str:
    """The lock once more without conditions, so that no package stays out on this machine."""
    return "".join(
        f"{pin.name}=={pin.version} {' '.join(f'--hash=sha256:{sum_}' for sum_ in pin.hashes)}\n"
        for pin in pins
    )
