"""Runs a backup or a restore that ends by SIGKILL before its n-th step, for n = 1, 2, 3…

    python -m tests.upkeep.killed backup FOLDER STRIDE
    python -m tests.upkeep.killed restore BACKUP STRIDE

A step is what changes or opens a file, or starts a program, in the process that works: Python tells
of it (audit events). Each run is a child of its own; after each one the mother looks at what is
left and prints a line of JSON: {"killed_at": step, "found": …}. The last line has no "killed_at".
"""

import json
import os
import signal
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 – Django comes first
from django.core.files.storage import FileSystemStorage, default_storage  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.upkeep.places import add_connection, on_server  # noqa: E402
from thidua.upkeep.backups.engines import engine_named, engine_of  # noqa: E402
from thidua.upkeep.backups.faults import BackupError  # noqa: E402
from thidua.upkeep.backups.reading import check_backup, restore_backup  # noqa: E402
from thidua.upkeep.backups.writing import whole_backups, write_backup  # noqa: E402

STEPS = {
    "open",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.truncate",
    "shutil.rmtree",
    "sqlite3.connect",
    "subprocess.Popen",
}
# Its own files end the child no later than its work: a step more is none of the work.
MOST = 1000


def killed_before(step, act):
    """What the child was about to do, or nothing where it came to its end."""
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        with os.fdopen(reader) as told:
            last = told.read()
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return last or "?"
        if os.WEXITSTATUS(status):
            raise SystemExit(f"the work failed before step {step}: {last}")
        return ""
    count = 0

    def listen(event, args):
        nonlocal count
        if event not in STEPS or count < 0:
            return
        count += 1
        if count == step:
            count = -1
            os.write(writer, f"{event} {args[0]}".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(listen)
    code = 1
    try:
        act()
        code = 0
    except BackupError as error:
        count = -1
        os.write(writer, str(error).encode())
    finally:
        os._exit(code)


def run(act, found, stride):
    """Kill at every `stride`-th step until the work comes to its end."""
    for step in range(1, MOST, stride):
        killed_at = killed_before(step, act)
        told = {"killed_at": killed_at} if killed_at else {}
        sys.stdout.write(json.dumps(told | {"step": step, "found": found()}) + "\n")
        sys.stdout.flush()
        if not killed_at:
            return


def backup(folder, stride):
    """What is found is how many backups are whole; each is read to its end."""

    def found():
        whole = whole_backups(folder)
        for path in whole:
            check_backup(path)
        return len(whole)

    def act():
        write_backup(folder, engine=engine_of(), storage=default_storage, at=timezone.localtime())

    run(act, found, stride)


def restore(folder, stride):
    """What is found is «empty» or «whole»; a whole place is emptied for the next run."""
    place = folder.parent / "killed-place"
    is_file = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    name = str(place / "killed.sqlite3") if is_file else f"killed_{os.getpid()}"
    place.mkdir()
    add_connection(name)
    engine = engine_named(engine_of().name, "elsewhere")
    storage = FileSystemStorage(location=place / "media")
    manifest = check_backup(folder)
    clear = (lambda: Path(name).unlink()) if is_file else (lambda: anew(name))
    if not is_file:
        on_server(f'CREATE DATABASE "{name}" TEMPLATE template0')

    def found():
        if engine.is_empty():
            return "empty"
        with engine.live() as now:
            if now.tables() != manifest.tables:
                return "half"
        clear()
        return "whole"

    run(lambda: restore_backup(folder, engine=engine, storage=storage), found, stride)
    if not is_file:
        on_server(f'DROP DATABASE "{name}"')


def anew(name):
    on_server(f'DROP DATABASE "{name}"')
    on_server(f'CREATE DATABASE "{name}" TEMPLATE template0')


if __name__ == "__main__":
    work, where, every = sys.argv[1:]
    {"backup": backup, "restore": restore}[work](Path(where), int(every))
