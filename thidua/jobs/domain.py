"""The moves of a job as a table. Machines make most of them, so each is a conditional UPDATE."""

from thidua.jobs.enums import JobStatus

WAITING, RUNNING = JobStatus.WAITING, JobStatus.RUNNING
DONE, FAILED, STOPPED = JobStatus.DONE, JobStatus.FAILED, JobStatus.STOPPED

# Name of the move: from which statuses, to which.
MOVES: dict[str, tuple[frozenset[str], str]] = {
    "begin": (frozenset({WAITING}), RUNNING),
    "finish": (frozenset({RUNNING}), DONE),
    "fail": (frozenset({RUNNING, WAITING}), FAILED),
    # The worker died or is told to end: the job is not lost, it waits again.
    "give_back": (frozenset({RUNNING, WAITING}), WAITING),
    "stop": (frozenset({RUNNING, WAITING}), STOPPED),
    "retry": (frozenset({FAILED, STOPPED}), WAITING),
}
# States in which a worker still owes something.
OPEN = frozenset({WAITING, RUNNING})
# So often a job is begun; whoever kills its worker three times would kill every one.
MOST_ATTEMPTS = 3
# Open jobs of one person.
MOST_OPEN = 5
# Rows of a file (Excel, CSV) that are written while a person waits: below half a second of a core,
# in which the web process answers nobody else. 15 sheets of 60 leaves are below, 30 are above.
MOST_ROWS = 1_000


def is_long(rows: int) -> bool:
    """Whether a file of so many rows is written by a job: the one rule for every export."""
    return rows > MOST_ROWS


def percent(done: int, total: int) -> int | None:
    """How far a job is, 0 to 100; None while nobody knows how much there is."""
    return min(100, done * 100 // total) if total > 0 else None
