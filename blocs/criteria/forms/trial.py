"""An example answer to try a rule with: typed beside the rule, never stored."""

from django.core.exceptions import ValidationError

from blocs.criteria.forms.row_fields import DECIMALS, RowsField
from blocs.scoring import Entry, InputType
from blocs.scoring.kinds.parameters import RuleCell
from thidua.common.numbers import parse_decimal, whole_number
from thidua.common.text import squeeze

TRY = "try"
PREFIX = "thu-"
YES_NO = (("", "chưa chọn"), ("1", "có"), ("0", "không"))
PASSED = (("", "chưa chọn"), ("1", "đạt"), ("0", "không đạt"))
PEERS = RowsField(
    (
        RuleCell("target", "Chỉ tiêu", "number", width="s"),
        RuleCell("value", "Kết quả", "number", width="s"),
    ),
    label="Các đơn vị khác của khối",
)


def name_of(asked):
    """The name of the input for one question of the rule."""
    return f"{PREFIX}{asked.key or asked.field}"


def choices_of(asked):
    """What may be chosen; nothing where a text is typed."""
    if asked.type == InputType.PASSED:
        return PASSED
    if asked.type == InputType.LEVEL:
        return (("", "chưa chọn"), *((label, label) for label in asked.choices))
    return YES_NO if asked.fact_type == "yes_no" else ()


def typed_entry(inputs, data):
    """The example as an answer; ValidationError with a sentence for each input."""
    stated, facts, wrong = {}, {}, []
    for asked in inputs:
        text = squeeze(data.get(name_of(asked), ""))
        try:
            value = value_of(asked, text)
        except ValidationError as error:
            wrong.extend(f"{asked.label}: {sentence}" for sentence in error.messages)
            continue
        if asked.key:
            facts[asked.key] = value
        elif value is not None:
            stated[asked.field] = value
    if wrong:
        raise ValidationError(wrong)
    known = {key: value for key, value in facts.items() if value is not None}
    return Entry(facts=known, **stated)


def value_of(asked, text):
    """One typed value in the type that the rule asks for; None where nothing was typed."""
    if not text:
        return None
    if asked.type == InputType.LEVEL:
        return text
    if asked.fact_type == "yes_no":
        return text == "1"
    if asked.fact_type == "date":
        return iso_day(text)
    number = parse_decimal(text, decimals=DECIMALS)
    return str(number) if asked.key else number


def iso_day(text):
    day, _, rest = text.partition("/")
    month, _, year = rest.partition("/")
    numbers = [whole_number(part) for part in (year, month, day)]
    if None in numbers:
        raise ValidationError("vui lòng ghi ngày dạng dd/mm/yyyy.")
    return "{:04d}-{:02d}-{:02d}".format(*numbers)


def typed_peers(data):
    """The other units of the example, for rules that compare."""
    widget = PEERS.widget
    rows = PEERS.clean(widget.value_from_datadict(data, {}, f"{PREFIX}khac"))
    numbers = [{key: text and _number(text) for key, text in row.items()} for row in rows]
    return [Entry(value=row["value"], target=row["target"] or None) for row in numbers]


def _number(text):
    return parse_decimal(text.replace(".", ","), decimals=DECIMALS)


def shown_peers(data):
    """The table of inputs for the other units, as typed so far."""
    widget = PEERS.widget
    name = f"{PREFIX}khac"
    return widget.render(name, widget.value_from_datadict(data, {}, name))
