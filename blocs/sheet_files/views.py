"""Score sheets as Excel files: out for whoever may read, in for whoever may fill in."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View
from django.views.generic import TemplateView

from blocs.reports.actions.evidence import note_reading
from blocs.reports.actions.reports import WRITABLE
from blocs.reports.domain.sheet_rows import answer_words
from blocs.reports.models.sheets import sheet_of
from blocs.reports.permissions import shows_appraisal
from blocs.reports.views.grid.words import EMPTY, WAITS
from blocs.reports.views.reports import ReportPage
from blocs.scoring import NotApplicable, Points, Waiting
from blocs.sheet_files.actions import apply_import, preview_import, preview_rows
from blocs.sheet_files.documents import report_file_name, report_workbook
from blocs.sheet_files.forms import SheetApplyForm, SheetUploadForm, signed_changes
from blocs.years.models.regulation import decimals_of
from thidua.common.files import CONTENT_TYPES
from thidua.common.pages.kept import forget_input, kept_input
from thidua.common.pages.views import ObjectFormPage, ObjectMixin, refuse
from thidua.common.stamps import OvertakenRowsError
from thidua.common.vietnamese.numbers import format_decimal, points_text, two_digits

CRUMB = "Nhập từ Excel"


def workbook_answer(content: bytes, name: str) -> HttpResponse:
    """The file to be downloaded, under a name that every system can keep."""
    answer = HttpResponse(content, content_type=CONTENT_TYPES[".xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


class SheetWorkbook(ReportPage, View):
    """The sheet as it stands now, in the form in which it can come back."""

    http_method_names = ("get",)
    permission_required = "reports.view_report"
    is_blank = False

    def get(self, request, *args, **kwargs):
        report = self.object
        if not self.is_blank:
            note_reading(report, actor=request.user)
        content = report_workbook(
            sheet_of(report),
            shows_given=shows_appraisal(request.user, report),
            is_blank=self.is_blank,
        )
        return workbook_answer(content, report_file_name(report))


class SheetFile(ReportPage, ObjectFormPage):
    """Where the form is fetched and brought back; the answer to a file is its preview."""

    template_name = "sheet_files/upload.html"
    permission_required = "reports.edit_report"
    open_states = WRITABLE
    form_class = SheetUploadForm
    crumb = CRUMB
    heading = "Nhập điểm từ Excel"
    submit_label = "Xem trước"

    def form_valid(self, form):
        upload, user = form.cleaned_data["file"], self.request.user
        try:
            preview = preview_import(self.object, upload=upload, actor=user)
        except ValidationError as error:
            self.put_errors(form, error)
            return self.form_invalid(form)
        return show_preview(self, preview)


class SheetFileApply(ReportPage, ObjectMixin, TemplateView):
    """Writes what the preview showed, or shows it anew where the sheet has changed since."""

    template_name = "sheet_files/preview.html"
    permission_required = "reports.edit_report"
    open_states = WRITABLE
    crumb = CRUMB

    def get(self, request, *args, **kwargs):
        """The way back after signing in again: the preview is in what was kept."""
        form = self.get_form(kept_input(request))
        if not form.is_valid():
            return redirect("sheet_files:sheet_file", self.report.pk)
        name, rows = form.cleaned_data["payload"]
        return show_preview(self, preview_rows(self.object, rows=rows, name=name))

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            for sentence in form.errors["payload"]:
                messages.error(request, sentence)
            return redirect("sheet_files:sheet_file", self.report.pk)
        name, rows = form.cleaned_data["payload"]
        try:
            apply_import(self.object, rows=rows, source=name, actor=request.user)
        except ValidationError as error:
            return self.show_again(rows, name, error)
        forget_input(request)
        messages.success(request, f"Đã nhập {two_digits(len(rows))} tiêu chí từ tệp “{name}”.")
        return redirect(self.object)

    def get_form(self, data):
        return SheetApplyForm(data, user=self.request.user, report=self.object)

    def show_again(self, rows, name, error):
        refuse(self.request, error)
        preview = preview_rows(self.object, rows=rows, name=name)
        status = 409 if isinstance(error, OvertakenRowsError) else 422
        return show_preview(self, preview, status=status)


@dataclass(frozen=True)
class ImportLine:
    number: str
    name: str
    stored: str
    typed: str
    points_before: str
    points_after: str
    is_overtaken: bool


def show_preview(page, preview, status=200):
    """The second step; `page` is the page of either step."""
    report, user = page.object, page.request.user
    rows = [change.typed for change in preview.changes]
    may_apply = bool(rows) and not preview.faults
    decimals = decimals_of(report.bloc_year)
    before = report.self_total
    payload = signed_changes(rows, user=user, report=report, name=preview.file_name)
    context = page.get_context_data(
        file_name=preview.file_name,
        faults=preview.faults,
        lines=[change_line(change, decimals) for change in preview.changes],
        total_before=points_text(before, decimals) or "chưa có",
        total_after="" if preview.faults else format_decimal(preview.total, decimals),
        payload=payload if may_apply else "",
        apply_url=reverse("sheet_files:sheet_file_apply", args=(report.pk,)),
        again_url=reverse("sheet_files:sheet_file", args=(report.pk,)),
    )
    status = 422 if preview.faults and status == 200 else status
    return render(page.request, "sheet_files/preview.html", context, status=status)


def change_line(change, decimals):
    """One leaf: what is stored, what the file says, and the points of both."""
    row, answer = change.row, change.answer
    stored, note = row.score, row.score.note if row.score else ""
    is_noted = note != answer.note
    return ImportLine(
        number=row.label,
        name=row.criterion.name,
        stored=said(row, row.entry, note if is_noted else ""),
        typed=said(row, answer.entry, answer.note if is_noted else ""),
        points_before=points_text(stored.self_points if stored else None, decimals),
        points_after=outcome_words(change.outcome, decimals),
        is_overtaken=answer.is_overtaken,
    )


def said(row, entry, note):
    """An answer in words, with its note where the note is what differs."""
    criterion = row.criterion
    words = answer_words(criterion.kind, criterion.rule, criterion.measure, entry) or EMPTY
    return f"{words}; thuyết minh “{note}”" if note else words


def outcome_words(outcome, decimals):
    """The points the file would give; none where the rule gives none."""
    if isinstance(outcome, Points):
        return format_decimal(outcome.points, decimals)
    if isinstance(outcome, Waiting):
        return WAITS
    return "không giao" if isinstance(outcome, NotApplicable) else ""
