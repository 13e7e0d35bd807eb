"""How large the log book is and how fast it grows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from thidua.common.log_book.models import ActivityEntry, ArchivedEntry, LogLink

YEAR = timedelta(days=365)
SIZE = {
    "postgresql": "SELECT pg_total_relation_size(%s)",
    "sqlite": "SELECT sum(pgsize) FROM dbstat WHERE name = %s OR name IN "
    "(SELECT name FROM sqlite_master WHERE tbl_name = %s)",
}


@dataclass(frozen=True)
class Size:
    """Lines of one table and the bytes it takes on the disk, indexes included."""

    lines: int
    size: int

    @property
    def each(self) -> int:
        """Bytes of one line."""
        return self.size // self.lines if self.lines else 0


def size_of(model: type[ActivityEntry] | type[ArchivedEntry] | type[LogLink]) -> Size:
    """What one table of the log book takes."""
    table = model._meta.db_table
    told = SIZE[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(told, [table] * told.count("%s"))
        size = cursor.fetchone()[0]
    return Size(model._default_manager.count(), size or 0)


def lines_of_a_year(now: datetime) -> int:
    """Lines written within the last 365 days."""
    return ActivityEntry.objects.filter(at__gt=now - YEAR, at__lte=now).count()
