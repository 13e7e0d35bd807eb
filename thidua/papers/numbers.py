"""Number and sign of a paper (NĐ 30/2020, box 3)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model

from thidua.common.vietnamese.dates import short_date
from thidua.papers.models import SignedCopy

TAKEN = (
    "{paper} ngày {day} đã dùng số này; trong một năm mỗi số chỉ dùng cho một văn bản cùng loại. "
    "Hãy lấy số tiếp theo ở sổ đăng ký văn bản đi."
)


@dataclass(frozen=True)
class NumberedPaper:
    """A paper that went out: its subject, what people call it, its number and day where it has."""

    subject: Model
    words: str
    number: str = ""
    day: date | None = None


def composed_number(typed: str, sign: str) -> str:
    """«07/TTr-KTĐ5» of a typed 7 and the sign; whole numbers with their sign stay as typed.

    Numbers below ten get a 0, a slash stands between number and sign; ValidationError else.
    """
    number = typed.strip()
    if not number:
        return ""
    if number.isascii() and number.isdecimal():
        return f"{int(number):02d}/{sign}"
    if "/" not in number:
        raise ValidationError(f"Vui lòng ghi số và ký hiệu như {example(sign)}.")
    return number


def hold_numbers(sender: Model | type[Model]) -> None:
    """Nobody else takes a number of this sender until the transaction ends.

    `sender` is the bloc or the unit; the province has no row, of its papers the class is named.
    Called before any other row is locked, so that two takers never wait for each other, and before
    the papers of the sender are read.
    """
    row = sender if isinstance(sender, Model) else ContentType.objects.get_for_model(sender)
    # A weaker lock than that of a change: rows that only name the sender do not wait.
    rows = type(row)._base_manager.select_for_update(no_key=True)
    rows.values_list("pk").get(pk=row.pk)


def number_key(number: str, signed_on: date) -> str:
    """«2026: 1/qđ-ubnd»: two papers of one kind with one key have the same number.

    Numbers begin with 01 each calendar year (NĐ 30/2020, Phụ lục I, mục II.3): the year is that of
    the signature. Zeros before it, blanks, capitals and a remark in brackets make no other number.
    """
    bare = re.sub(r"\([^)]*\)|\s", "", number).casefold().lstrip("0")
    return f"{signed_on.year}: {bare}"


def number_faults(number: str, day: date | None, others: Iterable[NumberedPaper]) -> list[str]:
    """That another paper has this number in the year of this day, and which; empty if it is free.

    `others` are the papers of one kind that one sender sent out, without the one that is asked for.
    Nothing is said of a paper that has no number or no day yet.
    """
    if not number or day is None:
        return []
    key = number_key(number, day)
    same = (
        TAKEN.format(paper=other.words, day=short_date(other.day))
        for other in others
        if other.number and other.day and number_key(other.number, other.day) == key
    )
    return list(same)[:1]


def with_copies(kind: str, papers: Iterable[NumberedPaper]) -> Iterator[NumberedPaper]:
    """These papers, of subjects of one model, with the numbers of their copies signed by hand.

    Of the copies of one paper the last counts; it says the day of a number that both have.
    """
    own = {paper.subject.pk: paper for paper in papers}
    if not own:
        return
    found = ContentType.objects.get_for_model(next(iter(own.values())).subject)
    copies = SignedCopy.objects.filter(subject_type=found, subject_id__in=own, kind=kind)
    newest = {copy.subject_id: copy for copy in copies.order_by("recorded_at", "pk")}
    signed = [
        replace(own[pk], number=copy.number, day=copy.signed_on) for pk, copy in newest.items()
    ]
    told = {(paper.subject.pk, paper.number) for paper in signed}
    yield from signed
    yield from (paper for pk, paper in own.items() if (pk, paper.number) not in told)


def number_help(sign: str) -> str:
    """What is said beside the field."""
    return f"Ghi 6 thì in thành {example(sign)}."


def example(sign: str) -> str:
    """A small number with the sign."""
    return f"06/{sign}"
