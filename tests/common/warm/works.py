"""Work for a warm process of the tests: it does what a request asks for, however foolish."""

import logging
import os
import tempfile
import time
from pathlib import Path


def obedient():
    """What the process does with a request."""
    return obey


def obey(request):
    word, _, rest = request.partition(b" ")
    return {
        b"echo": lambda: rest,
        b"environment": lambda: " ".join(os.environ).encode(),
        b"pid": lambda: str(os.getpid()).encode(),
        b"burn": burn,
        b"sleep": lambda: time.sleep(float(rest)) or b"awake",
        b"eat": lambda: str(len(bytearray(int(rest) * 1024 * 1024))).encode(),
        b"fail": lambda: rest[99],
        b"quote": lambda: quote(rest.decode()),
    }[word]()


def quote(words):
    """An error that says what it could not read, as those of a reader do."""
    logging.getLogger("reader").error("Cannot read %s", words)
    raise ValueError(f"cannot read {words}")


def burn():
    """Work without end, which says that it has begun: the process alone may still be unasked."""
    Path(tempfile.gettempdir(), "burning").touch()
    while True:
        sum(range(10_000))
