from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.generic import TemplateView

from awards.decisions.models import Decision
from blocs.units.models import Bloc, Unit
from blocs.units.models.blocs import bloc_closest, bloc_matching
from blocs.years.models import BlocYear
from thidua.common.files.room import low_room
from thidua.common.pages.views import PagePermission
from thidua.common.vietnamese.lookups import closest, matching
from thidua.common.vietnamese.numbers import whole_number
from thidua.common.vietnamese.province import undeclared
from thidua.home.tasks import tasks_of

MOST = 20


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
        tasks = tasks_of(user, timezone.localtime())
        faults = list(filter(None, (undeclared(), low_room()))) if is_asked else []
        return super().get_context_data(tasks=tasks, faults=faults, **kwargs)


class Search(PagePermission, TemplateView):
    """Units, blocs, years and decisions by words, with or without accents."""

    permission_required = "units.list_unit"
    template_name = "home/search.html"

    def get_context_data(self, **kwargs):
        query = self.request.GET.get("q", "").strip()
        groups = self.find(query) if query else []
        return super().get_context_data(
            query=query,
            groups=[(label, rows) for label, rows in groups if rows],
            **kwargs,
        )

    def find(self, query):
        user = self.request.user
        years = BlocYear.objects.visible_to(user).select_related("bloc")
        decisions = Decision.objects.published()
        return [
            ("Đơn vị", named(Unit.objects.for_list().search(query)[:MOST], query)),
            ("Khối, cụm thi đua", named(Bloc.objects.for_list().search(query)[:MOST], query)),
            (
                "Năm thi đua",
                linked(
                    years.filter(bloc_matching(query, "bloc__")).order_by(
                        bloc_closest(query, "bloc__"), "-year", "pk"
                    )[:MOST]
                ),
            ),
            (
                "Quyết định đã công bố",
                [
                    (f"{row} – {row.title}", reverse("decisions:public_detail", args=(row.pk,)))
                    for row in decisions.filter(matching(query, "title", "number")).order_by(
                        closest(query, "number", "title"), "-signed_on", "-pk"
                    )[:MOST]
                ],
            ),
        ]


def named(rows, query):
    """Units or blocs, each with the former name or alias by which it was found."""
    return [(row.found_as(query), row.get_absolute_url()) for row in rows]


def linked(rows):
    return [(str(row), row.get_absolute_url()) for row in rows]


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
