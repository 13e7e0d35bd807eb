"""A paper that takes too long: who prints and who signs beside it does not wait."""

import os
import threading
import time
from pathlib import Path

import pytest

from thidua.papers.pdf import client
from thidua.papers.pdf.cache import cached_pdf, html_fingerprint
from thidua.papers.pdf.client import PdfFailed, PdfTooCostly, render_pdf, stop_pdf_process, workshop

HTML = '<html lang="vi"><head><title>Thử</title></head><body><p>{}</p></body></html>'
HEALTHY = HTML.format("Khoẻ")
ROWS = "<tr><td>Một</td><td>Hai</td><td>Ba</td><td>Bốn</td></tr>" * 20_000
SICK = HTML.format(f"<table>{ROWS}</table>")


@pytest.fixture
def own_processes(settings, tmp_path, monkeypatch):
    """Processes of this test alone, which give a paper three seconds."""
    settings.PROCESS_DIR = tmp_path / "run"
    settings.PDF_CACHE_DIR = tmp_path / "cache"
    settings.SLOW_REQUESTS = 8
    monkeypatch.setattr(client, "LONGEST_SECONDS", 3)
    yield tmp_path / "run"
    stop_pdf_process()


def sick_papers(count, ended):
    """So many people who print what takes too long, each at it when this returns."""
    threads = [threading.Thread(target=print_sick, args=(ended,)) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def print_sick(ended):
    try:
        render_pdf(SICK, seconds=3)
    except PdfFailed as error:
        ended.append(type(error))


def wait_for_lanes(folder, count):
    for _ in range(1000):
        if len(list(folder.glob("pdf-*.pid"))) == count:
            return
        time.sleep(0.02)
    raise TimeoutError(f"{count} lanes")


def test_beside_a_sick_paper_a_healthy_one_is_printed(own_processes):
    render_pdf(HEALTHY)
    ended = []
    (thread,) = sick_papers(1, ended)
    time.sleep(0.3)
    assert render_pdf(HEALTHY)[:5] == b"%PDF-"
    assert ended == []
    thread.join()
    assert ended == [PdfTooCostly]


def test_who_signs_does_not_wait_for_those_who_read(own_processes):
    render_pdf(HEALTHY, is_for_signing=True)
    ended = []
    threads = sick_papers(workshop().lanes, ended)
    wait_for_lanes(own_processes, workshop().lanes + 1)
    assert render_pdf(HEALTHY, is_for_signing=True)[:5] == b"%PDF-"
    assert ended == []
    for thread in threads:
        thread.join()
    assert ended == [PdfTooCostly] * workshop().lanes


def test_who_signs_takes_no_place_among_those_who_read(own_processes, settings):
    settings.SLOW_REQUESTS = 0
    with pytest.raises(PdfFailed):
        render_pdf(HEALTHY)
    assert render_pdf(HEALTHY, is_for_signing=True)[:5] == b"%PDF-"


def test_a_paper_that_cost_too_much_is_refused_at_once_for_a_while(own_processes, settings):
    with pytest.raises(PdfTooCostly) as first:
        cached_pdf(SICK)
    stop_pdf_process()
    began = time.monotonic()
    with pytest.raises(PdfTooCostly) as second:
        cached_pdf(SICK, is_for_signing=True)
    assert (str(second.value), time.monotonic() - began < 1) == (str(first.value), True)
    (mark,) = Path(settings.PDF_CACHE_DIR).iterdir()
    assert mark.name == f"{html_fingerprint(SICK)}-sick.pdf"
    ago = time.time() - 601
    os.utime(mark, (ago, ago))
    with pytest.raises(PdfTooCostly):
        cached_pdf(SICK)
    assert time.monotonic() - began > 2
