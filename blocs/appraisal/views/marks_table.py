"""All marks of one sheet side by side, and the points they become."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import TemplateView

from blocs.appraisal.actions.assignments import open_round
from blocs.appraisal.actions.marks import combine_marks, combining_obstacles, combining_words
from blocs.appraisal.actions.openings import note_marks_seen
from blocs.appraisal.domain.appraisal import mean_of, spread_of
from blocs.appraisal.forms.marks import DecidedForm
from blocs.appraisal.models.combining import combined_rows, total_words
from blocs.appraisal.models.markings import may_see_marks
from blocs.appraisal.views.mark_lines import MarkCell, MarksLine, and_above
from blocs.reports.models import Report
from blocs.reports.models.assignments import (
    MARKABLE,
    assignments_of,
    last_round,
    mode_of,
    next_round_refusals,
    undone,
)
from blocs.reports.models.sheets import sheet_of
from blocs.reports.permissions import shows_appraisal
from blocs.reports.views.reports import ReportPage
from blocs.states import AppraisalMode
from blocs.years.models import BlocYear
from blocs.years.models.regulation import decimals_of, regulation_of
from thidua.common.pages.kept import forget_input
from thidua.common.pages.views import refuse
from thidua.common.stamps import OvertakenError, stamp_of_words
from thidua.common.vietnamese.numbers import points_text, two_digits

COMBINED = "Đã gộp điểm vào cột thẩm định. Hãy xem lại rồi hoàn thành thẩm định."
OPENED = "Đã mở vòng chấm tiếp theo."
HEAD_MODE = "Năm này khối trưởng, khối phó thẩm định; không có người chấm khác."
HIDDEN = "Điểm của {count} đơn vị chưa hiện: quy định chỉ cho xem sau khi chấm xong."


class MarksPage(ReportPage, TemplateView):
    """The marks the person may see now, leaf by leaf, with mean and spread."""

    template_name = "appraisal/appraisals/marks_table.html"
    permission_required = "appraisal.view_marks"
    crumb = "Điểm của các đơn vị chấm"
    is_combining = False

    def get_bloc_year(self):
        found = Report.objects.visible_to(self.request.user).for_page()
        self.report = get_object_or_404(found, pk=self.kwargs["pk"])
        years = BlocYear.objects.for_page()
        self.report.bloc_year = get_object_or_404(years, pk=self.report.bloc_year_id)
        return self.report.bloc_year

    def read(self):
        self.assignments = assignments_of(self.report)
        self.rules = regulation_of(self.bloc_year)
        self.visible = may_see_marks(
            self.request.user, self.report, self.assignments, is_blind=self.rules.is_blind
        )
        self.rows = combined_rows(sheet_of(self.report), self.assignments)
        self.is_whole = len(self.visible) == len(self.assignments)

    def show(self, forms, general=(), status=200):
        if not hasattr(self, "rows"):
            self.read()
        hidden = len(self.assignments) - len(self.visible)
        may = self.may_appraise()
        obstacles = combining_obstacles(self.report, self.assignments)
        context = self.get_context_data(
            assignments=[self.get_column(one) for one in self.assignments],
            lines=self.get_lines(forms),
            arithmetic=total_words(sheet_of(self.report), self.rows) if self.is_whole else "",
            shows_given=shows_appraisal(self.request.user, self.report),
            hidden=HIDDEN.format(count=two_digits(hidden)) if hidden else "",
            general=general,
            is_combining=self.is_combining,
            may_combine=may and not obstacles and not self.is_combining,
            may_open_round=may and self.can_open_round(),
            obstacles=obstacles if may else [],
            next_round=last_round(self.assignments) + 1,
            seen=self.get_seen() if self.is_combining else "",
            advice=self.say(HEAD_MODE) if mode_of(self.bloc_year) == AppraisalMode.HEAD else "",
        )
        return self.render_to_response(context, status=status)

    def get_seen(self):
        return stamp_of_words(combining_words(self.report, self.assignments))

    def may_appraise(self):
        is_time = self.report.state in MARKABLE
        return is_time and self.request.user.has_perm("reports.appraise_report", self.report)

    def can_open_round(self):
        number = last_round(self.assignments)
        is_over = 0 < number < self.rules.rounds and not undone(self.assignments)
        return is_over and not next_round_refusals(self.assignments)

    def get_column(self, one):
        label = one.unit.short_name
        return {
            "label": f"{label} (vòng {one.round})" if last_round(self.assignments) > 1 else label,
            "is_done": bool(one.done_at),
            "done_at": one.done_at,
            "unit": one.unit.name,
        }

    def get_lines(self, forms):
        leaves = {one.row.path: one for one in self.rows}
        wanted = {above for path in leaves for above in and_above(path)}
        tree = sheet_of(self.report).tree
        return [
            self.get_line(leaves[path], forms)
            if path in leaves
            else MarksLine(number=tree.printed[path], name=row.name, is_group=True)
            for path, row in tree.rows.items()
            if path in wanted
        ]

    def get_line(self, one, forms):
        row, form = one.row, forms.get(one.row.criterion.pk)
        score, places = row.score, decimals_of(self.bloc_year)
        # Mean and spread would tell a hidden mark to who knows the own one.
        points = one.points if self.is_whole else []
        mean, spread = mean_of(points), spread_of(points)
        return MarksLine(
            number=row.outline,
            name=row.criterion.name,
            anchor=f"tc-{row.criterion.pk}",
            maximum=points_text(row.criterion.max_points or None, places),
            own=points_text(score.self_points if score else None, places),
            cells=self.get_cells(one),
            mean=points_text(mean, places),
            spread=points_text(spread, places),
            outcome="" if one.is_asked or not self.is_whole else points_text(one.outcome, places),
            question=one.outcome.sentence if one.is_asked and self.is_whole else "",
            given=points_text(score.appraised_points if score else None, places),
            prefix=f"s{row.criterion.pk}" if one.is_asked and self.is_combining else "",
            points_typed=form.strings["points"] if form else "",
            reason_typed=form.strings["reason"] if form else "",
            wrong=" ".join(form.wrong.values()) if form else "",
        )

    def get_cells(self, one):
        """A cell for every column; empty where the leaf is not that unit's."""
        marks = {mine.pk: mark for round_ in one.rounds for mine, mark in round_}
        found, places = [], decimals_of(self.bloc_year)
        for column in self.assignments:
            label, mark = column.unit.short_name, marks.get(column.pk)
            if column.pk not in self.visible:
                found.append(MarkCell(label, is_hidden=True))
            elif mark is None:
                found.append(MarkCell(label))
            else:
                found.append(MarkCell(label, points_text(mark.points, places), mark.reason))
        return tuple(found)


class MarksTable(MarksPage):
    """The marks to be read; that they were stands in the log book."""

    def get(self, request, *args, **kwargs):
        note_marks_seen(self.report, actor=request.user)
        return self.show({})


class MarksCombine(MarksPage):
    """The same table before it becomes the bloc's points; open questions are answered here."""

    permission_required = "reports.appraise_report"
    open_states = MARKABLE
    is_combining = True
    crumb = "Gộp điểm"

    def get(self, request, *args, **kwargs):
        self.read()
        if obstacles := combining_obstacles(self.report, self.assignments):
            refuse(request, ValidationError(obstacles))
            return redirect("appraisal:marks_table", self.report.pk)
        return self.show(self.get_forms())

    def post(self, request, *args, **kwargs):
        self.read()
        forms = self.get_forms(request.POST)
        found = [form.is_valid() for form in forms.values()]
        if not all(found):
            return self.show(forms, status=422)
        decided = {pk: form.decided for pk, form in forms.items() if form.decided}
        try:
            combine_marks(
                self.object,
                decided=decided,
                seen=request.POST.get("seen", ""),
                actor=request.user,
            )
        except OvertakenError as error:
            self.read()
            return self.show(forms, error.messages, status=409)
        except ValidationError as error:
            return self.show(forms, self.get_sentences(error), status=422)
        forget_input(request)
        messages.success(request, COMBINED)
        return redirect(self.report)

    def get_forms(self, data=None):
        decimals = decimals_of(self.bloc_year)
        return {
            one.row.criterion.pk: DecidedForm(one.row, decimals=decimals, data=data)
            for one in self.rows
            if one.is_asked
        }

    def get_sentences(self, error):
        if not hasattr(error, "error_dict"):
            return error.messages
        labels = {one.row.criterion.pk: one.row.label for one in self.rows}
        return [
            f"Tiêu chí {labels[pk]}: {sentence}"
            for (pk, _), found in error.error_dict.items()
            for one in found
            for sentence in one.messages
        ]


class RoundOpen(ReportPage, View):
    """Opens another round of marks for one sheet."""

    http_method_names = ("post",)
    permission_required = "reports.appraise_report"

    def post(self, request, *args, **kwargs):
        try:
            open_round(self.object, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
        else:
            messages.success(request, OPENED)
        return redirect("appraisal:marks_table", self.report.pk)
