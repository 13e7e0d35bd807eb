"""Eight people print eight long papers at once: what happens to everybody else's pages?

python -m tests.bench.crowd: a scratch SQLite file behind gunicorn as an office runs it; prints the
median and the 95th of a hundred times of another page, quiet and meanwhile. Asserts nothing.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path

folder = Path(tempfile.mkdtemp(prefix="crowd-"))
os.environ |= {"DATABASE_URL": f"sqlite:///{folder / 'crowd.sqlite3'}", "VAR_DIR": str(folder)}
os.environ["DJANGO_SETTINGS_MODULE"] = "thidua.settings.dev"

import django  # noqa: E402 – the environment comes first

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from blocs.criteria.models import Criterion  # noqa: E402
from blocs.reports.models import Report  # noqa: E402
from blocs.states import SeatRole  # noqa: E402
from tests.bench.data import report_of_60  # noqa: E402
from tests.factories.people import official  # noqa: E402

PAPERS, QUIET_SECONDS, LEAVES = 8, 8, 45
with socket.create_server(("127.0.0.1", 0)) as free:
    PORT = free.getsockname()[1]
GUNICORN = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "error"]


def long_sheets():
    """Eight sheets of nine pages, and who may read them."""
    first = report_of_60()
    group = first.table.criteria.filter(parent=None).first()
    Criterion.objects.bulk_create(
        Criterion(
            table=first.table,
            parent=group,
            code=f"x{number}",
            name=f"Thực hiện nhiệm vụ được giao thêm trong năm, có minh chứng kèm theo ({number})",
            kind="direct",
            max_points=1,
            order=100 + number,
        )
        for number in range(LEAVES)
    )
    others = [row.unit for row in first.bloc_year.members.exclude(unit=first.unit)]
    for unit in others:
        Report.objects.create(bloc_year=first.bloc_year, unit=unit, table=first.table, results="Đủ")
    found = Report.objects.filter(bloc_year=first.bloc_year)
    found.update(state="submitted", submitted_at="2026-12-01T00:00:00Z")
    urls = [reverse("ranking:report_paper", args=(one.pk,)) for one in found][:PAPERS]
    return urls, reverse("reports:year_reports", args=(first.bloc_year_id,))


def session():
    client = Client()
    client.force_login(official(SeatRole.OFFICE))
    name = settings.SESSION_COOKIE_NAME
    return {"Cookie": f"{name}={client.cookies[name].value}"}


def asked(url, headers):
    """(status, content, seconds) of one request."""
    line = HTTPConnection("127.0.0.1", PORT, timeout=120)
    began = time.perf_counter()
    line.request("GET", url, headers=headers)
    answer = line.getresponse()
    content = answer.read()
    line.close()
    return answer.status, content, time.perf_counter() - began


def printed(url, headers, pages):
    """The paper as a browser gets it: the page «đang in…» asks again after two seconds."""
    while (found := asked(url, headers))[0] == 202:
        time.sleep(2)
    pages.append(len(PdfReader(BytesIO(found[1])).pages) if found[0] == 200 else found[0])


def times(url, headers, is_over):
    found = []
    while not is_over():
        status, _, seconds = asked(url, headers)
        found.append(seconds if status == 200 else 999)
        time.sleep(0.05)
    return sorted(found)


def tell(label, found):
    p95 = found[int(len(found) * 0.95)]
    sys.stdout.write(f"{label}: p50 {statistics.median(found):.2f} s, p95 {p95:.2f} s, ")
    sys.stdout.write(f"lâu nhất {found[-1]:.2f} s ({len(found)} lượt)\n")


def measure(urls, page, headers):
    asked(page, headers)
    until = time.monotonic() + QUIET_SECONDS
    tell("Trang khác lúc yên", times(page, headers, lambda: time.monotonic() > until))
    pages, began = [], time.monotonic()
    people = [threading.Thread(target=printed, args=(url, headers, pages)) for url in urls]
    for one in people:
        one.start()
    tell(
        "Trang khác lúc in 08 văn bản",
        times(page, headers, lambda: not any(one.is_alive() for one in people)),
    )
    sys.stdout.write(f"In xong sau {time.monotonic() - began:.1f} s, số trang: {pages}\n")


def main():
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    urls, page = long_sheets()
    command = [sys.executable, "-m", "gunicorn", "thidua.wsgi:application", *GUNICORN]
    server = subprocess.Popen([*command, "--bind", f"127.0.0.1:{PORT}"])
    try:
        time.sleep(6)
        measure(urls, page, session())
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
