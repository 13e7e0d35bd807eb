"""The PDF process: one for all, replaced when it is gone, closed to everything but static files."""

import contextlib
import io
import os
import re
import signal
import stat
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfReader

from tests.house.source import ROOT
from tests.papers.papers import read_pdf
from thidua.common.warm.server import PATIENCE
from thidua.papers.pdf.cache import cached_pdf, html_fingerprint
from thidua.papers.pdf.client import (
    STATIC,
    PdfFailed,
    PdfUnavailable,
    render_pdf,
    stop_pdf_process,
    workshop,
)
from thidua.papers.pdf.process import StaticFetcher

HTML = (
    '<html lang="vi"><head><title>Thử</title></head><body><p>Khối Đường Ỷ Ngữ ẫ</p></body></html>'
)
ROWS = "<tr><td>Một</td><td>Hai</td><td>Ba</td><td>Bốn</td></tr>" * 3000
LONG_AGO = 1_700_000_000
ENDLESS = f'<html lang="vi"><body><table>{ROWS}</table></body></html>'


@pytest.fixture
def own_process(settings, tmp_path):
    """A process of this test alone, in a folder of its own."""
    settings.PROCESS_DIR = tmp_path / "run"
    settings.PDF_CACHE_DIR = tmp_path / "cache"
    yield tmp_path / "run"
    stop_pdf_process()


def pid_in(folder: Path) -> int:
    (file,) = folder.glob("*.pid")
    return int(file.read_text())


def is_alive(pid: int) -> bool:
    """A dead process may stand in the list until the system clears it away (state Z)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def processes_writing_into(folder: Path) -> list[int]:
    """PDF processes whose log file lies in the folder, however they came to be."""
    found = set()
    for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
        with contextlib.suppress(OSError):
            if Path(os.readlink(descriptor)).parent == folder:
                found.add(int(descriptor.parts[2]))
    return sorted(found - {os.getpid()})


def is_gone_soon(pid: int) -> bool:
    end = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not is_alive(pid)


def test_same_html_gives_the_same_bytes(own_process):
    assert render_pdf(HTML) == render_pdf(HTML)


def test_fresh_process_gives_the_same_bytes(own_process):
    first = render_pdf(HTML)
    stop_pdf_process()
    assert render_pdf(HTML) == first


def test_pdf_is_vietnamese_tagged_and_archivable(own_process):
    content = render_pdf(HTML)
    pdf = read_pdf(content)
    metadata = PdfReader(io.BytesIO(content)).trailer["/Root"]["/Metadata"].get_data()
    assert (pdf.title, pdf.language, pdf.is_tagged) == ("Thử", "vi", True)
    assert metadata.count(b'pdfaid:part="2" pdfaid:conformance="B"') == 1


def test_decomposed_text_is_found_composed(own_process):
    pdf = read_pdf(render_pdf(unicodedata.normalize("NFD", HTML)))
    assert pdf.text == "Khối Đường Ỷ Ngữ ẫ"


def test_process_serves_many_papers(own_process):
    render_pdf(HTML)
    first = pid_in(own_process)
    render_pdf(HTML)
    assert pid_in(own_process) == first


def test_many_clients_at_once_start_one_process_for_each_lane(own_process, settings):
    settings.SLOW_REQUESTS = 8
    with ThreadPoolExecutor(8) as clients:
        contents = set(clients.map(render_pdf, [HTML] * 8))
    lanes = {int(file.read_text()) for file in own_process.glob("*.pid")}
    assert (len(contents), len(lanes)) == (1, workshop().lanes)
    assert set(processes_writing_into(own_process)) == lanes


def test_killed_process_is_replaced(own_process):
    first_pdf = render_pdf(HTML)
    first = pid_in(own_process)
    os.kill(first, signal.SIGKILL)
    assert is_gone_soon(first)
    assert render_pdf(HTML) == first_pdf
    assert pid_in(own_process) != first


def test_too_slow_paper_ends_with_its_process_and_the_next_one_works(own_process):
    render_pdf(HTML)
    first = pid_in(own_process)
    with pytest.raises(PdfFailed, match=r"^Máy chủ tạo tệp PDF quá lâu nên đã dừng\."):
        render_pdf(ENDLESS, seconds=1)
    assert len(read_pdf(render_pdf(HTML)).text) == len("Khối Đường Ỷ Ngữ ẫ")
    assert is_gone_soon(first)


@pytest.mark.parametrize("is_for_signing", (False, True))
def test_the_proxy_waits_longer_than_a_paper_may_take(is_for_signing):
    """Else who signs reads of an error of the proxy, and the paper is signed all the same."""
    one = workshop(is_for_signing=is_for_signing)
    (waits,) = re.findall(r"proxy_read_timeout (\d+)s;", (ROOT / "deploy/nginx.conf").read_text())
    assert one.waits + PATIENCE * one.seconds + 10 <= int(waits)


def test_stopped_process_is_gone(own_process):
    render_pdf(HTML)
    first = pid_in(own_process)
    stop_pdf_process()
    assert is_gone_soon(first)


def test_process_is_private_and_stays_small(own_process):
    render_pdf(HTML)
    status = Path(f"/proc/{pid_in(own_process)}/status").read_text()
    (resident,) = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
    assert int(resident) < 120_000
    assert stat.S_IMODE(own_process.stat().st_mode) == 0o700


def test_folder_open_to_others_is_refused(own_process):
    own_process.mkdir(mode=0o700)
    own_process.chmod(0o755)
    with pytest.raises(PdfUnavailable, match="Vui lòng báo người quản trị"):
        render_pdf(HTML)


def test_image_from_elsewhere_stops_the_paper(own_process):
    with pytest.raises(PdfFailed, match=r"^Chưa tạo được tệp PDF\."):
        render_pdf(HTML.replace("<p>", '<p><img src="file:///etc/hostname" alt="x">'))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/css/paper.css",
        "https://example.org/x.png",
        f"{STATIC.as_uri()}/../manage.py",
        f"file://otherhost{STATIC}/css/paper.css",
        "data:text/plain,x",
    ],
)
def test_fetcher_refuses_everything_outside_the_static_folder(url):
    with pytest.raises(ValueError, match="Not a file of the static folder"):
        StaticFetcher(STATIC).fetch(url)


def test_fetcher_opens_a_static_file():
    stylesheet = STATIC / "css" / "paper.css"
    assert StaticFetcher(STATIC).fetch(stylesheet.as_uri()).read() == stylesheet.read_bytes()


def test_cached_pdf_is_kept_under_its_fingerprint(own_process):
    content = cached_pdf(HTML)
    (file,) = Path(settings.PDF_CACHE_DIR).iterdir()
    assert (file.name, file.read_bytes()) == (f"{html_fingerprint(HTML)}.pdf", content)


def test_cached_pdf_is_not_made_twice(own_process):
    cached_pdf(HTML)
    (file,) = Path(settings.PDF_CACHE_DIR).iterdir()
    file.write_bytes(b"kept")
    assert cached_pdf(HTML) == b"kept"


def test_a_disk_that_keeps_no_copy_stops_no_paper(own_process, settings, tmp_path):
    file = tmp_path / "tep"
    file.write_text("")
    settings.PDF_CACHE_DIR = file / "cache"
    assert cached_pdf(HTML) == cached_pdf(HTML)
    assert file.read_text() == ""


def test_the_oldest_papers_make_room(own_process, settings):
    folder = settings.PDF_CACHE_DIR
    folder.mkdir()
    for age, name in enumerate(("new", "middle", "old"), start=1):
        (folder / f"{name}.pdf").write_bytes(b"0" * 400_000)
        os.utime(folder / f"{name}.pdf", (LONG_AGO - age, LONG_AGO - age))
    settings.PDF_CACHE_MEGABYTES = 1
    cached_pdf(HTML)
    kept = {file.stem for file in folder.iterdir()}
    assert kept == {html_fingerprint(HTML), "new", "middle"}
    settings.PDF_CACHE_MEGABYTES = 0
    cached_pdf(HTML.replace("Khối", "Cụm"))
    assert [file.stem for file in folder.iterdir()] == [
        html_fingerprint(HTML.replace("Khối", "Cụm"))
    ]


def test_fingerprint_tells_papers_apart_but_not_forms_of_unicode():
    assert html_fingerprint(HTML) == html_fingerprint(unicodedata.normalize("NFD", HTML))
    assert html_fingerprint(HTML) != html_fingerprint(HTML.replace("Khối", "Cụm"))
