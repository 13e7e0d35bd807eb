"""Jobs whose worker died are taken up again; what lay for days is removed.

The library leaves the row of a killed worker RUNNING for ever and its next worker skips it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from thidua.jobs.domain import MOST_ATTEMPTS
from thidua.jobs.files import remove_files
from thidua.jobs.models import Job, JobQuerySet
from thidua.jobs.work import BEAT, give_back

# Without a sign of life for so long a worker is dead: six signs have failed to come.
LEASE = timedelta(seconds=6 * BEAT)
DIED = (
    f"Máy chủ đã dừng giữa chừng {MOST_ATTEMPTS:02d} lần khi làm việc này nên không làm lại nữa. "
    "Vui lòng báo người quản trị hệ thống."
)


def lost_jobs(now: datetime) -> JobQuerySet:
    """Open jobs that no worker works at and no row of the queue would begin."""
    limit = now - LEASE
    row = DBTaskResult.objects.filter(pk=OuterRef("task_id"))
    comes = row.filter(
        Q(status=TaskResultStatus.READY) | Q(status=TaskResultStatus.RUNNING, started_at__gte=limit)
    )
    return Job.objects.still_open().filter(~Exists(comes), seen_at__lt=limit)


def sweep(now: datetime) -> int:
    """Take up every lost job; how many. Two sweeps at once do not meet in one job."""
    return sum(take_up(pk, now) for pk in list(lost_jobs(now).values_list("pk", flat=True)))


@transaction.atomic
def take_up(pk: int, now: datetime) -> bool:
    """One lost job waits again, or ends where it was begun too often or shall end."""
    lost = lost_jobs(now).filter(pk=pk)
    job = lost.select_for_update(of=("self",), skip_locked=True).first()
    if job is None:
        return False
    DBTaskResult.objects.filter(pk=job.task_id).delete()
    row = Job.objects.filter(pk=pk)
    if job.wants_stop:
        row.move("stop", ended_at=now, holder="", step="")
    elif job.attempts >= MOST_ATTEMPTS:
        row.move("fail", ended_at=now, holder="", step="", fault=DIED)
    else:
        give_back(row)
    return True


def clean(now: datetime) -> int:
    """Remove files of jobs that ended days ago, and rows of the queue as old; how many jobs."""
    limit = now - timedelta(days=settings.JOBS_KEEP_DAYS)
    old = Job.objects.filter(ended_at__lt=limit).exclude(file_name="", size=0, arguments={})
    numbers = list(old.values_list("pk", flat=True))
    for pk in numbers:
        remove_files(pk)
    old.update(file_name="", size=0, arguments={})
    rows = DBTaskResult.objects.exclude(status=TaskResultStatus.READY)
    rows.filter(enqueued_at__lt=limit).delete()
    return len(numbers)
