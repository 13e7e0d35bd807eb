"""Eight sick files at once on a server of four threads: who reads pages does not notice."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import reverse

from tests.factories import sick_books
from tests.journeys.serving import asked, cookies_of, gunicorn, uploaded
from thidua.workbooks.refusals import BUSY, TOO_COSTLY

pytestmark = pytest.mark.django_db(transaction=True)
UPLOADS = 8
# A page may wait for whoever waits in vain for a lane, and no longer.
SLOWEST_PAGE = 12


def test_eight_sick_uploads_leave_the_server_to_the_others(report, writer):
    content, path = (
        sick_books.full_of_nothing(),
        reverse("sheet_files:sheet_file", args=(report.pk,)),
    )
    cookies = cookies_of(writer)
    with gunicorn() as server, ThreadPoolExecutor(UPLOADS) as browsers:
        assert asked(server, "GET", "/", cookies)[0] == 200
        sick = [
            browsers.submit(uploaded, server, path, cookies, "a.xlsx", content)
            for _ in range(UPLOADS)
        ]
        pages = []
        while not all(one.done() for one in sick):
            status, _, seconds = asked(server, "GET", "/", cookies)
            pages.append((status, seconds < SLOWEST_PAGE))
            time.sleep(0.1)
        answers = [one.result() for one in sick]
    said = {sentence.format(name="a.xlsx") for sentence in (BUSY, TOO_COSTLY)}
    assert set(pages) == {(200, True)}
    assert {status for status, _, _ in answers} == {422}
    assert {told(text) for _, text, _ in answers} <= said


def told(text):
    """What the page says of the file, at its field."""
    return " ".join(re.search(r"invalid-feedback.*?<strong>(.*?)</", text, re.DOTALL)[1].split())
