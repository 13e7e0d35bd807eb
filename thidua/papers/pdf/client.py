"""PDF of a paper, made in the one warm process of its own (thidua/papers/pdf/process.py).

No web worker ever imports WeasyPrint. The process is started by whoever needs it first, serves
everybody in turn, and ends by itself; a client that finds it gone starts the next one.
"""

import contextlib
import fcntl
import json
import logging
import os
import subprocess
import sys
import time
import unicodedata
from importlib.metadata import version
from multiprocessing.connection import Client, Connection, answer_challenge, deliver_challenge
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

ROOT = Path(__file__).resolve().parents[3]
STATIC = ROOT / "static"
START_SECONDS = 30
MISSING_PANGO = "máy chủ thiếu gói libpangoft2-1.0-0."
KEPT_ENVIRONMENT = ("PATH", "HOME", "LANG", "XDG_CACHE_HOME", "LD_LIBRARY_PATH")

logger = logging.getLogger("thidua.pdf")


class PdfUnavailable(Exception):  # noqa: N818 – it reads as a sentence
    """This machine cannot make PDFs; the message says in Vietnamese what is missing."""


class PdfFailed(Exception):  # noqa: N818
    """This one paper could not be made; the message is a Vietnamese sentence, the log knows why."""


def render_pdf(html: str, *, timeout: float = 60) -> bytes:
    """The PDF of the HTML (A4, PDF/A-2b, tagged), waiting for our turn at most `timeout` seconds.

    The HTML is brought to NFC and styled by static/css/paper.css. Raises PdfUnavailable, PdfFailed.
    """
    deadline = time.monotonic() + timeout
    request = unicodedata.normalize("NFC", html)
    for _ in range(2):
        # The process may end (age, idle, killed) between our call and its answer: ask a fresh one.
        with contextlib.suppress(EOFError, ConnectionError), _connect() as connection:
            reply = _ask(connection, request, deadline)
            if reply.startswith(b"%PDF-"):
                return reply
            logger.error("PDF process: %s", reply.decode(errors="replace"))
            break
    raise PdfFailed("Chưa tạo được tệp PDF. Vui lòng thử lại sau ít phút.")


def stop_pdf_process() -> None:
    """End the process after the papers already waiting; does nothing when none is running."""
    with contextlib.suppress(EOFError, OSError), Client(str(_address())) as connection:
        _prove(connection)
        connection.send_bytes(b"")
        connection.poll(START_SECONDS)


def _ask(connection: Connection, html: str, deadline: float) -> bytes:
    try:
        _wait(connection, deadline)
        _prove(connection)
        connection.send_bytes(f"{_left(deadline)}\n{html}".encode())
        _wait(connection, deadline)
    except TimeoutError as error:
        raise PdfFailed("Máy chủ tạo tệp PDF quá lâu. Vui lòng thử lại sau ít phút.") from error
    return connection.recv_bytes()


def _wait(connection: Connection, deadline: float) -> None:
    if not connection.poll(_left(deadline)):
        raise TimeoutError


def _left(deadline: float) -> float:
    return max(deadline - time.monotonic(), 0.1)


def _prove(connection: Connection) -> None:
    # What Client(authkey=…) does; apart from it, because there it would wait without limit.
    answer_challenge(connection, _key())
    deliver_challenge(connection, _key())


def _key() -> bytes:
    return salted_hmac("thidua.papers.pdf.key", version("weasyprint")).digest()


def _address() -> Path:
    # The name depends on secret and version, so that an update never meets an old process.
    name = salted_hmac("thidua.papers.pdf.name", f"{STATIC} {version('weasyprint')}").hexdigest()
    return Path(settings.PDF_SOCKET_DIR) / f"pdf-{name[:8]}.sock"


def _connect() -> Connection:
    address = _address()
    try:
        return _first_answer(address) or _start(address)
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.exception("PDF process cannot be reached.")
        raise PdfUnavailable(
            f"Chưa tạo được tệp PDF vì không dùng được thư mục “{address.parent}”. "
            "Vui lòng báo người quản trị."
        ) from error


def _first_answer(address: Path) -> Connection | None:
    with contextlib.suppress(FileNotFoundError, ConnectionRefusedError):
        return Client(str(address))


def _start(address: Path) -> Connection:
    # Under a lock, because another worker may be starting the process at this moment.
    address.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = address.parent.stat()
    if folder.st_uid != os.geteuid() or folder.st_mode & 0o077:
        raise PermissionError(f"{address.parent} must belong to this account alone (0700)")
    with open(address.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection := _first_answer(address):
            return connection
        address.unlink(missing_ok=True)
        _run_process(address)
        return Client(str(address))


def _run_process(address: Path) -> None:
    given = {"address": str(address), "static": str(STATIC), "key": _key().hex()}
    started = subprocess.run(
        [sys.executable, "-m", "thidua.papers.pdf.process"],
        cwd=ROOT,
        env={name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ},
        input=json.dumps(given).encode(),
        capture_output=True,
        timeout=START_SECONDS,
    )
    if started.returncode == 0:
        return
    errors = started.stderr.decode(errors="replace")
    logger.error("PDF process did not start: %s", errors)
    raise PdfUnavailable(
        "Chưa tạo được tệp PDF vì "
        + (MISSING_PANGO if "cannot load library" in errors else "tiến trình tạo PDF không chạy.")
        + " Vui lòng báo người quản trị."
    )
