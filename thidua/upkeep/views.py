from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import TemplateView

from thidua.common.pages.views import PagePermission
from thidua.upkeep.health import findings


@method_decorator(login_not_required, name="dispatch")
class Alive(View):
    """For what stands before several web processes: this one answers and reaches the database."""

    http_method_names = ("get", "head")

    def get(self, request):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError:
            return told("Cơ sở dữ liệu không trả lời.", 503)
        return told("Tốt.")


def told(words: str, status: int = 200) -> HttpResponse:
    """A word of text that nobody keeps."""
    answer = HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
    answer["Cache-Control"] = "no-store"
    return answer


class Health(PagePermission, TemplateView):
    """How the machine is, for the office and the administrator: no data of any bloc."""

    permission_required = "upkeep.view_health"
    template_name = "upkeep/health.html"
    breadcrumbs = (("Trang chủ", "/"), ("Vận hành", None))

    def get_context_data(self, **kwargs):
        return super().get_context_data(rows=findings(), **kwargs)
