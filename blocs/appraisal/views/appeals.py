"""Objections to appraised points: the list with its window, the draft, the moves, the answer."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from blocs.appraisal.actions.appeals import answer_appeal, draft_appeal, move_appeal
from blocs.appraisal.forms.appeals import ACCEPT, AnswerForm, AppealForm
from blocs.appraisal.models.marks import Appeal
from blocs.appraisal.workflows import APPEAL
from blocs.reports.models import Report
from blocs.reports.models.appeal_window import OBJECTABLE, appeal_window
from blocs.reports.models.sheets import sheet_of
from blocs.reports.views.reports import ReportPage, shows_appraisal
from blocs.states import TONES, AppealState
from blocs.years.models.regulation import decimals_of
from thidua.common.pages.views import ObjectFormPage, TransitionPage, move_buttons
from thidua.common.vietnamese.dates import moment_words, short_date
from thidua.common.vietnamese.numbers import format_decimal, format_difference, points_text
from thidua.common.workflow import available

NO_WINDOW = "Quy định của năm không đặt thời hạn kiến nghị."
NOT_YET = "Kiến nghị được nhận khi thẩm định xong."


@dataclass(frozen=True)
class AppealCard:
    """One objection with its answer, and what may be done with it now."""

    label: str
    name: str
    tone: str
    state: str
    points: tuple[tuple[str, str], ...]
    text: str
    answer: str
    sent: str
    answered: str
    edit_url: str
    answer_url: str
    moves: list


@dataclass(frozen=True)
class LoweredRow:
    """A leaf whose appraised points differ from the unit's own."""

    label: str
    name: str
    own: str
    given: str
    difference: str
    reason: str
    url: str


class AppealList(ReportPage, TemplateView):
    """All objections of a unit to its points, and the leaves it can still object to."""

    template_name = "appraisal/appeals/list.html"
    permission_required = "reports.view_report"
    crumb = "Kiến nghị về điểm"

    def find_object(self):
        if not shows_appraisal(self.request.user, self.report):
            raise Http404
        return self.report

    def get_context_data(self, **kwargs):
        report, user = self.object, self.request.user
        self.decimals = decimals_of(self.bloc_year)
        self.labels = {row.criterion.pk: row for row in sheet_of(report).rows}
        appeals = [self.with_report(one) for one in self.get_appeals()]
        window = appeal_window(report, timezone.localdate())
        is_open = bool(window) and window.is_open and report.state in OBJECTABLE
        may_draft = is_open and user.has_perm("appraisal.draft_appeal", report)
        live = {one.criterion_id for one in appeals if one.state != AppealState.WITHDRAWN}
        return super().get_context_data(
            window=window_words(window, report),
            cards=[self.card(one, is_open) for one in appeals],
            rows=self.lowered_rows(live if may_draft else None),
            **kwargs,
        )

    def get_appeals(self):
        """Drafts are the unit's own affair."""
        found = self.object.appeals.select_related("raised_by")
        return found if objects(self.request.user, self.object) else found.exclude(raised_at=None)

    def with_report(self, appeal):
        appeal.report = self.object
        return appeal

    def points(self, value):
        return points_text(value, self.decimals)

    def card(self, appeal, is_open):
        row, user = self.labels[appeal.criterion_id], self.request.user
        score = row.score
        named = (
            ("Điểm tự chấm", score.self_points if score else None),
            ("Điểm thẩm định khi kiến nghị", appeal.points_before or now_given(appeal, score)),
            ("Điểm đề nghị", appeal.asked_points),
            ("Điểm sau khi trả lời", appeal.points_after),
        )
        is_draft = appeal.state == AppealState.DRAFT and is_open
        may_edit = is_draft and user.has_perm("appraisal.draft_appeal", self.object)
        waits = appeal.state == AppealState.OPEN and user.has_perm(
            "appraisal.answer_appeal", appeal
        )
        answered = appeal.answered_at and moment_words(appeal.answered_at)
        return AppealCard(
            label=row.label,
            name=row.criterion.name,
            tone=TONES[appeal.state] if appeal.state != "open" else "submitted",
            state=appeal.get_state_display(),
            points=tuple((word, self.points(value)) for word, value in named if value is not None),
            text=appeal.text,
            answer=appeal.answer,
            sent=moment_words(appeal.raised_at) if appeal.raised_at else "",
            answered=answered or "",
            edit_url=self.page("appeal_edit", row.criterion.pk) if may_edit else "",
            answer_url=reverse("appraisal:appeal_answer", args=(appeal.pk,)) if waits else "",
            moves=appeal_moves(appeal, user),
        )

    def page(self, name, *args):
        return reverse(f"appraisal:{name}", args=(self.object.pk, *args))

    def lowered_rows(self, live):
        """Leaves with another appraised result; `live` have an objection, None: none is taken."""
        found = []
        for row in self.labels.values():
            score = row.score
            if score is None or score.appraised_points is None:
                continue
            own = score.self_points
            if own == score.appraised_points:
                continue
            may = live is not None and row.criterion.pk not in live
            found.append(
                LoweredRow(
                    label=row.label,
                    name=row.criterion.name,
                    own=self.points(own),
                    given=self.points(score.appraised_points),
                    difference=format_difference(score.appraised_points, own or 0, self.decimals),
                    reason=score.appraisal_reason,
                    url=self.page("appeal_edit", row.criterion.pk) if may else "",
                )
            )
        return found


def objects(user, report):
    """Whether the person drafts or sends the objections of this unit."""
    rights = ("appraisal.draft_appeal", "appraisal.raise_appeal")
    return any(user.has_perm(right, report) for right in rights)


def now_given(appeal, score):
    """Before the answer the appraised points are those of the sheet."""
    is_waiting = appeal.state in (AppealState.DRAFT, AppealState.OPEN)
    return score.appraised_points if score and is_waiting else None


def appeal_moves(appeal, user):
    """Buttons of the moves, as components/moves.html shows them."""
    found = available(APPEAL, appeal, user)
    return move_buttons(
        found, lambda move: reverse("appraisal:appeal_move", args=(appeal.pk, move.name))
    )


def window_words(window, report):
    if window is None:
        return NO_WINDOW if report.appraised_at else NOT_YET
    if report.state not in OBJECTABLE:
        return f"Thời hạn kiến nghị đến hết ngày {short_date(window.last_on)}."
    return f"Thời hạn kiến nghị đến hết ngày {short_date(window.last_on)}: {window.words}."


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

    template_name = "reports/report_move.html"
    workflow = APPEAL

    def get_crumb(self):
        return self.workflow[self.kwargs["move"]].label

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"cancel_url": self.get_list_url()}

    def act(self, note):
        self.appeal = move_appeal(self.appeal, move=self.move.name, actor=self.request.user)
        return self.appeal


class AppealAnswer(AppealPage, ObjectFormPage):
    """The appraiser's answer, with new points where it gives way."""

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
