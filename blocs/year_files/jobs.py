"""Large files of a year outside of the page: what one would make, and the year made of it."""

import json

from django.core.files.base import ContentFile
from django.urls import reverse

from blocs.year_files.actions import IMPORT_JOB, PREVIEW_JOB, import_year
from blocs.year_files.documents.checked import YearFileError, check_file
from blocs.years.models import BlocYear
from thidua.jobs.files import result_path
from thidua.jobs.kinds import JobKind, Made, register_job

# Another file is chosen where the first one was.
ANEW = "year_files:year_file_new"


def upload_of(desk):
    """The file that was left with the job, under the name it came with."""
    return ContentFile(desk.input_path.read_bytes(), name=desk.arguments["name"])


def make_preview(desk):
    """What the file would make, or its wrong cells, for the page that shows them."""
    kept = {"plan": None, "mark": "", "asks": "", "faults": ()}
    try:
        checked = check_file(upload_of(desk), tell=desk.tell)
        made = import_year(checked, actor=desk.actor, is_check=True)
    except YearFileError as error:
        kept["faults"] = [
            {"sheet": one.sheet, "cell": one.cell, "value": str(one.value), "reason": one.reason}
            for one in error.faults
        ]
    else:
        plan, facts = made.plan, checked.found.facts
        kept |= {"asks": made.asks, "year": [facts["bloc_code"], facts["year"]]}
        parts = [{"title": part.title, "lines": part.lines} for part in plan.parts]
        kept |= {"plan": {"heading": plan.heading, "parts": parts}, "mark": plan.mark}
    desk.path.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    return Made(url=reverse("year_files:year_file_preview", args=(desk.job.pk,)))


def kept_preview(job):
    """What `make_preview` kept; OSError where it was removed after some days."""
    return json.loads(result_path(job).read_text(encoding="utf-8"))


def make(desk):
    """The year of the file that was left with the job; what it finds wrong is said in sentences."""
    checked = check_file(upload_of(desk), tell=desk.tell)
    shown, reason = desk.arguments["shown"], desk.arguments.get("reason", "")
    made = import_year(checked, actor=desk.actor, shown=shown, reason=reason)
    return Made(url=made.bloc_year.get_absolute_url())


def opened_since(kept):
    """The year that somebody opened since this preview was made; None where there is none."""
    if "year" not in kept:
        return None
    code, year = kept["year"]
    return BlocYear.objects.filter(bloc__code=code, year=year).select_related("bloc").first()


def may_open(user, arguments):
    return user.has_perm("years.manage_year")


register_job(JobKind(PREVIEW_JOB, make_preview, may_open, anew=ANEW))
# The year and the end of the job are one transaction: killed in between, neither is there.
register_job(JobKind(IMPORT_JOB, make, may_open, is_act=True, anew=ANEW))
