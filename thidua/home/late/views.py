"""The page of what is late, missing or unread, for the office."""

from django.utils import timezone
from django.views.generic import TemplateView

from blocs.years.tasks import desk_of
from thidua.common.pages.views import PagePermission
from thidua.common.pages.years import chosen_year
from thidua.home.late.lateness import addressees, unread


class LateList(PagePermission, TemplateView):
    """Who is late and what is missing in the chosen year, each with a text to send."""

    permission_required = "years.remind_units"
    template_name = "home/late_list.html"
    breadcrumbs = (("Trang chủ", "/"), ("Trễ hạn, còn thiếu", None))

    def get_context_data(self, **kwargs):
        year, desk = chosen_year(self.request), desk_of(self.request.user, timezone.localtime())
        found = addressees(desk.user, year, desk.now, desk.calendar)
        return super().get_context_data(
            year=year,
            late=[one for one in found if one.is_late],
            waiting=[one for one in found if not one.is_late],
            unread=unread(desk.user, year),
            **kwargs,
        )
