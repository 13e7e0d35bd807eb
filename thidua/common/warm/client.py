"""How a web worker asks a warm process for work, and how it keeps serving pages meanwhile.

A workshop has lanes: each is one process (thidua/common/warm/server.py), started by whoever needs
it first and used by one client at a time. A request that costs too much ends with its process;
the other lanes do not notice.
"""

import contextlib
import fcntl
import functools
import hashlib
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from multiprocessing.connection import Client, Connection, answer_challenge, deliver_challenge
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from thidua.common.warm.server import DONE, FAILED, PATIENCE

ROOT = Path(__file__).resolve().parents[3]
START_SECONDS = 30
KEPT_ENVIRONMENT = ("PATH", "HOME", "LANG", "XDG_CACHE_HOME", "LD_LIBRARY_PATH")
PAUSE_SECONDS = 0.02
# How often a thread asks for a place among the threads that may be slow: for about a second.
PLACE_TRIES = 50

logger = logging.getLogger("thidua.warm")


class WarmError(Exception):
    """A warm process has not done what it was asked for; the caller says so in its own words."""


class UnreachableError(WarmError):
    """This machine cannot start the process; the message says why, for the operator.

    `folder` is the one that cannot be used, where it is that.
    """

    def __init__(self, message: str = "", *, folder: str = "") -> None:
        super().__init__(message)
        self.folder = folder


class BusyError(WarmError):
    """Every lane is at work for others."""


class TooCostlyError(WarmError):
    """The work took more time or memory than one request is worth."""


class FailedWorkError(WarmError):
    """The work stopped with an error, which the log of the process knows."""


class WaitingPlaces:
    """How many threads of this worker wait for warm processes: some are left for pages."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = 0

    @contextlib.contextmanager
    def taken(self, tries: int = PLACE_TRIES) -> Iterator[None]:
        """Hold a place; BusyError where none becomes free in a moment, or at once with one try."""
        self._take(tries)
        try:
            yield
        finally:
            with self._changed:
                self._taken -= 1
                self._changed.notify()

    def _take(self, tries: int) -> None:
        with self._changed:
            # Counted and not timed: nobody may wait for ever where a clock stands still.
            for _ in range(tries):
                if self._taken < settings.SLOW_REQUESTS:
                    self._taken += 1
                    return
                self._changed.wait(PAUSE_SECONDS)
        raise BusyError


PLACES = WaitingPlaces()


@dataclass(frozen=True)
class Workshop:
    """One kind of work: what does it, and what one request may cost.

    `work` is "module:function"; the function is called once in the process, with `given`, and
    gives what turns a request into its reply. `seconds` are of a core, `waits` of the clock until a
    lane is free. A reserved workshop takes no place among the threads that may be slow. The nicer
    its processes (as the system counts it), the more of a core they leave to pages.
    """

    name: str
    work: str
    seconds: float
    memory_mb: int
    lanes: int = 2
    waits: float = 3
    resident_mb: int = 180
    is_reserved: bool = False
    niceness: int = 0
    given: Mapping[str, str] = field(default_factory=dict)
    stamp: str = ""

    def ask(self, request: bytes, *, seconds: float = 0) -> bytes:
        """The reply; raises a WarmError where there is none."""
        allowed = seconds or self.seconds
        with contextlib.nullcontext() if self.is_reserved else PLACES.taken(), self._lane() as lane:
            for _ in range(2):
                # A process may end (age, idle, killed) as we come: then we ask a fresh one.
                with contextlib.suppress(EOFError, ConnectionError), self._connect(lane) as line:
                    self._greet(line)
                    return self._exchange(line, request, allowed)
        raise UnreachableError("the process goes away again and again")

    def stop(self) -> None:
        """End its processes after what they are doing; does nothing where none is running."""
        for address in self.addresses():
            with contextlib.suppress(EOFError, OSError), Client(str(address)) as line:
                self._prove(line)
                line.send_bytes(b"")
                line.poll(START_SECONDS)

    def addresses(self) -> list[Path]:
        """The socket of each lane."""
        # The name depends on secret and sources, so that an update never meets an old process.
        told = f"{self.work} {dict(self.given)} {self.stamp} {sources_of(self.work)}"
        name = salted_hmac(f"thidua.warm.{self.name}.name", told, algorithm="sha256").hexdigest()[
            :8
        ]
        folder = Path(settings.PROCESS_DIR)
        return [folder / f"{self.name}-{name}-{lane}.sock" for lane in range(1, self.lanes + 1)]

    @contextlib.contextmanager
    def _lane(self) -> Iterator[Path]:
        """The first lane nobody uses, ours until the work is done."""
        with contextlib.ExitStack() as stack:
            yield self._take(stack)

    def _take(self, stack: contextlib.ExitStack) -> Path:
        addresses = self.addresses()
        own_folder(addresses[0].parent)
        for _ in range(max(1, int(self.waits / PAUSE_SECONDS))):
            for address in addresses:
                if (turn := taken_turn(address)) is not None:
                    stack.enter_context(turn)
                    return address
            time.sleep(PAUSE_SECONDS)
        raise BusyError

    def _greet(self, line: Connection) -> None:
        # The lane is ours: only a process that somebody left in the middle of work is silent.
        if not line.poll(max(self.waits, 1)):
            raise BusyError
        self._prove(line)

    def _exchange(self, line: Connection, request: bytes, seconds: float) -> bytes:
        try:
            line.send_bytes(f"{seconds}\n".encode() + request)
            if not line.poll(PATIENCE * seconds + 1):
                raise TooCostlyError
            reply = line.recv_bytes()
        except (EOFError, ConnectionError) as error:
            # Its own limits, or the kernel for want of memory, have ended the process.
            raise TooCostlyError from error
        if reply[:1] == DONE:
            return reply[1:]
        if reply[:1] == FAILED:
            logger.error("Warm process %s: %s", self.name, reply[1:].decode(errors="replace"))
            raise FailedWorkError
        raise TooCostlyError

    def _prove(self, line: Connection) -> None:
        # What Client(authkey=…) does; apart from it, because there it would wait without limit.
        answer_challenge(line, self._key())
        deliver_challenge(line, self._key())

    def _key(self) -> bytes:
        salt = f"thidua.warm.{self.name}.key"
        return salted_hmac(salt, self.stamp, algorithm="sha256").digest()

    def _connect(self, address: Path) -> Connection:
        try:
            return first_answer(address) or self._start(address)
        except (OSError, subprocess.TimeoutExpired) as error:
            logger.exception("Warm process %s cannot be reached.", self.name)
            raise UnreachableError(str(error), folder=str(address.parent)) from error

    def _start(self, address: Path) -> Connection:
        address.unlink(missing_ok=True)
        told = {
            "address": str(address),
            "key": self._key().hex(),
            "work": self.work,
            "given": dict(self.given),
            "memory_mb": self.memory_mb,
            "resident_mb": self.resident_mb,
            "niceness": self.niceness,
        }
        started = subprocess.run(
            [sys.executable, "-m", "thidua.common.warm.server"],
            cwd=ROOT,
            env={name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ},
            input=json.dumps(told).encode(),
            capture_output=True,
            timeout=START_SECONDS,
        )
        if started.returncode == 0:
            return Client(str(address))
        errors = started.stderr.decode(errors="replace")
        logger.error("Warm process %s did not start: %s", self.name, errors)
        raise UnreachableError(errors)


def own_folder(folder: Path) -> None:
    """Make sure that the folder is there and that nobody else can open what is in it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
        is_own = found.st_uid == os.geteuid() and not found.st_mode & 0o077
    except OSError as error:
        logger.exception("The folder of the warm processes cannot be used.")
        raise UnreachableError(str(error), folder=str(folder)) from error
    if not is_own:
        logger.error("%s must belong to this account alone (0700)", folder)
        raise UnreachableError(folder=str(folder))


def taken_turn(address: Path) -> contextlib.AbstractContextManager | None:
    """The open file that keeps a lane ours; None where another holds it."""
    turn = open(address.with_suffix(".turn"), "w")  # noqa: SIM115 – the caller's stack closes it
    try:
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        turn.close()
        return None
    return turn


def first_answer(address: Path) -> Connection | None:
    """A line to the process that listens there; None where none does."""
    with contextlib.suppress(FileNotFoundError, ConnectionRefusedError):
        return Client(str(address))
    return None


@functools.cache
def sources_of(work: str) -> str:
    """A mark of the sources that such a process runs: an update never meets an old one."""
    digest = hashlib.sha256()
    for name in (__name__, work.partition(":")[0]):
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise UnreachableError(f"no module {name}")
        for path in sorted(Path(spec.origin).parent.glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
