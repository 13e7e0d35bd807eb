"""The printed table of who marks whom."""

import pytest

from blocs.appraisal.documents.assignments import assignments_paper
from blocs.appraisal.views.assignment_rows import matrix_rows
from blocs.reports.models import Assignment
from blocs.states import AppraisalMode
from tests.factories.appraisals import assigned, marked_year, report_of, units_of
from tests.factories.people import leader_of

pytestmark = pytest.mark.django_db


def test_last_row_counts_what_each_unit_has_to_mark():
    year = marked_year(3)
    a, b, c = units = units_of(year)
    for sheet, scorer in ((a, b), (b, c), (c, b)):
        assigned(report_of(year, sheet), scorer)
    reports = {report.unit_id: report for report in year.reports.all()}
    found = list(Assignment.objects.told().select_related("unit", "report"))
    rows = matrix_rows(units, reports, found)
    paper = assignments_paper(year, AppraisalMode.PAIRS, rows, "01")
    assert [line.signs for line in paper.lines] == [
        ("–", "x", ""),
        ("", "–", "x"),
        ("", "x", "–"),
    ]
    assert paper.loads == ("0", "2", "1")
    assert [line.scorers for line in paper.lines] == [b.name, c.name, b.name]


def test_the_name_of_who_leads_the_bloc_stands_where_it_is_signed():
    year = marked_year(3)
    leader = leader_of(year.head)
    (signer,) = assignments_paper(year, AppraisalMode.PAIRS, [], "01").signers
    assert signer.name == leader.full_name
