from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from thidua.common.permissions import require
from thidua.jobs.kinds import JobKind, register_job
from thidua.log_pages.actions import LOG_JOB
from thidua.log_pages.documents import EXCEL, write_log
from thidua.log_pages.filters import LogBookFilter, lines_of
from thidua.log_pages.told import told

AT_ONCE = 500
# An Excel file of more lines nobody opens; text has no end.
MOST_IN_EXCEL = 100_000
TOO_MANY = "Có hơn 100.000 dòng, quá nhiều cho một tệp Excel; hãy tải CSV hoặc chọn ít ngày hơn."
RIGHT = "units.read_log_book"


def make(desk):
    """The lines that were wanted, told as they may be told to who asked."""
    require(desk.actor, RIGHT)
    form, wanted = desk.arguments["form"], desk.arguments["wanted"]
    chosen = LogBookFilter(wanted, queryset=lines_of(wanted.get("store", "")))
    if chosen.faults:
        raise ValidationError(chosen.faults)
    rows = chosen.qs
    count = rows.count()
    if form == EXCEL and count > MOST_IN_EXCEL:
        raise ValidationError(TOO_MANY)
    with desk.path.open("wb") as file:
        return write_log(file, form, told_lines(rows, count, desk), at=timezone.localtime())


def told_lines(rows, count, desk) -> Iterator[dict]:
    """One batch after the other, by where the last one ended: new lines meanwhile shift nothing."""
    done, last = 0, None
    while True:
        rest = rows
        if last is not None:
            rest = rows.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
        lines = list(rest[:AT_ONCE])
        yield from told(lines, desk.actor)
        done += len(lines)
        desk.tell(done, max(done, count), f"Dòng {done}")
        if len(lines) < AT_ONCE:
            return
        last = lines[-1]


def may_open(user, arguments):
    return user.has_perm(RIGHT)


register_job(JobKind(LOG_JOB, make, may_open))
