"""Who leads a bloc in its year on a day: each numbered change holds until the next.

The head may be missing for a while (khuyết) or be another unit that stands in (phụ trách).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thidua.common.vietnamese.dates import short_date


@dataclass(frozen=True)
class Leaders:
    """Keys of the units that lead; None where a post is vacant."""

    head: int | None = None
    is_acting: bool = False
    deputy: int | None = None
    second_deputy: int | None = None


@dataclass(frozen=True)
class LeaderChange:
    """From `on` these lead; number 0 tells how the year began."""

    number: int
    on: date
    leaders: Leaders


def leaders_on(changes: Sequence[LeaderChange], day: date) -> Leaders | None:
    """Who led on `day`; None where nothing was ever changed, so that those of now did.

    Of two changes of one day the later one holds.
    """
    rows = sorted(changes, key=lambda row: (row.on, row.number))
    if not rows:
        return None
    begun = [row for row in rows if row.on <= day]
    return (begun or rows[:1])[-1].leaders


def leader_refusals(on: date, first: date, last: date | None, today: date) -> list[str]:
    """Why a change may not hold from `on`: rights follow the day, so it has come already.

    `first` is the first day of the year, `last` that of the newest change.
    """
    if on > today:
        return [
            f"Thay đổi có hiệu lực từ {short_date(on)}, chưa đến ngày đó; hãy ghi từ ngày ấy trở "
            "đi, vì quyền của đơn vị đứng đầu theo ngày."
        ]
    if on < first:
        return [f"Năm thi đua bắt đầu từ {short_date(first)}; ngày phải từ ngày đó trở đi."]
    if last and on < last:
        return [f"Đã ghi thay đổi từ {short_date(last)}; ngày phải từ ngày đó trở đi."]
    return []


def post_words(name: str, *, is_acting: bool) -> str:
    """«Sở B (phụ trách)», «khuyết»: who holds a post, as pages say it."""
    if not name:
        return "khuyết"
    return f"{name} (phụ trách)" if is_acting else name
