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


def reference(
    to: Any, verbose_name: str, *, optional: bool = False, **options: Any
) -> models.ForeignKey:
    """A row that must stay as long as this one names it, without a way back from it."""
    return models.ForeignKey(
        to,
        models.PROTECT,
        related_name="+",
        verbose_name=verbose_name,
        null=optional,
        blank=optional,
        **options,
    )


def author(verbose_name: str, *, optional: bool = False) -> models.ForeignKey:
    """A person who acted; people who acted are never deleted."""
    return reference(settings.AUTH_USER_MODEL, verbose_name, optional=optional)
