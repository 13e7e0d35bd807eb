"""The job that chains what was written since it last ran; whoever writes a line never waits."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from thidua.common.log_book.chain import BEGINNING, COLUMNS, digest_of
from thidua.common.log_book.finding import keep_words
from thidua.common.log_book.models import ActivityEntry, LogLine, LogLink, LogSeal

AT_ONCE = 2000


def unchained(model: type[LogLine] = ActivityEntry) -> QuerySet[LogLine]:
    """Lines that no run has chained yet."""
    link = LogLink.objects.filter(entry=OuterRef("pk"))
    return model.objects.filter(~Exists(link)).order_by("pk")


@transaction.atomic
def chain_new_lines(*, now: datetime) -> LogSeal | None:
    """Chain every new line, in the order of their numbers; None where there is none.

    What it is found by is folded beside that, outside of the chain.

    A line whose transaction ended late follows in the next run. Raises IntegrityError where
    another run is at work: the places of its lines are taken.
    """
    last = LogSeal.objects.last()
    position, head = (last.last, last.head) if last else (0, BEGINNING)
    first = position + 1
    for rows in new_rows():
        links = []
        for row in rows:
            position, head = position + 1, digest_of(head, row)
            links.append(LogLink(position=position, entry=row["id"], digest=head))
        LogLink.objects.bulk_create(links)
        keep_words(rows)
    if position < first:
        return None
    return LogSeal.objects.create(started_at=now, first=first, last=position, head=head)


def new_rows() -> Iterator[list[Mapping[str, Any]]]:
    """New lines in their order, some thousand at once."""
    after = 0
    while rows := list(unchained().filter(pk__gt=after).values(*COLUMNS)[:AT_ONCE]):
        yield rows
        after = rows[-1]["id"]


def head_line(seal: LogSeal) -> str:
    """What an office keeps outside: end of the chain as «place:hash», and when that was."""
    return f"{seal} {seal.started_at.isoformat(timespec='seconds')}"
