"""How far an appraising unit is: leaves with points, of those that the marked unit answered."""

import pytest

from blocs.appraisal.models import Mark
from blocs.appraisal.models.markings import Progress, progress_of
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of

pytestmark = pytest.mark.django_db


def test_a_mark_that_was_taken_back_is_not_done():
    year = marked_year()
    units = units_of(year)
    (assignment,) = assigned(report_of(year, units[0]), units[1])
    finished(assignment)
    whole = progress_of([assignment])[assignment.pk]
    first = Mark.objects.filter(assignment=assignment).first()
    first.points, first.reason = None, ""
    first.save()
    assert whole.done == whole.total > 1
    assert progress_of([assignment]) == {
        assignment.pk: Progress(done=whole.total - 1, total=whole.total)
    }
