"""What changed below a proposal, for whoever holds it: the lines stand, or are drafted again."""

from awards.proposals.actions.basis import confirm_proposal, redraft_proposal
from awards.proposals.forms import REDO, ProposalBasisForm
from awards.proposals.views.proposals import ProposalMixin
from thidua.common.pages.basis import BasisPage


class ProposalBasis(ProposalMixin, BasisPage):
    permission_required = "proposals.confirm_basis"
    form_class = ProposalBasisForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"may_redo": self.object.is_draft}

    def save(self, form, *, seen):
        reason, actor = form.cleaned_data["reason"], self.request.user
        if form.cleaned_data.get("way") == REDO:
            return redraft_proposal(self.object, actor=actor, reason=reason, seen=seen)
        return confirm_proposal(self.object, actor=actor, reason=reason, seen=seen)
