"""One run of `bench --load` over the database of the environment.

The server is gunicorn as `deploy/thidua.service` starts it; the browsers are threads of this
process. First a reader alone, then everything at once, then how much goes through when nobody
pauses: ours, and the bare UPDATE of `tests/bench/cells.py`.
"""

import sys
import time
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from io import BytesIO
from itertools import count, cycle
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

import django

django.setup()

from django.core.management import call_command  # noqa: E402 – Django comes first
from django.db import connection  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from openpyxl import load_workbook  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from blocs.reports.models import Report, Score  # noqa: E402
from blocs.states import ReportState, SeatRole  # noqa: E402
from tests.bench.timing import spent_by  # noqa: E402
from tests.bench.workbooks import big_report  # noqa: E402
from tests.factories.people import editor_of, official  # noqa: E402
from tests.journeys.serving import (  # noqa: E402
    TOKEN,
    answered,
    asked,
    cookies_of,
    node,
    running,
    wait_for,
)
from tests.journeys.writers import FORM, Cell, Writer  # noqa: E402
from thidua.common.vietnamese.numbers import format_input  # noqa: E402
from thidua.jobs.models import Job  # noqa: E402

WRITERS, LEAVES = 60, 60
TOLD = {"DJANGO_SETTINGS_MODULE": "tests.bench.load_settings"}
TYPED = f"csrfmiddlewaretoken={TOKEN}"
POSTED = {"Content-Type": FORM["Content-Type"]}
# So many saves in a second all of them make together: each types a cell a second.
RATE = WRITERS
# Leaves of the sheet that is printed; leaves and units of the workbook.
PAPER, WORKBOOK = 830, (500, 10)
WORKERS = 2  # of deploy/thidua.service
# Between two pages of the reader, and how many it opens at least.
PAUSE, LEAST = 0.2, 10


@dataclass
class Reader:
    """One person of the office who opens a page after the other."""

    address: tuple[str, int]
    cookies: str
    paths: tuple[str, ...]
    seconds: list[float] = field(default_factory=list)
    troubles: Counter = field(default_factory=Counter)

    def read(self, until):
        for path in cycle(self.paths):
            began = time.monotonic()
            if began > until and len(self.seconds) >= LEAST:
                break
            self.fetch(path)
            self.seconds.append(time.monotonic() - began)
            time.sleep(PAUSE)
        return self

    def fetch(self, path, method="GET", body="", wanted=(200,), **headers):
        """The answer and its bytes; what went wrong is counted."""
        try:
            answer, content = answered(self.address, method, path, self.cookies, body, **headers)
        except (OSError, HTTPException):
            self.troubles["lost"] += 1
            return None, b""
        if answer.status not in wanted:
            self.troubles[answer.status] += 1
        return answer, content

    def take(self, path):
        """(seconds, bytes) of a file: at once, or by the job that its page offers."""
        began = time.monotonic()
        answer, content = self.fetch(path, wanted=(200, 202))
        while answer and answer.status == 202:  # «Đang in…» comes again by itself
            time.sleep(float(answer.getheader("Refresh")))
            answer, content = self.fetch(path, wanted=(200, 202))
        if answer and answer.getheader("Content-Type", "").startswith("text/html"):
            answer, _ = self.fetch(path, "POST", TYPED, (302,), **POSTED)
            page = answer.getheader("Location")
            while Job.objects.still_open().filter(pk=page.split("/")[-2]).exists():
                time.sleep(PAUSE)
            _, content = self.fetch(f"{page}tep/")
        return time.monotonic() - began, content


@dataclass
class Typist(Writer):
    """A writer with the keys of the report and of its scores, by cell."""

    report: int = 0
    rows: dict[str, int] = field(default_factory=dict)


def people():
    """Sixty units of one bloc, each with a sheet of sixty leaves and somebody who fills it in."""
    return [typist(report) for report in big_report(LEAVES, WRITERS)]


def typist(report):
    scores = list(report.scores.order_by("pk"))
    return Typist(
        deque(),
        cookies_of(editor_of(report.unit)),
        reverse("reports:sheet_autosave", args=(report.pk,)),
        [Cell(f"s{score.criterion_id}", note=score.note) for score in scores],
        report=report.pk,
        rows={f"s{score.criterion_id}": score.pk for score in scores},
    )


def sent(leaves, units):
    """The same with other numbers; the reports are in, so that the office reads them."""
    reports = big_report(leaves, units)
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(
        state=ReportState.SUBMITTED, submitted_at=timezone.now()
    )
    return reports


def main(seconds):
    call_command("migrate", verbosity=0)
    writers, office = people(), cookies_of(official(SeatRole.OFFICE))
    paper, book = sent(PAPER, 1)[0], sent(*WORKBOOK)[0].bloc_year
    files = (
        reverse("ranking:report_paper", args=(paper.pk,)),
        reverse("ranking:bloc_workbook", args=(book.pk,)),
    )
    year = Report.objects.get(pk=writers[0].report).bloc_year_id
    pages = (
        "/",
        reverse("years:year_detail", args=(year,)),
        reverse("reports:year_reports", args=(year,)),
        reverse("reports:report_detail", args=(paper.pk,)),
        reverse("reports:report_list"),
    )
    # On SQLite the program works its jobs off itself.
    works = connection.vendor == "postgresql"
    worker = running("django", "run_jobs", **TOLD) if works else nullcontext()
    with node(workers=WORKERS, **TOLD) as web, worker:
        wait_for(web.address[1])
        for writer in writers:
            writer.addresses.append(web.address)
        reader = partial(Reader, web.address, office, pages)
        return run(web, reader, files, writers, seconds)


def run(web, reader, files, writers, seconds):
    reader().read(time.monotonic() + 3)  # what a process does once is done
    quiet = reader().read(time.monotonic() + max(5, seconds / 4))
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(writers) + 3) as pool:
        typing = [pool.submit(type_on, *pair, until) for pair in enumerate(writers)]
        loaded = pool.submit(reader().read, until)
        makers = [reader() for _ in files]
        made = [pool.submit(one.take, path) for one, path in zip(makers, files, strict=True)]
        is_saved = all(one.result() for one in typing)
        (paper_seconds, paper), (book_seconds, book) = (one.result() for one in made)
        loaded = loaded.result()
    saves = [second for writer in writers for second in writer.seconds]
    lost = sum(map(lost_cells, writers)) + (not is_saved)
    troubles = sum((one.troubles for one in (*writers, *makers, quiet, loaded)), Counter())
    say(f"{connection.vendor}: {len(writers)} người nhập trong {seconds} giây")
    say(f"  lưu {len(saves)} ô, {len(saves) / seconds:.0f}/giây; {told(saves)}")
    say(f"  trang khác lúc yên {told(quiet.seconds)}; lúc tải {told(loaded.seconds)}")
    say(f"  p95 của trang khác: {at(loaded.seconds, 95) / at(quiet.seconds, 95):.1f} lần lúc yên")
    say(f"  PDF {len(PdfReader(BytesIO(paper)).pages)} trang: {paper_seconds:.1f} giây")
    say(f"  Excel {rows_of(book)} dòng: {book_seconds:.1f} giây")
    (ours, cost), (bare, least) = (through(web, writers, act, seconds / 6) for act in ACTS)
    say(f"  không nghỉ: {ours:.0f} ô/giây; UPDATE trần {bare:.0f}/giây ({bare / ours:.2f} lần)")
    say(f"  CPU của tiến trình web cho một ô {cost:.1f} ms; UPDATE trần {least:.1f} ms")
    say(f"  mất {lost}, câu trả lời hỏng {dict(troubles) or 0}")
    return int(bool(lost or troubles))


def type_on(number, writer, until):
    """Save after save at an even pace; whether all were confirmed."""
    pace = WRITERS / RATE
    following = time.monotonic() + number / RATE
    is_confirmed = True
    for turn in count():
        time.sleep(max(0, following - time.monotonic()))
        if time.monotonic() > until or not is_confirmed:
            break
        is_confirmed = writer.save(turn)
        following = max(following + pace, time.monotonic())
    return is_confirmed


def lost_cells(writer):
    """Cells in which something else is stored than what was confirmed last."""
    scores = Score.objects.filter(report=writer.report)
    stored = {f"s{score.criterion_id}": format_input(score.value) for score in scores}
    return sum(stored[cell.key] != cell.confirmed[-1] for cell in writer.cells if cell.confirmed)


def through(web, writers, act, seconds):
    """How often everybody together acts in a second when nobody pauses; CPU of one act in ms."""
    until, began = time.monotonic() + seconds, spent_in(web)

    def go(writer):
        turn = 0
        while time.monotonic() < until:
            act(writer, turn)
            turn += 1
        return turn

    with ThreadPoolExecutor(len(writers)) as pool:
        acts = sum(pool.map(go, writers))
    return acts / seconds, (spent_in(web) - began) / acts * 1000


def spent_in(web):
    """CPU seconds of the workers."""
    pid = web.process.pid
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(spent_by(int(worker)) for worker in workers)


def save(writer, turn):
    writer.save(turn)


def update(writer, turn):
    cell = writer.cells[turn % len(writer.cells)]
    typed = {"score": writer.rows[cell.key], "value": "8,5" if turn % 2 else "9"}
    status, _, _ = asked(
        writer.addresses[0],
        "POST",
        f"/o/{writer.report}/",
        writer.cookies,
        urlencode(typed),
        **FORM,
    )
    if status != 200:
        raise RuntimeError(f"UPDATE: {status}")


ACTS = (save, update)


def at(seconds, percent):
    return quantiles(seconds, n=100, method="inclusive")[percent - 1]


def told(seconds):
    return " ".join(f"p{percent} {at(seconds, percent) * 1000:.0f} ms" for percent in (50, 95))


def rows_of(book):
    pages = load_workbook(BytesIO(book), read_only=True).worksheets
    return sum(1 for page in pages for _ in page.rows)


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
