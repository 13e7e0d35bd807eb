"""Rows are written as the product would: checked, few statements for many rows."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def keep(row: Row) -> Row:
    """Check one row whole and write it."""
    row.full_clean()
    row.save()
    return row


def keep_all(rows: Iterable[Row]) -> list[Row]:
    """Write rows of one model in one statement.

    Fields are checked here and constraints by the database; what else `full_clean()` asks costs
    queries for every row, so a test asks it of the whole demo instead.
    """
    found = list(rows)
    if not found:
        return []
    model = type(found[0])
    relations = [field.name for field in model._meta.fields if field.is_relation]
    for row in found:
        row.clean_fields(exclude=relations)
    return model._default_manager.bulk_create(found)
