"""Who opened what: one line of the log book a person, object and day, however often it was."""

import logging

from django.db import DatabaseError, models, transaction
from django.utils import timezone

from thidua.common.activity import record, told_as
from thidua.common.log_book.models import ActivityEntry, ActivityQuerySet

# Lines that tell of reading. They stand apart from what was done with an object.
EVIDENCE, PAPER, SHEET = "reports.open_evidence", "papers.open_paper", "reports.open_sheet"
OPENINGS = (EVIDENCE, PAPER, SHEET)
SHOWN = 20

logger = logging.getLogger("thidua.log_book")


def note_opening(
    actor: models.Model, action: str, obj: models.Model, *, label: str, note: str = ""
) -> None:
    """Write down that somebody opened `obj`, once a day.

    Reading goes on where nothing can be written, as on a full disk: the server's log tells.
    """
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    who, words = told_as(actor, label)
    told = ActivityEntry.objects.about(obj).filter(actor=who, action=action, label=words)
    if told.filter(at__gte=day).exists():
        return
    try:
        with transaction.atomic():
            record(actor, action, obj, label=label, note=note)
    except DatabaseError:
        logger.exception("The opening of %s %s was not written down.", obj._meta.label, obj.pk)


def openings_of(obj: models.Model) -> ActivityQuerySet:
    """The last openings of one object, newest first."""
    return ActivityEntry.objects.about(obj).filter(action__in=OPENINGS)[:SHOWN]
