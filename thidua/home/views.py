from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.generic import TemplateView

from blocs.years.tasks import desk_of
from thidua.common.files.room import low_room
from thidua.common.pages.views import PagePermission
from thidua.common.pages.years import chosen_year
from thidua.common.vietnamese.numbers import whole_number
from thidua.common.vietnamese.province import undeclared
from thidua.home.first_steps import facts_asked, first_steps, steps_left
from thidua.home.province_home import province_home
from thidua.home.search import found_by
from thidua.home.tasks import tasks_at
from thidua.home.unit_home import unit_home


class Tasks(PagePermission, TemplateView):
    """The home page: the task list. Who sits nowhere is sent to the public page."""

    permission_required = "years.list_year"
    template_name = "home/tasks.html"

    def dispatch(self, request, *args, **kwargs):
        if not self.has_permission():
            return redirect("decisions:public_list")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user = self.request.user
        is_asked = user.has_perm("years.manage_year") or user.has_perm("units.manage_people")
        desk = desk_of(user, timezone.localtime())
        tasks = tasks_at(desk)
        faults = list(filter(None, (undeclared(), low_room()))) if is_asked else []
        year, wanted = chosen_year(self.request), self.request.GET.get("loc", "")
        steps = facts_asked(user, timezone.localdate())
        province = province_home(desk, year, wanted=wanted, also=steps)
        return super().get_context_data(
            tasks=tasks,
            faults=faults,
            unit_home=unit_home(desk, tasks, year),
            province_home=province,
            first_steps=steps_left(user, steps, province and province.last),
            **kwargs,
        )


class FirstSteps(PagePermission, TemplateView):
    """What office and administrator do once; each line is done when the database says so."""

    permission_required = "units.see_first_steps"
    template_name = "home/first_steps.html"
    breadcrumbs = (("Trang chủ", "/"), ("Bước đầu", None))

    def get_context_data(self, **kwargs):
        steps = first_steps(self.request.user, timezone.localdate())
        left = sum(not step.is_done for step in steps)
        return super().get_context_data(steps=steps, left=left, **kwargs)


class Search(PagePermission, TemplateView):
    """Units, blocs, years, decisions and awards by words, with or without accents."""

    permission_required = "units.list_unit"
    template_name = "home/search.html"

    def get_context_data(self, **kwargs):
        query = self.request.GET.get("q", "").strip()
        groups = found_by(query, self.request.user) if query else []
        return super().get_context_data(
            query=query,
            groups=[(label, rows) for label, rows in groups if rows],
            **kwargs,
        )


class ChooseYear(PagePermission, View):
    """The year stays chosen until it is changed."""

    permission_required = "years.list_year"
    http_method_names = ("post",)

    def post(self, request):
        year = whole_number(request.POST.get("year", ""))
        if year and 2000 <= year <= 2100:
            request.session["year"] = year
        target = request.POST.get("next", "/")
        is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()})
        # A word without a slash would be looked up as the name of a page.
        return HttpResponseRedirect(target if is_ours and "/" in target else "/")
