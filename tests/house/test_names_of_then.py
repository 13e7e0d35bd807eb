"""Whatever belongs to a year calls its units as they were called then."""

from django.db.models import ForeignKey

from blocs.reports.models import Evidence
from blocs.units.models.names import Named, NamedReference
from tests.house.walk import own_models


def references():
    """Each key to something with dated names, outside the catalogue of units and people."""
    for model in own_models():
        # A file in the locker of a unit belongs to no year.
        if model._meta.app_label == "units" or model is Evidence:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and issubclass(field.related_model, Named):
                yield field


def leads_to_a_year(field):
    """Whether the fields named by `day_by` go from the row to something that knows its day."""
    model = field.model
    for name in filter(None, field.day_by.split(".")):
        model = model._meta.get_field(name).related_model
    return hasattr(model, "named_on")


def test_every_row_of_a_year_names_its_units_of_then():
    found = list(references())
    assert [str(field) for field in found if not isinstance(field, NamedReference)] == []
    assert [str(field) for field in found if not leads_to_a_year(field)] == []
    assert len(found) > 20
