"""What an operator can forget: fonts and library of the papers, folders of the program."""

import os
from pathlib import Path

from django.conf import settings
from django.core.checks import Warning as Caution
from django.core.checks import register


@register
def writable_folders(**kwargs) -> list[Caution]:
    """Uploads and papers can be stored."""
    folders = (settings.MEDIA_ROOT, settings.PDF_CACHE_DIR, settings.PROCESS_DIR)
    return [
        Caution(f"Không ghi được vào thư mục “{folder}”.", id="thidua.W003")
        for folder in folders
        if not _is_writable(Path(folder))
    ]


def _is_writable(folder: Path) -> bool:
    # A folder that does not exist yet will be made below its nearest ancestor.
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
