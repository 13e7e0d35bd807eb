"""The two grids of a report: the unit scores itself, the bloc appraises."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView

from blocs.reports.actions.reports import APPRAISABLE, WRITABLE
from blocs.reports.actions.scores import save_appraisal, save_scores
from blocs.reports.forms.scores import AppraisalSheetForm, SheetForm
from blocs.reports.models.agreed_targets import with_agreed
from blocs.reports.models.sheets import read_sheet
from blocs.reports.views.grid.words import SheetWords, answered_words, appraised_words
from blocs.reports.views.reports import ReportPage
from blocs.years.models.regulation import decimals_of
from thidua.common.pages.kept import forget_input, kept_input
from thidua.common.pages.views import RESTORED
from thidua.common.stamps import OvertakenRowsError
from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.numbers import two_digits

NOTHING_CHANGED = "Mọi nội dung trên trang đã được lưu."
NEVER_SAVED = "Chưa có điểm nào được lưu."
UNSAVED = "Có thay đổi chưa lưu"


class SheetPage(ReportPage, TemplateView):
    """A grid that is posted whole: all changed rows are saved, or none and the page says why."""

    form_class = SheetForm
    is_open = True
    # The column of what the appraisers give; none on the unit's own pages.
    given_label = ""
    total_label = "Tổng cộng"
    save_label = ""
    # The address that saves a row while it is typed.
    autosave = ""

    def get(self, request, *args, **kwargs):
        kept = kept_input(request)
        if kept:
            messages.warning(request, RESTORED)
        return self.show(self.get_form(kept))

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            self.act(form)
        except OvertakenRowsError as error:
            form = self.get_form(request.POST, conflicts=error.rows)
            form.put_errors(error.said_to(self.request.user))
            return self.show(form, status=409)
        except ValidationError as error:
            form.put_errors(error)
            return self.show(form, status=422)
        return self.saved(form)

    def get_form(self, data=None, **kwargs):
        # Read anew each time: after a conflict the page shows what the other person saved.
        sheet = with_agreed(read_sheet(self.object))
        self.sheet = sheet
        decimals = decimals_of(self.bloc_year)
        return self.form_class(sheet, data, decimals=decimals, **kwargs)

    def act(self, form):
        raise NotImplementedError

    def saved(self, form):
        forget_input(self.request)
        count = len(form.forms)
        words = f"Đã lưu {two_digits(count)} tiêu chí." if count else NOTHING_CHANGED
        messages.success(self.request, words)
        return redirect(self.get_next())

    def get_next(self):
        """A row's own button saves the sheet first and then leads to that row's files."""
        wanted = self.request.POST.get("evidence", "")
        if wanted in {str(row.criterion.pk) for row in self.sheet.rows}:
            return reverse("reports:evidence_upload", args=(self.object.pk, wanted))
        return self.request.path

    def show(self, form, status=200):
        words = self.get_words(form)
        errors = self.get_errors(form, words)
        is_refused = bool(errors or form.general)
        lines = words.lines()
        context = self.get_context_data(
            lines=lines,
            parts=[line for line in lines if line.is_group],
            next_line=next((line for line in lines if line.is_open), None),
            lacking=words.lacking(),
            foot=words.foot(),
            errors=errors,
            general=form.general,
            save_state=UNSAVED if is_refused else last_saved(words.sheet, self.is_saved_here),
            progress=self.get_progress(),
            autosave=self.get_autosave_url() if self.is_open else "",
        )
        return self.render_to_response(context, status=status)

    def is_saved_here(self, score):
        """Whether the last save of the row was one of this page."""
        return bool(score.saved_at)

    def get_autosave_url(self):
        """Where the script posts what is typed; empty for a page that its button alone saves."""
        return reverse(self.autosave, args=(self.object.pk,)) if self.autosave else ""

    def get_words(self, form):
        return SheetWords(self.sheet, shows_given=bool(self.given_label), form=form)

    def get_errors(self, form, words):
        """Every row to look at once: its number, what is the matter and where it stands."""
        found = []
        for row in self.sheet.rows:
            sentences = list(dict.fromkeys(form.errors_of(row.criterion.pk).values()))
            if row.criterion.pk in form.conflicts:
                sentences.append(words.conflict(row))
            if sentences:
                found.append((row.label, " ".join(sentences), f"#tc-{row.criterion.pk}"))
        return found

    def get_progress(self):
        raise NotImplementedError


class SheetEdit(SheetPage):
    template_name = "reports/sheet_edit.html"
    permission_required = "reports.edit_report"
    open_states = WRITABLE
    crumb = "Tự chấm điểm"
    save_label = "Lưu bảng tự chấm"
    autosave = "reports:sheet_autosave"

    def act(self, form):
        save_scores(self.object, rows=form.to_rows(), actor=self.request.user)

    def get_progress(self):
        return answered_words(self.sheet)


class AppraisalEdit(SheetPage):
    template_name = "reports/appraisal_edit.html"
    permission_required = "reports.prepare_appraisal"
    open_states = APPRAISABLE
    form_class = AppraisalSheetForm
    crumb = "Thẩm định điểm"
    given_label = "Thẩm định"
    save_label = "Lưu điểm thẩm định"
    autosave = "reports:appraisal_autosave"

    def act(self, form):
        save_appraisal(self.object, rows=form.to_rows(), actor=self.request.user)

    def get_progress(self):
        return appraised_words(self.sheet)

    def is_saved_here(self, score):
        """The unit's own save of the row is none of the appraisal."""
        is_ours = score.appraised_by_id and score.appraised_by_id == score.saved_by_id
        return bool(is_ours) and super().is_saved_here(score)


def last_saved(sheet, is_saved_here):
    """When and by whom a row of the sheet was last saved on this page."""
    saved = [row.score for row in sheet.rows if row.score and is_saved_here(row.score)]
    if not saved:
        return NEVER_SAVED
    last = max(saved, key=lambda score: score.saved_at)
    return f"Đã lưu lúc {moment_words(last.saved_at)}, {last.saved_by}"
