"""The one warm process that turns HTML into PDF: python -m thidua.papers.pdf.process.

WeasyPrint costs 44 MB and 0.7 s to import and keeps a core busy while it works, so it lives here
and never in a web worker (client: thidua/papers/pdf/client.py). No Django, no models, no settings:
everything this process knows comes in as one JSON object on its standard input.
"""

import functools
import json
import logging
import os
import shutil
import signal
import sys
import tempfile
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

IDLE_SECONDS = 600
DOCUMENTS_MAX = 300
MEMORY_MAX = 180 * 1024 * 1024
FONTS = tuple(f"PaperSerif-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic"))

logger = logging.getLogger("thidua.pdf")


class StaticFetcher(URLFetcher):
    """Opens files of the project's static folder; any other address stops the rendering."""

    def __init__(self, static: Path):
        super().__init__(allowed_protocols=("file",), allow_redirects=False, fail_on_errors=True)
        self._static = static.resolve()

    def fetch(self, url, headers=None):
        parts = urlsplit(url)
        path = Path(url2pathname(parts.path)).resolve()
        inside = parts.scheme == "file" and not parts.netloc and path.is_relative_to(self._static)
        if not inside:
            raise ValueError(f"Not a file of the static folder: {url}")
        return super().fetch(path.as_uri(), headers)


class Renderer:
    """HTML in, PDF out, with the stylesheet and the fonts of the papers kept ready."""

    def __init__(self, static: Path):
        self._static = static
        self._fetcher = StaticFetcher(static)

    def pdf(self, html: str) -> bytes:
        """The PDF (A-2b, tagged); the same HTML gives the same bytes."""
        stylesheet = self._static / "css" / "paper.css"
        css, fonts = self._styles(stylesheet, stylesheet.stat().st_mtime_ns)
        base = f"{self._static.as_uri()}/"
        return HTML(string=html, base_url=base, url_fetcher=self._fetcher).write_pdf(
            stylesheets=[css], font_config=fonts, pdf_variant="pdf/a-2b", pdf_tags=True
        )

    @functools.lru_cache(maxsize=1)  # noqa: B019 – one renderer lives as long as the process
    def _styles(self, stylesheet: Path, _changed: int) -> tuple[CSS, FontConfiguration]:
        # WeasyPrint takes another family in silence when a font file is missing: refuse instead.
        missing = [name for name in FONTS if not (self._static / "fonts/paper" / name).is_file()]
        if missing:
            raise FileNotFoundError(f"Paper fonts are missing: {', '.join(missing)}")
        fonts = FontConfiguration()
        return CSS(filename=stylesheet, font_config=fonts, url_fetcher=self._fetcher), fonts


def answer(connection: Connection, renderer: Renderer) -> bool:
    """Serve one client: seconds allowed, newline, HTML → PDF, or "!" and the error.

    An empty request is the wish that we stop.
    """
    request = connection.recv_bytes().decode()
    if not request:
        return False
    seconds, html = request.split("\n", 1)
    # The default action of SIGALRM ends the process even inside C code, which no exception can.
    signal.setitimer(signal.ITIMER_REAL, float(seconds))
    try:
        reply = renderer.pdf(html)
    except Exception as error:
        logger.exception("A paper could not be made.")
        reply = f"!{type(error).__name__}: {error}".encode()
    connection.send_bytes(reply)
    return True


def serve(listener: Listener, renderer: Renderer) -> None:
    """Answer one client after the other until idle, told to stop, old or fat."""
    for _ in range(DOCUMENTS_MAX):
        signal.setitimer(signal.ITIMER_REAL, IDLE_SECONDS)
        try:
            with listener.accept() as connection:
                if not answer(connection, renderer):
                    return
        except (AuthenticationError, EOFError, OSError) as error:
            logger.warning("A client went away: %r", error)
        if resident_memory() > MEMORY_MAX:
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
    # FontConfiguration copies the fonts into a temporary folder; SIGALRM leaves it behind.
    tempfile.tempdir = str(address.with_suffix(".tmp"))
    shutil.rmtree(tempfile.tempdir, ignore_errors=True)
    os.mkdir(tempfile.tempdir)
    logging.basicConfig(filename=address.with_suffix(".log"), filemode="w", level=logging.WARNING)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)


def main() -> None:
    """Listen at the address that came in, detach, serve."""
    given = json.load(sys.stdin)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    listener = Listener(given["address"], "AF_UNIX", 64, bytes.fromhex(given["key"]))
    detach(Path(given["address"]))
    serve(listener, Renderer(Path(given["static"])))


if __name__ == "__main__":
    main()
