from django.db import models
from django.urls import reverse

from thidua.common.fields import author
from thidua.jobs.domain import DONE, MOVES, OPEN, percent
from thidua.jobs.enums import JobStatus


class JobQuerySet(models.QuerySet):
    def asked_for_by(self, person):
        """What its person sees; nobody else sees it."""
        return self.filter(asked_by=person)

    def still_open(self):
        return self.filter(status__in=OPEN)

    def move(self, name, **values):
        """Make a move of the table on these rows where they are in its source; how many were."""
        sources, target = MOVES[name]
        return self.filter(status__in=sources).update(status=target, **values)


class Job(models.Model):
    """Something long that a person asked for, and how far it is."""

    kind = models.CharField("loại việc", max_length=40)
    title = models.CharField("tên việc", max_length=255)
    # What the kind needs to know; no secrets, no files.
    arguments = models.JSONField("tham số", default=dict)
    # Asked for again while one of the same key is open, it is the same job.
    key = models.CharField("khóa", max_length=64)
    asked_by = author("người yêu cầu")
    asked_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    status = models.CharField(
        "tình trạng", max_length=10, choices=JobStatus.choices, default=JobStatus.WAITING
    )
    done = models.PositiveIntegerField("đã làm", default=0)
    total = models.PositiveIntegerField("tổng số", default=0)
    step = models.CharField("bước", max_length=255, blank=True)
    wants_stop = models.BooleanField("yêu cầu dừng", default=False)
    attempts = models.PositiveIntegerField("số lần bắt đầu", default=0)
    # The row of the queue that will begin, or began, this job.
    task_id = models.UUIDField("mã hàng đợi", null=True, editable=False)
    # Who runs it: each beginning has a new one, and writes only as long as it is still its own.
    holder = models.CharField("lượt chạy", max_length=32, blank=True, editable=False)
    seen_at = models.DateTimeField("dấu hiệu cuối lúc", null=True)
    ended_at = models.DateTimeField("kết thúc lúc", null=True)
    fault = models.TextField("lý do không làm được", blank=True)
    # What it made: a file of JOBS_DIR under this name for people, or the page of what it did.
    file_name = models.CharField("tên tệp", max_length=255, blank=True)
    content_type = models.CharField("loại tệp", max_length=100, blank=True)
    size = models.PositiveBigIntegerField("dung lượng", default=0)
    result_url = models.CharField("trang kết quả", max_length=255, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "việc chạy lâu"
        verbose_name_plural = "việc chạy lâu"
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("asked_by", "key"),
                condition=models.Q(status__in=("waiting", "running")),
                name="job_open_once",
                violation_error_message="Việc này đang chờ hoặc đang chạy.",
            ),
            models.CheckConstraint(
                name="job_failed_says_why",
                condition=~models.Q(status="failed", fault=""),
                violation_error_message="Việc không làm được phải nêu lý do.",
            ),
        )

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("jobs:job_detail", args=(self.pk,))

    @property
    def is_open(self):
        return self.status in OPEN

    @property
    def may_retry(self):
        return self.status in MOVES["retry"][0]

    @property
    def has_file(self):
        return self.status == DONE and bool(self.file_name)

    @property
    def percent(self):
        return percent(self.done, self.total)
