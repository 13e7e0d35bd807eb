"""The base of every form: clean text, Vietnamese dates and numbers, crispy layout."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.core.validators import ProhibitNullCharactersValidator as Nul

from thidua.common.pages.sentences import NOT_OFFERED, say_refusals
from thidua.common.vietnamese.lengths import LONGEST_TEXT, check_length, check_nul
from thidua.common.vietnamese.numbers import format_input, parse_decimal, whole_number
from thidua.common.vietnamese.text import nfc

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
# No count and no place in an order is larger; a column of small numbers holds it.
MOST = 9999
NOT_OUR_TIME = "Ngày phải từ 01/01/1900 đến 31/12/2100; vui lòng xem lại năm."


def check_day(day: date) -> None:
    """Refuse a day that no paper of ours can have: a year typed short, or one too long.

    Days at the ends of the calendar cannot be counted from, which stopped whole pages.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(NOT_OUR_TIME)


class TidyForm(forms.Form):
    """Text is made NFC and trimmed; the page, not crispy, writes the form tag."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        for field in self.fields.values():
            tidy_field(field)

    def full_clean(self) -> None:
        """Fields that a form added or named after it was made speak as the others do."""
        for field in self.fields.values():
            say_refusals(field)
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, value in data.items():
            if isinstance(value, str):
                data[name] = nfc(value).replace("\r\n", "\n")
        return data


def tidy_field(field: forms.Field) -> None:
    """Vietnamese days, a limit on every text and count, and sentences of our own."""
    field.validators = [check_nul if isinstance(one, Nul) else one for one in field.validators]
    say_refusals(field)
    if isinstance(field, forms.DateField):
        field.widget = DayInput(attrs=field.widget.attrs)
        field.validators.append(check_day)
    if has_no_limit(field):
        field.max_length = LONGEST_TEXT
        field.validators.append(check_length)
    if is_open_count(field):
        field.max_value = field.widget.attrs["max"] = MOST
        field.validators.append(MaxValueValidator(MOST))


def is_open_count(field: forms.Field) -> bool:
    """A whole number that nobody bounded above; SQLite has no limit of its own."""
    is_typed = isinstance(field, forms.IntegerField) and not field.widget.is_hidden
    return is_typed and field.max_value is None


def has_no_limit(field: forms.Field) -> bool:
    """A text to be written freely; stamps, passwords and files in a hidden field are none."""
    is_written = isinstance(field.widget, forms.TextInput | forms.Textarea)
    is_secret = isinstance(field.widget, forms.PasswordInput)
    is_text = type(field) is forms.CharField and is_written and not is_secret
    return is_text and field.max_length is None


def say_fields(form: forms.BaseForm, say: Callable[[str], str]) -> None:
    """Put the texts of ours into the words of a bloc: labels, helps, the choices of an enum.

    Rows of a table are offered under the names they have.
    """
    for field in getattr(form, "fields", {}).values():
        if field.label:
            field.label = say(field.label)
        field.help_text = say(field.help_text)
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [(value, say(words)) for value, words in field.choices]


class TidyModelForm(TidyForm, forms.ModelForm):
    """The same for a form that shows a model's fields. It is never saved: actions do that."""


class DayInput(forms.DateInput):
    """A day is typed and shown as dd/mm/yyyy on every browser and every machine."""

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(
            attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric"} | (attrs or {}),
            format="%d/%m/%Y",
        )


class ManyField(forms.ModelMultipleChoiceField):
    """Several of what is offered; what no id can be is refused as what is not offered."""

    default_error_messages = {"invalid_pk_value": NOT_OFFERED}

    def clean(self, value: Any) -> Any:
        for one in value if isinstance(value, list | tuple) else ():
            if whole_number(str(one)) is None:
                raise ValidationError(NOT_OFFERED, "invalid_pk_value")
        return super().clean(value)


class DecimalCommaField(forms.CharField):
    """A number as people here write it: 9,5 and 1.000,25; an ambiguous one is asked about.

    Where it is counted in percent, by its label or by `is_percent`, «95%» is 95.
    """

    def __init__(
        self,
        *,
        decimals: int = 2,
        maximum: Decimal | None = None,
        is_percent: bool = False,
        **kwargs: Any,
    ) -> None:
        self.decimals, self.maximum, self.is_percent = decimals, maximum, is_percent
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def prepare_value(self, value: Decimal | str | None) -> str | None:
        """A stored number is shown as people write it; what was typed stays as typed."""
        return format_input(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Decimal | str | None) -> Decimal | None:
        if isinstance(value, Decimal):
            return value
        text = super().to_python(value)
        return parse_decimal(
            text,
            decimals=self.decimals,
            maximum=self.maximum,
            is_percent=self.is_percent or "(%" in (self.label or ""),
        )

    def validate(self, value: Decimal | None) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Decimal | None) -> None:
        """The validators of text do not fit a number."""
