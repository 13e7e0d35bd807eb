"""What changed below a vote on awards is settled by a person; or the vote is counted anew."""

from django.db import transaction

from blocs.conferences.actions.conferences import UNSIGNED, locked_conference
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.vote_basis import award_votes_of, vote_changes
from thidua.common.activity import record
from thidua.common.basis import basis_changes, change_rows, keep_basis, refuse_unsettled
from thidua.common.permissions import require


@transaction.atomic
def confirm_vote(
    conference: Conference, *, actor, reason: str, seen: str | None = None
) -> Conference:
    """The vote on awards stands although points, places or members changed since it was counted."""
    require(actor, "conferences.confirm_count", conference)
    conference = locked_conference(conference, states=UNSIGNED)
    changes = vote_changes(conference)
    refuse_unsettled(changes, reason=reason, seen=seen)
    for ballot in award_votes_of(conference):
        if basis_changes(ballot):
            keep_basis(ballot, actor=actor)
    label = "Xác nhận kết quả phiếu suy tôn khi căn cứ đã thay đổi"
    action = "conferences.confirm_vote"
    rows = change_rows(changes)
    record(actor, action, conference, label=label, note=reason.strip(), changes=rows)
    return conference
