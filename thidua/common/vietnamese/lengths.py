"""How long a text may be that people write freely."""

from decimal import Decimal

from django.core.exceptions import ValidationError

from thidua.common.vietnamese.numbers import format_trimmed
from thidua.common.vietnamese.text import nfc

# No text of a paper comes near it; a whole file pasted into a field does.
LONGEST_TEXT = 20_000
TOO_LONG = (
    "Nội dung dài {found} ký tự, nhiều hơn {limit} ký tự được lưu. Hãy rút gọn, hoặc chuyển phần "
    "chi tiết sang tệp kèm theo."
)


def check_length(text: str) -> None:
    """Refuse a text longer than any paper takes, counted in letters as people see them."""
    found = len(nfc(text))
    if found > LONGEST_TEXT:
        limit = format_trimmed(Decimal(LONGEST_TEXT))
        raise ValidationError(TOO_LONG.format(found=format_trimmed(Decimal(found)), limit=limit))
