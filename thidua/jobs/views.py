"""A person's own long work: the list, one job with its bar, what it made."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import ListView, TemplateView

from thidua.common.log_book.openings import PAPER, note_opening
from thidua.common.pages.views import refuse
from thidua.common.vietnamese.numbers import size_words
from thidua.jobs.actions import retry_job, stop_job
from thidua.jobs.files import result_path
from thidua.jobs.inside import wake
from thidua.jobs.kinds import UnknownJobError, job_kind
from thidua.jobs.models import Job

HOME = ("Trang chủ", "/")
GONE = "Tệp của việc này không còn trên máy chủ. Vui lòng yêu cầu lại."


class OwnJob(View):
    """A page about a job of the person; another's is not found."""

    def find_job(self, **facts):
        mine = Job.objects.asked_for_by(self.request.user)
        return get_object_or_404(mine, pk=self.kwargs["pk"], **facts)


class JobList(ListView):
    """What the person has asked for, newest first."""

    template_name = "jobs/job_list.html"
    paginate_by = 20
    extra_context = {"breadcrumbs": (HOME, ("Việc chạy lâu", None))}

    def get_queryset(self):
        return Job.objects.asked_for_by(self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(keep_days=settings.JOBS_KEEP_DAYS, **kwargs)


class JobDetail(OwnJob, TemplateView):
    """How far a job is; the page comes again by itself while it is open."""

    template_name = "jobs/job_detail.html"

    def get_context_data(self, **kwargs):
        job = self.find_job()
        if job.is_open:
            wake()
        return super().get_context_data(
            job=job,
            size=size_words(job.size),
            keep_days=settings.JOBS_KEEP_DAYS,
            anew=begun_anew(job),
            breadcrumbs=(
                HOME,
                ("Việc chạy lâu", "/viec-chay-lau/"),
                (job.title, None),
            ),
            **kwargs,
        )


class JobFile(OwnJob):
    """What a job made, for who asked and still may have it."""

    http_method_names = ("get",)

    def get(self, request, pk):
        job = self.find_job()
        if not job.has_file:
            raise Http404
        if not may_open(job, request.user):
            raise PermissionDenied
        try:
            content = result_path(job).open("rb")
        except OSError:
            messages.error(request, GONE)
            return redirect(job)
        note_opening(request.user, PAPER, job, label=f"Tải “{job.file_name}”")
        answer = FileResponse(
            content, as_attachment=True, filename=job.file_name, content_type=job.content_type
        )
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer


def may_open(job, user):
    """Whether what the job made is still for this person's eyes."""
    try:
        return job_kind(job.kind).may_open(user, job.arguments)
    except UnknownJobError:
        return False


def begun_anew(job):
    """Where the person begins with other content; empty where there is no such page."""
    try:
        name = job_kind(job.kind).anew
    except UnknownJobError:
        return ""
    return reverse(name) if name else ""


class JobAct(OwnJob):
    """A button of the page of a job."""

    http_method_names = ("get", "post")
    act = None
    said = ""

    def get(self, request, pk):
        return redirect(self.find_job())

    def post(self, request, pk):
        job = self.find_job()
        try:
            type(self).act(job, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
        else:
            messages.success(request, self.said)
        return redirect(job)


class JobStop(JobAct):
    """Stop a job."""

    act = stop_job
    said = "Đã yêu cầu dừng."


class JobRetry(JobAct):
    """Begin a job anew."""

    act = retry_job
    said = "Việc được làm lại từ đầu."
