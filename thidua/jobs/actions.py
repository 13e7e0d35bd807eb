from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from thidua.common.activity import record
from thidua.jobs.inside import wake
from thidua.jobs.models import Job
from thidua.jobs.queue import require_place
from thidua.jobs.work import enqueue

OVER = "Việc này đã kết thúc, không dừng được nữa."
NOT_OVER = "Chỉ việc không làm được hoặc đã dừng mới làm lại được."
OTHER_OPEN = "Một việc giống hệt đang chờ hoặc đang chạy; không cần làm lại việc này."


@transaction.atomic
def stop_job(job: Job, *, actor) -> Job:
    """Stop an open job: at once where it waits, else at the next step of who runs it.

    Only who asked for it may; ValidationError where it has ended.
    """
    job = own(job, actor)
    if not job.is_open:
        raise ValidationError(OVER)
    row = Job.objects.filter(pk=job.pk)
    if not row.filter(status="waiting").move("stop", ended_at=timezone.now()):
        row.update(wants_stop=True)
    record(actor, "jobs.stop", job, label="Dừng việc chạy lâu")
    job.refresh_from_db()
    return job


@transaction.atomic
def retry_job(job: Job, *, actor) -> Job:
    """Begin a job anew that failed or was stopped.

    ValidationError where the same one is open, or as many as a person may have.
    """
    job = own(job, actor)
    if not job.may_retry:
        raise ValidationError(NOT_OVER)
    if Job.objects.still_open().filter(asked_by=actor, key=job.key).exists():
        raise ValidationError(OTHER_OPEN)
    require_place(actor)
    fresh = {"attempts": 0, "done": 0, "total": 0, "step": "", "fault": "", "wants_stop": False}
    Job.objects.filter(pk=job.pk).move("retry", ended_at=None, **fresh)
    enqueue(job)
    transaction.on_commit(wake)
    record(actor, "jobs.retry", job, label="Làm lại việc chạy lâu")
    job.refresh_from_db()
    return job


def own(job: Job, actor) -> Job:
    """The job locked; PermissionDenied where another asked for it."""
    if job.asked_by_id != actor.pk:
        raise PermissionDenied
    return Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
