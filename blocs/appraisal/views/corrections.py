"""Leaves to be corrected: the bloc asks, the unit corrects only these, the asker looks again."""

from dataclasses import dataclass, replace
from operator import attrgetter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView

from blocs.appraisal.actions.corrections import (
    ask_corrections,
    asking_unit,
    check_corrections,
    may_check,
    rows_to_ask,
)
from blocs.appraisal.forms.corrections import CorrectionsForm
from blocs.reports.actions.notices import note_corrections
from blocs.reports.actions.reports import NOT_TO_CORRECT
from blocs.reports.actions.scores import save_scores
from blocs.reports.domain.sheet_rows import answer_words
from blocs.reports.domain.sheet_versions import changes_of
from blocs.reports.models.assignments import due_to
from blocs.reports.models.corrections import ASKABLE, open_corrections, unchecked_corrections
from blocs.reports.models.sheets import read_sheet, sheet_of
from blocs.reports.models.versions import frozen_row
from blocs.reports.views.grid.lines import SheetLine
from blocs.reports.views.grid.words import SheetWords
from blocs.reports.views.reports import ReportPage
from blocs.reports.views.sheets import SheetPage
from blocs.reports.views.version_words import ChangeWords, change_words
from blocs.states import ReportState, VersionKind
from blocs.years.models import BlocYear
from blocs.years.models.regulation import decimals_of
from thidua.common.pages.kept import forget_input, kept_input
from thidua.common.pages.views import RESTORED, refuse
from thidua.common.vietnamese.numbers import points_text, two_digits, whole_number


@dataclass(frozen=True)
class AskRow:
    """A leaf with the unit's answer and the field for what is to be corrected there."""

    pk: int
    label: str
    name: str
    maximum: str
    own: str
    answer: str
    field: str
    reason: str
    other: str
    error: str


class AskingPage(ReportPage):
    """A page of those who ask for corrections.

    A body outside the bloc does not read the report; it comes by its assignment and sees its
    own leaves alone.
    """

    assignment = None

    def get_bloc_year(self):
        try:
            return super().get_bloc_year()
        except Http404:
            due = due_to(self.request.user).filter(report=self.kwargs["pk"])
            self.assignment = due.first()
            if self.assignment is None:
                raise
        self.report = self.assignment.report
        year = BlocYear.objects.for_page().get(pk=self.report.bloc_year_id)
        self.report.bloc_year = year
        return year

    def get_breadcrumbs(self):
        if self.assignment is None:
            return super().get_breadcrumbs()
        listed = ("Bảng điểm tôi phải chấm", reverse("appraisal:assignment_list"))
        return [("Trang chủ", "/"), listed, (self.get_crumb(), None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=self.get_back_url(), **kwargs)

    def get_back_url(self):
        """Where the person came from: the report, or the own sheet of marks."""
        if self.assignment is None:
            return self.report.get_absolute_url()
        return reverse("appraisal:mark_edit", args=(self.assignment.pk,))


class CorrectionEdit(AskingPage, TemplateView):
    """Writes beside each leaf what the unit has to correct; the report goes back afterwards."""

    template_name = "appraisal/corrections/edit.html"
    permission_required = "appraisal.ask_correction"
    open_states = ASKABLE
    crumb = "Yêu cầu sửa từng tiêu chí"

    def get(self, request, *args, **kwargs):
        kept = kept_input(request)
        if kept:
            messages.warning(request, RESTORED)
        return self.show(kept)

    def post(self, request, *args, **kwargs):
        form = CorrectionsForm(rows_to_ask(self.object, request.user), request.POST)
        if not form.is_valid():
            return self.show(request.POST, form.errors, status=422)
        try:
            ask_corrections(self.object, reasons=form.reasons(), actor=request.user)
        except ValidationError as error:
            found = getattr(error, "message_dict", {"": error.messages})
            errors = {f"reason-{pk}": sentences for pk, sentences in found.items()}
            return self.show(request.POST, errors, status=422)
        forget_input(request)
        messages.success(request, "Đã lưu yêu cầu sửa. Đơn vị nhận được khi báo cáo bị trả lại.")
        return redirect(self.get_back_url())

    def show(self, typed=None, errors=None, status=200):
        report, user = self.object, self.request.user
        corrections = {
            correction.criterion_id: correction for correction in open_corrections(report)
        }
        unit = asking_unit(report, user)
        decimals = decimals_of(self.bloc_year)
        rows = [
            ask_row(row, corrections.get(row.criterion.pk), unit, decimals, typed, errors or {})
            for row in rows_to_ask(report, user)
        ]
        context = self.get_context_data(rows=rows, errors=[row for row in rows if row.error])
        return self.render_to_response(context, status=status)


def ask_row(row, correction, unit, decimals, typed, errors):
    node, score = row.criterion, row.score
    field, own = f"reason-{node.pk}", score.self_points if score else None
    stored = correction.reason if correction else ""
    is_others = bool(correction) and correction.asked_by_unit_id != unit
    asker = correction and (correction.asked_by_unit or correction.asked_by)
    return AskRow(
        pk=node.pk,
        label=row.label,
        name=node.name,
        maximum=points_text(node.max_points or None, decimals),
        own=points_text(own, decimals),
        answer=answer_words(node.kind, node.rule, node.measure, row.entry),
        field=field,
        reason=stored if typed is None else typed.get(field, ""),
        other=f"{asker}: {correction.reason}" if is_others else "",
        error=" ".join(map(str, errors.get(field, ()))),
    )


@dataclass(frozen=True)
class CheckRow:
    """A corrected leaf as it was when it was asked about, and as it is now."""

    pk: int
    label: str
    name: str
    reason: str
    asked_by: str
    may_check: bool
    changes: tuple[ChangeWords, ...]
    url: str


class CorrectionCheck(AskingPage, TemplateView):
    """The corrected leaves, before and after, for the body that asked."""

    template_name = "appraisal/corrections/check.html"
    permission_required = "appraisal.ask_correction"
    open_states = ASKABLE
    crumb = "Kiểm tra lại tiêu chí đã sửa"

    def post(self, request, *args, **kwargs):
        chosen = [pk for pk in map(whole_number, request.POST.getlist("corrections")) if pk]
        if not chosen:
            messages.error(request, "Vui lòng chọn tiêu chí đã kiểm tra lại.")
            return redirect(request.path)
        try:
            check_corrections(self.object, corrections=chosen, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
            return redirect(request.path)
        messages.success(request, "Đã ghi kết quả kiểm tra lại.")
        return redirect(self.get_back_url())

    def get_context_data(self, **kwargs):
        report = self.object
        versions = list(report.versions.filter(kind=VersionKind.SUBMITTED).order_by("-number"))
        rows = {row.criterion.pk: row for row in sheet_of(report).rows}
        decimals = decimals_of(self.bloc_year)
        found = [
            self.check_row(correction, rows[correction.criterion_id], versions, decimals)
            for correction in unchecked_corrections(report)
            if self.assignment is None or may_check(report, correction, self.request.user)
        ]
        return super().get_context_data(rows=found, **kwargs)

    def check_row(self, correction, row, versions, decimals):
        now = frozen_row(row)
        asked = next((one for one in versions if one.taken_at <= correction.asked_at), None)
        before = {one["path"]: one for one in asked.rows} if asked else {}
        changes = changes_of(before.get(row.path, {}), now)
        sheet = reverse("reports:appraisal_edit", args=(self.object.pk,))
        if self.assignment is not None:
            sheet = self.get_back_url()
        return CheckRow(
            pk=correction.pk,
            label=row.label,
            name=row.criterion.name,
            reason=correction.reason,
            asked_by=str(correction.asked_by_unit or correction.asked_by),
            may_check=may_check(self.object, correction, self.request.user),
            changes=tuple(change_words(change, decimals) for change in changes),
            url=f"{sheet}#tc-{correction.criterion_id}",
        )


class CorrectionWords(SheetWords):
    """A sheet in which only leaves to correct have inputs; `reason` says what is wrong."""

    def __init__(self, sheet, *, form, corrections):
        super().__init__(sheet, shows_given=False, form=form)
        self.corrections = {
            correction.criterion_id: correction.reason for correction in corrections
        }

    def leaf(self, row):
        wanted = self.corrections.get(row.criterion.pk)
        if wanted is None:
            return SheetLine(**self.read_values(row))
        return replace(super().leaf(row), reason=wanted, is_changed=True)


class CorrectionSheet(SheetPage):
    """The unit corrects what it was asked to; every other leaf is shown and locked."""

    template_name = "appraisal/corrections/sheet.html"
    permission_required = "reports.edit_report"
    open_states = (ReportState.RETURNED,)
    crumb = "Sửa tiêu chí được yêu cầu"
    save_label = "Lưu các tiêu chí đã sửa"
    locked = NOT_TO_CORRECT

    def get(self, request, *args, **kwargs):
        if not open_corrections(self.object):
            return redirect("reports:sheet_edit", self.object.pk)
        note_corrections(self.object, actor=request.user)
        return super().get(request, *args, **kwargs)

    def get_form(self, data=None, **kwargs):
        self.whole = read_sheet(self.object)
        wanted = set(map(attrgetter("criterion_id"), open_corrections(self.object)))
        rows = tuple(row for row in self.whole.rows if row.criterion.pk in wanted)
        self.sheet = replace(self.whole, rows=rows)
        return self.form_class(self.sheet, data, decimals=decimals_of(self.bloc_year), **kwargs)

    def act(self, form):
        save_scores(self.object, rows=form.to_rows(), actor=self.request.user)

    def get_words(self, form):
        return CorrectionWords(self.whole, form=form, corrections=open_corrections(self.object))

    def get_progress(self):
        return f"{two_digits(len(self.sheet.rows))} tiêu chí được yêu cầu sửa"
