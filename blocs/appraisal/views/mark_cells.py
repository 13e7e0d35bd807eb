"""Marks saved while they are typed, through the door of every other sheet."""

from dataclasses import dataclass, replace

from django.shortcuts import get_object_or_404

from blocs.appraisal.actions.marks import autosave_marks
from blocs.appraisal.models.markings import leaves_of, marked_sheet
from blocs.appraisal.views.mark_lines import MarkWords, marked_words
from blocs.reports.forms.scores import AppraisalRows
from blocs.reports.models import Assignment, Report
from blocs.reports.models.assignments import due_to
from blocs.reports.models.sheets import Sheet
from blocs.reports.views.cells import CellPage
from blocs.years.models import BlocYear


@dataclass(frozen=True)
class OpenMarking:
    """The assignment whose leaves are posted, as the page of cells asks for it."""

    assignment: Assignment

    @property
    def report(self) -> Report:
        return self.assignment.report

    def blank_sheet(self, leaves) -> Sheet:
        """The posted leaves with what is stored of them."""
        sheet = marked_sheet(self.assignment)
        rows = tuple(row for row in sheet.rows if row.criterion.pk in leaves)
        return replace(sheet, rows=rows)


class MarkAutosave(CellPage):
    permission_required = "appraisal.mark_sheet"
    form_class = AppraisalRows

    def get_permission_object(self):
        assignment = get_object_or_404(due_to(self.request.user), pk=self.kwargs["pk"])
        years = BlocYear.objects.for_page()
        year = get_object_or_404(years, pk=assignment.report.bloc_year_id)
        assignment.report.bloc_year = year
        self.opened = OpenMarking(assignment)
        return assignment

    def act(self, rows):
        return autosave_marks(self.opened.assignment, rows=rows, actor=self.request.user)

    def tell_sums(self, kept):
        is_whole = leaves_of(self.opened.assignment) is None
        words = MarkWords(kept.sheet, None, earlier={}, is_whole=is_whole)
        return self.tell_whole(words, marked_words(kept.sheet))
