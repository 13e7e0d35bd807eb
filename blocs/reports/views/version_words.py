"""Values of frozen sheets as people read them."""

from dataclasses import dataclass
from decimal import Decimal

from blocs.reports.domain.sheet_versions import FieldChange
from thidua.common.vietnamese.numbers import format_decimal

POINTS = ("own", "given")
NOTHING = "để trống"


@dataclass(frozen=True)
class ChangeWords:
    """One value of a leaf before and after."""

    label: str
    before: str
    after: str


def change_words(change: FieldChange, decimals: int) -> ChangeWords:
    before, after = (
        value_words(change.field, value, decimals) for value in (change.before, change.after)
    )
    return ChangeWords(change.label, before or NOTHING, after or NOTHING)


def value_words(field: str, value, decimals: int) -> str:
    """A frozen value in words; nothing is an empty text."""
    if not value:
        return ""
    if field in POINTS:
        return format_decimal(Decimal(value), decimals)
    if field == "files":
        return "; ".join(file["name"] for file in value)
    return str(value)
