"""What everybody may read: published decisions and the list of blocs."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.generic import DetailView, ListView

from awards.decisions.models import Decision
from awards.decisions.views.decisions import awarded_page, facts_of
from blocs.units.models import Bloc


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
class PublicBlocList(ListView):
    template_name = "decisions/public_blocs.html"
    paginate_by = 50

    def get_queryset(self):
        return Bloc.objects.public().for_list()
