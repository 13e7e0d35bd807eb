"""The two commands and the two databases are what the README promises."""

import os
import re
import subprocess
import threading

import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections, transaction
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from tests.house.source import ROOT

WORDS = [
    "demo",
    "test",
    "lint",
    "fix",
    "bench",
    "parts",
    "audit",
    "prove",
    "backup",
    "restore",
    "rehearse",
    "upgrade",
    "install",
    "help",
]
WRITERS = 8
SAVES = 40


def test_suite_runs_on_the_database_asked_for():
    assert connection.vendor == os.environ.get("TEST_DATABASE", "postgresql")


def test_postgresql_is_reached_by_psycopg2():
    assert is_psycopg3 is False


def test_continuous_integration_is_the_test_command():
    assert (ROOT / ".ci" / "run").read_text() == "#!/bin/sh\nexec ./run test\n"


def test_commands_are_executable():
    programs = [ROOT / "run", ROOT / ".ci" / "run"]
    assert [path.name for path in programs if not os.access(path, os.X_OK)] == []


def test_run_is_posix_shell_and_explains_itself():
    help_text = subprocess.run(
        ["sh", ROOT / "run", "help"], check=True, capture_output=True, text=True
    ).stdout
    words = re.findall(r"^  (\w+) ", help_text, flags=re.MULTILINE)
    assert words == WORDS


def test_unknown_word_is_refused():
    assert subprocess.run(["sh", ROOT / "run", "xyz"], capture_output=True).returncode == 2


def test_sqlite_file_keeps_a_write_ahead_log(sqlite_file):
    with sqlite_file.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_writers_of_one_sqlite_file_wait_for_each_other(sqlite_file):
    """Each reads a score and writes it again, the way two secretaries save one sheet."""
    with sqlite_file.cursor() as cursor:
        cursor.execute("CREATE TABLE score (points INTEGER)")
        cursor.execute("INSERT INTO score VALUES (0)")
    start, faults = threading.Barrier(WRITERS), []

    def write():
        start.wait()
        try:
            for _ in range(SAVES):
                add_a_point()
        except OperationalError as error:
            faults.append(str(error))
        finally:
            connections["file"].close()

    writers = [threading.Thread(target=write) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with sqlite_file.cursor() as cursor:
        points = cursor.execute("SELECT points FROM score").fetchone()
    assert (faults, points) == ([], (WRITERS * SAVES,))


def add_a_point():
    with transaction.atomic(using="file"), connections["file"].cursor() as cursor:
        points = cursor.execute("SELECT points FROM score").fetchone()[0]
        cursor.execute("UPDATE score SET points = %s", [points + 1])


@pytest.fixture
def sqlite_file(tmp_path, django_db_blocker):
    """Connection to an SQLite file opened with the options of the settings."""
    config = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": tmp_path / "file.sqlite3",
        "OPTIONS": settings.SQLITE_OPTIONS,
    }
    connections.settings["file"] = connections.configure_settings({"default": {}, "file": config})[
        "file"
    ]
    with django_db_blocker.unblock():
        yield connections["file"]
    connections["file"].close()
    del connections["file"]
    del connections.settings["file"]
