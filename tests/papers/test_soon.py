"""Readers of one paper share one print, and no thread of the pages waits long for any."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.urls import reverse

from tests.factories.blocs import ReportFactory, fill, small_table, year_with_members
from tests.factories.people import editor_of
from thidua.common.warm.client import PLACES
from thidua.papers.pdf import cache, soon
from thidua.papers.pdf.cache import cached_pdf, html_fingerprint
from thidua.papers.pdf.client import PdfFailed
from thidua.papers.pdf.soon import pdf_soon

HTML = "<html><body><p>Văn bản {}</p></body></html>"
PAPER = HTML.format("dài")
READERS = 5


class Printer:
    """Stands for the lanes: a paper is done once the gate is open; who signs has another gate."""

    def __init__(self):
        self.gate, self.at_work, self.printed = threading.Event(), threading.Semaphore(0), []

    def __call__(self, html, *, is_for_signing=False, is_patient=False):
        self.printed.append(html)
        self.at_work.release()
        assert is_for_signing or self.gate.wait(60)
        if "hỏng" in html:
            raise PdfFailed("Chưa tạo được.")
        return f"%PDF {html}".encode()


@pytest.fixture
def printer(settings, tmp_path, monkeypatch):
    settings.PROCESS_DIR, settings.PDF_CACHE_DIR = tmp_path / "run", tmp_path / "cache"
    settings.SLOW_REQUESTS = 2 * READERS
    one = Printer()
    monkeypatch.setattr(cache, "render_pdf", one)
    yield one
    one.gate.set()
    wait(list(soon._going.values()))
    soon._going.clear()


@pytest.mark.parametrize("ask", (pdf_soon, cached_pdf))
def test_readers_of_one_paper_share_one_print(printer, ask):
    """In one process, and in many: each thread that asks the cache opens the file of the turn."""
    with ThreadPoolExecutor(READERS) as readers:
        asked = [readers.submit(ask, PAPER) for _ in range(READERS)]
        assert printer.at_work.acquire(timeout=60)
        printer.gate.set()
        assert {one.result() for one in asked} == {f"%PDF {PAPER}".encode()}
    assert printer.printed == [PAPER]
    assert list(cache.Path(cache.settings.PROCESS_DIR).iterdir()) == []


def test_who_signs_does_not_wait_for_the_reader_of_the_same_paper(printer, settings):
    settings.PAPER_WAIT_SECONDS = 0
    assert pdf_soon(PAPER) is None
    assert printer.at_work.acquire(timeout=60)
    assert cached_pdf(PAPER, is_for_signing=True) == f"%PDF {PAPER}".encode()
    assert pdf_soon(PAPER) == f"%PDF {PAPER}".encode()


def test_where_others_wait_nobody_waits_beside_them(printer, settings):
    """With all places taken the answer comes at once, however long a page might wait."""
    settings.SLOW_REQUESTS = 1
    with PLACES.taken():
        assert pdf_soon(PAPER) is None
    printer.gate.set()
    assert pdf_soon(PAPER) == f"%PDF {PAPER}".encode()
    assert printer.printed == [PAPER]


def test_a_paper_that_cannot_be_printed_says_so_to_who_comes_back(printer, settings):
    settings.PAPER_WAIT_SECONDS = 0
    sick = HTML.format("hỏng")
    assert pdf_soon(sick) is None
    printer.gate.set()
    wait(list(soon._going.values()))
    with pytest.raises(PdfFailed, match=r"^Chưa tạo được\.$"):
        pdf_soon(sick)
    assert (soon._going, printer.printed) == ({}, [sick])


def test_so_many_papers_wait_and_no_more(printer, settings, monkeypatch):
    settings.PAPER_WAIT_SECONDS = 0
    monkeypatch.setattr(soon, "MOST_WAITING", 3)
    assert [pdf_soon(HTML.format(number)) for number in range(3)] == [None] * 3
    with pytest.raises(PdfFailed, match="đang in nhiều văn bản khác"):
        pdf_soon(HTML.format(3))
    printer.gate.set()
    wait(list(soon._going.values()))
    # Nobody came back for them: they make room.
    pdf_soon(HTML.format(4))
    assert set(soon._going) <= {html_fingerprint(HTML.format(4))}
    assert pdf_soon(HTML.format(0)) == f"%PDF {HTML.format(0)}".encode()


@pytest.mark.django_db
def test_while_all_lanes_print_a_page_is_answered_and_the_paper_comes_by_itself(
    printer, settings, client
):
    year = year_with_members(4)
    unit = year.members.last().unit
    report = fill(ReportFactory(bloc_year=year, unit=unit, table=small_table(year)))
    client.force_login(editor_of(unit))
    settings.PAPER_WAIT_SECONDS = 0
    others = [pdf_soon(HTML.format(number)) for number in range(soon.THREADS)]
    url = reverse("ranking:report_paper", args=(report.pk,))
    answer = client.get(url)
    assert (answer.status_code, answer["Refresh"], others) == (202, "2", [None] * soon.THREADS)
    assert "Đang in “" in answer.content.decode()
    assert client.get(report.get_absolute_url()).status_code == 200
    printer.gate.set()
    settings.PAPER_WAIT_SECONDS = 60
    answer = client.get(url)
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF ")
    assert len(printer.printed) == soon.THREADS + 1
