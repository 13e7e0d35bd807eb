"""What of a ranking is made outside of pages."""

from django.core.exceptions import PermissionDenied

from blocs.ranking.actions.files import WORKBOOK_JOB, seen_reports, workbook_of
from blocs.ranking.documents.bloc_workbook import bloc_file_name
from blocs.years.models import BlocYear
from thidua.common.files import CONTENT_TYPES
from thidua.jobs.kinds import JobKind, Made, register_job


def seen_year(actor, arguments) -> BlocYear:
    """The year of the job as its person may see it now; PermissionDenied otherwise."""
    found = BlocYear.objects.visible_to(actor).for_page().filter(pk=arguments.get("year")).first()
    if found is None:
        raise PermissionDenied
    return found


def make_workbook(desk):
    bloc_year = seen_year(desk.actor, desk.arguments)
    reports = seen_reports(bloc_year, actor=desk.actor)
    if not reports:
        raise PermissionDenied
    desk.path.write_bytes(workbook_of(bloc_year, reports, actor=desk.actor))
    return Made(bloc_file_name(bloc_year), CONTENT_TYPES[".xlsx"])


def may_open(user, arguments):
    return BlocYear.objects.visible_to(user).filter(pk=arguments.get("year")).exists()


register_job(JobKind(WORKBOOK_JOB, make_workbook, may_open))
