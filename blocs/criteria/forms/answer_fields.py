"""The field that reads one answer, on a sheet as well as where a rule is tried."""

from django import forms

from blocs.scoring import Input, InputType
from blocs.scoring.terms.answers import (
    FIGURES,
    NOT_CHOSEN,
    choices_of,
    is_chosen,
    is_day,
)
from thidua.common.pages.forms import DecimalCommaField
from thidua.common.pages.sentences import NO_SUCH_DAY

DAY_WORDS = {"invalid": NO_SUCH_DAY}
LEVEL_WORDS = {"invalid_choice": "Bảng điểm không có mức này. Hãy chọn lại."}


def options_of(asked: Input) -> tuple[tuple[str, str], ...]:
    """What a list offers, the empty choice first; nothing where the answer is typed."""
    if not is_chosen(asked):
        return ()
    return (("", NOT_CHOSEN), *((one.code, one.word) for one in choices_of(asked)))


def answer_field(asked: Input, *, maximum=None, decimals: int = FIGURES) -> forms.Field:
    """The field of one question; `maximum` and `decimals` are those of typed points."""
    if is_chosen(asked):
        options = options_of(asked)
        return forms.ChoiceField(choices=options, required=False, error_messages=LEVEL_WORDS)
    if is_day(asked):
        return forms.DateField(required=False, error_messages=DAY_WORDS)
    if asked.type is InputType.POINTS:
        return DecimalCommaField(decimals=decimals, maximum=maximum)
    return DecimalCommaField(decimals=FIGURES)
