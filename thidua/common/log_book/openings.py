"""Who opened what: one line of the log book a person, object and day, however often it was."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, models, transaction
from django.utils import timezone

from thidua.common.activity import record, told_as
from thidua.common.log_book.models import ActivityEntry, LogLine, lines_about

# Lines that tell of reading. They stand apart from what was done with an object.
EVIDENCE, PAPER, SHEET = "reports.open_evidence", "papers.open_paper", "reports.open_sheet"
# That people of a unit have before them what was decided on their own work.
NOTICE = "reports.receive_notice"
OPENINGS = (EVIDENCE, PAPER, SHEET, NOTICE)
SHOWN = 20

logger = logging.getLogger("thidua.log_book")


@dataclass(frozen=True)
class Told:
    """What the log book tells of one object, newest first: its life, and who opened it."""

    lines: list[LogLine]
    openings: list[LogLine]


def told_of(obj: models.Model, most: int) -> Told:
    """The last `most` lines of its life and its last openings; one query for both."""
    rows: dict[bool, list[LogLine]] = {True: [], False: []}
    for row in lines_about(obj, without=OPENINGS, most=most, beside=openings_of(obj)):
        rows[row.action in OPENINGS].append(row)
    return Told(rows[False][:most], rows[True])


def note_opening(
    actor: models.Model,
    action: str,
    obj: models.Model,
    *,
    label: str,
    note: str = "",
    known: Iterable[LogLine] = (),
    since: datetime | None = None,
) -> bool:
    """Write down that somebody opened `obj`, once a day; whether a line was written.

    What is to be read from a moment on, `since`, is written down once from then on.
    `known` are openings that were read already: where one of them is that of today nothing is
    asked. Reading goes on where nothing can be written, as on a full disk: the server's log tells.
    """
    day = since or timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    who, words = told_as(actor, label)
    same = (who.pk if who else None, action, words)
    if any((row.actor_id, row.action, row.label) == same and row.at >= day for row in known):
        return False
    told = ActivityEntry.objects.about(obj).filter(actor=who, action=action, label=words)
    if told.filter(at__gte=day).exists():
        return False
    try:
        with transaction.atomic():
            record(actor, action, obj, label=label, note=note)
    except DatabaseError:
        logger.exception("The opening of %s %s was not written down.", obj._meta.label, obj.pk)
        return False
    return True


def openings_of(obj: models.Model) -> models.QuerySet:
    """The last openings of one object; proofs of notice are kept before all others."""
    found = ActivityEntry.objects.about(obj).filter(action__in=OPENINGS)
    is_proof = models.Case(models.When(action=NOTICE, then=0), default=1)
    return found.order_by(is_proof, "-at", "-pk")[:SHOWN]
