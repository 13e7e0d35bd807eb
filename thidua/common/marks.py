"""A fingerprint of what a page showed, so that a second writer is told and not obeyed blindly."""

import hashlib
import json


def mark_of(*values: object) -> str:
    """Twelve characters, equal for equal values; posted back beside the typed ones."""
    text = json.dumps([str(value) for value in values], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
