"""What changed below the sealed ranking: the office keeps it, or seals anew beside it."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from blocs.ranking.actions.seals import keep_sealed, seal_again
from blocs.ranking.forms import AGAIN, RankingBasisForm
from blocs.ranking.models.seals import last_seal
from blocs.years.views.years import YearMixin
from thidua.common.pages.basis import BasisPage


class RankingBasis(YearMixin, BasisPage):
    permission_required = "ranking.settle_ranking"
    template_name = "components/basis_page.html"
    form_class = RankingBasisForm
    crumb = "Căn cứ xếp hạng đã thay đổi"

    @cached_property
    def derived(self):
        """The last seal of the year."""
        seal = last_seal(self.bloc_year)
        if seal is None:
            raise Http404
        return seal

    def save(self, form, *, seen):
        reason, actor = form.cleaned_data["reason"], self.request.user
        if form.cleaned_data["way"] == AGAIN:
            seal_again(self.bloc_year, actor=actor, reason=reason, seen=seen)
        else:
            keep_sealed(self.bloc_year, actor=actor, reason=reason, seen=seen)

    def get_success_url(self):
        return reverse("ranking:ranking", args=(self.bloc_year.pk,))
