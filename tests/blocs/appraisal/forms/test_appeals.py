"""What an objection and its answer have to say."""

from decimal import Decimal

import pytest

from blocs.appraisal.forms.appeals import AnswerForm, AppealForm

LIMITS = {"decimals": 2, "maximum": Decimal(40)}


@pytest.mark.parametrize("text", ["", " \r\n "])
def test_objection_has_a_text(text):
    form = AppealForm({"text": text, "asked_points": "9"}, **LIMITS)
    assert form.errors == {"text": ["Hãy nhập nội dung kiến nghị."]}


@pytest.mark.parametrize("decision", ["accept", "reject"])
@pytest.mark.parametrize("text", ["", " \r\n "])
def test_answer_says_why(decision, text):
    typed = {"decision": decision, "points": "9", "answer": text}
    assert AnswerForm(typed, **LIMITS).errors == {"answer": ["Hãy nhập nội dung trả lời."]}


def test_answer_says_yes_or_no():
    typed = {"points": "9", "answer": "Đã xem lại."}
    assert AnswerForm(typed, **LIMITS).errors == {"decision": ["Hãy chọn kết quả xem xét."]}
