"""Amendments of a published table: begun with a reason, and what they changed, for everybody."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.views import View
from django.views.generic import TemplateView

from blocs.criteria.actions.amendments import read_amendment, start_amendment
from blocs.criteria.domain.table_changes import Change
from blocs.criteria.forms.tables import AmendForm
from blocs.criteria.models.criteria import AmendmentReading
from blocs.criteria.views.tables import TableMixin
from blocs.criteria.workflows import changes_of, judged_words
from blocs.states import TableState
from thidua.common.pages.views import ObjectFormPage, refuse


class TableAmend(TableMixin, ObjectFormPage):
    """Why the table in force is amended; the draft of the amendment follows."""

    permission_required = "criteria.draft_table"
    form_class = AmendForm
    submit_label = "Lập bản sửa đổi"
    success_message = "Đã lập dự thảo bản sửa đổi. Hãy sửa các mục cần thay đổi rồi ban hành."

    @property
    def consequence(self):
        """What follows of it; that only words may change once sheets are judged comes first."""
        earlier = self.table.earlier if self.table.state == TableState.DRAFT else self.table
        limits = judged_words(earlier) if earlier else ""
        recounts = "" if limits else ", điểm được tính lại"
        return (
            f"{limits} Bản sửa đổi bắt đầu từ nội dung đang áp dụng, hoặc giữ nội dung của dự "
            f"thảo. Khi ban hành, báo cáo của các đơn vị chuyển sang bản sửa đổi{recounts}; các "
            "đơn vị được thông báo nội dung thay đổi."
        ).strip()

    def get_heading(self):
        if self.table.state == TableState.DRAFT:
            return "Chuyển dự thảo thành bản sửa đổi bảng đang áp dụng"
        return "Sửa đổi bảng chấm điểm đang áp dụng"

    def get_crumb_below(self):
        return "Sửa đổi"

    def act(self, form):
        return start_amendment(self.table, actor=self.request.user, **form.cleaned_data)


class AmendmentDetail(TableMixin, TemplateView):
    """What the amendment changes, value by value, fit for printing."""

    permission_required = "criteria.view_table"
    template_name = "criteria/amendment_detail.html"

    def get_crumb_below(self):
        return f"Nội dung sửa đổi lần {self.table.amendment}"

    def get_context_data(self, **kwargs):
        table = self.table
        if not table.amendment:
            raise Http404
        is_draft = table.state == TableState.DRAFT
        frozen = (Change(*row) for row in table.amendment_changes)
        seen = AmendmentReading.objects.filter(table=table, user=self.request.user)
        may_note = self.request.user.has_perm("years.take_note", table)
        return super().get_context_data(
            table=table,
            changes=changes_of(table) if is_draft else tuple(frozen),
            is_draft=is_draft,
            is_read=is_draft or not may_note or seen.exists(),
            **kwargs,
        )


class AmendmentRead(TableMixin, View):
    """The reader has taken note of it."""

    permission_required = "years.take_note"
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        try:
            read_amendment(self.table, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
        else:
            messages.success(request, "Đã ghi nhận anh/chị đã xem nội dung sửa đổi.")
        return redirect(self.table)
