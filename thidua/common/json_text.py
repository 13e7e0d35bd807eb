"""JSON that people bring: read within limits, so that no text costs more than it is long.

Nothing here knows Django, so that `domain` may use it.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

MOST_DEPTH = 40
# Exact sums count 28 digits; a longer number was made by a machine.
LONGEST_NUMBER = 40
LARGEST_EXPONENT = 30
NOT_JSON = "Không phải là văn bản JSON hợp lệ (lỗi ở dòng {line})."
TOO_DEEP = f"Văn bản JSON lồng nhau quá {MOST_DEPTH} tầng."
NO_NUMBER = "Trong văn bản JSON có số không dùng được: “{number}”."
NO_TEXT = "Trong văn bản JSON có ký tự không ghi được (nửa ký tự hoặc ký tự điều khiển)."
UNKEPT = re.compile("[\0\ud800-\udfff]")
Pairs = list[tuple[str, Any]]


class JsonTextError(ValueError):
    """A text that is no JSON, or JSON that nobody writes; the message is a Vietnamese sentence.

    `line` is where the text breaks off from JSON; 0 where it is JSON, only not for us.
    """

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.line = line


def read_json(
    text: str,
    *,
    whole: Callable[[str], Any] = int,
    fraction: Callable[[str], Any] = Decimal,
    pairs: Callable[[Pairs], Any] = dict,
) -> Any:
    """The value in a text; JsonTextError where it is broken, too deep or cannot be kept.

    `whole` and `fraction` make a value of the text of a number, `pairs` of the keys and values of
    an object.
    """
    try:
        found = json.loads(
            text,
            object_pairs_hook=pairs,
            parse_int=lambda raw: whole(plain_number(raw)),
            parse_float=lambda raw: fraction(plain_number(raw)),
            parse_constant=refuse_number,
        )
    except json.JSONDecodeError as error:
        raise JsonTextError(NOT_JSON.format(line=error.lineno), error.lineno) from error
    except RecursionError as error:
        raise JsonTextError(TOO_DEEP) from error
    refuse_unkept(found)
    return found


def plain_number(raw: str) -> str:
    """The text of a number as it stands; refused where counting with it would never end."""
    try:
        exponent = Decimal(raw).adjusted() if len(raw) <= LONGEST_NUMBER else LARGEST_EXPONENT + 1
    except InvalidOperation:
        exponent = LARGEST_EXPONENT + 1
    if abs(exponent) > LARGEST_EXPONENT:
        refuse_number(raw)
    return raw


def refuse_number(raw: str) -> None:
    """Infinity, NaN and 1e999 are no numbers of a rule."""
    raise JsonTextError(NO_NUMBER.format(number=raw[:LONGEST_NUMBER]))


def refuse_unkept(found: Any) -> None:
    """Refuse texts that no database keeps, and trees deeper than any of ours."""
    level, depth = [found], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise JsonTextError(TOO_DEEP)
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below += one.keys()
                below += one.values()
            elif isinstance(one, list):
                below += one
            elif isinstance(one, str) and not is_kept(one):
                raise JsonTextError(NO_TEXT)
        level = below


def is_kept(text: str) -> bool:
    """Whether a database keeps the text: no NUL, no half of a character."""
    return UNKEPT.search(text) is None
