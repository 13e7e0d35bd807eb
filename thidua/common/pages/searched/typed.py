"""What was typed where a row is asked for, and under which names it is posted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thidua.common.vietnamese.text import squeeze

LONGEST_TYPED = 200
# «?goi-y=unit&tim-unit=so y te» asks for rows; «tim-unit» is posted beside «unit», and
# «tim-unit-da-tim» says for which letters the page offered or shows what stands in «unit».
ASKED, TYPED, ANSWERED = "goi-y", "tim-{}", "tim-{}-da-tim"


@dataclass(frozen=True)
class Typed:
    """Letters that stand where a row is asked for, and what was ticked beside them."""

    text: str
    ticked: tuple[str, ...] = ()
    # The page has offered rows for these letters before.
    is_answered: bool = False

    def __str__(self) -> str:
        return self.text

    @property
    def parts(self) -> list[str]:
        """Several names are parted by semicolons."""
        return [part.strip() for part in self.text.split(";") if part.strip()]


def typed_text(data: Mapping[str, Any], name: str) -> str:
    """What was typed to search by, on one line, no longer than a name can be."""
    return letters(data.get(TYPED.format(name)))


def answered_text(data: Mapping[str, Any], name: str) -> str:
    """The letters for which the page offered rows, or shows the chosen one."""
    return letters(data.get(ANSWERED.format(name)))


def letters(posted: str | None) -> str:
    """What a person can have typed; a NUL or half a letter no database takes."""
    seen = "".join(char for char in squeeze(posted or "") if char.isprintable())
    return seen[:LONGEST_TYPED].strip()
