"""What a text may hold that people write freely: how long it is, and no letter nobody can keep."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from thidua.common.vietnamese.numbers import format_trimmed
from thidua.common.vietnamese.text import nfc

# No text of a paper comes near it; a whole file pasted into a field does.
LONGEST_TEXT = 20_000
TOO_LONG = (
    "Nội dung dài {found} ký tự, nhiều hơn {limit} ký tự được lưu. Hãy rút gọn, hoặc chuyển phần "
    "chi tiết sang tệp kèm theo."
)
check_nul = ProhibitNullCharactersValidator(
    "Nội dung có ký tự điều khiển không ghi được; vui lòng xóa đoạn đó và gõ lại."
)


def check_length(text: str) -> None:
    """Refuse a text longer than any paper takes, counted in letters as people see them."""
    found = len(nfc(text))
    if found > LONGEST_TEXT:
        limit = format_trimmed(Decimal(LONGEST_TEXT))
        raise ValidationError(TOO_LONG.format(found=format_trimmed(Decimal(found)), limit=limit))


def check_written(text: str) -> None:
    """Refuse what no field of a form takes, where a text is read without a form: length and NUL.

    PostgreSQL keeps no NUL; it ends a request with an error of its own.
    """
    check_nul(text)
    check_length(text)
