"""Columns that sort as Vietnamese readers expect, on both databases."""

from typing import Any

from django.conf import settings
from django.db import models

from thidua.common.vietnamese.collation import COLLATION


class NameField(models.CharField):
    """A name of a place or person, in Vietnamese order.

    Django quotes the name of a collation on PostgreSQL only, and SQLite needs it too.
    """

    def db_parameters(self, connection: Any) -> dict:
        quoted = COLLATION if connection.vendor == "postgresql" else f'"{COLLATION}"'
        return super().db_parameters(connection) | {"collation": quoted}


def author(verbose_name: str, **options: Any) -> models.ForeignKey:
    """A person who acted; people who acted are never deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=verbose_name,
        **options,
    )
