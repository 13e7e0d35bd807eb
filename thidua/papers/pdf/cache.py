"""Finished PDFs, kept in a folder under the fingerprint of what they were made of."""

import contextlib
import fcntl
import functools
import hashlib
import os
import tempfile
import time
import unicodedata
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from thidua.common.warm.client import UnreachableError, own_folder
from thidua.papers.pdf.client import STATIC, TOO_COSTLY, PdfTooCostly, render_pdf

MEGABYTE = 1024 * 1024
# So long a paper that cost too much is not tried again: the machine may have been busy, then.
SICK_SECONDS = 600


def kept_path(html: str) -> Path:
    """Where the PDF of this very HTML is kept."""
    return Path(settings.PDF_CACHE_DIR) / f"{html_fingerprint(html)}.pdf"


def cached_pdf(html: str, *, is_for_signing: bool = False, is_patient: bool = False) -> bytes:
    """The PDF of the HTML, from the cache folder if this very HTML was rendered before.

    Readers who ask for the same paper at once share one print, whichever process asks; who signs
    waits for no reader. Raises PdfUnavailable and PdfFailed like render_pdf(); at once for a paper
    that a moment ago took more than a paper may.
    """
    path = kept_path(html)
    if path.is_file():
        return path.read_bytes()
    if is_for_signing:
        return printed(html, path, is_for_signing=True)
    with one_at_a_time(path.stem):
        if path.is_file():
            return path.read_bytes()
        return printed(html, path, is_patient=is_patient)


@contextlib.contextmanager
def one_at_a_time(fingerprint: str) -> Iterator[None]:
    """Hold the turn to print this paper; where no file can say whose turn it is, all have it."""
    turn = Path(settings.PROCESS_DIR) / f"paper-{fingerprint}.turn"
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError, UnreachableError):
            own_folder(turn.parent)
            file = stack.enter_context(open(turn, "w"))
            fcntl.flock(file, fcntl.LOCK_EX)
            # Who still waits holds the same open file, and finds the PDF when its turn comes.
            stack.callback(turn.unlink, missing_ok=True)
        yield


def printed(html: str, path: Path, **whose: bool) -> bytes:
    """Print the paper and keep it."""
    # The mark is an empty file among the PDFs, so that it is dropped as they are.
    sick = path.with_name(f"{path.stem}-sick.pdf")
    if was_sick(sick):
        raise PdfTooCostly(TOO_COSTLY)
    try:
        content = render_pdf(html, **whose)
    except PdfTooCostly:
        with contextlib.suppress(OSError):
            put_file(sick, b"")
        raise
    # A full disk keeps no copy, and papers are printed all the same.
    with contextlib.suppress(OSError):
        put_file(path, content)
        prune(path.parent, keep=path)
    return content


def was_sick(mark: Path) -> bool:
    """Whether the mark of a paper that cost too much was left a short time ago."""
    with contextlib.suppress(OSError):
        return abs(time.time() - mark.stat().st_mtime) < SICK_SECONDS
    return False


def put_file(path: Path, content: bytes) -> None:
    """Write a file of the cache so that nobody ever reads half of it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(content)
            file.flush()
        except OSError:
            os.unlink(file.name)
            raise
    os.replace(file.name, path)


def prune(folder: Path, *, keep: Path) -> None:
    """Drop the oldest PDFs until the folder fits its size; `keep` was made a moment ago.

    Every paper that counts is stored elsewhere: what is dropped here is only drawn again.
    """
    rows = sorted(sizes_of(folder.glob("*.pdf")), reverse=True)
    room = settings.PDF_CACHE_MEGABYTES * MEGABYTE
    for _, size, path in rows:
        room -= size
        if room < 0 and path != keep:
            path.unlink(missing_ok=True)


def sizes_of(paths: Iterable[Path]) -> Iterator[tuple[int, int, Path]]:
    """Time of writing, size and path of each file that another worker has not dropped meanwhile."""
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            found = path.stat()
            yield found.st_mtime_ns, found.st_size, path


def html_fingerprint(html: str) -> str:
    """SHA-256 over all the bytes of the PDF depend on: WeasyPrint, stylesheet, fonts, HTML."""
    stylesheet = hashlib.sha256((STATIC / "css" / "paper.css").read_bytes()).hexdigest()
    text = unicodedata.normalize("NFC", html)
    parts = (version("weasyprint"), stylesheet, fonts_digest(font_stamps()), text)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def font_stamps() -> tuple[tuple[Path, int, int], ...]:
    """Path, time and size of each font: its content is read again only when these change."""
    found = sorted((STATIC / "fonts" / "paper").glob("*.ttf"))
    return tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in found)


@functools.lru_cache(maxsize=4)
def fonts_digest(stamps: tuple[tuple[Path, int, int], ...]) -> str:
    """SHA-256 over the names and contents of the fonts."""
    digest = hashlib.sha256()
    for path, _, size in stamps:
        digest.update(f"{path.name} {size}\n".encode() + path.read_bytes())
    return digest.hexdigest()
