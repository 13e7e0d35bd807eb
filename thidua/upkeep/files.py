"""Every stored file against the hash in its row: what is missing, changed, or without a row."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.files.storage import Storage
from django.db import models

from thidua.common.files.kept import MISSING, KeptFileError, kept_bytes
from thidua.upkeep.backups.reading import stored_names

WORDS = {MISSING: "thiếu"}
OTHERWISE = "đã khác lúc cất"


@dataclass(frozen=True)
class DamagedFile:
    """A row whose file is not what was kept."""

    kind: str
    row: int
    name: str
    why: str

    @property
    def sentence(self) -> str:
        """«minh chứng số 12: minh-chung/2026/11/….pdf thiếu», without what a person typed."""
        return f"{self.kind} số {self.row}: {self.name} {WORDS.get(self.why, OTHERWISE)}"


def file_models() -> list[tuple[type[models.Model], str]]:
    """Models that name stored files, with the field."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
    ]


def damaged_files() -> Iterator[DamagedFile | None]:
    """One after the other each stored file: None where it is right."""
    for model, field in file_models():
        for row in model._default_manager.exclude(**{field: ""}).order_by("pk").iterator():
            file = getattr(row, field)
            try:
                kept_bytes(file, row.sha256)
                yield None
            except KeptFileError as error:
                yield DamagedFile(str(model._meta.verbose_name), row.pk, file.name, error.why)


def rowless_files(storage: Storage) -> list[str]:
    """Files that no row names: what an upload that was undone has left; nobody loses them."""
    named = {
        name
        for model, field in file_models()
        for name in model._default_manager.values_list(field, flat=True)
    }
    return [name for name in stored_names(storage) if name not in named]
