"""Late papers: which submission counts, how long it is late, and what that costs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from blocs.scoring.terms.numbers import ZERO, show

SATURDAY = 5


class Counted(StrEnum):
    """Which of several submissions of one paper decides whether it is late."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True)
class LateRule:
    """What a bloc's regulation says about late papers; None means that it says nothing.

    grace_days: days after `due_on` that are not counted as late at all; once they are over,
    lateness is counted from `due_on`, or from the end of grace if `is_counted_after_grace`.
    fixed and per_day (> 0) are taken off, together at most `cap`. A paper of a day after
    `last_on`, or still missing then, puts the unit out.
    """

    due_on: date
    counts: Counted = Counted.LAST
    grace_days: int = 0
    is_counted_after_grace: bool = False
    in_working_days: bool = False
    fixed: Decimal | None = None
    per_day: Decimal | None = None
    cap: Decimal | None = None
    last_on: date | None = None


@dataclass(frozen=True)
class Lateness:
    """How late a paper is: counted days, points (≤ 0), and whether the unit is out."""

    days: int = 0
    points: Decimal = ZERO
    is_out: bool = False
    sentence: str = ""


def check_late_rule(rule: LateRule) -> list[str]:
    """Sentences why the rule contradicts itself."""
    found = []
    if rule.last_on is not None and rule.last_on < rule.due_on:
        found.append("Hạn cuối cùng không được sớm hơn hạn nộp.")
    if rule.grace_days < 0:
        found.append("Số ngày gia hạn không được là số âm.")
    numbers = (
        ("Điểm trừ một lần", rule.fixed),
        ("Điểm trừ mỗi ngày", rule.per_day),
        ("Mức trừ tối đa", rule.cap),
    )
    found.extend(
        f"{name} phải lớn hơn 0." for name, number in numbers if number is not None and number <= 0
    )
    return found


def lateness(
    submitted_on: Sequence[date],
    rule: LateRule,
    today: date,
    holidays: Collection[date] = frozenset(),
    worked: Collection[date] = frozenset(),
) -> Lateness:
    """What the submissions of one paper cost; one never submitted is counted as of today.

    `holidays` are days off, `worked` weekend days that are worked instead (làm bù).
    """
    day = _day_that_counts(submitted_on, rule) or today
    if rule.last_on is not None and day > rule.last_on:
        return Lateness(
            _days(rule, day, holidays, worked),
            is_out=True,
            sentence=f"Quá hạn cuối cùng {rule.last_on:%d/%m/%Y}: không xét.",
        )
    days = _days(rule, day, holidays, worked)
    if days == 0:
        return Lateness()
    lost = (rule.fixed or ZERO) + (rule.per_day or ZERO) * days
    if rule.cap is not None:
        lost = min(lost, rule.cap)
    kind = "ngày làm việc" if rule.in_working_days else "ngày"
    return Lateness(days, -lost, sentence=f"Chậm {days} {kind}: trừ {show(lost)} điểm.")


def _day_that_counts(submitted_on: Sequence[date], rule: LateRule) -> date | None:
    if not submitted_on:
        return None
    return min(submitted_on) if rule.counts is Counted.FIRST else max(submitted_on)


def _days(rule: LateRule, day: date, holidays: Collection[date], worked: Collection[date]) -> int:
    late = days_between(
        rule.due_on, day, holidays, in_working_days=rule.in_working_days, worked=worked
    )
    if late <= rule.grace_days:
        return 0
    return late - rule.grace_days if rule.is_counted_after_grace else late


def days_between(
    start: date,
    end: date,
    holidays: Collection[date],
    *,
    in_working_days: bool,
    worked: Collection[date] = frozenset(),
) -> int:
    """Days after `start` up to and including `end`; 0 when it is not after."""
    days = max(0, (end - start).days)
    if not in_working_days:
        return days
    after = (start + timedelta(days=place) for place in range(1, days + 1))
    return sum(
        1 for day in after if day in worked or (day.weekday() < SATURDAY and day not in holidays)
    )
