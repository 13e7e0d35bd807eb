"""Below every long text stands how long it may be, and a text without a form has the same limit."""

import unicodedata

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError

from thidua.common.pages.forms import TidyForm
from thidua.common.vietnamese.lengths import LONGEST_TEXT, check_written


class Letter(TidyForm):
    title = forms.CharField(max_length=200)
    body = forms.CharField(widget=forms.Textarea, help_text="Mỗi dòng một ý.")
    note = forms.CharField(widget=forms.Textarea, max_length=500)


def test_each_text_area_says_its_own_limit_and_a_line_says_none():
    page = " ".join(render_crispy_form(Letter(prefix="x")).split())
    said = 'Mỗi dòng một ý.</div> <p class="form-text text-limit" data-limit="20000"'
    assert said in page
    assert 'data-of="id_x-body">Nhiều nhất 20.000 ký tự.</p>' in page
    assert 'data-of="id_x-note">Nhiều nhất 500 ký tự.</p>' in page
    assert page.count("text-limit") == 2


@pytest.mark.parametrize(
    ("text", "begins"),
    (
        ("a" * (LONGEST_TEXT + 1), "Nội dung dài 20.001 ký tự"),
        ("một\x00hai", "Nội dung có ký tự điều khiển"),
    ),
)
def test_what_no_field_takes_no_note_takes(text, begins):
    with pytest.raises(ValidationError) as refused:
        check_written(text)
    assert refused.value.messages[0].startswith(begins)


def test_a_text_of_the_greatest_length_is_taken():
    assert check_written("ế" * LONGEST_TEXT) is None
    # As some machines type it: a letter and two accents, one letter to who reads it.
    assert check_written(unicodedata.normalize("NFD", "ế") * LONGEST_TEXT) is None


def test_a_form_takes_no_longer_text_than_it_says():
    longest = {"title": "a", "body": "a" * LONGEST_TEXT, "note": "a" * 500}
    assert Letter(longest).is_valid()
    longer = Letter({name: f"{text}a" for name, text in longest.items()})
    assert list(longer.errors) == ["body", "note"]
