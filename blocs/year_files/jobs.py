from django.core.files.base import ContentFile

from blocs.year_files.actions import IMPORT_JOB, import_year
from thidua.jobs.kinds import JobKind, Made, register_job


def make(desk):
    """The year of the file that was left with the job; what it finds wrong is said in sentences."""
    name, shown = desk.arguments["name"], desk.arguments["shown"]
    upload = ContentFile(desk.input_path.read_bytes(), name=name)
    made = import_year(upload, actor=desk.actor, shown=shown)
    return Made(url=made.bloc_year.get_absolute_url())


def may_open(user, arguments):
    return user.has_perm("years.manage_year")


# The year and the end of the job are one transaction: killed in between, neither is there.
register_job(JobKind(IMPORT_JOB, make, may_open, is_act=True))
