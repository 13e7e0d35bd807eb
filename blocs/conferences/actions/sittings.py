"""A signed conference is continued by a further sitting, never written anew."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.conferences.actions.conferences import call_roll, refuse_early
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.sittings import further_sitting_refusals, last_sitting
from blocs.years.models import BlocYear
from thidua.common.activity import record
from thidua.common.permissions import require


@transaction.atomic
def continue_conference(bloc_year: BlocYear, *, facts: Mapping, actor) -> Conference:
    """Prepare a further sitting, which agrees late sheets with minutes of its own.

    Refused until the minutes of the sitting before are signed, and once the proposal is sent. What
    is sealed stays sealed: the new sitting stands beside it.
    """
    require(actor, "conferences.write_conference", bloc_year)
    last = last_sitting(bloc_year)
    if refusals := further_sitting_refusals(bloc_year, last):
        raise ValidationError(refusals)
    conference = Conference(bloc_year=bloc_year, number=last.number + 1, **facts)
    refuse_early(conference, facts)
    conference.full_clean()
    conference.save()
    call_roll(conference)
    label, state = f"Lập {conference.title.lower()}", conference.state
    action = "conferences.continue_conference"
    record(actor, action, conference, label=label, to_state=state)
    return conference
