"""Rows of a table as lines of text and back: COPY on PostgreSQL, many inserts on SQLite."""

import json
from collections.abc import Iterable
from io import StringIO

from django.db import connection, models

BATCH = 20_000


def columns_of(model: type[models.Model]) -> str:
    """The columns in a fixed order, quoted."""
    quote = connection.ops.quote_name
    return ", ".join(quote(field.column) for field in model._meta.concrete_fields)


def read_lines(model: type[models.Model], condition: str) -> str:
    """The rows that fulfil the condition (SQL of ours), a line each, in the order of their keys."""
    table = connection.ops.quote_name(model._meta.db_table)
    key = connection.ops.quote_name(model._meta.pk.column)
    asked = f"SELECT {columns_of(model)} FROM {table} WHERE {condition} ORDER BY {key}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            stream = StringIO()
            cursor.copy_expert(f"COPY ({asked}) TO STDOUT", stream)
            return stream.getvalue()
        cursor.execute(asked)
        return "".join(
            json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in cursor.fetchall()
        )


def write_lines(model: type[models.Model], lines: Iterable[str]) -> None:
    """Write what `read_lines` has given, with other keys and names in it."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.copy_expert(
                f"COPY {table} ({columns_of(model)}) FROM STDIN", StringIO("".join(lines))
            )
            return
        rows = [json.loads(line) for text in lines for line in StringIO(text)]
        places = ", ".join(["%s"] * len(model._meta.concrete_fields))
        insert = f"INSERT INTO {table} ({columns_of(model)}) VALUES ({places})"
        for start in range(0, len(rows), BATCH):
            cursor.executemany(insert, rows[start : start + BATCH])


def last_key(model: type[models.Model]) -> int:
    """The greatest key there is."""
    return model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0


def set_next_key(model: type[models.Model], key: int) -> None:
    """The key that the database gives to the next row it numbers."""
    name = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)",
                [connection.ops.quote_name(name), model._meta.pk.column, key],
            )
            return
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [key - 1, name])
        if not cursor.rowcount:
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, key - 1]
            )


def without_checks() -> None:
    """Until the end of the transaction no foreign key is looked up: what is copied holds together.

    Only a superuser of PostgreSQL may say so; for others it takes longer.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            cursor.execute("SET LOCAL session_replication_role = replica")


def count_anew() -> None:
    """Tell the planner of PostgreSQL how many rows there are now."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
