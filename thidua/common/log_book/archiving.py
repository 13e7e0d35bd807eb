"""Old lines move to the archive, word for word; the chain runs on through both."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from thidua.common.log_book.chain import COLUMNS
from thidua.common.log_book.models import ActivityEntry, ArchivedEntry, LogLink
from thidua.common.log_book.sealing import AT_ONCE


def archive_lines(*, before: datetime) -> int:
    """Move chained lines from before that moment; how many. A line that no run chained stays.

    Some thousand at once and each time whole: whoever ends the job loses and doubles nothing.
    """
    link = LogLink.objects.filter(entry=OuterRef("pk"))
    old = ActivityEntry.objects.filter(Exists(link), at__lt=before).order_by("pk")
    moved = 0
    while numbers := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        move(numbers)
        moved += len(numbers)
    return moved


@transaction.atomic
def move(numbers: Sequence[int]) -> None:
    """Copy these lines inside the database, then delete them: its rule compares both."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in COLUMNS)
    kept, live = (quote(model._meta.db_table) for model in (ArchivedEntry, ActivityEntry))
    places = ", ".join(["%s"] * len(numbers))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {kept} ({columns}) SELECT {columns} FROM {live} WHERE id IN ({places})",
            list(numbers),
        )
    ActivityEntry.objects.filter(pk__in=numbers).delete()
