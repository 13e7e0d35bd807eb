"""What changed below the vote on awards since it was counted."""

from django.http import Http404

from blocs.conferences.actions.basis import confirm_vote
from blocs.conferences.models.vote_basis import award_votes_of, vote_changes
from blocs.conferences.views.conference_pages import ConferenceMixin, WhileOpen
from thidua.common.pages.basis import BasisPage


class VoteBasis(WhileOpen, ConferenceMixin, BasisPage):
    permission_required = "conferences.confirm_count"
    page_crumb = "Căn cứ của phiếu suy tôn"

    def find_object(self):
        """There is nothing to confirm where nobody voted on awards."""
        found = super().find_object()
        if not award_votes_of(found):
            raise Http404
        return found

    def get_changes(self):
        return vote_changes(self.object)

    def save(self, form, *, seen):
        reason, actor = form.cleaned_data["reason"], self.request.user
        return confirm_vote(self.object, actor=actor, reason=reason, seen=seen)
