"""Evidence on the disk: gone, changed, active, too much of it, no room for more; other storages."""

import errno
import os
import shutil
import subprocess

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.reports.actions.locker import keep_file
from blocs.reports.models import Evidence
from blocs.states import SeatRole
from tests.factories.files import pdf
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from thidua.common.files import room
from thidua.common.files.room import FULL, Room
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
SCRIPT = pdf().replace(b"trailer", b"9 0 obj <</S /JavaScript /JS (1)>> endobj\ntrailer")
MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}


class FullStorage(FileSystemStorage):
    """A disk that takes nothing more, and gives what it has."""

    def _save(self, name, content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def unit(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return UnitFactory()


def kept(unit, content=None, name="Báo cáo.pdf"):
    upload = SimpleUploadedFile(name, content or pdf())
    return keep_file(unit, upload=upload, expires_on=None, actor=editor_of(unit))


def address(name, file):
    return reverse(f"reports:{name}", args=(file.pk,))


def opened(client, file):
    client.force_login(leader_of(file.unit))
    return client.get(address("evidence_file", file))


def upload(client, unit, content):
    client.force_login(editor_of(unit))
    file = SimpleUploadedFile("Mới.pdf", content)
    return client.post(reverse("reports:locker_upload"), {"unit": unit.pk, "file": file})


def sentences(answer):
    return answer.context["form"].errors.get("file", []) if answer.status_code == 422 else []


@pytest.mark.parametrize(
    ("harm", "words"),
    (
        (os.unlink, "Tệp “Báo cáo.pdf” không còn trên máy chủ."),
        (lambda path: os.truncate(path, 20), "Tệp “Báo cáo.pdf” trên máy chủ không còn đúng như"),
    ),
)
def test_a_file_that_is_gone_or_changed_is_told_and_not_given(client, unit, harm, words):
    file = kept(unit)
    harm(file.file.path)
    answer = opened(client, file)
    assert (answer.status_code, answer["Location"]) == (302, file.get_absolute_url())
    page = client.get(file.get_absolute_url())
    assert [str(message)[: len(words)] for message in page.context["messages"]] == [words]
    assert page.context["damage"].startswith(words)
    assert "<iframe" not in page.content.decode()
    # Nobody has opened it.
    assert not ActivityEntry.objects.filter(action="reports.open_evidence").exists()


def test_a_pdf_that_acts_is_downloaded_and_one_that_shows_is_shown(client, unit):
    quiet, active = kept(unit), kept(unit, SCRIPT, "Có mã lệnh.pdf")
    shown = [opened(client, file)["Content-Disposition"].split(";")[0] for file in (quiet, active)]
    assert shown == ["inline", "attachment"]
    page = client.get(active.get_absolute_url()).content.decode()
    assert "<iframe" not in page
    assert "Tệp PDF này chứa mã lệnh" in page
    assert "<iframe" in client.get(quiet.get_absolute_url()).content.decode()


def test_a_unit_uploads_no_more_than_its_share_of_the_year(client, unit, settings):
    settings.UNIT_QUOTA_MB = 1
    file = kept(unit)
    Evidence.objects.filter(pk=file.pk).update(size=1024 * 1024 - len(pdf("2")))
    assert sentences(upload(client, unit, pdf("2"))) == []
    (said,) = sentences(upload(client, unit, pdf("3")))
    assert said.startswith("Năm 20")
    assert "đơn vị đã tải lên gần hết 1 MB được phép" in said
    # Another unit, and another year, have shares of their own; so has what is there already.
    assert sentences(upload(client, UnitFactory(), pdf("3"))) == []
    Evidence.objects.filter(pk=file.pk).update(uploaded_at="2020-05-01T00:00:00Z")
    assert sentences(upload(client, unit, pdf("3"))) == []
    page = client.get(reverse("reports:locker_list")).content.decode()
    assert "đã tải lên 1 KB, được phép 1 MB." in page


@pytest.fixture
def small_disk(settings, tmp_path):
    """A disk of 64 KB where one can be mounted, else a storage that refuses."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]
    is_mounted = (
        bool(shutil.which("mount")) and not subprocess.run(mount, capture_output=True).returncode
    )
    if is_mounted:
        settings.MEDIA_ROOT = folder
    yield lambda: fill(folder) if is_mounted else refuse(settings)
    if is_mounted:
        subprocess.run(["umount", folder], check=True)


def fill(folder):
    with open(folder / "full", "wb", buffering=0) as file:
        while file.write(b"x" * 4096) == 4096:
            if not os.statvfs(folder).f_bavail:
                break


def refuse(settings):
    backend = {"BACKEND": f"{__name__}.FullStorage"}
    settings.STORAGES = settings.STORAGES | {"default": backend}


def test_a_full_disk_takes_no_upload_and_reading_goes_on(client, unit, small_disk):
    file = kept(unit)
    small_disk()
    (said,) = sentences(upload(client, unit, pdf("2")))
    assert said.startswith("Máy chủ chưa cất được tệp “Mới.pdf” (có thể đã hết chỗ).")
    assert [row.pk for row in Evidence.objects.all()] == [file.pk]
    answer = opened(client, file)
    assert b"".join(answer.streaming_content) == pdf()
    assert client.get(file.get_absolute_url()).status_code == 200


def test_uploads_stop_before_the_disk_is_full(client, unit, settings):
    file = kept(unit)
    settings.DISK_RESERVE_MB = 10**9
    assert sentences(upload(client, unit, pdf("2"))) == [FULL]
    assert opened(client, file).status_code == 200


def test_the_reserve_is_what_is_left_behind_the_upload(monkeypatch):
    monkeypatch.setattr(room, "room_left", lambda: Room(free=12, reserve=10, warning=50))
    assert room.require_room(2 * 1024 * 1024) is None
    with pytest.raises(ValidationError, match="sắp hết chỗ"):
        room.require_room(3 * 1024 * 1024)


def test_room_is_measured_by_two_lines():
    lines = [Room(free, reserve=10, warning=50) for free in (60, 50, 49, 10, 9)]
    assert [(room.is_low, room.is_full) for room in lines] == [
        (False, False),
        (False, False),
        (True, False),
        (True, False),
        (True, True),
    ]


def test_a_storage_elsewhere_is_a_setting_and_asks_the_same_right(client, unit, settings):
    settings.STORAGES = settings.STORAGES | {"default": MEMORY}
    file = kept(unit)
    assert b"".join(opened(client, file).streaming_content) == pdf()
    client.force_login(leader_of(UnitFactory()))
    assert client.get(address("evidence_file", file)).status_code == 404
    client.force_login(leader_of(unit))
    default_storage.delete(file.file.name)
    page = client.get(file.get_absolute_url())
    assert page.context["damage"].startswith("Tệp “Báo cáo.pdf” không còn trên máy chủ.")


def test_the_office_is_told_in_time(client, unit, settings):
    settings.DISK_WARNING_MB = 10**9
    told = []
    for person in (official(SeatRole.OFFICE), official(SeatRole.SYSADMIN), editor_of(unit)):
        client.force_login(person)
        told.append([fault.partition(". ")[2][:8] for fault in client.get("/").context["faults"]])
    assert told == [["Dưới 0 K"], ["Dưới 0 K"], []]
    settings.DISK_RESERVE_MB = 10**9
    client.force_login(official(SeatRole.OFFICE))
    (fault,) = client.get("/").context["faults"]
    assert "đã ngừng nhận tệp tải lên" in fault
