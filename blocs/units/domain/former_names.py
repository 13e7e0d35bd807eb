"""What a unit or bloc was called on a day: its former names, each until the last day it held.

A former name is kept as a row of plain words, so that it travels with the unit it belongs to:
`{"last_on": "2026-06-30", "names": {"name": "Sở A"}, "decision": "…", "reason": "…"}`, the oldest
first. The name of now stands in the fields of the object itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from thidua.common.vietnamese.dates import short_date

ONE_DAY = timedelta(days=1)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class FormerName:
    """The names that held until `last_on`, and by which paper and why they ended."""

    last_on: date
    names: Mapping[str, str]
    decision: str
    reason: str = ""

    @property
    def ended_on(self) -> date:
        """The first day of the next name."""
        return self.last_on + ONE_DAY


def former_names(rows: Sequence[Row]) -> tuple[FormerName, ...]:
    """The kept rows as values, in their order."""
    return tuple(
        FormerName(
            date.fromisoformat(row["last_on"]),
            dict(row["names"]),
            row["decision"],
            row["reason"],
        )
        for row in rows
    )


def row_of(former: FormerName) -> dict[str, Any]:
    """The value as it is kept; `former_names` reads it again."""
    return {
        "last_on": former.last_on.isoformat(),
        "names": dict(former.names),
        "decision": former.decision,
        "reason": former.reason,
    }


def names_on(rows: Sequence[Row], day: date) -> Mapping[str, str] | None:
    """The names that held on `day`; None where those of now did already."""
    return next((one.names for one in former_names(rows) if day <= one.last_on), None)


def rename_refusals(rows: Sequence[Row], on: date, today: date) -> list[str]:
    """Why a new name may not hold from `on`, in sentences."""
    if on > today:
        return [
            f"Tên mới có hiệu lực từ {short_date(on)}, chưa đến ngày đó; hãy ghi đổi tên từ ngày "
            "ấy trở đi."
        ]
    earlier = [one.ended_on for one in former_names(rows) if one.ended_on >= on]
    if earlier:
        return [
            f"Đã ghi đổi tên từ {short_date(max(earlier))}; ngày đổi tên phải sau ngày đó. Nếu lần "
            "trước ghi nhầm thì hủy lần đổi tên ấy trước."
        ]
    return []


def corrected(
    rows: Sequence[Row], before: Mapping[str, str], after: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The rows in which each misspelt text of `before` stands as in `after`, wherever it stood."""
    wrong = {name: text for name, text in before.items() if text != after[name]}
    return [
        {
            **row,
            "names": {
                name: after[name] if wrong.get(name) == text else text
                for name, text in one.names.items()
            },
        }
        for row, one in zip(rows, former_names(rows), strict=True)
    ]
