"""The page and the command of health see each thing fail."""

import datetime as dt
import os
import socketserver
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from blocs.states import SeatRole
from tests.factories.people import UnitFactory, UserFactory, editor_of, official
from thidua.jobs.models import Job
from thidua.upkeep import health
from thidua.upkeep.backups.engines import engine_of
from thidua.upkeep.backups.manifest import FileContent, Manifest
from thidua.upkeep.health import FAULT, FINE, LOOK, OFF, findings
from thidua.upkeep.notes import keep_note

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.NOTES_DIR = tmp_path / "notes"
    settings.BACKUP_DIR = tmp_path / "backup"


def made_backup(settings, *, hours, damaged=None):
    """The list of a backup of so many hours ago, which is all the page reads."""
    at = timezone.now() - dt.timedelta(hours=hours)
    folder = settings.BACKUP_DIR / f"thidua-{at:%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True)
    told = Manifest(at.isoformat(), engine_of().name, FileContent(1, ""), {}, {}, damaged or {})
    (folder / "manifest.json").write_text(told.to_text())
    return folder


def test_a_machine_in_order_has_no_fault(settings, capsys):
    made_backup(settings, hours=2)
    keep_note("files", count=3, wrong=0, rowless=0)
    states = {one.name: one.state for one in findings()}
    assert states == {
        "Cơ sở dữ liệu": FINE,
        "Cấu hình": FINE,
        "Chỗ trống trên đĩa": FINE,
        "Sao lưu": FINE,
        "Tệp đã cất": FINE,
        "In PDF": FINE,
        "Quét vi-rút": OFF,
        "Việc chạy lâu": FINE,
        "Chứng thư gốc": FINE,
        "Thư điện tử": OFF,
    }
    call_command("health")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0].split(maxsplit=1)[0] for line in lines[:2]] == ["tốt", "tốt"]
    assert len(lines) == len(states)


def test_tables_of_an_older_version_are_a_fault(monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *of: ["0002"])
    assert health.database()[0] == FAULT


def test_the_backup_is_looked_at_by_its_age_and_by_what_it_tells(settings):
    told = [health.backup()]
    for hours, damaged in ((48, None), (2, None), (1, {"a.pdf": "missing"})):
        folder = made_backup(settings, hours=hours, damaged=damaged)
        told.append(health.backup())
    (folder / "manifest.json").write_text("{")
    told.append(health.backup())
    assert [state for state, _ in told] == [FAULT, LOOK, FINE, FAULT, FAULT]
    assert told[0][1].startswith("Chưa có bản sao lưu nào.")
    assert "quá một ngày" in told[1][1]
    assert "đã có 1 tệp thiếu hoặc bị thay đổi" in told[3][1]


def test_stored_files_are_looked_at_by_what_the_last_night_found(settings):
    told = [health.stored_files()]
    keep_note("files", count=3, wrong=1, rowless=0)
    told.append(health.stored_files())
    keep_note("files", count=3, wrong=0, rowless=0)
    told.append(health.stored_files())
    at = (timezone.now() - dt.timedelta(days=2)).isoformat()
    (settings.NOTES_DIR / "files.json").write_text(f'{{"at": "{at}", "count": 3, "wrong": 0}}')
    told.append(health.stored_files())
    assert [state for state, _ in told] == [LOOK, FAULT, FINE, LOOK]


def test_disk_configuration_and_printer_tell_what_is_wrong(settings, tmp_path):
    settings.DISK_WARNING_MB = 10**9
    assert health.disk()[0] == LOOK
    settings.DISK_RESERVE_MB = 10**9
    assert health.disk()[0] == FAULT
    settings.SITE_PROVINCE = ""
    assert health.configuration()[0] == LOOK
    assert "SITE_PROVINCE" in health.configuration()[1]
    file = tmp_path / "run"
    file.write_text("")
    settings.PROCESS_DIR = file
    assert health.pdf()[0] == FAULT


def test_long_work_that_nobody_does_is_a_fault_and_what_failed_is_looked_at():
    told = [health.jobs()]
    job = Job.objects.create(kind="file", title="Tệp", key="1", asked_by=UserFactory())
    now = timezone.now()
    for status, minutes in (("waiting", 1), ("waiting", 11), ("running", 0), ("running", 1)):
        seen_at = now - dt.timedelta(minutes=minutes)
        Job.objects.update(status=status, seen_at=seen_at, task_id=queued_for(job).pk)
        told.append(health.jobs())
    Job.objects.update(status="failed", fault="Hỏng.", ended_at=now)
    told.append(health.jobs())
    # Nobody gives a sign of life of what runs; the row of the queue would begin what waits.
    assert [state for state, _ in told] == [FINE, FINE, FAULT, FINE, FAULT, LOOK]
    assert "việc đầu hàng chờ 11 phút" in told[2][1]
    assert "1 việc không ai làm tiếp" in told[4][1]


def queued_for(job):
    """A row of the queue; one that was taken by a worker lately only while the job waits."""
    status = "READY" if Job.objects.filter(status="waiting").exists() else "FAILED"
    return DBTaskResult.objects.create(
        args_kwargs={}, task_path="x", backend_name="default", status=status
    )


class Clamd(socketserver.StreamRequestHandler):
    def handle(self):
        if self.rfile.read(len(b"zPING\0")) == b"zPING\0":
            self.wfile.write(b"PONG\0")


def test_the_virus_scanner_is_asked(settings, tmp_path):
    address = tmp_path / "clamd.sock"
    settings.CLAMD_SOCKET = str(address)
    assert health.virus_scanner()[0] == FAULT
    with socketserver.ThreadingUnixStreamServer(str(address), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        state = health.virus_scanner()[0]
        server.shutdown()
    assert state == FINE
    os.unlink(address)


def test_the_page_is_for_office_and_administrator_and_the_command_ends_with_1(client):
    url = reverse("upkeep:health")
    found = {}
    for role in (SeatRole.OFFICE, SeatRole.SYSADMIN, SeatRole.CHAIR):
        client.force_login(official(role))
        found[role] = client.get(url).status_code
        assert (url in client.get("/").content.decode()) == (found[role] == 200)
    client.force_login(editor_of(UnitFactory()))
    assert (list(found.values()), client.get(url).status_code) == ([200, 200, 403], 403)
    with pytest.raises(CommandError) as caught:
        call_command("health")
    assert (caught.value.returncode, str(caught.value)) == (1, "Hỏng: Sao lưu.")


def test_a_balancer_learns_whether_a_process_works_and_nothing_else(client, settings):
    """Plain http without a session; one statement asks the database."""
    settings.SECURE_SSL_REDIRECT = True
    url = reverse("upkeep:alive")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    assert (answer.status_code, answer.content.decode()) == (200, "Tốt.")
    assert ([query["sql"] for query in asked], dict(answer.cookies)) == (["SELECT 1"], {})
    assert (answer["Cache-Control"], client.head(url).status_code) == ("no-store", 200)
    with connection.execute_wrapper(silent):
        answer = client.get(url)
    assert (answer.status_code, answer.content.decode()) == (503, "Cơ sở dữ liệu không trả lời.")


def silent(execute, sql, params, many, context):
    raise OperationalError("server closed the connection")
