"""The variables of an office are told in one table, and a missing folder in one sentence."""

import os
import stat
import subprocess
import sys

import pytest

from tests.house.source import ROOT
from thidua.upkeep.environment import WORDS, drawing, variables


def test_every_variable_that_is_read_is_told_and_no_other():
    assert [one.name for one in variables()] != []
    assert sorted(WORDS) == sorted(one.name for one in variables())


def test_page_of_the_environment_is_up_to_date():
    """`manage.py draw_environment > docs/environment.md` draws it anew."""
    assert (ROOT / "docs/environment.md").read_text(encoding="utf-8") == drawing()


def test_the_settings_of_an_office_are_told_as_they_are_put():
    put = (ROOT / "deploy/thidua.env").read_text(encoding="utf-8")
    told = "".join(f"    {line}\n" for line in put.splitlines())
    assert told in (ROOT / "docs/install.md").read_text(encoding="utf-8")
    assert {line.split("=")[0] for line in put.splitlines()} <= set(WORDS)


def manage(*words, var):
    settings = {"DJANGO_SETTINGS_MODULE": "thidua.settings.dev", "VAR_DIR": str(var)}
    given = {"PATH": os.environ["PATH"], **settings}
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("word", "words"),
    (("migrate", "Chưa có thư mục dữ liệu “"), ("backup", "Không có cơ sở dữ liệu ở “")),
)
def test_a_missing_folder_is_a_sentence_and_no_traceback(word, words, tmp_path):
    done = manage(word, var=tmp_path / "x")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert f"{words}{tmp_path}/x" in done.stderr
    assert not (tmp_path / "x").exists()


def test_a_server_without_its_folder_says_the_same_and_ends(tmp_path):
    given = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "thidua.settings.dev",
        "SECRET_KEY": "k" * 50,
        "VAR_DIR": str(tmp_path / "x"),
    }
    command = [sys.executable, "-c", "import thidua.wsgi"]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True)
    assert (done.returncode, done.stderr.split("“")[0]) == (1, "Chưa có thư mục dữ liệu ")


def test_what_a_trial_writes_is_for_its_owner_alone(tmp_path):
    """`./run demo` up to where it would serve: nobody else reads a file of it."""
    text = (ROOT / "run").read_text(encoding="utf-8")
    start = text.index("\ndemo() {")
    told = text[start : text.index("\n}", start)]
    assert told.index("umask 077") < told.index("mkdir") < told.index("fill_database")
    script = (
        "import django; django.setup(); from django.core.files.base import ContentFile\n"
        "from django.core.files.storage import default_storage as storage\n"
        "print(storage.path(storage.save('a/b.pdf', ContentFile(b'1'))))"
    )
    given = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "thidua.settings.dev",
        "VAR_DIR": str(tmp_path),
    }
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, cwd=ROOT, env=given, capture_output=True, text=True, check=True, umask=0o077
    )
    path = done.stdout.strip()
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode) == 0o700
