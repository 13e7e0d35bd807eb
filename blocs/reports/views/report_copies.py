"""The page on which a report signed by hand is recorded."""

from blocs.reports.actions.reports import WRITABLE, copy_basis, record_signed_report
from blocs.reports.forms.reports import ReportCopyForm
from blocs.reports.views.reports import ReportPage
from blocs.reports.workflows import REPORT
from thidua.common.pages.by_move import MakesMove
from thidua.common.pages.views import ObjectFormPage
from thidua.papers.signed_copies import CopyEntry
from thidua.papers.views import TakesCopy


class ReportCopy(MakesMove, TakesCopy, ReportPage, ObjectFormPage):
    """A report signed by hand: sent in with it, or only its scan once it is sent."""

    workflow, move_name = REPORT, "submit_on_paper"
    permission_required = "reports.record_report"
    template_name = "reports/copy_form.html"
    form_class = ReportCopyForm
    crumb = "Ghi nhận bản giấy"
    submit_label = "Ghi nhận bản giấy"
    success_message = "Đã ghi nhận báo cáo ký trên giấy cùng bản quét."

    @property
    def consequence(self):
        if self.object.state in WRITABLE:
            return (
                "Báo cáo được nộp về khối trưởng vào ngày ký ghi trên bản giấy; nơi thẩm định xem "
                "bản quét và xác nhận người ký, ngày ký. Sau khi ghi nhận, đơn vị không sửa được "
                "báo cáo và điểm tự chấm cho đến khi được trả lại."
            )
        return "Bản quét được giữ cùng mã băm bên cạnh báo cáo đã nộp; không thay nội dung nào."

    def get_basis(self):
        return copy_basis(self.object)

    def get_heading(self):
        return f"Ghi nhận báo cáo ký trên giấy – {self.object.unit.short_name}"

    def get_questions(self):
        """What the sending asks; nothing of a report that is in already."""
        return self.move.asked(self.object) if self.move and not self.held_by else []

    def get_form_kwargs(self):
        asked = {"word": self.bloc_year.bloc.word, "asks": bool(self.get_questions())}
        return super().get_form_kwargs() | asked

    def get_context_data(self, **kwargs):
        return super().get_context_data(questions=self.get_questions(), **kwargs)

    def act(self, form):
        return record_signed_report(
            self.object,
            entry=CopyEntry(**form.copy_facts()),
            actor=self.request.user,
            is_confirmed=form.cleaned_data.get("confirmed", False),
        )
