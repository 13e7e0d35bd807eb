"""Columns that sort as Vietnamese readers expect, on both databases."""

from typing import Any

from django.db import models

from thidua.common.collation import COLLATION


class NameField(models.CharField):
    """A name of a place or person, in Vietnamese order.

    Django quotes the name of a collation on PostgreSQL only, and SQLite needs it too.
    """

    def db_parameters(self, connection: Any) -> dict:
        quoted = COLLATION if connection.vendor == "postgresql" else f'"{COLLATION}"'
        return super().db_parameters(connection) | {"collation": quoted}
