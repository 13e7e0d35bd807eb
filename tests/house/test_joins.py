"""No query counts over the pairs of two relations: it would grow with the cube of a bloc."""

import inspect

import pytest
from django.db.models import Count, Exists, OuterRef

from blocs.reports.models import Report
from blocs.years.models import BlocYear, YearMember
from tests.house.joins import multiplies, multiplying
from tests.house.walk import own_models

PREFIXES = ("for_", "with_", "in_", "standing", "open", "submitted")


def querysets():
    """Every queryset that a model of ours can make without being told anything."""
    for model in own_models():
        manager = model._default_manager
        for name in dir(manager):
            method = getattr(manager, name, None)
            if name.startswith(PREFIXES) and inspect.ismethod(method):
                needed = [
                    one
                    for one in inspect.signature(method).parameters.values()
                    if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD
                ]
                if not needed:
                    yield f"{model.__name__}.{name}", method


@pytest.mark.django_db
def test_no_queryset_of_ours_multiplies_rows():
    made = {name: method() for name, method in querysets()}
    with multiplying() as found:
        texts = [str(rows.query) for rows in made.values() if hasattr(rows, "query")]
    assert len(texts) > 20
    assert found == {}


@pytest.mark.django_db
def test_no_list_groups_the_rows_that_it_does_not_show():
    """A count beside each row is a subquery (`number_of`), asked for one page alone."""
    lists = {name: method() for name, method in querysets() if name.endswith(".for_list")}
    assert len(lists) == 9
    assert [name for name, rows in lists.items() if rows.query.group_by is not None] == []


def test_two_relations_counted_in_one_query_would_be_seen():
    """One may be joined, the other is asked in a subquery of its own."""
    both = BlocYear.objects.annotate(a=Count("members"), b=Count("reports", distinct=True))
    filtered = BlocYear.objects.filter(members__unit=1, reports__state="draft").distinct()
    own = Report.objects.filter(bloc_year=OuterRef("pk"))
    apart = BlocYear.objects.annotate(a=Count("members"), has=Exists(own))
    upwards = YearMember.objects.select_related("bloc_year__bloc", "unit")
    asked = [multiplies(rows.query) for rows in (both, filtered, apart, upwards)]
    assert asked == [True, True, False, False]
    with multiplying() as found:
        str(both.query)
    assert list(found) == ["BlocYear × years_yearmember, reports_report"]
