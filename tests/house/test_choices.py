"""No page carries a whole table in a choice: whoever offers rows that may be many lets search them.

A field over a table that is bounded by a bloc, a person or a catalogue is named here with its
bound. Every field is drawn while each table has more rows than a list may have.
"""

import django_filters
import pytest
from django import forms

from blocs.legal.models import LegalDocument
from blocs.units.models import Bloc, Unit
from tests.factories.people import UserFactory
from tests.house.forms import all_forms, below
from thidua.common.pages.filters import ListFilter, SearchedFilter
from thidua.common.pages.forms import TidyForm
from thidua.common.pages.searched import widgets
from thidua.common.pages.searched.fields import Searches

pytestmark = pytest.mark.django_db
MANY = widgets.MOST_LISTED + 10
OF_YEAR, OF_READY = "members of one year", "lines that are ready: most of them are ticked"
BOUNDED = {
    "DecisionForm.items": OF_READY,
    "GroundForm.unit": OF_YEAR,
    "ItemForm.award": "the catalogue of awards",
    "LeadersForm.deputy": OF_YEAR,
    "LeadersForm.head": OF_YEAR,
    "LeadersForm.second_deputy": OF_YEAR,
    "LockerForm.unit": "units one person works for",
    "NextHeadsForm.next_deputy": OF_YEAR,
    "NextHeadsForm.next_head": OF_YEAR,
    "NextHeadsForm.next_second_deputy": OF_YEAR,
    "TableStartForm.group": "groups of one year",
    "TieForm.chosen": "equal units of one year",
    "UnitGroupForm.units": OF_YEAR,
    "YearForm.deputy": OF_YEAR,
    "YearForm.head": OF_YEAR,
    "YearForm.second_deputy": OF_YEAR,
}


class ListForm(TidyForm):
    """What the house does not allow."""

    bloc = forms.ModelChoiceField(Bloc.objects.all())


@pytest.fixture
def crowd():
    """More rows of each table that grows with the province than a list may have."""
    numbers = range(MANY)
    UserFactory.create_batch(MANY)
    Unit.objects.bulk_create(Unit(name=f"Xã {at}", code=f"X{at}") for at in numbers)
    Bloc.objects.bulk_create(Bloc(name=f"Cụm {at}", code=f"C{at}") for at in numbers)
    LegalDocument.objects.bulk_create(
        LegalDocument(kind="Quyết định", number=f"{at}/QĐ-UBND") for at in numbers
    )


def fields_of_forms():
    """Every field by «Form.field», with the form that draws it."""
    for title, form in all_forms().items():
        for name in form.fields:
            yield f"{title}.{name}", form, name


def drawn(form, name):
    """How many rows the largest choice of the field offers."""
    html = str(form[name])
    return max(map(html.count, ("<option", 'type="checkbox"', 'type="radio"')))


def test_a_field_over_a_table_searches_it_or_is_bounded():
    listed = {
        name
        for name, form, key in fields_of_forms()
        if isinstance(form.fields[key], forms.ModelChoiceField)
        and not isinstance(form.fields[key], Searches)
    }
    assert listed == set(BOUNDED)


def test_no_field_offers_a_long_table_in_a_list(crowd):
    sizes = {name: drawn(form, key) for name, form, key in fields_of_forms() if name not in BOUNDED}
    assert {name: size for name, size in sizes.items() if size > widgets.MOST_LISTED} == {}
    assert drawn(ListForm(), "bloc") > MANY


def test_a_filter_over_a_table_searches_it():
    by_row = (django_filters.ModelChoiceFilter, django_filters.ModelMultipleChoiceFilter)
    filters = [
        one
        for cls in below(ListFilter)
        for one in cls.base_filters.values()
        if isinstance(one, by_row)
    ]
    assert len(filters) >= 2
    assert [type(one) for one in filters] == [SearchedFilter] * len(filters)
