"""A page of a list whose rows are wide: first which rows these are, then these rows alone."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count


class KeyPaginator(Paginator):
    """Reads the keys of a page in their order, then the rows with all their joins and columns.

    In one statement the database puts every row of the list together with all its joins before it
    sorts them and keeps twenty. One more statement, where the list has more than one page.
    """

    def page(self, number: Any) -> Page:
        """The page of that number; PageNotAnInteger, EmptyPage as Django's own."""
        number = self.validate_number(number)
        if self.num_pages == 1:
            return super().page(number)
        begin = (number - 1) * self.per_page
        keys = self.keys_of(begin, begin + self.per_page)
        return self._get_page(self.object_list.filter(pk__in=keys), number, self)

    def keys_of(self, begin: int, end: int) -> list[int]:
        """The keys of the rows from the one place to the other."""
        return list(self.object_list.values_list("pk", flat=True)[begin:end])


class YearPaginator(KeyPaginator):
    """Of a list with a row or less for each bloc of one year: so few that all keys are read.

    Their number is the count; to count them first the database would join and sift them twice.
    """

    @cached_property
    def keys(self) -> list[int]:
        """Of all rows, in their order."""
        return list(self.object_list.values_list("pk", flat=True))

    @cached_property
    def count(self) -> int:
        """Of all rows."""
        return len(self.keys)

    def keys_of(self, begin: int, end: int) -> list[int]:
        """The keys of the rows from the one place to the other."""
        return self.keys[begin:end]


class GroupPaginator(KeyPaginator):
    """Of a list that is sorted by a relation first, such as reports by their bloc year.

    It counts the rows of each, which an index tells, and sorts those of the page's relations
    alone: to sort all by the names of their units the database has to read and join them all.
    """

    # The relation, as the rows name it; the list is sorted by its columns, then by itself.
    relation = "bloc_year"

    @cached_property
    def sizes(self) -> dict[int, int]:
        """How many rows hang on each relation."""
        rows = self.object_list.order_by().values(self.relation)
        return dict(rows.annotate(number=Count("*")).values_list(self.relation, "number"))

    @cached_property
    def count(self) -> int:
        """Of all rows."""
        return sum(self.sizes.values())

    def in_order(self) -> list[int]:
        """The keys of the relations in the order of the list."""
        order = list(self.object_list.query.order_by)
        order = [name.replace(f"{self.relation}__", "") for name in order]
        model = self.object_list.model._meta.get_field(self.relation).related_model
        found = model._default_manager.filter(pk__in=self.sizes)
        found = found.order_by(*order[: order.index(self.relation)], "pk")
        return list(found.values_list("pk", flat=True))

    def keys_of(self, begin: int, end: int) -> list[int]:
        """The keys of the rows from the one place to the other."""
        place, before, met = 0, 0, []
        for relation in self.in_order():
            number = self.sizes[relation]
            if place < end and place + number > begin:
                met.append(relation)
            elif place + number <= begin:
                before += number
            place += number
        rows = self.object_list.filter(**{f"{self.relation}__in": met})
        return list(rows.values_list("pk", flat=True)[begin - before : end - before])
