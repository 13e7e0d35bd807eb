"""Resident memory of a real web worker and of the PDF process."""

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.papers import sample_html
from tests.bench.timing import resident, warm_processes
from thidua.papers.pdf.client import render_pdf

WORKER = """
import django; django.setup()
from django.core.wsgi import get_wsgi_application
from django.test import Client
from thidua.accounts.models import User
from tests.bench.sheets import editor, report
application = get_wsgi_application()
client = Client(); client.force_login(User.objects.get(pk={user}))
for _ in range(100):
    assert client.get("/bao-cao/{report}/tu-cham/").status_code == 200
    assert client.get("/").status_code == 200
print(open("/proc/self/status").read())
"""


def worker_memory():
    """A fresh process that has answered 200 pages."""
    from tests.bench.sheets import editor, report  # noqa: PLC0415 – after the database exists

    code = WORKER.format(user=editor().pk, report=report().pk)
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ.copy(), capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return resident(done.stdout)


def pdf_process_memory():
    """The largest of the warm processes after fifty papers."""
    for number in range(50):
        render_pdf(sample_html().replace("</body>", f"<p>{number}</p></body>"))
    return max(resident(Path(f"/proc/{pid}/status").read_text()) for pid in warm_processes("pdf"))
