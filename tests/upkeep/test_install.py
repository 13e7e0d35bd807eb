"""`./run install` puts the files of an office, once, and names nothing that is not there."""

import re
import shutil
import stat
import subprocess

import pytest
from django.core.management import get_commands

from tests.house.source import ROOT

DEPLOY = ROOT / "deploy"
DOMAIN, PROVINCE = "thidua.langiang.vn", "Tỉnh Lam Giang"
KINDS = (".service", ".timer")
UNITS = "etc/systemd/system"


def install(*words):
    return subprocess.run(["./run", "install", *words], cwd=ROOT, capture_output=True, text=True)


def files(root):
    return {
        str(path.relative_to(root)): (path.read_text(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


def test_files_of_an_office_are_put_once_and_what_a_person_wrote_stays(tmp_path):
    assert install(DOMAIN, PROVINCE, "--root", str(tmp_path)).returncode == 0
    first = files(tmp_path)
    units = {f"{UNITS}/{path.name}" for path in DEPLOY.iterdir() if path.suffix in KINDS}
    assert len(units) == 6
    assert set(first) == units | {"etc/nginx/sites-available/thidua", "etc/thidua.env"}
    env = tmp_path / "etc/thidua.env"
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    told = dict(line.split("=", 1) for line in env.read_text().splitlines())
    assert re.fullmatch("[0-9a-f]{64}", told["SECRET_KEY"])
    assert (told["ALLOWED_HOSTS"], told["SITE_PROVINCE"]) == (DOMAIN, f'"{PROVINCE}"')
    assert DOMAIN in first["etc/nginx/sites-available/thidua"][0]
    # Again, for another name: nothing changes; a unit of an older version does.
    unit = tmp_path / UNITS / "thidua.service"
    assert install("khac.vn", "Tỉnh Khác", "--root", str(tmp_path)).returncode == 0
    assert files(tmp_path) == first
    unit.write_text("[Unit]\n")
    install(DOMAIN, PROVINCE, "--root", str(tmp_path))
    assert unit.read_text() == (DEPLOY / "thidua.service").read_text()
    assert env.read_text() == first["etc/thidua.env"][0]


def test_two_offices_have_two_keys(tmp_path):
    keys = set()
    for name in ("a", "b"):
        install(DOMAIN, PROVINCE, "--root", str(tmp_path / name))
        keys.add((tmp_path / name / "etc/thidua.env").read_text())
    assert len(keys) == 2


@pytest.mark.parametrize(
    "words", ((), (DOMAIN,), ("a b", PROVINCE), ("x;y", PROVINCE), (DOMAIN, "Tỉnh $(id)"))
)
def test_what_is_no_name_is_refused_before_anything_is_put(words, tmp_path):
    given = (*words, *[""] * (2 - len(words)), "--root", str(tmp_path))
    assert (install(*given).returncode, files(tmp_path)) == (2, {})


def test_the_units_call_commands_that_are_there():
    called = {
        name
        for unit in DEPLOY.glob("*.service")
        for name in re.findall(r"manage\.py (\w+)", unit.read_text())
    }
    assert called >= {
        "backup",
        "verify_files",
        "verify_log",
        "clearsessions",
        "run_jobs",
        "clean_jobs",
    }
    assert called <= set(get_commands())


def test_the_nightly_backup_comes_before_whatever_may_fail():
    lines = re.findall(r"^ExecStart=.*", (DEPLOY / "thidua-dem.service").read_text(), re.M)
    assert "manage.py backup --keep" in lines[0]


def test_no_secret_is_on_a_command_line_of_a_unit():
    texts = [unit.read_text() for unit in DEPLOY.glob("*.service")]
    assert [text for text in texts if "DATABASE_URL" in text or "SECRET" in text] == []


# Where systemd is at hand it reads the units itself; programs and settings of an office it lacks.
if shutil.which("systemd-analyze"):

    def test_systemd_finds_nothing_wrong_in_the_units(tmp_path):
        for unit in (path for path in DEPLOY.iterdir() if path.suffix in KINDS):
            text = unit.read_text().replace("/opt/thidua/.venv/bin/python", "/usr/bin/env")
            (tmp_path / unit.name).write_text(text.replace("=/etc/thidua.env", "=-/dev/null"))
        units = sorted(map(str, tmp_path.iterdir()))
        command = ["systemd-analyze", "verify", "--man=no", *units]
        done = subprocess.run(command, capture_output=True, text=True)
        assert (done.returncode, done.stdout + done.stderr) == (0, "")
