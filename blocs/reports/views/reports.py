"""One yearly report: to read, to write, to move along."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property

from blocs.reports.actions.amended_sheets import confirm_amended, redo_amended
from blocs.reports.actions.evidence import note_reading
from blocs.reports.actions.notices import notice_fact
from blocs.reports.actions.reports import (
    APPRAISABLE,
    EXPLAINABLE,
    WRITABLE,
    closed_words,
    save_explanation,
    save_narrative,
)
from blocs.reports.forms.reports import (
    REDO,
    AmendedSheetForm,
    ExplanationForm,
    NarrativeForm,
)
from blocs.reports.models.reports import Report
from blocs.reports.models.sheet_basis import sent_under
from blocs.reports.models.sheets import sheet_of
from blocs.reports.models.submission_days import copy_words, sent_words
from blocs.reports.permissions import OF_THE_UNIT, shows_appraisal
from blocs.reports.views.grid.words import SheetWords
from blocs.reports.views.lacking import gaps_before, gaps_now, sending_facts
from blocs.reports.views.report_panels import marking_pages, openings_for, own_pages, panels
from blocs.reports.workflows import REPORT
from blocs.states import SENT_STATES, TONES, ReportState
from blocs.units.models.seats import standing_of
from blocs.years.models import BlocYear
from blocs.years.views.pages import BlocYearPage
from thidua.common.basis import with_kept_facts
from thidua.common.log_book.openings import told_of
from thidua.common.pages.basis import BasisPage
from thidua.common.pages.saving import SavesItself
from thidua.common.pages.timeline import most_lines, timeline
from thidua.common.pages.views import ObjectFormPage, ObjectMixin, ObjectPage, TransitionPage
from thidua.common.vietnamese.dates import moment_words
from thidua.papers.signed_copies import copy_rows

UNFINISHED = "chưa thẩm định xong"
UNSCORED = "chưa tự chấm xong"
UNCONFIRMED = "chưa; nơi thẩm định xem bản quét, xác nhận khi hoàn thành thẩm định hoặc trả lại"


# Until the appraisal ends, its points are the appraisers' own.
OF_APPRAISERS = ("reports.save_appraisal", "appraisal.end_round", "ranking.settle_relative")


def secret_actions(user, report):
    """Actions of the log book whose values this reader may not see."""
    if report.unit_id not in standing_of(user).units:
        return OF_THE_UNIT
    return () if shows_appraisal(user, report) else OF_APPRAISERS


class ReportPage(BlocYearPage, ObjectMixin):
    """A page about one report.

    `open_states` are those in which the page can be filled in: outside them it says why, but
    what was typed before the state changed still reaches the action and comes back with a reason.
    """

    open_states = ()
    tab_place = "reports"

    def get_bloc_year(self):
        found = Report.objects.visible_to(self.request.user).for_page().with_member()
        self.report = get_object_or_404(with_kept_facts(found), pk=self.kwargs["pk"])
        year = get_object_or_404(BlocYear.objects.for_page(), pk=self.report.bloc_year_id)
        self.report.bloc_year = year
        year.known_members = {self.report.unit_id: self.report.member}
        return year

    def find_object(self):
        return self.report

    def dispatch(self, request, *args, **kwargs):
        closed = self.closed_sentence() if self.object else ""
        if closed and request.method == "GET" and self.has_permission():
            return self.say_closed(closed)
        return super().dispatch(request, *args, **kwargs)

    def closed_sentence(self):
        """Why nothing can be typed on this page now; empty while it is open."""
        is_closed = self.open_states and self.object.state not in self.open_states
        return closed_words(self.object) if is_closed else ""

    def say_closed(self, sentence):
        context = {
            "report": self.object,
            "sentence": sentence,
            "breadcrumbs": self.get_breadcrumbs(),
        }
        return render(self.request, "reports/report_closed.html", context, status=403)

    def get_breadcrumbs(self):
        year, report = self.bloc_year, self.report
        crumbs = [
            ("Trang chủ", "/"),
            ("Năm thi đua", reverse("years:year_list")),
            (str(year), year.get_absolute_url()),
            ("Báo cáo và điểm", reverse("reports:year_reports", args=(year.pk,))),
        ]
        name = report.unit.short_name
        if not self.get_crumb():
            return [*crumbs, (name, None)]
        return [*crumbs, (name, report.get_absolute_url()), (self.get_crumb(), None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(report=self.report, **kwargs)


class ReportDetail(ReportPage, ObjectPage):
    template_name = "reports/report_detail.html"
    permission_required = "reports.view_report"
    workflow = REPORT
    move_url = "reports:report_move"
    # A sheet saves itself while it is typed: some hundred lines an afternoon.
    folded_actions = (
        "reports.save_scores",
        "reports.save_appraisal",
        "reports.save_narrative",
        "reports.save_explanation",
    )

    @cached_property
    def told(self):
        return told_of(self.object, most_lines(folded=self.folded_actions))

    def get(self, request, *args, **kwargs):
        if note_reading(self.object, actor=request.user, known=self.told.openings):
            del self.told
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        report, user = self.object, self.request.user
        words = SheetWords(sheet_of(report), shows_given=shows_appraisal(user, report))
        context = super().get_context_data(
            tone=TONES[report.state],
            facts=self.get_facts(words),
            lines=words.lines(),
            foot=words.foot(),
            shows_given=words.shows_given,
            narrative=self.get_narrative(),
            pages=own_pages(report, user, self.get_pages()),
            gaps=gaps_now(report, user),
            copies=copy_rows(report, "report") if report.copy_id else [],
            copy_url=self.get_copy_url(),
            openings=openings_for(user, report, self.told.openings),
            **panels(report, user, shows_given=words.shows_given),
            **kwargs,
        )
        # One main button a page: the move, once it can be made, else the page to fill in.
        context["may_move"] = any(
            not move["obstacles"] and move["tone"] != "danger" for move in context["moves"]
        )
        return context

    def get_moves(self):
        """A report is put up or taken down: of the two the page offers what can be done now."""
        gone = REPORT["put_up" if self.object.put_up_at else "take_down"].label
        return [move for move in super().get_moves() if move["label"] != self.say(gone)]

    def get_copy_url(self):
        """Where a paper signed by hand is recorded, for those who may."""
        if not self.request.user.has_perm("reports.record_report", self.object):
            return ""
        return reverse("reports:report_copy", args=(self.object.pk,))

    def get_entries(self):
        secret = secret_actions(self.request.user, self.object)
        folded = self.folded_actions
        told = {"folded": folded, "secret": secret, "read": self.told.lines}
        return timeline(self.object, self.workflow, say=self.say, **told)

    def get_facts(self, words):
        report, foot = self.object, words.foot()
        facts = [
            ("Đơn vị", report.unit.name),
            ("Bảng chấm điểm", report.table.title),
            ("Tổng điểm tự chấm", own_words(foot)),
        ]
        if words.shows_given:
            known = UNFINISHED if foot.lacks_given else foot.difference or UNSCORED
            given = f"{foot.given} ({known})" if foot.given else "chưa có"
            facts.append(("Tổng điểm thẩm định (chênh lệch)", given))
        if words := sent_under(report):
            facts.append(("Nộp theo bảng", words))
        if report.put_up_at:
            facts.append(
                ("Trình lãnh đạo", f"{moment_words(report.put_up_at)}, {report.put_up_by}")
            )
        deadline = self.bloc_year.deadline("report_due")
        facts.append(("Hạn nộp", deadline.words if deadline else "chưa đặt"))
        if report.first_submitted_at:
            late = ", chậm hạn" if report.is_late else ""
            facts.append(("Nộp lần đầu", sent_words(report.first_submitted_at) + late))
        if report.submitted_at and report.submitted_at != report.first_submitted_at:
            facts.append(("Nộp gần nhất", sent_words(report.submitted_at)))
        may_know = self.request.user.has_perm("reports.view_notice", report)
        if may_know and (noticed := notice_fact(report, self.told.openings)):
            facts.append(noticed)
        if report.copy_id:
            facts.append(("Nộp theo", copy_words(report)))
            if report.state == ReportState.SUBMITTED:
                facts.append(("Xác nhận bản giấy", UNCONFIRMED))
        return facts

    def get_narrative(self):
        parts = []
        for name in ("results", "movements", "shortcomings"):
            label = str(Report._meta.get_field(name).verbose_name).capitalize()
            parts.append((label, getattr(self.object, name)))
        return parts

    def get_pages(self):
        """The pages this person can fill in now, the one the state waits for first."""
        found = (
            ("Tự chấm điểm", "reports:sheet_edit", "reports.edit_report", WRITABLE),
            ("Viết báo cáo", "reports:report_edit", "reports.edit_report", WRITABLE),
            ("Nhập từ Excel", "sheet_files:sheet_file", "reports.edit_report", WRITABLE),
            ("Thẩm định điểm", "reports:appraisal_edit", "reports.prepare_appraisal", APPRAISABLE),
            ("Đối chiếu điểm", "appraisal:deviation", "appraisal.compare_points", SENT_STATES),
            (
                "Soạn giải trình",
                "reports:explanation_edit",
                "reports.draft_explanation",
                EXPLAINABLE,
            ),
        )
        report, user = self.object, self.request.user
        return [
            (label, reverse(name, args=(report.pk,)))
            for label, name, right, states in found
            if report.state in states and user.has_perm(right, report)
        ] + marking_pages(report, user)


def own_words(foot):
    """The unit's own total beside the maximum; while leaves wait for points it says so."""
    if not foot.own:
        return "chưa có"
    lacking = f" ({UNSCORED})" if foot.lacks_own else ""
    return f"{foot.own} / {foot.maximum}{lacking}"


class ReportMove(ReportPage, TransitionPage):
    """Every move of a report: submit, return, finish the appraisal, explain, answer, lock."""

    template_name = "reports/sheet/move.html"
    workflow = REPORT

    def get_crumb(self):
        return self.workflow[self.kwargs["move"]].label

    def get_context_data(self, **kwargs):
        gaps = gaps_before(self.kwargs["move"], self.object, self.request.user)
        is_sending = self.kwargs["move"] in ("submit", "put_up")
        sending = sending_facts(self.object) if is_sending else ()
        return super().get_context_data(gaps=gaps, sending=sending, **kwargs)


class ReportAmended(ReportPage, BasisPage):
    """What an amendment changes for a sheet that was sent in: it stands, or is done again."""

    permission_required = "reports.submit_report"
    open_states = (ReportState.SUBMITTED,)
    form_class = AmendedSheetForm
    crumb = "Căn cứ đã thay đổi"
    success_message = "Đã ghi nhận."

    def save(self, form, *, seen):
        act = redo_amended if form.cleaned_data["way"] == REDO else confirm_amended
        return act(
            self.object, actor=self.request.user, reason=form.cleaned_data["reason"], seen=seen
        )


class ReportTextPage(ReportPage, SavesItself, ObjectFormPage):
    def get_heading(self):
        return f"{self.crumb} – {self.object.unit.short_name}"


class ReportEdit(ReportTextPage):
    permission_required = "reports.edit_report"
    open_states = WRITABLE
    form_class = NarrativeForm
    crumb = "Viết báo cáo"

    def save(self, form, *, seen):
        texts, actor = form.cleaned_data, self.request.user
        return save_narrative(self.object, texts=texts, actor=actor, seen=seen)


class ExplanationEdit(ReportTextPage):
    permission_required = "reports.draft_explanation"
    open_states = EXPLAINABLE
    form_class = ExplanationForm
    crumb = "Soạn giải trình"

    def save(self, form, *, seen):
        text, actor = form.cleaned_data["explanation"], self.request.user
        return save_explanation(self.object, text=text, actor=actor, seen=seen)
