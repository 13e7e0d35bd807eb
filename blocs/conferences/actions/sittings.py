"""A signed conference is continued by a further sitting; one that nobody opened is called off."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.conferences.actions.conferences import (
    locked_conference,
    refuse_chair,
    refuse_early,
    refuse_outside,
)
from blocs.conferences.models.chairs import follow_head
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.rolls import call_roll
from blocs.conferences.models.sittings import (
    further_sitting_refusals,
    last_sitting,
    late_units,
)
from blocs.states import SENT_STATES, ConferenceState
from blocs.years.actions.leaders import LEADER_FOLLOWERS
from blocs.years.models import BlocYear
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.dates import moment_words

NOTHING_WAITS = (
    "Không có báo cáo nào chờ hội nghị bổ sung thống nhất điểm. Vẫn họp (biểu quyết lại, bầu lại…) "
    "thì ghi lý do họp."
)
WHY_CALLED_OFF = "Vui lòng ghi lý do bỏ hội nghị; lý do ghi vào nhật ký của năm thi đua."


@transaction.atomic
def continue_conference(
    bloc_year: BlocYear, *, facts: Mapping, actor, reason: str = ""
) -> Conference:
    """Prepare a further sitting, which agrees late sheets with minutes of its own.

    Refused until the minutes of the sitting before are signed, once the proposal is sent, and
    without a reason where no sheet waits for it. What is sealed stays sealed: the new sitting
    stands beside it.
    """
    require(actor, "conferences.write_conference", bloc_year)
    last = last_sitting(bloc_year)
    if refusals := further_sitting_refusals(bloc_year, last):
        raise ValidationError(refusals)
    conference = Conference(bloc_year=bloc_year, number=last.number + 1, **facts)
    refuse_outside(conference, facts)
    refuse_early(conference, facts)
    refuse_chair(conference)
    if not reason.strip() and not late_units(bloc_year, SENT_STATES):
        raise ValidationError({"reason": NOTHING_WAITS})
    conference.full_clean()
    conference.save()
    call_roll(conference)
    label, state = f"Lập {conference.title.lower()}", conference.state
    action = "conferences.continue_conference"
    record(actor, action, conference, label=label, to_state=state, note=reason.strip())
    return conference


@LEADER_FOLLOWERS.add
def follow_leaders(bloc_year: BlocYear, *, actor) -> None:
    """A sitting that nobody has opened is chaired by the head of its day."""
    rows = Conference.objects.select_for_update(of=("self",)).filter(bloc_year=bloc_year)
    for conference in rows.filter(state=ConferenceState.PREPARED):
        if changes := follow_head(conference):
            conference.full_clean()
            conference.save()
            label, action = "Ghi chủ tọa theo khối trưởng", "conferences.follow_leaders"
            label = in_words_of(bloc_year.bloc.word, label)
            record(actor, action, conference, label=label, changes=changes)


@transaction.atomic
def call_off_conference(conference: Conference, *, reason: str, actor) -> BlocYear:
    """Take away a conference that was prepared by mistake or is not held; it was never opened.

    Its agenda and roll go with it, and its number is free again; the log book of the year keeps
    the reason. Refused once it was opened.
    """
    require(actor, "conferences.write_conference", conference)
    conference = locked_conference(conference, states=(ConferenceState.PREPARED,))
    if not reason.strip():
        raise ValidationError({"reason": WHY_CALLED_OFF})
    year, title = conference.bloc_year, conference.title.lower()
    planned = {"field": title, "before": moment_words(conference.starts_at), "after": "không họp"}
    conference.delete()
    action, label = "conferences.call_off_conference", f"Bỏ {title} chưa khai mạc"
    record(actor, action, year, label=label, note=reason.strip(), changes=[planned])
    return year
