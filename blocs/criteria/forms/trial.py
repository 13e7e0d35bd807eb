"""An example answer to try a rule with: typed beside the rule, never stored."""

from django.core.exceptions import ValidationError

from blocs.criteria.forms.answer_fields import answer_field
from blocs.criteria.forms.row_fields import DECIMALS, RowsField
from blocs.scoring import Entry
from blocs.scoring.terms.answers import kept
from blocs.scoring.terms.parameters import RuleCell
from thidua.common.vietnamese.numbers import parse_decimal
from thidua.common.vietnamese.text import squeeze

TRY = "try"
PREFIX = "thu-"
PEERS = RowsField(
    (
        RuleCell("target", "Chỉ tiêu", "number", width="s"),
        RuleCell("value", "Kết quả", "number", width="s"),
    ),
    label="Các đơn vị khác",
)


def name_of(asked):
    """The name of the input for one question of the rule."""
    return f"{PREFIX}{asked.key or asked.field}"


def typed_entry(inputs, data):
    """The example as an answer; ValidationError with a sentence for each input."""
    stated, facts, wrong = {}, {}, []
    for asked in inputs:
        try:
            typed = answer_field(asked).clean(squeeze(data.get(name_of(asked), "")))
        except ValidationError as error:
            wrong.extend(f"{asked.label}: {sentence}" for sentence in error.messages)
            continue
        value = kept(asked, typed)
        if value is not None:
            (facts if asked.key else stated)[asked.key or asked.field] = value
    if wrong:
        raise ValidationError(wrong)
    return Entry(**stated, facts=facts)


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
