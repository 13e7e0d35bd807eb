"""The objections of a unit with their window, and the leaves it can still object to."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from blocs.appraisal.workflows import APPEAL
from blocs.reports.models.appeal_window import OBJECTABLE, appeal_window
from blocs.reports.models.sheets import sheet_of
from blocs.reports.permissions import shows_appraisal
from blocs.reports.views.reports import ReportPage
from blocs.states import TONES, AppealState
from blocs.years.models.regulation import decimals_of
from thidua.common.pages.moves import move_buttons
from thidua.common.vietnamese.dates import moment_words, short_date
from thidua.common.vietnamese.numbers import format_difference, points_text
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
    way: str
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
            way=self.say(APPEAL.way_of(appeal)),
            points=tuple((word, self.points(value)) for word, value in named if value is not None),
            text=appeal.text,
            answer=appeal.answer,
            sent=moment_words(appeal.raised_at) if appeal.raised_at else "",
            answered=answered or "",
            edit_url=self.page("appeal_edit", row.criterion.pk) if may_edit else "",
            answer_url=reverse("appraisal:appeal_answer", args=(appeal.pk,)) if waits else "",
            moves=self.moves_of(appeal),
        )

    def moves_of(self, appeal):
        """Buttons of the moves, as components/moves.html shows them."""
        return move_buttons(
            appeal,
            available(APPEAL, appeal, self.request.user),
            lambda move: reverse("appraisal:appeal_move", args=(appeal.pk, move.name)),
            self.say,
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


def window_words(window, report):
    if window is None:
        return NO_WINDOW if report.appraised_at else NOT_YET
    if report.state not in OBJECTABLE:
        return f"Thời hạn kiến nghị đến hết ngày {short_date(window.last_on)}."
    return f"Thời hạn kiến nghị đến hết ngày {short_date(window.last_on)}: {window.words}."
