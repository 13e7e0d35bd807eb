"""A page that says what a long job makes, and a button that asks for it."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from thidua.common.pages.views import refuse
from thidua.jobs.models import Job


class OffersJob(View):
    """Mixin of pages whose answer may be too long for a request; `ask()` puts it into the queue."""

    http_method_names = ("get", "post")
    job_heading = ""
    job_words = "Tệp này lớn nên máy chủ lập trong lúc bạn làm việc khác."

    def offer(self, status: int = 200) -> HttpResponse:
        """The page with the button."""
        context = {
            "heading": self.job_heading,
            "words": self.job_words,
            "breadcrumbs": [*self.get_breadcrumbs(), (self.job_heading, None)],
        }
        return render(self.request, "jobs/ask.html", context, status=status)

    def post(self, request, *args, **kwargs) -> HttpResponse:
        try:
            return redirect(self.ask())
        except ValidationError as error:
            refuse(request, error)
            return self.offer(status=422)

    def ask(self) -> Job:
        """Call the one action that asks for the job."""
        raise NotImplementedError
