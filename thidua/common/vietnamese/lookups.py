"""Search without accents: `name__folded__contains="so giao thong"`, equal on both databases.

Importing this module registers the lookup; the app's `ready()` does it.
"""

from collections.abc import Collection
from functools import reduce
from operator import or_
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

        An expression drops the marks: `translate` reads its whole list for each letter and takes
        five times as long. An ICU collation lowers every letter alike whatever locale the database
        was made with.
        """
        bare = (
            f"regexp_replace(normalize(%(expressions)s, NFD), '[{MARKS[0]}-{MARKS[-1]}]', '', 'g')"
        )
        template = f"lower(translate({bare}, '{STROKES}', 'dddd') COLLATE \"und-x-icu\")"
        return super().as_sql(compiler, connection, template=template, **context)


@models.CharField.register_lookup
@models.TextField.register_lookup
class HasWords(models.Lookup):
    """`name__has_words=["so", "xay"]`: the folded text holds each of these folded words.

    PostgreSQL folds the text once for all words: to fold it costs more than all the rest.
    """

    lookup_name = "has_words"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        sql, params = compiler.compile(Folded(self.lhs))
        patterns = [f"%{connection.ops.prep_for_like_query(word)}%" for word in self.rhs]
        return f"{sql} LIKE ALL (%s)", [*params, patterns]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list]:
        """SQLite has no such comparison, and knows what it folded for one word of a row."""
        sql, params = compiler.compile(Folded(self.lhs))
        held = " AND ".join(f"INSTR({sql}, %s) > 0" for _ in self.rhs)
        return f"({held})", [one for word in self.rhs for one in (*params, word)]


def matching(query: str, *fields: str) -> Q:
    """Rows of which one field holds every word of the query, in any order, accents or not.

    «ban quan ly khu cong nghiep» finds «Ban Quản lý các Khu công nghiệp». An empty query finds
    every row, one of nothing but signs («%») none.
    """
    asked = words(query)
    if not asked:
        return Q(pk__in=()) if query.strip() else Q()
    return reduce(or_, (Q(**{f"{field}__has_words": asked}) for field in fields))


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
