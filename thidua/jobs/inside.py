"""A worker for where the program is one process (SQLite, the trial): a thread that comes and goes.

It is woken by who asks for a job or looks at one, works until no job is open, and ends. With
PostgreSQL a process of its own works (`manage.py run_jobs`, deploy/thidua-viec.service).
"""

import threading

from django.conf import settings
from django.db import connection

from thidua.jobs.models import Job
from thidua.jobs.work import ENDING
from thidua.jobs.worker import turn

PAUSE = 1.0
_door = threading.Lock()
_thread: threading.Thread | None = None


def wake() -> None:
    """See that somebody works, where no other process does."""
    global _thread
    if not settings.JOBS_INSIDE:
        return
    with _door:
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=work_off, name="jobs", daemon=True)
            _thread.start()


def work_off() -> None:
    """Work until nothing is open."""
    try:
        while not ENDING.is_set():
            turn("inside")
            if not Job.objects.still_open().exists():
                return
            ENDING.wait(PAUSE)
    finally:
        connection.close()
