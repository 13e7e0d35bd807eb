"""Two things measured side by side, so that a busy machine disturbs both alike."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

from django.conf import settings

TICKS = os.sysconf("SC_CLK_TCK")


def ratio(first: Callable[[], object], second: Callable[[], object], rounds: int = 15) -> float:
    """Least CPU time of `first` over that of `second`, taken in turns."""
    one, other = [], []
    for _ in range(rounds):
        one.append(cost(first))
        other.append(cost(second))
    return min(one) / min(other)


def cost(act):
    """CPU seconds of the act, here and in the warm processes that print and read for it."""
    began = spent()
    act()
    return spent() - began


def spent() -> float:
    return process_time() + sum(map(spent_by, warm_processes()))


def warm_processes(kind: str = "*") -> Iterator[int]:
    """Numbers of the warm processes that run now, all or those of one kind («pdf»)."""
    for file in Path(settings.PROCESS_DIR).glob(f"{kind}-*.pid"):
        pid = int(file.read_text().split()[0])
        if Path(f"/proc/{pid}").exists():
            yield pid


def spent_by(pid: int) -> float:
    """CPU seconds of a process and of its children that ended (/proc/…/stat, 14th to 17th)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def resident(status: str, name: str = "VmRSS") -> float:
    """Megabytes in the «VmRSS» line of /proc/…/status; «VmHWM» is the most there ever was."""
    line = next(line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024
