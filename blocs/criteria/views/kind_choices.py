"""The ways of scoring a new or changed line may choose from."""

from dataclasses import dataclass

from blocs.scoring import GROUP, KINDS, kind_words
from blocs.scoring.terms.parameters import LineParameter

RICH = "rich"
GROUP_HINT = "Gom các tiêu chí thành phần, mục; điểm bằng tổng các mục con."
RICH_HINT = "Chỉ dùng khi các cách trên không đủ: ghi quy tắc dưới dạng dữ liệu (JSON)."


@dataclass(frozen=True)
class KindChoice:
    """One way of scoring to choose, with the address of its form."""

    label: str
    hint: str
    url: str


def kind_choices(url, *, writes_rules, now=""):
    """The ways of scoring this person may set, but the one of `now`; `url` waits for a code."""
    others = (kind for kind in (GROUP, *KINDS) if kind != now)
    found = [KindChoice(kind_words(kind), hint_of(kind), f"{url}{kind}") for kind in others]
    if writes_rules:
        found.append(KindChoice("Quy tắc khác", RICH_HINT, f"{url}{RICH}"))
    return found


def is_offered(kind):
    """Whether the address names a way of scoring that can be chosen."""
    return kind in (GROUP, RICH, *KINDS)


def asks_for_line(kind):
    """Whether the form of this kind offers the lines of the table."""
    return kind in KINDS and any(isinstance(one, LineParameter) for one in KINDS[kind].parameters)


def hint_of(kind):
    return GROUP_HINT if kind == GROUP else KINDS[kind].hint


def shortened(name):
    return name if len(name) <= 80 else f"{name[:80]}…"
