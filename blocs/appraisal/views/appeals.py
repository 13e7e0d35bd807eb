"""Objections to appraised points: the list with its window, the draft, the moves, the answer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from blocs.appraisal.actions.appeals import answer_appeal, draft_appeal, move_appeal
from blocs.appraisal.forms.appeals import ACCEPT, AnswerForm, AppealForm
from blocs.appraisal.models.marks import Appeal
from blocs.appraisal.views.appeal_list import objects
from blocs.appraisal.workflows import APPEAL
from blocs.reports.models import Report
from blocs.reports.models.appeal_window import OBJECTABLE
from blocs.reports.models.sheets import sheet_of
from blocs.reports.views.reports import ReportPage
from blocs.states import AppealState
from blocs.years.models.regulation import decimals_of
from thidua.common.pages.by_move import MakesMove
from thidua.common.pages.views import ObjectFormPage, TransitionPage
from thidua.common.vietnamese.numbers import format_decimal


class AppealEdit(ReportPage, ObjectFormPage):
    template_name = "appraisal/appeals/edit.html"
    permission_required = "appraisal.draft_appeal"
    open_states = OBJECTABLE
    form_class = AppealForm
    submit_label = "Lưu bản nháp"
    success_message = (
        "Đã lưu kiến nghị. Lãnh đạo đơn vị gửi trong thời hạn thì kiến nghị được nhận."
    )
    crumb = "Kiến nghị về điểm"

    def find_object(self):
        wanted = self.kwargs["criterion_pk"]
        found = [row for row in sheet_of(self.report).rows if row.criterion.pk == wanted]
        if not found:
            raise Http404
        self.row = found[0]
        return self.report

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        maximum = self.row.criterion.max_points or None
        return kwargs | {"decimals": decimals_of(self.bloc_year), "maximum": maximum}

    def get_initial(self):
        live = self.object.appeals.exclude(state=AppealState.WITHDRAWN)
        appeal = live.filter(criterion=self.row.criterion).first()
        return {"text": appeal.text, "asked_points": appeal.asked_points} if appeal else {}

    def get_heading(self):
        return f"Kiến nghị về tiêu chí {self.row.label}"

    def act(self, form):
        draft_appeal(
            self.object,
            criterion=self.row.criterion,
            text=form.cleaned_data["text"],
            asked_points=form.cleaned_data["asked_points"],
            actor=self.request.user,
        )

    def get_success_url(self):
        return reverse("appraisal:appeal_list", args=(self.report.pk,))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            leaf=leaf_facts(self.row, decimals_of(self.bloc_year)), **kwargs
        )


def leaf_facts(row, decimals):
    """What a person has to know of the leaf: its points and why they differ."""
    score = row.score
    facts = [("Tiêu chí", f"{row.label}. {row.criterion.name}")]
    if score and score.self_points is not None:
        facts.append(("Điểm tự chấm", format_decimal(score.self_points, decimals)))
    if score and score.appraised_points is not None:
        facts.append(("Điểm thẩm định", format_decimal(score.appraised_points, decimals)))
    if score and score.appraisal_reason:
        facts.append(("Lý do điều chỉnh", score.appraisal_reason))
    return facts


class AppealPage(ReportPage):
    """A page about one objection; a draft exists only for its unit."""

    def get_bloc_year(self):
        user = self.request.user
        visible = Report.objects.visible_to(user)
        found = Appeal.objects.filter(report__in=visible).select_related("criterion", "report")
        self.appeal = get_object_or_404(found, pk=self.kwargs["pk"])
        self.kwargs = {**self.kwargs, "pk": self.appeal.report_id}
        year = super().get_bloc_year()
        self.appeal.report = self.report
        if self.appeal.raised_at is None and not objects(user, self.report):
            raise Http404
        return year

    def find_object(self):
        return self.appeal

    def get_list_url(self):
        return reverse("appraisal:appeal_list", args=(self.report.pk,))


class AppealMove(AppealPage, TransitionPage):
    """Sends an objection, or takes it back."""

    workflow = APPEAL

    def get_crumb(self):
        return self.workflow[self.kwargs["move"]].label

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"cancel_url": self.get_list_url()}

    def act(self, note):
        self.appeal = move_appeal(self.appeal, move=self.move.name, actor=self.request.user)
        return self.appeal


class AppealAnswer(MakesMove, AppealPage, ObjectFormPage):
    """The appraiser's answer, with new points where it gives way."""

    workflow, move_name = APPEAL, "accept"
    template_name = "appraisal/appeals/edit.html"
    permission_required = "appraisal.answer_appeal"
    form_class = AnswerForm
    submit_label = "Trả lời kiến nghị"
    success_message = "Đã trả lời kiến nghị."
    consequence = "Trả lời xong không sửa được nữa; điểm của tiêu chí chỉ thay đổi khi chấp nhận."
    crumb = "Trả lời kiến nghị"

    def dispatch(self, request, *args, **kwargs):
        if self.object and self.object.state != AppealState.OPEN and self.has_permission():
            messages.error(request, "Kiến nghị này không chờ trả lời nữa.")
            return redirect(self.get_list_url())
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        maximum = self.appeal.criterion.max_points or None
        return kwargs | {"decimals": decimals_of(self.bloc_year), "maximum": maximum}

    def get_heading(self):
        return f"Trả lời kiến nghị của {self.report.unit.short_name}"

    def act(self, form):
        data = form.cleaned_data
        answer_appeal(
            self.appeal,
            accepts=data["decision"] == ACCEPT,
            points=data["points"],
            answer=data["answer"],
            actor=self.request.user,
        )

    def get_success_url(self):
        return self.get_list_url()

    def get_context_data(self, **kwargs):
        rows = sheet_of(self.report).rows
        row = next(row for row in rows if row.criterion.pk == self.appeal.criterion_id)
        decimals = decimals_of(self.bloc_year)
        facts = [*leaf_facts(row, decimals), ("Kiến nghị của đơn vị", self.appeal.text)]
        if self.appeal.asked_points is not None:
            facts.append(("Điểm đề nghị", format_decimal(self.appeal.asked_points, decimals)))
        return super().get_context_data(leaf=facts, **kwargs)
