"""What changed below the vote on awards since it was counted."""

from django.http import Http404
from django.utils.functional import cached_property

from blocs.conferences.actions.basis import confirm_vote
from blocs.conferences.models.vote_basis import award_vote
from blocs.conferences.views.conference_pages import ConferenceMixin, WhileOpen
from thidua.common.pages.basis import BasisPage


class VoteBasis(WhileOpen, ConferenceMixin, BasisPage):
    permission_required = "conferences.confirm_count"
    page_crumb = "Căn cứ của phiếu suy tôn"

    @cached_property
    def derived(self):
        """The round that decides."""
        ballot = award_vote(self.object)
        if ballot is None:
            raise Http404
        return ballot

    def save(self, form, *, seen):
        reason, actor = form.cleaned_data["reason"], self.request.user
        return confirm_vote(self.object, actor=actor, reason=reason, seen=seen)
