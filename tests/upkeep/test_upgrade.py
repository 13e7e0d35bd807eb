"""`./run upgrade` brings an office of an older version here with its data; `--back` brings it back.

The office is a folder of code, a database and a folder of files below one temporary folder; no
systemd is in it. Its code is that of before backups, the second factor and the chained log book,
its data the demo of then. It takes minutes: `./run prove upgrade` alone runs it.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from tests.house.source import ROOT
from tests.journeys.test_made_at_once import other_connection
from tests.upkeep.places import database_beside
from tests.upkeep.test_words import address

pytestmark = pytest.mark.django_db(transaction=True)
# The last commit before limits, backups and the second factor: what an office may upgrade from.
BEFORE = "5982421d"
MINUTES = 5
CODE = ("run", "manage.py", "pyproject.toml", "requirements", "deploy", "static", "templates")
CODE += ("thidua", "blocs", "agreements", "awards")
# What an upgrade writes into tables beside their own data.
BESIDE = {"django_migrations", "django_content_type", "auth_permission", "django_session"}


def code_of_now(folder):
    folder.mkdir()
    for name in CODE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)


def code_of_then(folder):
    folder.mkdir()
    archive = subprocess.run(
        ["git", "-c", "safe.directory=*", "archive", BEFORE, *(set(CODE) - {"deploy"})],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    subprocess.run(["tar", "-x"], cwd=folder, input=archive.stdout, check=True)


def give_packages(folder):
    """The packages of the tests, as if `./run` had installed them there."""
    real, here = ROOT / ".venv", folder / ".venv"
    here.mkdir()
    for name in ("bin", "lib", "lib64", "pyvenv.cfg"):
        if (real / name).exists():
            (here / name).symlink_to((real / name).resolve())
    locks = sorted((folder / "requirements").glob("*.txt"))
    told = b"".join(path.read_bytes() for path in locks)
    found = subprocess.run(["cksum"], input=told, capture_output=True, check=True).stdout
    (here / f".base-{found.split()[0].decode()}").touch()


class Office:
    """An office of some version, and what its operator types."""

    def __init__(self, folder, database):
        self.home, self.new, self.var = folder / "thidua", folder / "thidua-moi", folder / "var"
        self.var.mkdir()
        self.database = database
        self.settings = folder / "office.env"
        self.settings.write_text(
            f"DJANGO_SETTINGS_MODULE=thidua.settings.dev\nDATABASE_URL={address(database)}\n"
            f"VAR_DIR={self.var}\nSITE_PROVINCE='Tỉnh Lam Giang'\n"
        )

    def run(self, *words, at):
        given = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        given |= {"THIDUA_ENV": str(self.settings), "THIDUA_HOME": str(self.home)}
        return subprocess.run(
            ["./run", *words], cwd=at, env=given, capture_output=True, text=True, check=False
        )

    def manage(self, *words, at):
        """A command of the version in that folder."""
        given = {"PATH": os.environ["PATH"], "DATABASE_URL": address(self.database)}
        given |= {"DJANGO_SETTINGS_MODULE": "thidua.settings.dev", "VAR_DIR": str(self.var)}
        given |= {"SITE_PROVINCE": "Tỉnh Lam Giang"}
        command = [".venv/bin/python", "manage.py", *words]
        done = subprocess.run(command, cwd=at, env=given, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def cursor(self):
        if connection.vendor == "sqlite":
            return closing(sqlite3.connect(self.database))
        given = other_connection() | {"dbname": self.database}
        return closing(psycopg2.connect(**given))

    def tables(self):
        """{table: (columns, sorted rows)} of everything there is."""
        listed = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            if connection.vendor == "sqlite"
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        found = {}
        with self.cursor() as opened, closing(opened.cursor()) as cursor:
            cursor.execute(listed)
            for (name,) in cursor.fetchall():
                cursor.execute(f'SELECT * FROM "{name}"')
                columns = [one[0] for one in cursor.description]
                rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
                found[name] = (columns, rows)
        return found

    def files(self):
        media = self.var / "media"
        return {
            str(path.relative_to(media)): path.read_bytes()
            for path in media.rglob("*")
            if path.is_file()
        }


def same(before, after):
    """Tables of which a column or a row is not there any more as it was."""
    changed = []
    for name in before.keys() - BESIDE:
        columns, rows = before[name]
        if name not in after or set(columns) - set(after[name][0]):
            changed.append(name)
            continue
        if told(rows, columns) != told(after[name][1], columns):
            changed.append(name)
    return sorted(changed)


def told(rows, columns):
    return sorted(json.dumps({name: row[name] for name in columns}, default=str) for row in rows)


@pytest.fixture
def office(tmp_path):
    with database_beside(tmp_path) as name:
        yield Office(tmp_path, name)


@pytest.fixture
def from_then(office):
    """An office of the older version with its data."""
    code_of_then(office.home)
    code_of_now(office.new)
    for folder in (office.home, office.new):
        give_packages(folder)
    office.manage("migrate", "-v", "0", at=office.home)
    office.manage("demo", "--if-empty", at=office.home)
    return office


def test_an_office_is_upgraded_with_its_data_and_brought_back_within_minutes(from_then):
    office = from_then
    before, files, old = office.tables(), office.files(), version_of(office.home)
    done = office.run("upgrade", at=office.new)
    assert (done.returncode, done.stderr.count("Đã nâng cấp.")) == (0, 1), done.stderr
    assert not office.new.exists()
    after = office.tables()
    assert same(before, after) == []
    assert office.files() == files
    assert (office.home / "deploy/upgrade.sh").exists()
    assert office.manage("migrate", "--check", at=office.home) == ""
    office.manage("shell", "-c", WRITE, at=office.home)
    began = time.monotonic()
    done = office.run("upgrade", "--back", at=office.home)
    seconds = time.monotonic() - began
    assert (done.returncode, done.stderr.count("Đã trở về")) == (0, 1), done.stderr
    assert seconds < MINUTES * 60
    assert office.tables().keys() == before.keys()
    assert same(before, office.tables()) == []
    assert (office.files(), version_of(office.home)) == (files, old)
    # What was written meanwhile lies aside, and there is one way back only once.
    assert list(office.home.parent.glob("thidua-moi-*"))
    assert office.run("upgrade", "--back", at=office.home).returncode != 0


# Something that only the new version knows of.
WRITE = "from blocs.units.models import Unit; Unit.objects.create(name='Sở Mới', code='SM')"


def version_of(folder):
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("migrations/0*.py"))


def test_an_upgrade_whose_rehearsal_fails_touches_nothing(office):
    code_of_now(office.home)
    code_of_now(office.new)
    for folder in (office.home, office.new):
        give_packages(folder)
    office.manage("migrate", "-v", "0", at=office.home)
    command = office.new / "blocs/ranking/management/commands/recompute_totals.py"
    command.write_text(command.read_text().replace("if lines:", "if True:"))
    before = office.tables()
    done = office.run("upgrade", at=office.new)
    assert done.returncode == 1
    assert "Dừng ở diễn tập" in done.stderr
    assert (office.tables().keys(), same(before, office.tables())) == (before.keys(), [])
    assert (office.home.exists(), office.new.exists()) == (True, True)
    assert not list(office.home.parent.glob("thidua-cu-*"))
