"""`python -m tests.migrated FILE PID`: the databases of a whole run, migrated once.

Each process of the tests would migrate one of its own, eight times in one run. They copy these
instead: FILE says to the shell where they are. They are kept until the process PID ends, or until
the keeper that FILE names is told to stop.
"""

import atexit
import os
import shlex
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from tests.house.source import ROOT
from tests.postgres import connect, database_url, temporary_folder


def migrate(url):
    """Bring the empty database at `url` to what the tests begin with."""
    asked = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "thidua.settings.test"}
    command = [sys.executable, "manage.py", "migrate", "-v", "0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | asked, check=True)


def migrated_template(url):
    """The name of a migrated database beside the one at `url`; it is dropped at exit."""
    name, parts = f"thidua_made_{os.getpid()}", urlsplit(url)
    order(url, f"CREATE DATABASE {name}")
    atexit.register(order, url, f"DROP DATABASE {name}")
    migrate(parts._replace(path=f"{parts.path.rpartition('/')[0]}/{name}").geturl())
    return name


def order(url, sql):
    """Send what no transaction may hold."""
    with closing(connect(url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(sql)


def migrated_file(folder):
    """A migrated SQLite file, whole without its log."""
    file = folder / "made.sqlite3"
    migrate(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def keep(told, shell, **made):
    """Go on as a process of its own, so that the shell may wait for this one; end with the shell.

    `made` becomes variables of the shell, beside the number of the keeper.
    """
    if keeper := os.fork():
        made["keeper"] = keeper
        told.write_text("".join(f"{key}={shlex.quote(str(one))}\n" for key, one in made.items()))
        os._exit(0)  # what is to be done at exit is the keeper's
    for stream in (0, 1, 2):
        os.dup2(os.open(os.devnull, os.O_RDWR), stream)
    while is_running(shell):
        time.sleep(0.5)


def is_running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def main(told, shell):
    """Make both, tell, and keep them."""
    folder = temporary_folder()
    url = database_url(folder)
    template, file = migrated_template(url), migrated_file(folder)
    keep(Path(told), int(shell), server=url, template=template, file=file)


if __name__ == "__main__":
    main(*sys.argv[1:])
