"""Style sheets and scripts as one file each for what asks for them: a browser asks seldom."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

# What is on paper alone.
PRINT = "css/print.css"
# In this order: what comes later says more of the same thing.
BUNDLES = {
    "css/pages.css": (
        "css/bootstrap.css",
        "css/tokens.css",
        "css/base.css",
        "css/layout.css",
        "css/components.css",
        "css/forms.css",
        "css/track.css",
        "css/sheet.css",
        "css/sheet-entry.css",
        "css/table.css",
        "css/appraisals.css",
        "css/charts.css",
        "css/home.css",
        PRINT,
    ),
    # A sheet that saves itself while it is typed, and a form of texts that does.
    "js/sheets.js": (
        "js/sheet-keep.js",
        "js/sheet-rows.js",
        "js/sheet-conflict.js",
        "js/sheet-grid.js",
        "js/sheet-post.js",
        "js/sheet-save.js",
    ),
    "js/texts.js": ("js/sheet-keep.js", "js/sheet-post.js", "js/text-save.js"),
}


class Bundle(BaseFinder):
    """Finds the bundles, each written from its parts whenever one of them has changed."""

    def check(self, **kwargs: Any) -> Sequence:
        """Nothing can be wrong with it that is not seen at once."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | Sequence[str]:
        """The file on the disk, or nothing for any other name."""
        if path not in BUNDLES:
            return []
        file = str(written(path))
        return [file] if find_all else file

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """What is collected: one file of each."""
        for name in BUNDLES:
            written(name)
            yield name, FileSystemStorage(location=settings.BUNDLE_DIR)


def written(name: str) -> Path:
    """The file with what the parts say now; whoever writes it at once writes the same."""
    file, text = Path(settings.BUNDLE_DIR) / name, bundled(name)
    if not file.exists() or file.read_text("utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".draft")
        draft.write_text(text, "utf-8")
        draft.replace(file)
    return file


def bundled(name: str) -> str:
    """The parts after each other; what is for paper alone says so."""
    return "\n".join(
        f"@media print {{\n{part(one)}}}\n" if one == PRINT else part(one) for one in BUNDLES[name]
    )


def part(name: str) -> str:
    """One part as it was written."""
    return Path(finders.find(name)).read_text("utf-8")
