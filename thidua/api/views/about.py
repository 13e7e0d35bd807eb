"""How the interface is used: a page for people, and its description for machines."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import TemplateView

from thidua.api.answers import json_answer
from thidua.api.described.openapi import ABOUT, BASE, REFUSALS, described
from thidua.api.described.resources import ENDPOINTS
from thidua.api.described.told import SHAPES


@method_decorator(login_not_required, name="dispatch")
class ApiAbout(TemplateView):
    """It tells of no unit and of nobody, so everybody may read it."""

    template_name = "api/about.html"
    extra_context = {
        "about": ABOUT,
        "base": BASE,
        "endpoints": ENDPOINTS,
        "shapes": SHAPES,
        "refusals": REFUSALS.items(),
    }


@method_decorator(login_not_required, name="dispatch")
class ApiDescription(View):
    """The same in OpenAPI."""

    http_method_names = ("get", "head")

    def get(self, request):
        return json_answer(request, described(), for_person=False)
