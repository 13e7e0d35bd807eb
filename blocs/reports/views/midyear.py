"""Figures of the mid-year review: what each unit of the year has frozen."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import TemplateView

from blocs.reports.actions.versions import MIDYEAR_STATES, freeze_year_midyear
from blocs.reports.models.versions import midyear_versions
from blocs.reports.views.versions import frozen_lines
from blocs.years.models.regulation import decimals_of
from blocs.years.views.pages import BlocYearPage
from thidua.common.pages.views import PagePermission, refuse
from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.numbers import points_text


class MidyearPage(BlocYearPage, PagePermission):
    permission_required = "reports.view_midyear"
    crumb = "Số liệu sơ kết"

    def get_permission_object(self):
        return self.bloc_year

    def get_context_data(self, **kwargs):
        self.decimals = decimals_of(self.bloc_year)
        return super().get_context_data(**self.get_figures(), **kwargs)

    def total_words(self, version):
        return points_text(version.self_total, self.decimals)


class MidyearList(MidyearPage, TemplateView):
    """Each member with its last frozen figures."""

    template_name = "reports/versions/midyear.html"

    def get_figures(self):
        year, versions = self.bloc_year, midyear_versions(self.bloc_year)
        members = year.members.select_related("unit").order_by("order", "pk")
        may_freeze = self.request.user.has_perm("reports.freeze_midyear", year)
        return {
            "rows": [self.row(member.unit, versions.get(member.unit_id)) for member in members],
            "may_freeze": may_freeze and year.state in MIDYEAR_STATES,
        }

    def row(self, unit, version):
        if version is None:
            return {"unit": unit.name, "taken": "", "by": "", "own": "", "url": ""}
        return {
            "unit": unit.name,
            "taken": moment_words(version.taken_at),
            "by": str(version.taken_by),
            "own": self.total_words(version),
            "url": reverse("reports:midyear_detail", args=(self.bloc_year.pk, unit.pk)),
        }


class MidyearDetail(MidyearPage, TemplateView):
    template_name = "reports/versions/midyear_detail.html"

    def get_figures(self):
        wanted = self.kwargs["unit_pk"]
        version = midyear_versions(self.bloc_year).get(wanted)
        if version is None:
            raise Http404
        member = get_object_or_404(self.bloc_year.members.select_related("unit"), unit=wanted)
        return {
            "unit": member.unit,
            "lines": frozen_lines(version, self.decimals, shows_given=False),
            "taken": moment_words(version.taken_at),
            "by": str(version.taken_by),
            "own": self.total_words(version),
            "fingerprint": version.fingerprint,
        }


class MidyearFreezeYear(MidyearPage, View):
    """The bloc freezes the figures of every unit that has new ones."""

    http_method_names = ("post",)
    permission_required = "reports.freeze_midyear"

    def post(self, request, *args, **kwargs):
        try:
            count = freeze_year_midyear(self.bloc_year, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
        else:
            messages.success(request, f"Đã chốt số liệu sơ kết của {count:02d} đơn vị.")
        return redirect("reports:midyear_list", self.bloc_year.pk)
