"""On what a report signed by hand rests: no day before the last of that can stand on it."""

from collections.abc import Callable
from datetime import date

from blocs.reports.models.reports import Report
from blocs.years.models.years import BlocYear
from thidua.common.models import returned_basis
from thidua.common.registry import Registry
from thidua.common.vietnamese.dates import day_in_vietnam

# What higher apps know of: «giao ước thi đua» and its day; None while the year has none.
BASES: Registry[Callable[[BlocYear], tuple[str, date] | None]] = Registry()


def paper_basis(report: Report) -> tuple[str, date]:
    """The last thing that the report rests on, in words, and its day.

    These are the preparation of its year, what BASES name, the table by which its sheet is scored,
    and the return that it answers. Source: NĐ 30/2020, Phụ lục I – what a paper rests on is there
    before it.
    """
    year, table = report.bloc_year, report.table
    found = [year.paper_basis, *(basis(year) for basis in BASES)]
    if table.published_at:
        day = day_in_vietnam(table.published_at)
        found.append((f"việc ban hành bảng chấm điểm {table.version_words}", day))
    found.append(returned_basis(report))
    return max(filter(None, found), key=lambda basis: basis[1])
