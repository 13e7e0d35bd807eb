"""`bench --load [SECONDS]`: sixty people type while a long paper and a big workbook are made.

On a PostgreSQL that writes to the disk and on a file of SQLite, each in a process of its own
(`tests/bench/loaded.py`). Exit 1 where a confirmed value is not stored or an answer failed.
"""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.house.source import ROOT
from tests.postgres import connect, server_programs, temporary_folder, throw_away_cluster

SAFE = "-c listen_addresses=''"


def main(seconds=60):
    folder = temporary_folder()
    cluster = throw_away_cluster(folder / "pg", server_programs(), SAFE)
    with closing(connect(cluster)) as line:
        line.autocommit = True
        line.cursor().execute("CREATE DATABASE thidua")
    found = [
        measured(url, folder, seconds) for url in (cluster, f"sqlite:///{folder}/load.sqlite3")
    ]
    return int(any(found))


def measured(url, folder, seconds):
    """The exit code of one run."""
    var = Path(folder, url.partition(":")[0])
    var.mkdir()
    told = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench.load_settings"}
    command = [sys.executable, "-m", "tests.bench.loaded", str(seconds)]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | told | {"VAR_DIR": str(var)}
    ).returncode
