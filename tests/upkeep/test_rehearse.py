"""An upgrade is rehearsed on a copy: restored, migrated, every sealed ranking computed again."""

import datetime as dt
import json
import os
import re
import subprocess

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from blocs.ranking.models import RankingSeal
from tests.factories.blocs import year_with_members
from tests.house.source import ROOT
from tests.museum.exhibits import HERE

PROOF = HERE / "0.1.0/proof-1.json"


def sealed(change=None):
    proof = json.loads(PROOF.read_text(encoding="utf-8"))
    if change:
        change(proof)
    at = dt.datetime(2026, 12, 19, 3, tzinfo=dt.UTC)
    return RankingSeal.objects.create(
        bloc_year=year_with_members(), sealed_at=at, rules={}, proof=proof
    )


@pytest.mark.django_db
def test_every_seal_is_computed_again(capsys):
    sealed()
    call_command("recompute_seals")
    assert capsys.readouterr().out == (
        "Đã tính lại 01 lần chốt xếp hạng: mọi tổng điểm, xếp loại, thứ hạng như lúc chốt.\n"
    )


@pytest.mark.django_db
def test_a_seal_that_comes_out_otherwise_is_named():
    sealed()
    other = sealed(lambda proof: proof["units"].reverse())
    broken = sealed(lambda proof: proof.pop("units"))
    with pytest.raises(CommandError) as caught:
        call_command("recompute_seals")
    said = str(caught.value).splitlines()
    assert said[0] == "02 trong 03 lần chốt không tính lại được như lúc chốt:"
    assert any(line.startswith(f"  {other.bloc_year}, lần 1: ") for line in said)
    assert any(line.startswith(f"  {broken.bloc_year}, lần 1: ") for line in said)


def test_what_is_rehearsed_is_what_an_upgrade_does_in_its_order():
    """A backup of today is migrated already: that it would be, only the word itself tells."""
    word = (ROOT / "run").read_text().partition("rehearse() {")[2].partition("\n}\n")[0]
    assert re.findall(r"manage_office (\w+)", word) == ["restore", "migrate", "recompute_seals"]


# On a server the copy belongs to the server's own account: the words are tried on a file.
if connection.vendor == "sqlite":

    @pytest.mark.django_db(transaction=True)
    def test_a_rehearsal_leaves_nothing_behind(back_up, kept, tmp_path):
        kept("1")
        sealed()
        folder = back_up()
        temp = tmp_path / "temp"
        temp.mkdir()
        given = {
            "PATH": os.environ["PATH"],
            "TMPDIR": str(temp),
            "THIDUA_ENV": str(tmp_path / "none"),
            "SITE_PROVINCE": "Tỉnh Lam Giang",
            "MEDIA_ROOT": str(tmp_path / "files-of-the-office"),
        }
        command = ["./run", "rehearse", str(folder)]
        done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True)
        assert (done.returncode, list(temp.iterdir())) == (0, [])
        assert "Đã tính lại 01 lần chốt xếp hạng" in done.stdout
        assert "Diễn tập xong" in done.stderr
        assert not (tmp_path / "files-of-the-office").exists()
        (folder / "manifest.json").unlink()
        done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True)
        assert (done.returncode, list(temp.iterdir())) == (1, [])
