"""Which queries multiply rows: two joins to many rows each, counted over all pairs."""

from contextlib import contextmanager

from django.db.models.fields.reverse_related import ForeignObjectRel
from django.db.models.sql.compiler import SQLCompiler


def joins_to_many(query) -> list[str]:
    """The tables of which a row of the query may meet several, by joins that are used."""
    return [
        join.table_name
        for alias, join in query.alias_map.items()
        if query.alias_refcount.get(alias)
        and isinstance(field := getattr(join, "join_field", None), ForeignObjectRel)
        and not field.one_to_one
    ]


def multiplies(query) -> bool:
    """Whether the query groups what it has multiplied: a bloc of 60 has 60 × 60 × 60 rows then."""
    is_grouped = query.group_by is not None or query.distinct
    return bool(is_grouped) and len(joins_to_many(query)) > 1


@contextmanager
def multiplying():
    """The statements of this kind that are written meanwhile, as texts, each once."""
    found, as_sql = {}, SQLCompiler.as_sql

    def note(self, *args, **kwargs):
        sql, params = as_sql(self, *args, **kwargs)
        if multiplies(self.query):
            found[f"{self.query.model.__name__} × {', '.join(joins_to_many(self.query))}"] = sql
        return sql, params

    SQLCompiler.as_sql = note
    try:
        yield found
    finally:
        SQLCompiler.as_sql = as_sql
