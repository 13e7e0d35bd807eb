"""How an answer is chosen, kept, shown and told: the same on pages, in files and in sentences."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from blocs.scoring.terms.numbers import ONE, ZERO, read_decimal, show
from blocs.scoring.terms.values import Entry, Input, InputType

Kept = Decimal | str | bool | None
# What the columns of figures can hold.
FIGURES = 4
LARGEST_FIGURE = Decimal(10) ** 8
TOO_BIG = "Số quá lớn; ở đây nhập được nhiều nhất 8 chữ số phần nguyên. Hãy đổi đơn vị tính."
NOT_CHOSEN = "Chưa chọn"


@dataclass(frozen=True)
class Choice:
    """One thing to choose: what a page posts, what people read, what the answer keeps."""

    code: str
    word: str
    value: Kept


PASSED = (Choice("1", "Đạt", ONE), Choice("0", "Không đạt", ZERO))
YES_NO = (Choice("1", "Có", True), Choice("0", "Không", False))


def is_too_big(number: Decimal) -> bool:
    """Whether the column of figures cannot hold the number; `TOO_BIG` says so."""
    return abs(number) >= LARGEST_FIGURE


def is_chosen(asked: Input) -> bool:
    """Whether the answer is chosen from a list and not typed."""
    return asked.type in (InputType.LEVEL, InputType.PASSED) or asked.fact_type == "yes_no"


def is_day(asked: Input) -> bool:
    """Whether a day is typed, and not a figure or a text."""
    return asked.fact_type == "date"


def choices_of(asked: Input) -> tuple[Choice, ...]:
    """What may be chosen; empty where the answer is typed."""
    if asked.type is InputType.PASSED:
        return PASSED
    if asked.type is InputType.LEVEL:
        return tuple(Choice(label, label, label) for label in asked.choices)
    return YES_NO if is_chosen(asked) else ()


def kept(asked: Input, value: Kept | date) -> Kept:
    """A typed or chosen value as an Entry keeps it; None where there is none.

    Numbers and days among the facts are text, because they are stored as JSON.
    """
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value.isoformat()
    if is_chosen(asked):
        return next((one.value for one in choices_of(asked) if one.code == value), value)
    return f"{value:f}" if asked.key and isinstance(value, Decimal) else value


@dataclass(frozen=True)
class Answer:
    """One question with what is kept of its answer."""

    asked: Input
    value: Kept

    @classmethod
    def of(cls, asked: Input, entry: Entry) -> "Answer":
        """What the entry holds for this question."""
        found = entry.facts.get(asked.key) if asked.key else getattr(entry, asked.field)
        return cls(asked, None if found == "" else found)

    @property
    def choice(self) -> Choice | None:
        """The choice that was made; a value that no longer is one stays as it is."""
        return next((one for one in choices_of(self.asked) if one.value == self.value), None)

    @property
    def plain(self) -> Decimal | str | None:
        """A typed answer: a number, or text such as a day in figures."""
        if self.value is None:
            return None
        if is_day(self.asked):
            return "/".join(reversed(str(self.value).split("-")))
        number = None if self.asked.type is InputType.LEVEL else read_decimal(self.value)
        return str(self.value) if number is None else number

    @property
    def shown(self) -> Decimal | str | None:
        """What an input of a page holds: the code of a choice, a number, a text."""
        return self.choice.code if self.choice else self.plain

    @property
    def cell(self) -> Decimal | str | None:
        """What a cell of a workbook holds."""
        return self.choice.word if self.choice else self.plain

    @property
    def words(self) -> str:
        """The answer in a sentence; empty where there is none."""
        if self.choice:
            return self.choice.word
        return show(self.plain) if isinstance(self.plain, Decimal) else self.plain or ""
