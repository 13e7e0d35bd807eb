"""The files that make up the house, for tests that read sources."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_SOURCE = {".git", ".venv", "var", "node_modules", "__pycache__"}


def source_files():
    """Files known to git; where there is no git, everything outside the working folders."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
        listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        return [ROOT / name for name in listing.stdout.split("\0") if (ROOT / name).is_file()]
    return [
        Path(folder) / name
        for folder, folders, names in os.walk(ROOT)
        if not set(Path(folder).relative_to(ROOT).parts) & NOT_SOURCE
        for name in names
    ]


def text_of(path):
    """Content of a text file, or None for pictures, fonts and the like."""
    content = path.read_bytes()
    return None if b"\0" in content else content.decode()
