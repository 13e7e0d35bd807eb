"""What changed below a vote on awards is settled by a person; or the vote is counted anew."""

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.conferences.actions.conferences import UNSIGNED, locked_conference
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.vote_basis import award_vote
from thidua.common.activity import record
from thidua.common.basis import UNCHANGED, change_rows, changes_to_confirm, keep_basis
from thidua.common.permissions import require


@transaction.atomic
def confirm_vote(
    conference: Conference, *, actor, reason: str, seen: str | None = None
) -> Conference:
    """The vote on awards stands although points, places or members changed since it was counted."""
    require(actor, "conferences.confirm_count", conference)
    conference = locked_conference(conference, states=UNSIGNED)
    ballot = award_vote(conference)
    if ballot is None:
        raise ValidationError(UNCHANGED)
    changes = change_rows(changes_to_confirm(ballot, reason=reason, seen=seen))
    keep_basis(ballot, actor=actor)
    label = "Xác nhận kết quả phiếu suy tôn khi căn cứ đã thay đổi"
    action = "conferences.confirm_vote"
    record(actor, action, conference, label=label, note=reason.strip(), changes=changes)
    return conference
