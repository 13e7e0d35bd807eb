"""What the last run of a nightly job found, kept beside the data for the page of health."""

import json
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from thidua.papers.pdf.cache import put_file


def keep_note(name: str, **found: object) -> None:
    """Remember what a job found just now."""
    told = {"at": timezone.now().isoformat(timespec="seconds"), **found}
    put_file(path_of(name), json.dumps(told, ensure_ascii=False).encode())


def last_note(name: str) -> dict:
    """What it found the last time, with "at"; empty where it never ran."""
    try:
        found: dict = json.loads(path_of(name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def path_of(name: str) -> Path:
    """The file of one job."""
    return Path(settings.NOTES_DIR) / f"{name}.json"
