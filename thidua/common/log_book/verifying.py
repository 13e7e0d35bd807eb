"""Reads the whole chain again and names the first line that is not as it was written."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from thidua.common.log_book.chain import BEGINNING, COLUMNS, digest_of
from thidua.common.log_book.models import ActivityEntry, ArchivedEntry, LogLink, LogSeal
from thidua.common.log_book.sealing import unchained
from thidua.common.vietnamese.dates import moment_words

AT_ONCE = 2000
# How long after its moment a line may still appear: longer than any transaction lasts.
LATE = timedelta(hours=1)
GONE = "Dòng số {entry} (vị trí {position}) đã bị xóa."
OTHER = "Dòng số {entry} (vị trí {position}) đã bị sửa hoặc bị đổi chỗ: “{action}”, {at}."
HOLE = "Chuỗi thiếu vị trí {position}."
INSERTED = "Dòng số {entry} bị chèn thêm sau khi nhật ký đã được nối: “{action}”, {at}."
CUT = "Đuôi nhật ký bị cắt: chuỗi đã tới vị trí {last}, nay chỉ còn tới vị trí {position}."
TAIL = "Vị trí {position} không thuộc lượt nối nào."
HEAD = "Vị trí {position} không mang mã đã ghi bên ngoài: chuỗi đã bị làm lại."


@dataclass(frozen=True)
class Head:
    """An end of the chain that somebody kept outside."""

    position: int
    digest: str


@dataclass(frozen=True)
class Verdict:
    """How many lines are proved, how many wait for the next run, and the first fault or nothing."""

    proved: int
    waiting: int
    fault: str = ""


def verify(heads: Iterable[Head] = ()) -> Verdict:
    """Follow the chain over live and archived lines; runs beside people at work."""
    seals = list(LogSeal.objects.all())
    waiting = unchained().count()
    reader = ChainReader(seals)
    fault = next(reader.faults(), "") or next(head_faults(seals, heads), "")
    return Verdict(reader.position, waiting, fault or next(inserted_faults(seals), ""))


class ChainReader:
    """Follows the chain link by link as far as the last run came."""

    def __init__(self, seals: Sequence[LogSeal]) -> None:
        self.seals = seals
        self.ends = [seal.last for seal in seals]
        self.position, self.head = 0, BEGINNING

    def faults(self) -> Iterator[str]:
        """What is wrong, in the order of the chain; whoever reads on after one reads guesses."""
        last = self.ends[-1] if self.ends else 0
        while links := list(
            LogLink.objects.filter(position__gt=self.position).order_by("position")[:AT_ONCE]
        ):
            rows = rows_of([link.entry for link in links])
            for link in links:
                if link.position > last:
                    # A run that ended after we began: its seal tells that it is one.
                    if not LogSeal.objects.filter(last__gte=link.position).exists():
                        yield TAIL.format(position=link.position)
                    return
                yield from self.faults_at(link, rows.get(link.entry))
                self.position = link.position
        if self.position < last:
            yield CUT.format(last=last, position=self.position)

    def faults_at(self, link: LogLink, row: Mapping[str, Any] | None) -> Iterator[str]:
        """What is wrong with one link and its line."""
        if link.position != self.position + 1:
            yield HOLE.format(position=self.position + 1)
        if row is None:
            yield GONE.format(entry=link.entry, position=link.position)
            return
        self.head = digest_of(self.head, row)
        run = bisect_left(self.ends, link.position)
        is_end = self.ends[run] == link.position
        if self.head != link.digest or (is_end and self.seals[run].head != self.head):
            yield OTHER.format(position=link.position, **told(row))
        if run and row["at"] < self.seals[run - 1].started_at - LATE:
            yield INSERTED.format(**told(row))


def rows_of(entries: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """Lines by their numbers; what leaves the live ones meanwhile stands in the archive."""
    rows: dict[int, Mapping[str, Any]] = {}
    for model in (ActivityEntry, ArchivedEntry):
        found = model.objects.filter(pk__in=[pk for pk in entries if pk not in rows])
        rows |= {row["id"]: row for row in found.order_by().values(*COLUMNS)}
    return rows


def head_faults(seals: Sequence[LogSeal], heads: Iterable[Head]) -> Iterator[str]:
    """Ends kept outside that the chain does not hold any more."""
    for head in heads:
        link = LogLink.objects.filter(position=head.position).first()
        if link is None:
            last = seals[-1].last if seals else 0
            yield CUT.format(last=head.position, position=last)
        elif link.digest != head.digest:
            yield HEAD.format(position=head.position)


def inserted_faults(seals: Sequence[LogSeal]) -> Iterator[str]:
    """Lines without a link that tell of a time long before the last run."""
    if seals:
        before = seals[-1].started_at - LATE
        for row in unchained().filter(at__lt=before).values(*COLUMNS)[:1]:
            yield INSERTED.format(**told(row))
    for row in unchained(ArchivedEntry).values(*COLUMNS)[:1]:
        yield INSERTED.format(**told(row))


def told(row: Mapping[str, Any]) -> dict[str, Any]:
    """Number, action and moment of a line: whose it is stands in the log book alone."""
    at: datetime = row["at"]
    return {"entry": row["id"], "action": row["action"], "at": moment_words(at)}
