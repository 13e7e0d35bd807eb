"""What is known of the legal texts that rules and papers rest on, told on a day."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.text import filled_lines

# «152/2025/NĐ-CP», «15/QĐ-UBND»: what names a text whatever is written around it.
NUMBER = re.compile(r"\d{1,5}/(?:\d{4}/)?[A-ZĐƯ][A-ZĐƯ0-9-]*[A-ZĐƯ0-9]")
UNVERIFIED = "chưa đối chiếu"
NO_FIRST_DAY = "chưa ghi ngày có hiệu lực"
# What a line says of the texts that changed the one it names: up to its end or the next bracket.
AMENDED = re.compile(r",? *\(?(?:đã )?(?:được )?sửa (?:đổi|bởi)[^;()]*\)?", re.IGNORECASE)


@dataclass(frozen=True)
class LegalText:
    """A text by its number, its first and last day in force, and whether a person compared it."""

    number: str
    in_force_from: date | None = None
    in_force_to: date | None = None
    is_verified: bool = False
    issued_on: date | None = None

    def is_later(self, day: date) -> bool:
        """Whether the text did not exist yet on that day; one without a day of issue did."""
        return self.issued_on is not None and day < self.issued_on

    @property
    def doubts(self) -> tuple[str, ...]:
        """What nobody has said of it yet, told to whoever chooses it as a basis."""
        unknown = () if self.in_force_from else (NO_FIRST_DAY,)
        return unknown if self.is_verified else (*unknown, UNVERIFIED)

    def marks(self, day: date) -> tuple[str, ...]:
        """What a reader of a paper of this day must know; nothing of a text that is in order."""
        found = []
        if self.in_force_from and day < self.in_force_from:
            found.append(f"có hiệu lực từ {short_date(self.in_force_from)}")
        if self.in_force_to and day > self.in_force_to:
            found.append(f"hết hiệu lực từ {short_date(self.in_force_to + timedelta(days=1))}")
        if not self.is_verified:
            found.append(UNVERIFIED)
        return tuple(found)


def key_of(number: str) -> str:
    """Numbers are the same however they are typed: «152/2025/nđ-cp»."""
    return "".join(number.split()).upper()


def numbers_in(line: str) -> tuple[str, ...]:
    """The numbers of texts that a line names, in their order."""
    return tuple(dict.fromkeys(NUMBER.findall(line)))


def line_of_day(line: str, known: Mapping[str, LegalText], day: date) -> str:
    """A basis as a paper of this day could write it; empty where it names what came later.

    «…, được sửa đổi, bổ sung bởi Luật số …» stands only from the day on which that law was issued.
    """

    def later(words: str) -> list[bool]:
        found = (known.get(key_of(one), LegalText(one)) for one in numbers_in(words))
        return [one.is_later(day) for one in found]

    # What a line names first is the basis itself; «Luật sửa đổi …» with its own number is one, too.
    if later(line)[:1] == [True]:
        return ""
    return AMENDED.sub(lambda clause: "" if any(later(clause[0])) else clause[0], line)


def marked_line(line: str, known: Mapping[str, LegalText], day: date) -> str:
    """A basis with what must be known of the texts it names; `known` are texts by `key_of`.

    A numbered text that nobody entered was compared by nobody; a line without a number says nothing
    that could be compared.
    """
    numbers = numbers_in(line)
    found = [(one, known.get(key_of(one), LegalText(one)).marks(day)) for one in numbers]
    told = [
        f"{one}: {', '.join(marks)}" if len(numbers) > 1 else ", ".join(marks)
        for one, marks in found
        if marks
    ]
    body = line.rstrip(" ;,.")
    return f"{body} ({'; '.join(told)}){line[len(body) :].strip()}" if told else line


def with_lines(text: str, added: Iterable[str]) -> str:
    """The bases with further lines below; one whose texts all stand there already is left out."""
    lines = list(filled_lines(text))
    for line in added:
        named = {key_of(one) for one in numbers_in(line)}
        if not named or not named <= {key_of(one) for row in lines for one in numbers_in(row)}:
            lines.append(line)
    return "\n".join(lines)
