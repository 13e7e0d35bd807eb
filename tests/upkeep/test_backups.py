"""A backup holds the database and its files of one moment, and comes back as it was."""

import errno
import json
import os
import shutil
import stat
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from blocs.reports.actions.locker import delete_evidence
from blocs.reports.models import Evidence
from tests.factories.people import editor_of
from tests.upkeep.places import ALIAS, reached
from thidua.common.models import ActivityEntry
from thidua.upkeep.backups import disk, writing
from thidua.upkeep.backups.disk import only_one
from thidua.upkeep.backups.engines import engine_of
from thidua.upkeep.backups.faults import BackupError
from thidua.upkeep.backups.manifest import digest_of, read_manifest
from thidua.upkeep.backups.reading import check_backup, restore_backup
from thidua.upkeep.backups.rows import file_columns
from thidua.upkeep.backups.writing import whole_backups

pytestmark = pytest.mark.django_db(transaction=True)


def tables_of(engine):
    with engine.live() as now:
        return now.tables()


def refusal(act, *args, **kwargs):
    with pytest.raises(BackupError) as caught:
        act(*args, **kwargs)
    return str(caught.value)


def modes(folder):
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}


def test_what_comes_back_elsewhere_is_what_was_there(kept, back_up, place):
    files = [kept("1"), kept("2")]
    Client().force_login(files[0].uploaded_by)  # a session, which stays behind
    before = tables_of(engine_of())
    folder = back_up()
    manifest = restore_backup(folder, engine=place[0], storage=place[1])
    assert tables_of(place[0]) == tables_of(engine_of()) == before
    assert manifest.tables == before
    assert before["common_activityentry"].rows == ActivityEntry.objects.count() > 0
    assert set(manifest.files) == {file.file.name for file in files}
    for file in files:
        with place[1].open(file.file.name) as stored, file.file.open() as source:
            assert stored.read() == source.read()
    line = reached()
    again = Evidence.objects.using(ALIAS).order_by("pk").values_list("name", "sha256")
    assert list(again) == [(file.name, file.sha256) for file in files]
    with line.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
    # Rows of later get numbers of their own.
    row = Evidence.objects.using(ALIAS).get(name="Báo cáo.pdf", pk=files[0].pk)
    row.pk, row.sha256 = None, "f" * 64
    row.save(force_insert=True, using=ALIAS)
    assert row.pk > max(file.pk for file in files)


def test_every_stored_file_of_a_model_has_its_hash_beside_it():
    assert sorted(column.table for column in file_columns()) == [
        "papers_paper",
        "papers_signedcopy",
        "reports_evidence",
    ]


def test_nobody_else_reads_a_backup_or_writes_one_at_the_same_time(kept, back_up, tmp_path):
    kept("1")
    with only_one(tmp_path / "backups"):
        assert refusal(back_up).startswith("Đang có một lượt sao lưu khác")
    file = tmp_path / "tep"
    file.write_text("")
    assert refusal(back_up, folder=file / "backups").startswith("Không ghi được bản sao lưu vào")
    folder = back_up()
    assert modes(folder.parent) == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(folder.parent.stat().st_mode)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_no_password_stands_on_a_command_line(back_up, monkeypatch):
    asked = []

    def listen(event, args):
        if event == "subprocess.Popen" and listening:
            asked.append((args[1], args[3]))

    sys.addaudithook(listen)
    listening = True
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "mật-khẩu@1")
    back_up()
    listening = False
    told = [" ".join(map(str, command)) for command, _ in asked]
    assert [line for line in told if "mật-khẩu" in line] == []
    count = 2 if connection.vendor == "postgresql" else 0
    assert [env["PGPASSWORD"] for _, env in asked] == ["mật-khẩu@1"] * count


def test_what_the_disk_has_not_kept_is_no_backup(kept, back_up, tmp_path, monkeypatch):
    kept("1")
    whole = back_up()

    def lossy(path, chunks):
        return disk.write_new(path, [b"".join(chunks)[:-1]])

    monkeypatch.setattr(writing, "write_new", lossy)
    assert "không phải một bản sao lưu trọn vẹn" in refusal(back_up, minutes=1)
    assert sorted(path.name for path in whole.parent.iterdir()) == [".lock", whole.name]


def test_the_same_file_is_kept_once_for_all_backups(kept, back_up):
    name = kept("1").file.name
    first, second = back_up(), back_up(minutes=1)
    inodes = {(folder / "files" / name).stat().st_ino for folder in (first, second)}
    assert len(inodes) == 1
    # A copy that went bad in the older backup is not carried on.
    (second / "files" / name).write_bytes(b"x")
    third = back_up(minutes=2)
    assert check_backup(third).files == read_manifest(first).files
    assert "không còn như lúc sao lưu" in refusal(check_backup, first)


def test_a_file_that_was_lost_before_is_told_and_the_rest_is_kept(kept, back_up, place):
    lost, changed, whole = kept("1"), kept("2"), kept("3")
    os.unlink(lost.file.path)
    with open(changed.file.path, "ab") as file:
        file.write(b"x")
    manifest = read_manifest(folder := back_up())
    assert manifest.damaged == {lost.file.name: "missing", changed.file.name: "changed"}
    assert set(manifest.files) == {changed.file.name, whole.file.name}
    restore_backup(folder, engine=place[0], storage=place[1])
    assert not place[1].exists(lost.file.name)


CUTS = {
    "no list": lambda folder: (folder / "manifest.json").unlink(),
    "half a list": lambda folder: os.truncate(folder / "manifest.json", 200),
    "another count": lambda folder: lie(folder),
    "half a database": lambda folder: os.truncate(dump(folder), dump(folder).stat().st_size // 2),
    "a changed byte": lambda folder: flip(dump(folder)),
    "no files": lambda folder: shutil.rmtree(folder / "files"),
}

OTHER_LIST = "tệp manifest.json bị cắt hoặc bị sửa"
OTHER_DUMP = "tệp cơ sở dữ liệu không còn như lúc sao lưu"
WHY = {
    "no list": "không có tệp manifest.json",
    "half a list": OTHER_LIST,
    "another count": OTHER_LIST,
    "half a database": OTHER_DUMP,
    "a changed byte": OTHER_DUMP,
}


def dump(folder):
    return next(folder.glob("database.*"))


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def lie(folder):
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace('"rows": 1,', '"rows": 2,', 1))


def test_half_a_backup_is_never_taken_for_a_whole_one(kept, back_up, place, tmp_path):
    kept("1")
    whole = back_up()
    (file,) = read_manifest(whole).files
    why = WHY | {"no files": f"tệp “{file}” thiếu hoặc không còn như lúc sao lưu"}
    for name, cut in CUTS.items():
        folder = tmp_path / name
        shutil.copytree(whole, folder)
        cut(folder)
        said = refusal(restore_backup, folder, engine=place[0], storage=place[1])
        assert said == f"“{folder}” không phải một bản sao lưu trọn vẹn: {why[name]}."
        assert (place[0].is_empty(), place[1].exists("minh-chung")) == (True, False)
    told = json.loads((whole / "manifest.json").read_text())["backup"]
    told["tables"]["reports_evidence"]["rows"] = 7
    # What a fault of the program would write: a list that fits its digest and not the rows.
    text = json.dumps({"digest": digest_of(told), "backup": told})
    (whole / "manifest.json").write_text(text)
    assert read_manifest(whole).tables["reports_evidence"].rows == 7
    said = refusal(restore_backup, whole, engine=place[0], storage=place[1])
    # The rows of a file are compared before anything is touched, those of a server afterwards.
    told = {"sqlite": "số dòng hoặc nội dung", "postgresql": "vừa phục hồi không giống"}
    assert told[connection.vendor] in said


def test_what_comes_or_goes_while_files_are_copied_is_there_or_gone_as_a_whole(
    kept, back_up, monkeypatch
):
    stays, goes, late = kept("1"), kept("2"), []
    usual = writing.CopiedFiles.copy

    def copy(files, named):
        usual(files, named)
        if not late:
            late.append(kept("3"))
            delete_evidence(goes, actor=editor_of(goes.unit))

    monkeypatch.setattr(writing.CopiedFiles, "copy", copy)
    manifest = read_manifest(folder := back_up())
    names = {file.file.name for file in (stays, *late)}
    assert (set(manifest.files), manifest.damaged) == (names, {})
    assert {path.name for path in folder.rglob("*.pdf")} == {name.split("/")[-1] for name in names}


def test_a_restore_that_finds_no_room_leaves_the_database_empty(kept, back_up, place, monkeypatch):
    def full(name, content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    kept("1")
    folder = back_up()
    monkeypatch.setattr(place[1], "save", full)
    said = refusal(restore_backup, folder, engine=place[0], storage=place[1])
    assert said.startswith("Không ghi được dữ liệu phục hồi: ")
    assert place[0].is_empty()


def test_a_copy_that_is_stopped_leaves_what_was_there(tmp_path, monkeypatch):
    source, target = tmp_path / "new", tmp_path / "old"
    source.write_text("new")
    target.write_text("old")

    def stop(path, chunks):
        path.write_text("n")
        raise KeyboardInterrupt

    monkeypatch.setattr(disk, "write_new", stop)
    with pytest.raises(KeyboardInterrupt):
        disk.put_copy(source, target)
    assert target.read_text() == "old"


# A server brings back a backup in one transaction; a file is copied as a whole.
if connection.vendor == "postgresql":

    def test_a_restore_that_fails_on_its_way_leaves_the_database_empty(kept, back_up, place):
        kept("1")
        folder = back_up()
        with reached().cursor() as cursor:
            cursor.execute("CREATE SEQUENCE reports_evidence_id_seq")
        said = refusal(restore_backup, folder, engine=place[0], storage=place[1])
        assert said.startswith("pg_restore không làm được: ")
        assert place[0].is_empty()

    def test_what_came_back_is_counted_for_the_planner(kept, back_up, place):
        kept("1")
        restore_backup(back_up(), engine=place[0], storage=place[1])
        with reached().cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'reports_evidence'")
            assert cursor.fetchone()[0] > 5


def test_a_place_that_holds_something_is_not_touched(kept, back_up, place):
    kept("1")
    folder = back_up()
    said = refusal(restore_backup, folder, engine=engine_of(), storage=place[1])
    assert said.startswith("Cơ sở dữ liệu của DATABASE_URL đã có bảng")
    (place[1].base_location).mkdir(parents=True)
    other = place[1].base_location / "khac.pdf"
    other.write_text("1")
    said = refusal(restore_backup, folder, engine=place[0], storage=place[1])
    assert said.startswith("Nơi cất tệp đã có tệp khác, ví dụ “khac.pdf”")
    assert (other.read_text(), place[0].is_empty()) == ("1", True)


def test_the_command_keeps_as_many_as_it_was_told(kept, back_up, tmp_path, capsys):
    kept("1")
    folder = tmp_path / "backups"
    old = [back_up(), back_up(minutes=1)]
    call_command("backup", str(folder), "--keep", "2")
    made = whole_backups(folder)
    assert (made[0], len(made)) == (old[1], 2)
    assert sorted(path.name for path in folder.iterdir()) == [".lock", old[1].name, made[1].name]
    told = capsys.readouterr().out
    assert told.startswith(f"Đã sao lưu vào {made[1]}: ")
    assert " 01 tệp, " in told
    call_command("backup", "--check", str(made[1]))
    assert capsys.readouterr().out.startswith(f"Bản sao lưu {made[1]} còn trọn vẹn: ")
    with pytest.raises(CommandError) as caught:
        call_command("restore", str(made[1]))
    assert str(caught.value).startswith("Cơ sở dữ liệu của DATABASE_URL đã có bảng")


def test_the_command_says_what_was_lost_before_and_ends_with_3(kept, settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    name = (lost := kept("1")).file.name
    os.unlink(lost.file.path)
    with pytest.raises(CommandError) as caught:
        call_command("backup")
    assert caught.value.returncode == 3
    assert str(caught.value).startswith("01 tệp trên máy chủ đã thiếu")
    assert f"{name} (thiếu)" in str(caught.value)
    assert len(whole_backups(tmp_path / "backups")) == 1
