"""Columns of a query that are the same for everybody: written to SQL once and kept as text.

Django needs 25 ms to write the columns of the year track, and the database less than one to answer.
"""

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


def written(rows: QuerySet) -> dict[str, RawSQL]:
    """The annotations of these rows as SQL, by name; for queries of the same model alone.

    They may refer to the model's own table and to what it is joined with by the same relation.
    Nothing may be counted over the joined rows themselves: a text cannot group the query.
    """
    compiler = rows.query.get_compiler(rows.db)
    compiler.pre_sql_setup()
    return {
        name: RawSQL(sql, params, rows.query.annotations[name].output_field)
        for _, (sql, params), name in compiler.select
        if name
    }
