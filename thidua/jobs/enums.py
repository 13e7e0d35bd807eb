from django.db import models


class JobStatus(models.TextChoices):
    """The life of a job.

    Asked for, it waits for a worker, who runs it to its end: done, or failed with a sentence.
    Who asked may stop it before the end, and have one that failed or was stopped begin anew.
    A job whose worker died waits again; at the third death it has failed.
    """

    WAITING = "waiting", "Đang chờ"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Không làm được"
    STOPPED = "stopped", "Đã dừng"
