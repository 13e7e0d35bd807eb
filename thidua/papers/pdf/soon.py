"""A paper for who reads: printed beside the web threads, of which none waits long.

A long paper takes seconds, eight of them take all lanes. The thread of the page waits a moment
(most papers are done by then); else the page says that it is being printed and asks again.
"""

import functools
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from django.conf import settings

from thidua.common.warm.client import PLACES, BusyError
from thidua.papers.pdf.cache import cached_pdf, kept_path
from thidua.papers.pdf.client import AGAIN, PdfFailed

# Threads that wait for lanes, and papers that may wait for a thread.
THREADS, MOST_WAITING = 6, 60
MANY = f"Máy chủ đang in nhiều văn bản khác. {AGAIN}"

_door = threading.Lock()
_going: dict[str, Future] = {}


def pdf_soon(html: str) -> bytes | None:
    """The PDF of the HTML; None while it is still being printed: ask again in a moment.

    Raises PdfUnavailable and PdfFailed like render_pdf().
    """
    path = kept_path(html)
    if path.is_file():
        return path.read_bytes()
    going = begun(path.stem, html)
    try:
        # Where as many threads as may be slow wait already, this one does not wait at all.
        with PLACES.taken(tries=1):
            content = going.result(settings.PAPER_WAIT_SECONDS)
    except (BusyError, TimeoutError):
        return None
    finally:
        if going.done():
            with _door:
                _going.pop(path.stem, None)
    return content


def begun(fingerprint: str, html: str) -> Future:
    """The one print of this paper that goes on in this process, begun where there is none.

    One that has ended and that nobody came back for makes room where too many stand here.
    """
    with _door:
        if fingerprint in _going:
            return _going[fingerprint]
        if len(_going) >= MOST_WAITING:
            for name in [name for name, one in _going.items() if one.done()]:
                del _going[name]
        if len(_going) >= MOST_WAITING:
            raise PdfFailed(MANY)
        _going[fingerprint] = threads().submit(cached_pdf, html, is_patient=True)
        return _going[fingerprint]


@functools.cache
def threads() -> ThreadPoolExecutor:
    """The threads of this process that wait for lanes; made by whoever needs one first."""
    return ThreadPoolExecutor(THREADS, thread_name_prefix="papers")
