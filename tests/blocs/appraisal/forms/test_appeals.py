"""What an objection and its answer have to say."""

from decimal import Decimal

import pytest

from blocs.appraisal.forms.appeals import AnswerForm, AppealForm

NEEDED = ["Trường này là bắt buộc."]
LIMITS = {"decimals": 2, "maximum": Decimal(40)}


@pytest.mark.parametrize("text", ["", " \r\n "])
def test_objection_has_a_text(text):
    assert AppealForm({"text": text, "asked_points": "9"}, **LIMITS).errors == {"text": NEEDED}


@pytest.mark.parametrize("decision", ["accept", "reject"])
@pytest.mark.parametrize("text", ["", " \r\n "])
def test_answer_says_why(decision, text):
    typed = {"decision": decision, "points": "9", "answer": text}
    assert AnswerForm(typed, **LIMITS).errors == {"answer": NEEDED}


def test_answer_says_yes_or_no():
    typed = {"points": "9", "answer": "Đã xem lại."}
    assert AnswerForm(typed, **LIMITS).errors == {"decision": NEEDED}
