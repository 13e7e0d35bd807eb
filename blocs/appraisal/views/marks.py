"""What appraising units mark: their list, the grid of one sheet."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse

from blocs.appraisal.actions.marks import finish_marks, left_words, save_marks
from blocs.appraisal.actions.openings import note_marking
from blocs.appraisal.models.combining import combined_rows
from blocs.appraisal.models.markings import (
    leaves_of,
    marked_sheet,
    may_see_marks,
    progress_of,
)
from blocs.appraisal.views.mark_lines import MarkWords, earlier_words, marked_words
from blocs.reports.forms.scores import AppraisalSheetForm
from blocs.reports.models.assignments import (
    MARKABLE,
    assignments_of,
    due_to,
)
from blocs.reports.views.sheets import SheetPage
from blocs.states import PRIVATE_STATES, TONES
from blocs.years.models import BlocYear
from blocs.years.models.regulation import decimals_of, regulation_of
from thidua.common.pages.views import ListPage
from thidua.common.pages.years import chosen_year
from thidua.common.vietnamese.dates import moment_words

LIST = ("Bảng điểm tôi phải chấm", "appraisal:assignment_list")
FINISHED = "Đã xác nhận chấm xong bảng điểm của {unit}."
ALL_DONE = "Anh/chị đã chấm xong tất cả bảng điểm được giao."


def state_words(assignment):
    if assignment.done_at:
        return "Đã chấm xong", TONES["agreed"]
    if not assignment.may_mark:
        return "Thôi chấm", TONES["draft"]
    if assignment.report.state in MARKABLE:
        return "Chờ chấm", TONES["open"]
    if assignment.report.state in PRIVATE_STATES:
        return "Đơn vị chưa nộp", TONES["draft"]
    return assignment.report.get_state_display(), TONES[assignment.report.state]


class AssignmentList(ListPage):
    """The sheets the person's units have to mark in the chosen year, how far each is."""

    template_name = "appraisal/appraisals/assignment_list.html"
    permission_required = "appraisal.list_assignment"
    breadcrumbs = (("Trang chủ", "/"), (LIST[0], None))

    def get_rows(self):
        found = due_to(self.request.user).filter(report__bloc_year__in=self.get_years())
        return found.order_by("done_at", "report__unit__name", "round", "pk")

    def get_years(self):
        return BlocYear.objects.in_year(chosen_year(self.request))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        assignments = list(context["page_obj"])
        progress = progress_of(assignments)
        rows = [self.get_row(one, progress[one.pk]) for one in assignments]
        return context | {"rows": rows, "chosen": chosen_year(self.request)}

    def get_row(self, assignment, progress):
        label, tone = state_words(assignment)
        is_sent = assignment.report.state not in PRIVATE_STATES
        is_waiting = not assignment.done_at and assignment.may_mark
        is_open = is_waiting and assignment.report.state in MARKABLE
        return {
            "assignment": assignment,
            "label": label,
            "tone": tone,
            "progress": f"{progress.done}/{progress.total}" if is_sent else "",
            "url": reverse("appraisal:mark_edit", args=(assignment.pk,)) if is_sent else "",
            "act": "Chấm" if is_open else "Xem điểm đã chấm",
        }


class MarkEdit(SheetPage):
    """The grid in which one appraising unit marks one sheet, or its leaves of it.

    Nothing of other appraisers is on it before the own marks of the round are done.
    """

    template_name = "appraisal/appraisals/mark_edit.html"
    permission_required = "appraisal.mark_sheet"
    open_states = ()
    form_class = AppraisalSheetForm
    crumb = "Chấm điểm"
    given_label = "Điểm chấm"
    total_label = "Cộng các tiêu chí"
    save_label = "Lưu điểm chấm"

    def get_bloc_year(self):
        self.assignment = get_object_or_404(due_to(self.request.user), pk=self.kwargs["pk"])
        self.report = self.assignment.report
        years = BlocYear.objects.for_page()
        year = get_object_or_404(years, pk=self.report.bloc_year_id)
        self.report.bloc_year = year
        return year

    def find_object(self):
        return self.assignment

    def get(self, request, *args, **kwargs):
        note_marking(self.assignment, actor=request.user)
        return super().get(request, *args, **kwargs)

    def get_form(self, data=None, **kwargs):
        # Read anew each time: after a conflict the page shows what the other person saved.
        self.sheet = marked_sheet(self.assignment)
        decimals = decimals_of(self.bloc_year)
        return AppraisalSheetForm(self.sheet, data, decimals=decimals, **kwargs)

    @property
    def is_open(self):
        one = self.assignment
        return not one.done_at and one.may_mark and self.report.state in MARKABLE

    def get_autosave_url(self):
        return reverse("appraisal:mark_autosave", args=(self.assignment.pk,))

    @property
    def is_whole(self):
        return leaves_of(self.assignment) is None

    @property
    def is_finishing(self):
        return "finish" in self.request.POST

    def act(self, form):
        save = finish_marks if self.is_finishing else save_marks
        self.assignment = save(self.assignment, rows=form.to_rows(), actor=self.request.user)

    def saved(self, form):
        if self.is_finishing:
            messages.success(self.request, FINISHED.format(unit=self.report.unit.name))
        return super().saved(form)

    def get_next(self):
        """After the last mark of a sheet comes the next one that waits for the person's units."""
        if not self.is_finishing:
            return self.request.path
        waiting = due_to(self.request.user).waiting()
        following = waiting.order_by("report__unit__name", "round", "pk").first()
        if following is None:
            messages.info(self.request, ALL_DONE)
            return reverse(LIST[1])
        return reverse("appraisal:mark_edit", args=(following.pk,))

    def get_words(self, form):
        return MarkWords(
            self.sheet,
            form if self.is_open else None,
            earlier=self.get_earlier(),
            is_whole=self.is_whole,
        )

    def get_closed(self):
        one = self.assignment
        if one.done_at:
            return f"{one.unit.name} đã xác nhận chấm xong lúc {moment_words(one.done_at)}."
        if not one.may_mark:
            return left_words(one)
        return "" if self.is_open else f"Báo cáo: {self.report.get_state_display().lower()}."

    def get_earlier(self):
        """Marks of the others that may be seen, by leaf."""
        rules, one = regulation_of(self.bloc_year), self.assignment
        if rules.is_blind and not one.done_at and one.round == 1:
            return {}
        assignments = assignments_of(self.report)
        seen = may_see_marks(
            self.request.user, self.report, assignments, is_blind=rules.is_blind
        ) - {self.assignment.pk}
        shown = [one for one in assignments if one.pk in seen]
        return earlier_words(combined_rows(self.sheet, shown)) if shown else {}

    def get_report_url(self):
        may = self.request.user.has_perm("reports.view_report", self.report)
        return self.report.get_absolute_url() if may else ""

    def get_marks_url(self):
        may = self.request.user.has_perm("appraisal.view_marks", self.report)
        return reverse("appraisal:marks_table", args=(self.report.pk,)) if may else ""

    def get_progress(self):
        return marked_words(self.sheet)

    def get_breadcrumbs(self):
        return [("Trang chủ", "/"), (LIST[0], reverse(LIST[1])), (self.report.unit.name, None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            assignment=self.assignment,
            closed=self.get_closed(),
            report_url=self.get_report_url(),
            marks_url=self.get_marks_url(),
            **kwargs,
        )
