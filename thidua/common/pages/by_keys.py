"""A page of a list whose rows are wide: first which rows these are, then these rows alone."""

from typing import Any

from django.core.paginator import Page, Paginator


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
        keys = self.object_list.values_list("pk", flat=True)[begin : begin + self.per_page]
        return self._get_page(self.object_list.filter(pk__in=list(keys)), number, self)
