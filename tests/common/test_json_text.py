"""JSON that people bring: what it may hold, and what one text may cost."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from blocs.criteria.forms.criteria import RuleTextForm
from blocs.criteria.forms.table_files import read_table
from blocs.ranking.domain.proof_reading import read_proof
from blocs.scoring.terms.numbers import RuleError, exact_text, read_decimal
from thidua.common.json_text import JsonTextError, read_json

DEEP = "Văn bản JSON lồng nhau quá 40 tầng."
SENTENCES = {
    "[" * 41 + "]" * 41: DEEP,
    "[" * 5000 + "]" * 5000: DEEP,
    '{"a":' * 200_000: DEEP,
    "1e999": "Trong văn bản JSON có số không dùng được: “1e999”.",
    "1e-999999": "Trong văn bản JSON có số không dùng được: “1e-999999”.",
    "9" * 5000: f"Trong văn bản JSON có số không dùng được: “{'9' * 40}”.",
    "1." + "0" * 39: f"Trong văn bản JSON có số không dùng được: “1.{'0' * 38}”.",
    "-Infinity": "Trong văn bản JSON có số không dùng được: “-Infinity”.",
    "NaN": "Trong văn bản JSON có số không dùng được: “NaN”.",
    r'"\ud800"': "Trong văn bản JSON có ký tự không ghi được (nửa ký tự hoặc ký tự điều khiển).",
    r'{"a\u0000": 1}': (
        "Trong văn bản JSON có ký tự không ghi được (nửa ký tự hoặc ký tự điều khiển)."
    ),
    "{\n,": "Không phải là văn bản JSON hợp lệ (lỗi ở dòng 2).",
}


@pytest.mark.parametrize("text", SENTENCES, ids=range(len(SENTENCES)))
def test_what_no_file_of_ours_holds_is_a_sentence(text):
    with pytest.raises(JsonTextError) as caught:
        read_json(text)
    assert str(caught.value) == SENTENCES[text]


@pytest.mark.parametrize("text", SENTENCES, ids=range(len(SENTENCES)))
def test_every_reader_of_json_answers_with_a_sentence(text):
    with pytest.raises(ValidationError):
        read_table(text.encode())
    with pytest.raises(RuleError):
        read_proof(text)
    form = RuleTextForm(data={"name": "a", "kind_name": "direct", "max_points": "1", "rule": text})
    assert (form.is_valid(), len(form.errors["rule"])) == (False, 1)


def test_what_is_taken_stays_exact():
    text = "[" * 38 + r'{"a": 0.10, "b": 15, "c": "\ud83d\ude00"}' + "]" * 38
    found = read_json(text)
    for _ in range(38):
        (found,) = found
    assert found == {"a": Decimal("0.10"), "b": 15, "c": "😀"}
    assert read_json('{"a": 1.50}', whole=str, fraction=str) == {"a": "1.50"}


@pytest.mark.parametrize("text", ["1e-999999", "0e-999999", "1E+40", "0." + "0" * 31 + "1"])
def test_a_number_whose_text_would_fill_pages_is_none(text):
    assert read_decimal(text) is None


def test_ordinary_numbers_stay_numbers():
    assert [exact_text(read_decimal(text)) for text in ("1e3", "0.0001", "-2.50")] == [
        "1000",
        "0.0001",
        "-2.5",
    ]
