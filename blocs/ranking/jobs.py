"""What of a ranking is made outside of pages."""

from django.core.exceptions import PermissionDenied, ValidationError

from blocs.ranking.actions.files import (
    LEAVES_JOB,
    SUMMARY_JOB,
    WORKBOOK_JOB,
    seen_ranking,
    seen_reports,
    workbook_of,
)
from blocs.ranking.documents.bloc_workbook import bloc_file_name
from blocs.ranking.documents.ranking_workbook import ranking_file_name, ranking_workbook
from blocs.ranking.documents.score_leaves import score_leaves_paper
from blocs.years.models import BlocYear
from thidua.common.files import CONTENT_TYPES
from thidua.common.vietnamese.text import file_stem
from thidua.jobs.kinds import JobKind, Made, register_job
from thidua.papers.papers import render_paper
from thidua.papers.pdf.cache import cached_pdf
from thidua.papers.pdf.client import PdfFailed, PdfUnavailable


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


def make_ranking_workbook(desk):
    ranking = seen_ranking(seen_year(desk.actor, desk.arguments), actor=desk.actor)
    desk.path.write_bytes(ranking_workbook(ranking))
    return Made(ranking_file_name(ranking), CONTENT_TYPES[".xlsx"])


def make_leaves_paper(desk):
    ranking = seen_ranking(seen_year(desk.actor, desk.arguments), actor=desk.actor)
    paper = score_leaves_paper(ranking)
    try:
        desk.path.write_bytes(cached_pdf(render_paper(paper)))
    except (PdfUnavailable, PdfFailed) as error:
        raise ValidationError(str(error)) from error
    return Made(f"{file_stem(paper.title)}.pdf", CONTENT_TYPES[".pdf"])


def may_open_ranking(user, arguments):
    found = BlocYear.objects.visible_to(user).filter(pk=arguments.get("year")).first()
    try:
        return bool(found) and bool(seen_ranking(found, actor=user))
    except PermissionDenied:
        return False


def may_open(user, arguments):
    return BlocYear.objects.visible_to(user).filter(pk=arguments.get("year")).exists()


register_job(JobKind(WORKBOOK_JOB, make_workbook, may_open))
register_job(JobKind(LEAVES_JOB, make_leaves_paper, may_open_ranking))
register_job(JobKind(SUMMARY_JOB, make_ranking_workbook, may_open_ranking))
