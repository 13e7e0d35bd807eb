"""The way into the queue: a row of ours that people see, and one of the library that workers take.

Both are written in one transaction, so that neither is ever there without the other.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from thidua.common.activity import record
from thidua.jobs.domain import MOST_OPEN
from thidua.jobs.files import keep_input
from thidua.jobs.inside import wake
from thidua.jobs.kinds import job_kind
from thidua.jobs.models import Job
from thidua.jobs.work import enqueue

TOO_MANY = (
    f"Anh/chị đang có {MOST_OPEN:02d} việc chưa xong. Vui lòng chờ một việc xong hoặc dừng bớt."
)


@transaction.atomic
def ask_for_job(
    kind: str,
    *,
    title: str,
    arguments: Mapping[str, Any],
    actor,
    content: bytes | None = None,
) -> Job:
    """Put a job into the queue, or give back the open one of the same kind and arguments.

    `content` is left with the job as a file. Asks no right: the action that calls it has asked,
    and the job asks again. Raises ValidationError where the person has too many open.
    """
    job_kind(kind)
    key = key_of(kind, arguments, content)
    mine = Job.objects.still_open().filter(asked_by=actor)
    if found := mine.filter(key=key).first():
        return found
    require_place(actor)
    job = Job(kind=kind, title=title[:255], arguments=dict(arguments), key=key, asked_by=actor)
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        # Pressed twice at once: the other press has just asked for it.
        return mine.get(key=key)
    if content is not None:
        keep_input(job, content)
    enqueue(job)
    transaction.on_commit(wake)
    record(actor, "jobs.ask", job, label=f"Yêu cầu việc chạy lâu: {job.title}")
    return job


def require_place(actor) -> None:
    """ValidationError where the person has as many open jobs as one may have.

    Two questions at once of one person wait for each other, so that both count right.
    """
    get_user_model().objects.select_for_update(no_key=True).get(pk=actor.pk)
    if Job.objects.still_open().filter(asked_by=actor).count() >= MOST_OPEN:
        raise ValidationError(TOO_MANY)


def key_of(kind: str, arguments: Mapping[str, Any], content: bytes | None) -> str:
    """The same for the same question."""
    asked = json.dumps([kind, arguments], sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(asked + b"\0" + (content or b"")).hexdigest()
