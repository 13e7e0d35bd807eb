"""`./run backup` and `./run restore`, as an operator types them, with the settings of a file."""

import os
import stat
import subprocess
from urllib.parse import quote

import pytest
from django.db import connection

from tests.house.source import ROOT
from tests.upkeep.places import database_beside
from thidua.upkeep.backups.manifest import read_manifest
from thidua.upkeep.backups.writing import whole_backups

pytestmark = pytest.mark.django_db(transaction=True)


def address(name):
    """The database beside that of the tests, as DATABASE_URL says it."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    told = connection.settings_dict
    password = f":{quote(told['PASSWORD'])}" if told["PASSWORD"] else ""
    port = f":{told['PORT']}" if told["PORT"] else ""
    # A folder of sockets stands before the name of the database.
    host = f"/{told['HOST']}" if told["HOST"].startswith("/") else told["HOST"]
    return f"postgres://{told['USER']}{password}@{host}{port}/{name}"


def run(*words, office):
    inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    done = subprocess.run(
        ["./run", *words],
        cwd=ROOT,
        env=inherited | {"THIDUA_ENV": str(office)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_backup_restored_by_word_gives_the_same_backup_by_word(kept, back_up, tmp_path):
    kept("1")
    first = back_up()
    office, var = tmp_path / "office.env", tmp_path / "var"
    with database_beside(tmp_path) as name:
        office.write_text(
            "DJANGO_SETTINGS_MODULE=thidua.settings.dev\n"
            f"DATABASE_URL={address(name)}\nVAR_DIR={var}\nSITE_PROVINCE='Tỉnh Lam Giang'\n"
        )
        told = run("restore", str(first), office=office)
        assert told.startswith("Đã phục hồi bản sao lưu lúc 2025-12-05T02:30:00+07:00, mọi bảng ")
        assert "migrate" not in told
        told = run("backup", office=office)
    (second,) = whole_backups(var / "backup")
    assert told.startswith(f"Đã sao lưu vào {second}: ")
    one, other = read_manifest(first), read_manifest(second)
    assert (one.tables, one.files) == (other.tables, other.files)
    assert stat.S_IMODE(second.stat().st_mode) == 0o700
