"""Search without accents: `name__folded__contains="so giao thong"`, equal on both databases.

Importing this module registers the lookup; the app's `ready()` does it.
"""

from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import models
from django.db.models import Case, Q, When

from thidua.common.vietnamese.collation import FOLD_FUNCTION
from thidua.common.vietnamese.text import MARKS, STROKES, words


@models.CharField.register_lookup
@models.TextField.register_lookup
class Folded(models.Transform):
    """`thidua.common.vietnamese.text.fold` in SQL; what is searched for is folded as well."""

    lookup_name = "folded"
    function = FOLD_FUNCTION
    bilateral = True

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list]:
        """Inline, so that no function has to be installed in the province's database.

        What the second list of `translate` has no partner for is deleted: that drops the marks.
        An ICU collation lowers every letter alike whatever locale the database was made with.
        """
        template = (
            f"lower(translate(normalize(%(expressions)s, NFD), '{STROKES}{MARKS}', 'dddd')"
            ' COLLATE "und-x-icu")'
        )
        return super().as_sql(compiler, connection, template=template, **context)


def matching(query: str, *fields: str) -> Q:
    """Rows of which one field holds every word of the query, in any order, accents or not.

    «ban quan ly khu cong nghiep» finds «Ban Quản lý các Khu công nghiệp». An empty query finds
    every row.
    """
    found = [
        reduce(and_, (Q(**{f"{field}__folded__contains": word}) for word in words(query)), Q())
        for field in fields
    ]
    return reduce(or_, found)


def closest(query: str, *fields: str) -> Case:
    """The order in which people expect what they searched for, to be handed to `order_by`.

    0 where a field is the query itself, 1 where one begins with it, 2 elsewhere; accents and
    capitals do not matter.
    """
    wanted = " ".join(query.split())
    exact = reduce(or_, (Q(**{f"{field}__folded": wanted}) for field in fields))
    begins = reduce(or_, (Q(**{f"{field}__folded__startswith": wanted}) for field in fields))
    return Case(When(exact, then=0), When(begins, then=1), default=2)
