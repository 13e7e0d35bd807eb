"""Chooses the database of the tests before Django reads its settings.

Loaded by `-p tests.postgres` in pyproject.toml. A conftest.py would come too late: pytest-django
has read the settings by then, and the suite would run on SQLite without a word.
"""

import atexit
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import environ
import psycopg2
import pytest

RUNNING = f"postgres://postgres@127.0.0.1:5432/thidua_{os.getpid()}"
MISSING = (
    "Không tìm thấy PostgreSQL. Hãy cài bằng lệnh: apt-get install postgresql "
    "(hoặc đặt TEST_DATABASE_URL, hoặc TEST_DATABASE=sqlite)."
)
# Without autovacuum: it would count rows of tests that are taken back a moment later, and now and
# then a page of many joins would be planned for empty tables and take minutes.
UNSAFE_BUT_QUICK = (
    "-F -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' "
    "-c autovacuum=off -c jit=off"
)


def pytest_addoption():
    """The first hook pytest calls; only the controller of xdist chooses, its workers inherit."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["DATABASE_URL"] = database_url(temporary_folder())


def temporary_folder():
    """A folder for everything this run leaves on the disk, removed at its end.

    Its path is short because the path of a Unix socket holds 107 bytes.
    """
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
    folder = Path(tempfile.mkdtemp(prefix="thidua-", dir="/tmp"))
    folder.chmod(0o711)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = None
    return folder


def database_url(folder):
    """Address of the database: the one asked for, a running server, or a throw-away cluster."""
    asked = os.environ.get("TEST_DATABASE", "postgresql")
    if asked == "sqlite":
        return f"sqlite:///{folder}/thidua.sqlite3"
    if asked != "postgresql":
        raise pytest.UsageError("TEST_DATABASE chỉ nhận postgresql hoặc sqlite.")
    if named := os.environ.get("TEST_DATABASE_URL"):
        return answering(named)
    if may_create_databases(RUNNING):
        return RUNNING
    return throw_away_cluster(folder / "pg", server_programs())


def answering(url):
    try:
        connect(url).close()
    except psycopg2.Error as error:
        raise pytest.UsageError(f"TEST_DATABASE_URL không trả lời: {error}") from error
    return url


def may_create_databases(url):
    try:
        connection = connect(url)
    except psycopg2.OperationalError:
        return False
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()[0]


def connect(url):
    """Reach the server's own `postgres` database: the named one need not exist yet."""
    config = environ.Env.db_url_config(url)
    return psycopg2.connect(
        dbname="postgres",
        connect_timeout=1,
        **{key: config[key.upper()] or None for key in ("host", "port", "user", "password")},
        **config.get("OPTIONS", {}),
    )


def server_programs():
    """Folder of initdb, pg_ctl and postgres: Debian's newest, else the one on PATH."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: [int(number) for number in re.findall(r"\d+", path.parts[-3])],
    )
    found = versions[-1] if versions else shutil.which("initdb")
    if not found:
        raise pytest.UsageError(MISSING)
    return Path(found).resolve().parent


def throw_away_cluster(folder, programs, options=UNSAFE_BUT_QUICK):
    """Start a server of our own in `folder`, reached by its socket; it is stopped at exit."""
    folder.mkdir(mode=0o700)
    as_user = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        postgres = pwd.getpwnam("postgres")
        os.chown(folder, postgres.pw_uid, postgres.pw_gid)
        as_user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"]

    def call(program, *arguments):
        # Output goes to a file: the server inherits it, and a pipe would never reach its end.
        with (folder.parent / "pg.log").open("a") as log:
            subprocess.run(
                [*as_user, programs / program, "-D", folder / "data", *arguments],
                cwd="/",
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    try:
        call(
            "initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        call("pg_ctl", "-w", "-o", f"{options} -k {folder}", "start")
    except subprocess.CalledProcessError as error:
        log = (folder.parent / "pg.log").read_text()
        raise pytest.UsageError(f"PostgreSQL không khởi động được:\n{log}") from error
    atexit.register(call, "pg_ctl", "-m", "immediate", "stop")
    return f"postgres://postgres@/{folder}/thidua"
