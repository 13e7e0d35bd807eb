"""Points measured against the best unit: what the figures of all give, and writing it."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from blocs.ranking.actions.relative import settle_relative
from blocs.ranking.forms import RelativeForm
from blocs.ranking.models.relative import RelativeRow, relative_points
from blocs.reports.domain.sheet_rows import answer_words
from blocs.years.views.years import YearMixin
from thidua.common.pages.views import ObjectFormPage
from thidua.common.vietnamese.numbers import format_trimmed


@dataclass(frozen=True)
class SettledRow:
    """One leaf of one unit as it is shown before it is written."""

    unit: str
    label: str
    name: str
    answer: str
    before: str
    after: str
    note: str
    question: str
    is_changed: bool


class RelativePage(YearMixin, ObjectFormPage):
    permission_required = "ranking.settle_relative"
    template_name = "ranking/relative_points.html"
    form_class = RelativeForm
    crumb = "Điểm so với đơn vị dẫn đầu"
    heading = "Điểm so với đơn vị dẫn đầu"
    submit_label = "Tính và ghi vào bảng điểm"
    success_message = "Đã ghi điểm vào bảng điểm của các đơn vị."
    consequence = (
        "Điểm người thẩm định đã chấm khác, có lý do, được giữ nguyên; mỗi bảng điểm thay đổi lưu "
        "thành một phiên bản mới."
    )

    @cached_property
    def found(self):
        return relative_points(self.bloc_year)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"is_waiting": bool(self.found.waited_for)}

    def act(self, form):
        settle_relative(
            self.bloc_year,
            actor=self.request.user,
            now=timezone.localtime(),
            without_missing=form.cleaned_data.get("without_missing", False),
        )

    def get_success_url(self):
        return reverse("ranking:relative_points", args=(self.bloc_year.pk,))

    def get_cancel_url(self):
        return reverse("ranking:ranking", args=(self.bloc_year.pk,))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            rows=[settled_row(row) for row in self.found.rows],
            changed=len(self.found.changed),
            waited_for=[unit.name for unit in self.found.waited_for],
            **kwargs,
        )


def settled_row(row: RelativeRow) -> SettledRow:
    leaf, score = row.row.criterion, row.row.score
    before = score.self_points if score else None
    return SettledRow(
        unit=row.sheet.report.unit.name,
        label=row.row.label,
        name=leaf.name,
        answer=answer_words(leaf.kind, leaf.rule, leaf.measure, row.row.entry),
        before="" if before is None else format_trimmed(before, 4),
        after="" if row.points is None else format_trimmed(row.points, 4),
        note=row.note,
        question=row.question,
        is_changed=row.is_changed,
    )
