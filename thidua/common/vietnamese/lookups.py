"""Search without accents: `name__folded__contains="so giao thong"`, equal on both databases.

Importing this module registers the lookup; the app's `ready()` does it.
"""

from collections.abc import Collection
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
    every row, one of nothing but signs («%») none.
    """
    if query.strip() and not words(query):
        return Q(pk__in=())
    found = [
        reduce(and_, (Q(**{f"{field}__folded__contains": word}) for word in words(query)), Q())
        for field in fields
    ]
    return reduce(or_, found)


def closest(query: str, *fields: str, lists: Collection[str] = ()) -> Case:
    """The order in which people expect what they searched for, to be handed to `order_by`.

    0 where a field is the query itself, 1 where one begins with it, 2 elsewhere; accents and
    capitals do not matter. `lists` are fields that hold a name a line: each line is one.
    """
    wanted = " ".join(query.split())
    exact = [Q(**{f"{field}__folded": wanted}) for field in (*fields, *lists)]
    begins = [Q(**{f"{field}__folded__startswith": wanted}) for field in (*fields, *lists)]
    for field in lists:
        ends = {
            "startswith": f"{wanted}\n",
            "contains": f"\n{wanted}\n",
            "endswith": f"\n{wanted}",
        }
        exact += [Q(**{f"{field}__folded__{how}": text}) for how, text in ends.items()]
        begins.append(Q(**{f"{field}__folded__contains": f"\n{wanted}"}))
    return Case(When(reduce(or_, exact), then=0), When(reduce(or_, begins), then=1), default=2)


def closest_first(rows: models.QuerySet, case: Case) -> models.QuerySet:
    """Rows that were searched for, the closest before the order they have."""
    return rows.order_by(case, *rows.query.order_by)
