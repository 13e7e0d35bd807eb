"""What an address may be asked with: few filters, each read strictly, refused in a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from thidua.api.refusals import RefusedError
from thidua.common.vietnamese.numbers import whole_number

UNKNOWN = "Không có tham số “{name}” ở địa chỉ này. Các tham số dùng được: {known}."
TWICE = "Tham số “{name}” chỉ được nêu một lần."
WRONG = "Tham số “{name}” không đọc được: {about}"
LONGEST = 40
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class AskedParameter:
    """A parameter of an address; `read` gives None for what it is not, `narrow` filters rows."""

    name: str
    schema: Mapping[str, Any]
    about: str
    read: Callable[[str], Any]
    narrow: Callable[[QuerySet, Any], QuerySet]


def read_year(text: str) -> int | None:
    year = whole_number(text)
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def read_code(text: str) -> str | None:
    """A sign or code as it stands; what no column holds is none."""
    return text if text and text.isprintable() and len(text) <= LONGEST else None


def read_moment(text: str) -> datetime | None:
    """A moment with its distance from UTC; a plus that the address made a space is one."""
    try:
        moment = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    is_known = moment is not None and moment.tzinfo is not None
    return moment if is_known and FIRST_YEAR <= moment.year <= LAST_YEAR else None


AFTER = AskedParameter(
    "after",
    {"type": "integer", "minimum": 0},
    "Số của dòng cuối cùng đã nhận; lấy từ “next”, không tự đặt.",
    whole_number,
    lambda rows, pk: rows.filter(pk__gt=pk),
)


def asked_of(query: QueryDict, parameters: tuple[AskedParameter, ...]) -> dict[str, Any]:
    """The values that the address states, by name; refused where it states anything else."""
    known = {one.name: one for one in parameters}
    found = {}
    for name, texts in query.lists():
        if name not in known:
            words = UNKNOWN.format(name=name[:LONGEST], known=", ".join(known) or "không có")
            raise RefusedError(400, "unknown_parameter", words)
        if len(texts) != 1:
            raise RefusedError(400, "repeated_parameter", TWICE.format(name=name))
        value = known[name].read(texts[0])
        if value is None:
            told = WRONG.format(name=name, about=known[name].about)
            raise RefusedError(400, "wrong_parameter", told)
        found[name] = value
    return found
