"""Two things measured side by side, so that a busy machine disturbs both alike."""

from collections.abc import Callable
from time import process_time


def ratio(first: Callable[[], object], second: Callable[[], object], rounds: int = 15) -> float:
    """Least CPU time of `first` over that of `second`, taken in turns."""
    one, other = [], []
    for _ in range(rounds):
        one.append(cost(first))
        other.append(cost(second))
    return min(one) / min(other)


def cost(act):
    began = process_time()
    act()
    return process_time() - began


def resident(status: str, name: str = "VmRSS") -> float:
    """Megabytes in the «VmRSS» line of /proc/…/status; «VmHWM» is the most there ever was."""
    line = next(line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024
