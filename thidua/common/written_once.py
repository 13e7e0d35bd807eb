"""What of a query is the same for everybody: written to SQL once and kept as text.

Django needs 25 ms to write the columns of the year track, and the database less than one to answer;
it needs 1 ms for the standing of a person, which every request asks.
"""

from collections.abc import Iterator

from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

# Stands in a query for the key of the row that is asked about; no row has it.
ASKED = -1


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


class WrittenQuery:
    """A `values_list` about one row of another table, whose key is `ASKED` in the query.

    Kept by the caller for as long as everything else in the query stays the same.
    """

    def __init__(self, rows: QuerySet) -> None:
        compiler = rows.query.get_compiler(rows.db)
        self.using = rows.db
        self.sql, self.params = compiler.as_sql()
        if self.params.count(ASKED) != 1:
            raise ValueError("the query is about one row")
        columns = [expression for expression, _, _ in compiler.select]
        self.converters = compiler.get_converters(columns).items()

    def about(self, key: int) -> Iterator[list]:
        """The rows for that key, each with the values of the columns in their order; one query."""
        connection = connections[self.using]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [key if one == ASKED else one for one in self.params])
            found = cursor.fetchall()
        for told in found:
            row = list(told)
            for place, (converters, expression) in self.converters:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
            yield row
