"""Write down whom people chose between equal units at the quota of one award."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from awards.proposals.actions.proposals import SENT
from awards.proposals.actions.ties import choice_words, choose_between, tie_over
from awards.proposals.forms import TieForm
from awards.proposals.models.tie_words import member_names, sentence_of
from awards.proposals.views.proposals import ProposalMixin
from blocs.units.models import Unit
from blocs.years.models import AwardKind
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import ObjectFormPage


class ProposalTie(ProposalMixin, SecondWriter, ObjectFormPage):
    """Write down whom people chose between equal units at the quota of one award."""

    permission_required = "proposals.draft_proposal"
    form_class = TieForm
    crumb = "Chọn giữa các đơn vị cùng hạng"
    submit_label = "Ghi lựa chọn"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.award = get_object_or_404(AwardKind, pk=self.kwargs["award_pk"])

    def get_closed(self):
        return super().get_closed() or ("" if self.object.is_draft else SENT)

    def get_heading(self):
        return f"Chọn đơn vị cùng hạng: {self.award}"

    @cached_property
    def tie(self):
        try:
            return tie_over(self.object, self.award)
        except ValidationError as error:
            raise Http404 from error

    def get_form_kwargs(self):
        units = Unit.objects.filter(pk__in=self.tie.units).order_by("name", "pk")
        return super().get_form_kwargs() | {"units": units, "seats": self.tie.seats}

    def get_initial(self):
        choice = self.object.tie_choices.filter(award=self.award).first()
        if choice is None or choice.tie != self.tie:
            return {}
        return {"chosen": list(choice.chosen), "reason": choice.reason}

    def get_words(self):
        return choice_words(self.object, self.award)

    def save(self, form, *, seen):
        return choose_between(
            self.object, actor=self.request.user, award=self.award, seen=seen, **form.cleaned_data
        )

    @property
    def consequence(self):
        return sentence_of(self.tie, self.award, member_names(self.object))
