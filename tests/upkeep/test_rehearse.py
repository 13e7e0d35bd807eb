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
from blocs.reports.models.sheets import as_stored, read_sheet
from tests.blocs.ranking.test_whole_ranking import ranked_year
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
    source = (ROOT / "deploy/upgrade.sh").read_text()
    word = source.partition("\nrehearse() {")[2].partition("\n}\n")[0]
    assert re.findall(r"manage_office (\w+)", word) == [
        "restore",
        "recompute_totals",
        "migrate",
        "recompute_seals",
        "recompute_totals",
    ]


def stored_year():
    """A year not sealed whose sheets hold the totals that their rows make."""
    year = ranked_year()
    for report in year.reports.all():
        report.appraised_total = as_stored(read_sheet(report).appraised_total().total)
        report.save(update_fields=("appraised_total",))
    return year


@pytest.mark.django_db
def test_stored_totals_and_open_rankings_are_computed_again(tmp_path, capsys):
    year, told = stored_year(), tmp_path / "totals.json"
    call_command("recompute_totals", "--write", str(told))
    assert capsys.readouterr().out == (
        "Đã tính lại 03 bảng điểm, 01 xếp hạng chưa chốt: như đã lưu.\n"
    )
    call_command("recompute_totals", "--compare", str(told))
    first = year.reports.order_by("pk").first()
    stored = first.appraised_total
    type(first).objects.filter(pk=first.pk).update(appraised_total=stored + 1)
    with pytest.raises(CommandError) as caught:
        call_command("recompute_totals")
    assert str(caught.value).splitlines() == [
        "01 số liệu tính lại không như đã lưu:",
        f"  {first}: tổng thẩm định đã lưu {stored + 1}, tính lại {stored}",
    ]


@pytest.mark.django_db
def test_a_ranking_that_another_version_made_otherwise_is_named(tmp_path):
    year, told = stored_year(), tmp_path / "totals.json"
    call_command("recompute_totals", "--write", str(told))
    then = json.loads(told.read_text())
    (name,) = then
    then[name][0][1] += 1
    told.write_text(json.dumps(then))
    with pytest.raises(CommandError, match=f"  {year.pk} {year}: trước "):
        call_command("recompute_totals", "--compare", str(told))


@pytest.mark.parametrize(
    ("words", "said"),
    (
        (("upgrade",), "Hãy đặt mã nguồn mới ở một thư mục khác"),
        (("upgrade", "--back"), "không có đường lui"),
        (("upgrade", "x"), "Cách dùng"),
    ),
)
def test_an_upgrade_that_cannot_be_is_refused_before_anything_is_done(tmp_path, words, said):
    given = {"PATH": os.environ["PATH"], "THIDUA_ENV": str(tmp_path / "none")}
    given |= {"VAR_DIR": str(tmp_path), "THIDUA_HOME": str(ROOT)}
    done = subprocess.run(["./run", *words], cwd=ROOT, env=given, capture_output=True, text=True)
    assert (done.returncode, said in done.stderr, list(tmp_path.iterdir())) == (2, True, [])


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
