"""A worker is killed before and after each statement it writes: the job is done, and once.

Each run is a process of its own that ends itself (SIGKILL). Then so much time passes as a dead
worker is given, and another worker comes: what was begun is finished, nothing is there twice.
"""

import datetime as dt
import os
import signal
import time
import warnings
from contextlib import contextmanager

import pytest
import time_machine
from django.db import connection
from django_tasks_db.models import DBTaskResult

from blocs.units.models import Bloc
from tests.factories.people import UserFactory
from tests.house.visits import WRITE
from tests.jobs.toys import ask, toy_kinds
from tests.journeys.test_kills import stop, stopping_after
from tests.prove import budget
from thidua.jobs.enums import JobStatus
from thidua.jobs.files import folder_of, result_path
from thidua.jobs.models import Job
from thidua.jobs.sweeping import LEASE
from thidua.jobs.worker import turn

pytestmark = pytest.mark.django_db(transaction=True)
START = dt.datetime(2026, 12, 1, 2, tzinfo=dt.UTC)
# Claim, begin, the first word of it, the work, the end, and what the library writes after it.
LEAST_STEPS = 10
MOST_STEPS = 60
# The server sees a moment later that a client was killed; until then its rows are passed over.
MOST_TURNS = 200


@pytest.fixture(autouse=True)
def kinds(settings, tmp_path):
    settings.JOBS_DIR = tmp_path / "jobs"
    with toy_kinds():
        yield


@contextmanager
def stopping_before(step):
    """Ends this process before the n-th statement that writes: what was committed by then stays."""
    done = 0

    def count(execute, sql, params, many, context):
        nonlocal done
        done += bool(WRITE.match(sql))
        if done == step:
            stop()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield


def is_killed_at(moment):
    """Whether a worker that ends at this moment got that far: before and after each statement."""
    way = stopping_before if moment % 2 else stopping_after
    connection.close()
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        pid = os.fork()
    if pid == 0:
        try:
            with way((moment + 1) // 2):
                turn("chết")
        finally:
            os._exit(3)  # reached only when nothing stopped it
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def turn_of_a_living_worker(job):
    """It takes the job as soon as the database has noticed that the killed one is gone."""
    for _ in range(MOST_TURNS):
        turn("sống")
        job.refresh_from_db()
        if job.status != JobStatus.WAITING:
            return
        time.sleep(0.05)


def made_file(job):
    return [path.read_text() for path in folder_of(job.pk).glob("*.out")]


def asked(kind, number, person):
    if kind == "file":
        return ask(person, number=number)
    return ask(person, kind, content=f"Khối {number}".encode(), code=f"K{number}")


@pytest.mark.parametrize("kind", ("file", "bloc"))
def test_a_job_is_done_once_wherever_its_worker_is_killed(kind):
    person, steps = UserFactory(), 0
    with time_machine.travel(START, tick=False) as clock:
        for step in range(1, MOST_STEPS, budget(3, 1)):
            job = asked(kind, step, person)
            was_killed = is_killed_at(step)
            clock.shift(LEASE + dt.timedelta(seconds=1))
            turn_of_a_living_worker(job)
            assert (job.status, job.fault) == (JobStatus.DONE, ""), step
            if kind == "file":
                assert made_file(job) == ["1\n2\n3\n"], step
                assert result_path(job).exists()
            else:
                assert Bloc.objects.filter(code=f"K{step}").count() == 1, step
            if not was_killed:
                break
            steps += 1
    assert not was_killed
    assert steps >= LEAST_STEPS // budget(3, 1)
    assert Job.objects.still_open().count() == DBTaskResult.objects.ready().count() == 0
