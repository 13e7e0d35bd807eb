"""The minutes through the warm process against WeasyPrint alone in this process."""

import time
from functools import cache

from tests.blocs.conferences.documents.test_minutes import MINUTES
from thidua.papers.papers import render_paper
from thidua.papers.pdf.client import STATIC, render_pdf
from thidua.papers.pdf.process import Renderer

ROUNDS = 9


@cache
def sample_html():
    return render_paper(MINUTES)


def minutes_ratio():
    """Wall time, because the work is done in another process; the least of nine turns."""
    alone = Renderer(STATIC)
    html = sample_html()
    through, direct = [], []
    for _ in range(ROUNDS):
        through.append(elapsed(lambda: render_pdf(html)))
        direct.append(elapsed(lambda: alone.pdf(html)))
    return min(through) / min(direct)


def elapsed(act):
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
