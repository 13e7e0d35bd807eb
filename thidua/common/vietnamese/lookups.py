"""Search without accents: `name__folded__contains="so giao thong"`, equal on both databases.

Importing this module registers the lookup; the app's `ready()` does it.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from thidua.common.vietnamese.collation import FOLD_FUNCTION
from thidua.common.vietnamese.text import MARKS, STROKES, words


@models.CharField.register_lookup
@models.TextField.register_lookup
class Folded(models.Transform):
    """`thidua.common.text.fold` in SQL; what is searched for is folded as well."""

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


def matching(field: str, query: str) -> Q:
    """Rows whose field holds every word of the query, in any order, accents or not.

    «ban quan ly khu cong nghiep» finds «Ban Quản lý các Khu công nghiệp». An empty query finds
    every row.
    """
    found = Q()
    for word in words(query):
        found &= Q(**{f"{field}__folded__contains": word})
    return found
