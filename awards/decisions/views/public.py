"""What everybody may read: published decisions and the list of blocs."""

from itertools import groupby
from operator import attrgetter

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import DetailView, ListView

from awards.decisions.filters import COMMENDED, CommendedFilter
from awards.decisions.models import OF_AN_ITEM, Decision
from awards.decisions.views.decisions import awarded_page, facts_of
from blocs.units.models import Bloc
from thidua.common.pages.searched.answers import Suggests


@method_decorator(login_not_required, name="dispatch")
class PublicDecisionList(ListView):
    template_name = "decisions/public_list.html"
    paginate_by = 20

    def get_queryset(self):
        return Decision.objects.published().for_list()


@method_decorator(login_not_required, name="dispatch")
class PublicDecision(DetailView):
    template_name = "decisions/public_detail.html"

    def get_queryset(self):
        return Decision.objects.published()

    def get_context_data(self, **kwargs):
        awarded = awarded_page(self.object, self.request)
        return super().get_context_data(awarded=awarded, facts=facts_of(self.object), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class PublicCommended(Suggests, ListView):
    """Whom the published decisions name: found by unit, year, form and bloc, grouped by form."""

    template_name = "decisions/public_commended.html"
    paginate_by = 50

    def get_rows(self):
        return COMMENDED.all()

    def get_asked_form(self):
        return CommendedFilter({}, queryset=self.get_rows()).form

    def get_queryset(self):
        self.filterset = CommendedFilter(self.request.GET, queryset=self.get_rows())
        rows = self.filterset.qs.select_related(*OF_AN_ITEM, "decision")
        return rows.order_by("award__order", "award", "-decision__year", "unit__name", "pk")

    def get_context_data(self, **kwargs):
        found = self.filterset.qs.order_by("award__order", "award")
        counts = dict(found.values_list("award").annotate(number=Count("pk")))
        context = super().get_context_data(
            filter_form=self.filterset.form, list_url=self.request.path, **kwargs
        )
        by_award = groupby(context["page_obj"], key=attrgetter("award"))
        groups = [(award, counts[award.pk], list(items)) for award, items in by_award]
        return context | {"groups": groups}


@method_decorator(login_not_required, name="dispatch")
class PublicBloc(DetailView):
    """The units of one bloc today."""

    template_name = "decisions/public_bloc.html"

    def get_queryset(self):
        return Bloc.objects.public()

    def get_context_data(self, **kwargs):
        today = self.object.memberships.on(timezone.localdate()).select_related("unit")
        return super().get_context_data(
            members=today.order_by("unit__name", "pk"),
            facts=[("Cơ quan tổ chức", self.object.organiser)],
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class PublicBlocList(ListView):
    template_name = "decisions/public_blocs.html"
    paginate_by = 50

    def get_queryset(self):
        return Bloc.objects.public().for_list()
