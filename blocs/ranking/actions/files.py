"""The workbook of a whole bloc, for who may read its sheets; each reading is written down."""

from blocs.criteria.models import Criterion
from blocs.ranking.documents.bloc_workbook import bloc_workbook
from blocs.ranking.models.rankings import Ranking, ranking_of
from blocs.reports.models import Report
from blocs.reports.models.sheets import read_sheets
from blocs.reports.permissions import shows_appraisal
from blocs.units.models.seats import standing_of
from blocs.years.models import BlocYear
from thidua.common.log_book.openings import SHEET, note_opening
from thidua.common.permissions import require
from thidua.jobs.domain import is_long
from thidua.jobs.models import Job
from thidua.jobs.queue import ask_for_job

# Cells of the printed table: some thirty turned sheets.
MOST_CELLS = 2_000
WORKBOOK_JOB, LEAVES_JOB, SUMMARY_JOB = "bloc_workbook", "leaves_paper", "ranking_workbook"


def seen_reports(bloc_year: BlocYear, *, actor) -> list[Report]:
    """The reports of the bloc that the person may read, in the order of the members."""
    require(actor, "reports.list_report")
    units = bloc_year.members.order_by("order", "pk").values_list("unit_id", flat=True)
    order = {unit: place for place, unit in enumerate(units)}
    found = Report.objects.visible_to(actor).filter(bloc_year=bloc_year).for_page()
    return sorted(found, key=lambda one: (order.get(one.unit_id, 0), one.pk))


def are_long(reports: list[Report]) -> bool:
    """Whether writing these sheets is too long for a page."""
    leaves = Criterion.objects.filter(table__in={one.table_id for one in reports})
    return is_long(leaves.count() * len(reports))


def workbook_of(bloc_year: BlocYear, reports: list[Report], *, actor) -> bytes:
    """These sheets and their summary; that a person opened sheets of others is written down."""
    require(actor, "reports.list_report")
    if {one.unit_id for one in reports} - set(standing_of(actor).units):
        note_opening(actor, SHEET, bloc_year, label="Mở bảng điểm của các đơn vị (Excel)")
    shown = {report.pk for report in reports if shows_appraisal(actor, report)}
    return bloc_workbook(bloc_year, read_sheets(reports), shows_given=shown)


def ask_workbook(bloc_year: BlocYear, *, actor) -> Job:
    """Have the workbook made outside of the page."""
    require(actor, "reports.list_report")
    title = f"Bảng điểm của các đơn vị, {bloc_year}"
    return ask_for_job(WORKBOOK_JOB, title=title, arguments={"year": bloc_year.pk}, actor=actor)


def seen_ranking(bloc_year: BlocYear, *, actor) -> Ranking:
    """The ranking for who may see its points now; PermissionDenied for others."""
    require(actor, "ranking.view_ranking", bloc_year)
    ranking = ranking_of(bloc_year)
    if not ranking.is_agreed:
        require(actor, "ranking.view_provisional_ranking", bloc_year)
    return ranking


def cells_of(ranking: Ranking) -> int:
    """How many leaves stand beside how many units."""
    return sum(len(row.tree.leaves()) for row in ranking.rows)


def has_many_cells(ranking: Ranking) -> bool:
    """Whether every leaf beside every unit is too much to print while a person waits."""
    return cells_of(ranking) > MOST_CELLS


def is_long_summary(ranking: Ranking) -> bool:
    """Whether the workbook of the ranking is too long for a page: its cells are so many lines."""
    return is_long(cells_of(ranking))


def ask_ranking_workbook(bloc_year: BlocYear, *, actor) -> Job:
    """Have the workbook of the ranking made outside of the page."""
    require(actor, "ranking.view_ranking", bloc_year)
    title = f"Bảng tổng hợp điểm (Excel), {bloc_year}"
    return ask_for_job(SUMMARY_JOB, title=title, arguments={"year": bloc_year.pk}, actor=actor)


def ask_leaves_paper(bloc_year: BlocYear, *, actor) -> Job:
    """Have the table of every leaf printed outside of the page."""
    require(actor, "ranking.view_ranking", bloc_year)
    title = f"Chi tiết từng tiêu chí, {bloc_year}"
    return ask_for_job(LEAVES_JOB, title=title, arguments={"year": bloc_year.pk}, actor=actor)
