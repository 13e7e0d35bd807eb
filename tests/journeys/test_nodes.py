"""Two web machines, one worker, one database; one of the two is killed while people type.

`./run prove nodes` puts nginx with our sample before them, and once pgbouncer before the database;
the short form lets each browser go to the other machine itself, and has no process for the worker.
"""

import re
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.urls import reverse

from blocs.criteria.models import Criterion
from blocs.reports.models import Report, Score
from blocs.reports.models.evidence import Evidence
from blocs.states import SeatRole
from tests.factories.blocs import ScoringTableFactory, year_with_members
from tests.factories.files import pdf
from tests.factories.people import editor_of, official
from tests.journeys.between import SAMPLE, nginx_before, pooled_database
from tests.journeys.serving import (
    TOKEN,
    asked,
    cookies_of,
    node,
    running,
    uploaded,
    wait_for,
)
from tests.journeys.writers import Cell, Writer
from tests.prove import budget
from thidua.common.log_book.models import ActivityEntry
from thidua.common.vietnamese.numbers import format_input
from thidua.jobs.models import Job
from thidua.jobs.worker import turn

pytestmark = pytest.mark.django_db(transaction=True)
LEAVES = 4
IS_LONG = bool(budget(0, 1))
WRITERS, SAVES = budget(6, 40), budget(6, 80)
PRESSED = {"Content-Type": "application/x-www-form-urlencoded"}
AUTOSAVES = re.search(r"location ~ (\S+) \{\s+proxy_next_upstream [^;]*non_idempotent;", SAMPLE)[1]


@pytest.fixture
def place():
    """A folder of short name: sockets lie in it."""
    with TemporaryDirectory(prefix="nodes-") as folder:
        yield Path(folder)


@pytest.fixture
def reports():
    """A bloc of as many units as there are writers, each with an empty sheet of four leaves."""
    year = year_with_members(WRITERS)
    table = ScoringTableFactory(bloc_year=year, published=True, total_max=10 * LEAVES)
    for number in range(LEAVES):
        Criterion.objects.create(
            table=table,
            code=str(number),
            name=f"Tiêu chí {number}",
            kind="direct",
            max_points=10,
            order=number,
        )
    return [
        Report.objects.create(bloc_year=year, unit=member.unit, table=table, results="Đủ.")
        for member in year.members.select_related("unit").order_by("order")
    ]


@contextmanager
def office_of_two(place, **more):
    """Two web machines, each with a folder of its own and a shared one, and a worker's machine."""
    shared = {"SHARED_DIR": str(place), "DJANGO_SETTINGS_MODULE": "tests.journeys.node_settings"}
    own = [shared | more | {"VAR_DIR": str(place / name)} for name in ("a", "b", "c")]
    worker = running("django", "run_jobs", **own[2]) if IS_LONG else nullcontext()
    with node(**own[0]) as one, node(**own[1]) as two, worker:
        for web in (one, two):
            wait_for(web.address[1])
        yield one, two


@contextmanager
def doors_to(nodes, place):
    """Where browsers knock: at nginx, or at each machine in turn."""
    addresses = [web.address for web in nodes]
    if IS_LONG:
        with nginx_before(addresses, place) as address:
            yield [address]
    else:
        yield addresses


@contextmanager
def database_of(name, place):
    """Where the machines find the database, as environment."""
    if name == "direct":
        yield {}
    else:
        with pooled_database(place) as address:
            yield {"DATABASE_URL": address}


def writers_of(reports, doors):
    table = reports[0].table
    leaves = list(table.criteria.order_by("order").values_list("pk", flat=True))
    for number, report in enumerate(reports):
        yield Writer(
            deque(doors[number % len(doors) :] + doors[: number % len(doors)]),
            cookies_of(editor_of(report.unit)),
            reverse("reports:sheet_autosave", args=(report.pk,)),
            [Cell(f"s{pk}") for pk in leaves],
        )


def typed_while_one_dies(writers, victim):
    """Everybody types; the machine dies when half is saved. Whether each save was confirmed."""
    half = len(writers) * SAVES // 2
    with ThreadPoolExecutor(len(writers)) as people:
        work = [people.submit(lambda one: all(map(one.save, range(SAVES))), one) for one in writers]
        while sum(len(one.seconds) for one in writers) < half and not all(w.done() for w in work):
            time.sleep(0.01)
        was_busy = not all(one.done() for one in work)
        victim.kill()
        return was_busy, [one.result() for one in work]


def history(report, leaf):
    """Values of a leaf as the log book has them, one after the other: (before, after)."""
    entries = ActivityEntry.objects.about(report).filter(action="reports.save_scores")
    return [
        (change["before"], change["after"])
        for entry in reversed(entries)
        for change in entry.changes
        if change["name"] == leaf.name and change["field"] == "kết quả"
    ]


def faults_of(report, cells):
    """What of a sheet is not as its writer saw it confirmed; nothing where all is."""
    for leaf, cell in zip(report.table.criteria.order_by("order"), cells, strict=True):
        steps = history(report, leaf)
        after = [text for _, text in steps]
        stored = Score.objects.get(report=report, criterion=leaf)
        rules = {
            "confirmed and stored": set(cell.confirmed) <= set(after),
            "stored once": len(set(after)) == len(after) == stored.revision,
            "in the order of typing": after == [text for text in cell.typed if text in after],
            "one after the other": all(one[1] == two[0] for one, two in pairwise(steps)),
            "the last one stands": [format_input(stored.value)] == after[-1:] == cell.typed[-1:],
        }
        yield from (f"{leaf.name}: {rule}" for rule, holds in rules.items() if not holds)


def wait_for_job(job):
    """Until the worker has done it; the short form has none and does it here."""
    if not IS_LONG:
        turn("here")
    for _ in range(600):
        job.refresh_from_db()
        if not job.is_open:
            return
        time.sleep(0.05)


@pytest.mark.parametrize("line", ("direct", "pooled") if IS_LONG else ("direct",))
def test_a_machine_killed_while_people_type_takes_nothing_along(line, reports, place, settings):
    settings.JOBS_DIR = place / "jobs"
    office, report = official(SeatRole.OFFICE), reports[0]
    leaf = report.table.criteria.first()
    with (
        database_of(line, place) as told,
        office_of_two(place, **told) as (first, second),
        doors_to((first, second), place) as doors,
    ):
        writers = list(writers_of(reports, doors))
        editor, reader = writers[0].cookies, cookies_of(office)
        add = reverse("reports:evidence_upload", args=(report.pk, leaf.pk))
        assert uploaded(first.address, add, editor, "a.pdf", pdf())[0] == 302
        told = f"csrfmiddlewaretoken={TOKEN}".encode()
        log = reverse("log_pages:log_table")
        assert asked(first.address, "POST", log, reader, told, **PRESSED)[0] == 302
        was_busy, saved = typed_while_one_dies(writers, first)
        assert (was_busy, set(saved)) == (True, {True})
        assert set().union(*(one.troubles for one in writers)) <= {"lost", 502}
        found = {
            one.path: list(faults_of(r, one.cells)) for r, one in zip(reports, writers, strict=True)
        }
        assert found == {one.path: [] for one in writers}
        # Sessions, files and long work go on with the machine that is left.
        file = reverse("reports:evidence_file", args=(Evidence.objects.get().pk,))
        assert asked(doors[-1], "GET", file, editor)[:2] == (200, pdf().decode())
        job = Job.objects.get()
        wait_for_job(job)
        status, text, _ = asked(doors[-1], "GET", f"/viec-chay-lau/{job.pk}/tep/", reader)
        assert (status, "Yêu cầu việc chạy lâu" in text) == (200, True)


def test_only_what_saves_itself_by_its_revision_is_sent_to_a_second_machine():
    for name in ("sheet_autosave", "appraisal_autosave"):
        assert re.fullmatch(AUTOSAVES, reverse(f"reports:{name}", args=(7,)))
    for name in ("sheet_edit", "report_edit"):
        assert not re.match(AUTOSAVES, reverse(f"reports:{name}", args=(7,)))
    assert SAMPLE.count("non_idempotent") == 1
