"""Words: names that people read, names of migrations, and what is typed into forms."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django import forms
from django.contrib.auth.models import AbstractUser
from django.db.migrations.loader import MigrationLoader

from tests.house.walk import own_models
from thidua.common.pages.forms import DecimalCommaField, TidyForm

# An account has these from Django, with Django's words.
OF_DJANGO = {field.name for field in AbstractUser._meta.get_fields()} | {"id"}
FIELDS = [
    field
    for model in own_models()
    if not model._meta.proxy  # the fields are of another's model
    for field in model._meta.get_fields()
    if field.concrete and field.name not in OF_DJANGO
]
# What the law writes with a capital letter in the middle of a sentence.
PROPER = ("Bằng khen", "Cờ thi đua", "Hội đồng", "Chủ tịch", "Nhà nước")
# As `makemigrations` names them when nobody thinks of a name.
AUTOMATIC = re.compile(
    r"\d{4}_(initial|auto_.*|alter_.*|remove_.*|rename_.*|delete_.*|.*_and_more|squashed_.*)$"
)


def is_lower(words) -> bool:
    return str(words).startswith(PROPER) or str(words)[:1] == str(words)[:1].lower()


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_name_of_a_model_is_lower_case(model):
    names = (model._meta.verbose_name, model._meta.verbose_name_plural)
    assert [str(name) for name in names if not is_lower(name)] == []


def test_names_of_fields_are_lower_case():
    assert [str(field) for field in FIELDS if not is_lower(field.verbose_name)] == []


def test_every_field_has_a_vietnamese_name():
    """A field without words gets its English name from Django."""
    found = [str(one) for one in FIELDS if str(one.verbose_name) == one.name.replace("_", " ")]
    assert found == []


def test_capital_letter_would_be_seen():
    assert [is_lower(word) for word in ("báo cáo", "Báo cáo", "Bằng khen", "Đơn vị")] == [
        True,
        False,
        True,
        False,
    ]


def automatic(names):
    return sorted(name for name in names if AUTOMATIC.match(name))


def test_migrations_are_named_by_people():
    labels = {model._meta.app_label for model in own_models()}
    names = [name for app, name in MigrationLoader(None).disk_migrations if app in labels]
    assert len(names) >= len(labels)
    assert automatic(names) == []


def test_automatic_name_would_be_seen():
    names = ["0001_initial", "0002_auto_20260101_1200", "0003_alter_report_state", "0001_first"]
    assert automatic(names) == names[:3]


class Day(TidyForm):
    day = forms.DateField()
    points = DecimalCommaField()


def test_the_fifth_of_december_is_not_the_twelfth_of_may():
    form = Day({"day": "05/12/2026", "points": "9,5"})
    assert form.is_valid()
    assert form.cleaned_data == {"day": dt.date(2026, 12, 5), "points": Decimal("9.5")}


def test_a_day_is_shown_as_it_is_typed():
    form = Day(initial={"day": dt.date(2026, 12, 5)})
    assert 'value="05/12/2026"' in str(form["day"])


def test_american_day_is_refused():
    assert Day({"day": "12/25/2026"}).is_valid() is False
