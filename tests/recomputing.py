"""The command that recomputes a proof, on a machine that reaches no database."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def recompute(path):
    """The command as an administrator types it, on a machine that reaches no database."""
    settings = {
        "DATABASE_URL": "postgres://nobody:none@127.0.0.1:1/nowhere",
        "DJANGO_SETTINGS_MODULE": "thidua.settings.test",
    }
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", "recompute_ranking", path],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | settings,
        check=False,
    )
