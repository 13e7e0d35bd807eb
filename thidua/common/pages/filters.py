"""The base of every filter bar: what cannot be read as a filter finds nothing and says why."""

import django_filters
from django.db.models import QuerySet

from thidua.common.pages.forms import TidyForm
from thidua.common.pages.searched.fields import SearchedField


class SearchedFilter(django_filters.ModelChoiceFilter):
    """By a row of a table that may be long."""

    field_class = SearchedField


class ListFilter(django_filters.FilterSet):
    """Rows of a list by what its bar says; a wrong word in the bar never widens what is shown."""

    class Meta:
        form = TidyForm

    @property
    def qs(self) -> QuerySet:
        return super().qs if self.is_valid() or not self.is_bound else self.queryset.none()

    @property
    def faults(self) -> list[str]:
        """The sentences that refuse the filter; empty where it is one."""
        return [words for field in self.form if self.is_bound for words in field.errors]
