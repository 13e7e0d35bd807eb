"""PDF of a paper, made in warm processes of their own (thidua/papers/pdf/process.py).

No web worker ever imports WeasyPrint. Reading and signing have lanes of their own: a paper that
takes too long ends with its process, and nobody who signs waits for somebody who reads.
"""

import unicodedata
from importlib.metadata import version

from thidua.common.warm.client import (
    ROOT,
    BusyError,
    FailedWorkError,
    TooCostlyError,
    UnreachableError,
    Workshop,
)

STATIC = ROOT / "static"
# Of a core; what a paper may cost. Sixty pages of tables take a fraction of it.
LONGEST_SECONDS = 20
MISSING_PANGO = "máy chủ thiếu gói libpangoft2-1.0-0."
AGAIN = "Vui lòng thử lại sau ít phút."
TOO_COSTLY = (
    "Máy chủ tạo tệp PDF quá lâu nên đã dừng. Văn bản này có đoạn quá dài hoặc chuỗi chữ dính "
    "liền; vui lòng rút gọn, chia đoạn rồi thử lại."
)


class PdfUnavailable(Exception):  # noqa: N818 – it reads as a sentence
    """This machine cannot make PDFs; the message says in Vietnamese what is missing."""


class PdfFailed(Exception):  # noqa: N818
    """This one paper could not be made; the message is a Vietnamese sentence, the log knows why."""


class PdfTooCostly(PdfFailed):
    """The paper took more than one paper may; asking again would cost as much."""


def workshop(*, is_for_signing: bool = False, is_patient: bool = False) -> Workshop:
    """The processes that print, for readers or for who signs; no page waits for a patient one."""
    return Workshop(
        name="pdf-sign" if is_for_signing else "pdf",
        work="thidua.papers.pdf.process:renderer",
        seconds=LONGEST_SECONDS,
        memory_mb=800,
        lanes=2 if is_for_signing else 3,
        waits=waits_for_lane(is_for_signing=is_for_signing, is_patient=is_patient),
        is_reserved=is_for_signing or is_patient,
        niceness=0 if is_for_signing else 5,
        given={"static": str(STATIC)},
        stamp=version("weasyprint"),
    )


def waits_for_lane(*, is_for_signing: bool, is_patient: bool) -> float:
    """Seconds until who prints is told that others do."""
    if is_patient:
        return 15 * LONGEST_SECONDS
    return 2 * LONGEST_SECONDS if is_for_signing else LONGEST_SECONDS / 2


def render_pdf(
    html: str, *, seconds: float = 0, is_for_signing: bool = False, is_patient: bool = False
) -> bytes:
    """The PDF of the HTML (A4, PDF/A-2b, tagged), made in at most so many seconds of a core.

    Without a number it may take what every paper may. The HTML is brought to NFC and styled by
    static/css/paper.css. Raises PdfUnavailable, PdfFailed.
    """
    request = unicodedata.normalize("NFC", html).encode()
    try:
        lanes = workshop(is_for_signing=is_for_signing, is_patient=is_patient)
        return lanes.ask(request, seconds=seconds)
    except TooCostlyError as error:
        raise PdfTooCostly(TOO_COSTLY) from error
    except BusyError as error:
        raise PdfFailed(f"Máy chủ đang in nhiều văn bản khác. {AGAIN}") from error
    except FailedWorkError as error:
        raise PdfFailed(f"Chưa tạo được tệp PDF. {AGAIN}") from error
    except UnreachableError as error:
        raise PdfUnavailable(
            f"Chưa tạo được tệp PDF vì {missing_words(error)} Vui lòng báo người quản trị."
        ) from error


def missing_words(error: UnreachableError) -> str:
    """What this machine lacks, as the end of a sentence."""
    if "cannot load library" in str(error):
        return MISSING_PANGO
    if error.folder:
        return f"không dùng được thư mục “{error.folder}”."
    return "tiến trình tạo PDF không chạy."


def stop_pdf_process() -> None:
    """End the processes after the papers already in work; does nothing when none is running."""
    for is_for_signing in (False, True):
        workshop(is_for_signing=is_for_signing).stop()
