"""Amendments of the regulation of a year: what changed, why and from when; and their paper."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import TemplateView

from blocs.years.actions.amendments import read_rules_amendment
from blocs.years.documents import rules_amendment_paper
from blocs.years.models.amendments import RulesAmendment
from blocs.years.views.pages import BlocYearPage, find_year
from thidua.common.pages.views import PagePermission
from thidua.papers.views import PaperPage


class RulesAmendmentMixin(BlocYearPage):
    """One amendment of a year that the person may see."""

    permission_required = "years.view_year"

    def get_bloc_year(self):
        self.amendment = get_object_or_404(RulesAmendment, pk=self.kwargs["pk"])
        year = find_year(self.request.user, self.amendment.bloc_year_id)
        self.amendment.bloc_year = year
        return year

    @property
    def crumb(self):
        return f"Sửa đổi quy định số {self.amendment.number:02d}"


class RulesAmendmentDetail(RulesAmendmentMixin, PagePermission, TemplateView):
    template_name = "years/regulation/amendment.html"

    def get_permission_object(self):
        return self.bloc_year

    def get_context_data(self, **kwargs):
        seen = self.amendment.readings.filter(user=self.request.user)
        is_read = not self.request.user.has_perm("years.take_note", self.bloc_year) or seen.exists()
        return super().get_context_data(amendment=self.amendment, is_read=is_read, **kwargs)


class RulesAmendmentRead(RulesAmendmentMixin, PagePermission, View):
    """The reader has taken note of it."""

    permission_required = "years.take_note"
    http_method_names = ("post",)

    def get_permission_object(self):
        return self.bloc_year

    def post(self, request, *args, **kwargs):
        read_rules_amendment(self.amendment, actor=request.user)
        messages.success(request, "Đã ghi nhận anh/chị đã xem nội dung sửa đổi.")
        return redirect(self.amendment)


class RulesAmendmentPaper(RulesAmendmentMixin, PaperPage):
    """Thông báo sửa đổi quy định, with old and new value of each rule, as it was stored."""

    kind = "rules_amendment"

    def find_object(self):
        return self.amendment

    def build(self):
        return rules_amendment_paper(self.amendment)
