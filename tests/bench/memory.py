"""Resident memory of a real web worker and of the PDF process."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.agreements.documents.test_agreement import AGREEMENT
from tests.awards.documents.test_decision import DECISION
from tests.awards.documents.test_submission import SUBMISSION
from tests.bench.timing import resident, warm_processes
from tests.blocs.conferences.documents.test_minutes import MINUTES
from tests.blocs.ranking.documents.test_ranking_table import SCORE_SUMMARY
from tests.blocs.ranking.documents.test_score_sheet import SCORE_SHEET
from thidua.papers.papers import render_paper
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


def papers():
    """Fifty papers of six kinds, of one page to a dozen, no two alike."""
    kinds = (MINUTES, AGREEMENT, DECISION, SUBMISSION, SCORE_SUMMARY, SCORE_SHEET)
    for number in range(50):
        paper = kinds[number % len(kinds)]
        if paper is SCORE_SHEET:
            paper = replace(paper, lines=paper.lines * (1 + number // len(kinds) % 4))
        yield render_paper(replace(paper, title=f"{paper.title} ({number})"))


def pdf_process_memory():
    """The largest of the warm processes after fifty different papers."""
    for html in papers():
        render_pdf(html)
    return max(resident(Path(f"/proc/{pid}/status").read_text()) for pid in warm_processes("pdf"))
