"""Which files the rows of the database name, and what is not worth keeping."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import models

# Whose session is open is a fact of a machine: after a restore everybody signs in again, and no
# backup holds a key that opens somebody's session.
LEFT_OUT = ("django_session",)


@dataclass(frozen=True)
class FileColumn:
    """A column that names files, beside the column of their hashes."""

    table: str
    name: str
    sha256: str

    @property
    def query(self) -> str:
        """SQL for name and hash of each file; the names are those of our models, not of a user."""
        return (
            f'SELECT "{self.name}", "{self.sha256}" FROM "{self.table}" WHERE "{self.name}" <> \'\''
        )


def file_columns() -> list[FileColumn]:
    """Every column of our models that names a stored file; each model keeps the hash beside it."""
    return [
        FileColumn(model._meta.db_table, field.column, str(model._meta.get_field("sha256").column))
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
    ]


def kept_tables(names: Iterable[str]) -> list[str]:
    """The tables whose rows belong to a backup, in order."""
    return sorted(set(names) - set(LEFT_OUT))
