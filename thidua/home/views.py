from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.generic import TemplateView

from thidua.common.views import PagePermission


class Tasks(TemplateView):
    template_name = "home/tasks.html"


class Search(TemplateView):
    template_name = "home/search.html"


class ChooseYear(PagePermission, View):
    """The year stays chosen until it is changed."""

    permission_required = "blocs.list_year"
    http_method_names = ("post",)

    def post(self, request):
        year = request.POST.get("year", "")
        if year.isdigit() and 2000 <= int(year) <= 2100:
            request.session["year"] = int(year)
        target = request.POST.get("next", "/")
        if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
            target = "/"
        return redirect(target)
