"""A warm process that does one kind of work, one request after the other, within limits.

python -m thidua.common.warm.server: no Django, no models, no settings. Everything this process
knows comes in as one JSON object on its standard input; the client is thidua/common/warm/client.py.
"""

import importlib
import json
import logging
import os
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path

from thidua.common.server_log import JsonLine, error_words

Work = Callable[[bytes], bytes]

IDLE_SECONDS = 600
REQUESTS_MAX = 300
GREETING_SECONDS = 10
# A busy machine gives a process less than a whole core.
PATIENCE = 3
MEGABYTE = 1024 * 1024
# The first byte of a reply: the work is done, it failed, it needed more memory than it may have.
DONE, FAILED, TOO_MUCH = b"=", b"!", b"#"

logger = logging.getLogger("thidua.warm")


def answer(connection: Connection, work: Work) -> bool:
    """Serve one client: seconds allowed, newline, request → mark and reply; False: we stop.

    An empty request is the wish that we stop.
    """
    request = connection.recv_bytes()
    if not request:
        return False
    seconds, _, asked = request.partition(b"\n")
    allow(float(seconds))
    try:
        reply = DONE + work(asked)
    except MemoryError:
        reply = TOO_MUCH
    except Exception as error:  # noqa: BLE001 – whatever the work stumbles over is told
        # Kind and place alone: the text of an error may quote what somebody uploaded.
        logger.error("The work failed: %s", error_words(error))
        reply = FAILED + error_words(error).encode()
    signal.setitimer(signal.ITIMER_PROF, 0)
    connection.send_bytes(reply)
    # What a process without memory has begun may be broken: it is not asked again.
    return reply != TOO_MUCH


def allow(seconds: float) -> None:
    """Let the work take so many seconds of a core, and not much longer by the clock.

    The default action of both signals ends the process even inside C code, which no exception can.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE * seconds)


def serve(listener: Listener, key: bytes, work: Work, resident_max: int) -> None:
    """Answer one client after the other until idle, told to stop, old or fat."""
    for _ in range(REQUESTS_MAX):
        signal.setitimer(signal.ITIMER_REAL, IDLE_SECONDS)
        try:
            with listener.accept() as connection:
                signal.setitimer(signal.ITIMER_REAL, GREETING_SECONDS)
                deliver_challenge(connection, key)
                answer_challenge(connection, key)
                if not answer(connection, work):
                    return
        except (AuthenticationError, EOFError, OSError) as error:
            logger.warning("A client went away: %s", type(error).__name__)
        if resident_memory() > resident_max:
            return


def resident_memory() -> int:
    """Bytes of memory this process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def detach(address: Path) -> None:
    """Let the starter go on: its child ends with 0 as soon as we listen, we belong to nobody."""
    if os.fork():
        os._exit(0)
    os.setsid()
    address.with_suffix(".pid").write_text(str(os.getpid()))
    # What the work keeps for a moment: a signal that ends us leaves it behind.
    tempfile.tempdir = str(address.with_suffix(".tmp"))
    shutil.rmtree(tempfile.tempdir, ignore_errors=True)
    os.mkdir(tempfile.tempdir)
    told = logging.FileHandler(address.with_suffix(".log"), "w", encoding="utf-8")
    told.setFormatter(JsonLine())
    logging.basicConfig(handlers=[told], level=logging.WARNING)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)


def main() -> None:
    """Listen at the address that came in, detach, make ready for the work, serve."""
    given = json.load(sys.stdin)
    for number in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(number, signal.SIG_DFL)
    module, _, name = given["work"].partition(":")
    make_ready = getattr(importlib.import_module(module), name)
    listener = Listener(given["address"], "AF_UNIX", 64)
    os.nice(given["niceness"])
    detach(Path(given["address"]))
    most = given["memory_mb"] * MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    work = make_ready(**given["given"])
    serve(listener, bytes.fromhex(given["key"]), work, given["resident_mb"] * MEGABYTE)


if __name__ == "__main__":
    main()
