"""`manage.py verify_files` reads each stored file, of evidence, papers and scans."""

import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from thidua.upkeep.files import file_models
from thidua.upkeep.notes import last_note

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def notes(settings, tmp_path):
    settings.NOTES_DIR = tmp_path / "notes"


def test_every_model_with_a_file_is_read():
    assert sorted(model.__name__ for model, _ in file_models()) == [
        "Evidence",
        "Paper",
        "SignedCopy",
    ]


def test_files_that_are_right_are_counted(kept, capsys):
    kept("1")
    kept("2")
    default_storage.save("minh-chung/thua.pdf", ContentFile(b"1"))
    call_command("verify_files")
    assert capsys.readouterr().out.splitlines() == [
        "01 tệp không thuộc dòng dữ liệu nào (tải lên dở dang), không ai mất gì.",
        "Đã đọc 02 tệp, tệp nào cũng đúng như lúc cất.",
    ]
    note = last_note("files")
    assert (note["count"], note["wrong"], note["rowless"]) == (2, 0, 1)


def test_what_is_missing_or_changed_is_named_without_what_people_typed(kept):
    lost, changed, _ = kept("1"), kept("2"), kept("3")
    os.unlink(lost.file.path)
    with open(changed.file.path, "r+b") as file:
        file.write(b"X")
    with pytest.raises(CommandError) as caught:
        call_command("verify_files")
    assert (caught.value.returncode, str(caught.value).splitlines()) == (
        1,
        [
            "02 trong 03 tệp thiếu hoặc đã khác lúc cất:",
            f"  minh chứng số {lost.pk}: {lost.file.name} thiếu",
            f"  minh chứng số {changed.pk}: {changed.file.name} đã khác lúc cất",
        ],
    )
    assert last_note("files")["wrong"] == 2
