"""What a worker does with one job: begin, tell how far it is, end it once.

A run holds the job by a number of its own. Whatever it writes is written only while the number
still stands in the row: a run that was given up for dead and comes back changes nothing.
"""

import logging
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import TaskContext, task

from thidua.common.files.room import require_room
from thidua.jobs.files import input_path, make_folder, result_path, sweep_results
from thidua.jobs.kinds import Made, job_kind
from thidua.jobs.models import Job

# Seconds between two signs of life of a run, and between two writes of how far it is.
BEAT, TELL = 5, 0.5
BROKEN = (
    "Có lỗi ngoài dự kiến khi làm việc này; máy chủ đã ghi lại. Vui lòng thử lại, nếu vẫn lỗi thì "
    "báo người quản trị hệ thống."
)
NOT_ALLOWED = "Anh/chị không còn quyền xem nội dung của việc này."
NO_DISK = "Máy chủ không ghi được tệp (có thể đã hết chỗ). Vui lòng báo người quản trị hệ thống."

# Set when the worker is told to end: runs give their jobs back.
ENDING = threading.Event()
logger = logging.getLogger("thidua.jobs")


class LeftError(Exception):
    """This run ends without an end of its own: the job is another's, or waits again."""


class StoppedError(Exception):
    """Who asked for the job has stopped it."""


@dataclass
class RunDesk:
    """The `JobDesk` of one run."""

    job: Job
    told_at: float = 0.0
    # Inside the transaction of an act nothing is told: the row would be locked until its end.
    is_silent: bool = False

    @property
    def actor(self) -> Any:
        return self.job.asked_by

    @property
    def arguments(self) -> Mapping[str, Any]:
        return self.job.arguments

    @property
    def path(self) -> Path:
        return result_path(self.job)

    @property
    def input_path(self) -> Path:
        return input_path(self.job)

    def tell(self, done: int, total: int, step: str) -> None:
        """Write how far the run is, at most twice a second.

        StoppedError or LeftError where the run ends here.
        """
        if ENDING.is_set():
            raise LeftError
        now = time.monotonic()
        if self.is_silent or (now - self.told_at < TELL and 0 < done < total):
            return
        self.told_at = now
        going = mine(self.job).filter(wants_stop=False)
        values = {"done": done, "total": total, "step": step[:255], "seen_at": timezone.now()}
        if not going.update(**values):
            raise StoppedError if mine(self.job).exists() else LeftError


def mine(job: Job):
    """The row of the job while this run holds it."""
    return Job.objects.filter(pk=job.pk, holder=job.holder, status="running")


@task(takes_context=True)
def work(context: TaskContext, pk: int) -> None:
    """The one task of the library: run the job of this number, if it still waits for this task."""
    run_job(pk, context.task_result.id)


def run_job(pk: int, task_id: str) -> None:
    """Run one job to its end, or not at all where it is no longer this task's."""
    holder = secrets.token_hex(16)
    waiting = Job.objects.filter(pk=pk, task_id=task_id)
    if not waiting.move(
        "begin",
        holder=holder,
        seen_at=timezone.now(),
        attempts=F("attempts") + 1,
        done=0,
        total=0,
        step="",
    ):
        return
    job = Job.objects.select_related("asked_by").get(pk=pk)
    if job.holder != holder:
        return
    with signs_of_life(job):
        end(job, *outcome(job))


def outcome(job: Job) -> tuple[str, dict[str, Any]]:
    """The move that ends this run, and what it writes; nothing where the end is written already."""
    try:
        require_room(0)
        make_folder(job)
        sweep_results(job)
        make(job)
    except StoppedError:
        return "stop", {}
    except LeftError:
        return "give_back", {}
    except PermissionDenied:
        return "fail", {"fault": NOT_ALLOWED}
    except ValidationError as error:
        return "fail", {"fault": " ".join(error.messages)}
    except OSError:
        logger.exception("job %s could not write its file", job.pk)
        return "fail", {"fault": NO_DISK}
    except Exception:
        logger.exception("job %s of kind %s failed", job.pk, job.kind)
        return "fail", {"fault": BROKEN}
    return "", {}


def make(job: Job) -> None:
    """Do the work and write its end; of an act in one transaction with what it wrote."""
    kind, desk = job_kind(job.kind), RunDesk(job)
    desk.tell(0, 0, "Bắt đầu")
    desk.is_silent = kind.is_act
    with transaction.atomic() if kind.is_act else nullcontext():
        made = kind.run(desk)
        if not mine(job).filter(wants_stop=False).move("finish", **written(desk, made)):
            raise StoppedError if mine(job).exists() else LeftError


def written(desk: RunDesk, made: Made) -> dict[str, Any]:
    """What the row says of what was made."""
    return {
        "ended_at": timezone.now(),
        "file_name": made.file_name,
        "content_type": made.content_type,
        "result_url": made.url,
        "size": desk.path.stat().st_size if made.file_name else 0,
        "step": "",
    }


def end(job: Job, move: str, values: dict[str, Any]) -> None:
    """Write an end that is no success, if the job is still this run's."""
    if move == "give_back":
        give_back(mine(job), attempts=F("attempts") - 1)
    elif move:
        mine(job).move(move, ended_at=timezone.now(), step="", **values)


@transaction.atomic
def give_back(found: QuerySet, **values: Any) -> None:
    """Let a job of one row wait again, with a new row in the queue."""
    job = found.first()
    if job and found.move("give_back", **values):
        enqueue(job)


def enqueue(job: Job) -> None:
    """A new row of the library for a job that waits; who held it before writes no more."""
    job.task_id, job.holder = work.enqueue(job.pk).id, ""
    job.seen_at = timezone.now()
    job.save(update_fields=("task_id", "holder", "seen_at"))


@contextmanager
def signs_of_life(job: Job) -> Iterator[None]:
    """While the work goes on, another thread says every few seconds that its worker lives."""
    over = threading.Event()
    beating = threading.Thread(target=beat, args=(job, over), daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()


def beat(job: Job, over: threading.Event) -> None:
    """Write the time until the run is over or has lost its job."""
    while not over.wait(BEAT):
        try:
            if not mine(job).update(seen_at=timezone.now()):
                return
        except DatabaseError:
            # A long transaction holds the file of SQLite: nobody else can write either.
            logger.info("no sign of life of job %s could be written", job.pk)
        finally:
            connection.close()
