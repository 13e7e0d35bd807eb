from django.views.generic import TemplateView

from thidua.common.pages.views import PagePermission
from thidua.upkeep.health import findings


class Health(PagePermission, TemplateView):
    """How the machine is, for the office and the administrator: no data of any bloc."""

    permission_required = "upkeep.view_health"
    template_name = "upkeep/health.html"
    breadcrumbs = (("Trang chủ", "/"), ("Vận hành", None))

    def get_context_data(self, **kwargs):
        return super().get_context_data(rows=findings(), **kwargs)
