"""The end of a round of marks, on a page of its own."""

from blocs.appraisal.actions.ending_rounds import NOT_BEGUN, end_round
from blocs.appraisal.forms.assignments import RoundEndForm
from blocs.appraisal.models.open_work import open_work, work_words
from blocs.appraisal.views.assignments import AssignmentPage
from blocs.years.models.frozen_rules import archived_words, marked_since
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import FormPage


class RoundEnd(AssignmentPage, SecondWriter, FormPage):
    """Ends the round of marks with a reason; says first what that clears."""

    permission_required = "appraisal.assign_appraisers"
    form_class = RoundEndForm
    crumb = heading = "Kết thúc vòng chấm"
    submit_label = "Kết thúc vòng chấm, xóa điểm đang chấm dở"
    success_message = "Đã kết thúc vòng chấm. Hãy sửa cách thẩm định hoặc phân công lại."
    consequence = (
        "Dùng khi phải đổi người chấm hoặc cách thẩm định sau khi đã có điểm. Điểm chấm, điểm thẩm "
        "định và yêu cầu sửa đang dở của các bảng điểm được chọn bị xóa (nhật ký còn giữ), phải "
        "phân công và chấm lại từ đầu. Bảng điểm đã thẩm định xong giữ nguyên điểm."
    )

    def get_closed(self):
        is_begun = marked_since(self.bloc_year) is not None
        return archived_words(self.bloc_year) or ("" if is_begun else NOT_BEGUN)

    def get_form_kwargs(self):
        self.work = open_work(self.bloc_year)
        return super().get_form_kwargs() | {"work": self.work}

    def get_initial(self):
        return {"reports": [one.report.pk for one in open_work(self.bloc_year)]}

    def get_words(self):
        return work_words(open_work(self.bloc_year))

    def save(self, form, *, seen):
        chosen, reason = form.cleaned_data["reports"], form.cleaned_data["reason"]
        actor = self.request.user
        end_round(self.bloc_year, reports=chosen, reason=reason, actor=actor, seen=seen)

    def get_success_url(self):
        return self.get_home()
