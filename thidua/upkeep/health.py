"""How the machine is: one line for each thing that can fail while pages still open."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.checks.registry import registry
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from thidua.common.files.room import low_room, megabytes, room_left
from thidua.common.files.virus import scanner_answers
from thidua.common.vietnamese.dates import moment_words
from thidua.jobs.enums import JobStatus
from thidua.jobs.models import Job
from thidua.jobs.sweeping import lost_jobs
from thidua.papers.pdf.client import PdfFailed, PdfUnavailable, render_pdf
from thidua.upkeep.backups.faults import BackupError
from thidua.upkeep.backups.manifest import read_manifest
from thidua.upkeep.backups.writing import newest
from thidua.upkeep.notes import last_note

FINE, LOOK, FAULT, OFF = "fine", "look", "fault", "off"
LABELS = {FINE: "tốt", LOOK: "cần xem", FAULT: "hỏng", OFF: "không dùng"}
# A worker looks every second; a job before this one takes minutes at most.
LONGEST_WAIT = timedelta(minutes=10)
# A nightly job that is a little late is no fault.
NIGHT = timedelta(hours=26)
SAMPLE = "<!doctype html><html lang='vi'><head><title>Thử</title></head><body>Thử</body></html>"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what to do."""

    name: str
    state: str
    words: str

    @property
    def label(self) -> str:
        """The state as people read it."""
        return LABELS[self.state]


def findings() -> list[Finding]:
    """Everything that is looked at, in the order in which it is told."""
    return [Finding(name, *look()) for name, look in LOOKS]


def database() -> tuple[str, str]:
    """It answers, and its tables are those of this version."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return FAULT, "Cơ sở dữ liệu không trả lời."
    if missing:
        return FAULT, "Bảng của cơ sở dữ liệu cũ hơn phần mềm. Hãy chạy manage.py migrate."
    return FINE, "Trả lời, đúng phiên bản của phần mềm."


def configuration() -> tuple[str, str]:
    """What `manage.py check` says."""
    own = [check for check in registry.get_checks() if check.__module__.startswith("thidua.")]
    said = [str(one.msg) for check in own for one in check(app_configs=None)]
    return (LOOK, " ".join(said)) if said else (FINE, "Phông chữ, thư mục, tên tỉnh đầy đủ.")


def disk() -> tuple[str, str]:
    """Room for uploads."""
    room = room_left()
    if room.is_low:
        return (FAULT if room.is_full else LOOK), low_room()
    return FINE, f"Còn trống {megabytes(room.free)}."


def backup() -> tuple[str, str]:
    """The age of the last whole backup, and what it says was lost before."""
    last = newest(Path(settings.BACKUP_DIR))
    if last is None:
        return FAULT, "Chưa có bản sao lưu nào. Hãy chạy ./run backup và bật việc hằng đêm."
    try:
        manifest = read_manifest(last)
    except BackupError as error:
        return FAULT, str(error)
    at = datetime.fromisoformat(manifest.made_at)
    words = f"Bản gần nhất lúc {moment_words(at)}"
    if manifest.damaged:
        return FAULT, f"{words}; trước đó đã có {len(manifest.damaged)} tệp thiếu hoặc bị thay đổi."
    if timezone.now() - at > NIGHT:
        return LOOK, f"{words}, quá một ngày. Hãy xem việc hằng đêm có chạy không."
    return FINE, f"{words}."


def stored_files() -> tuple[str, str]:
    """What `verify_files` found the last time."""
    note = last_note("files")
    if not note:
        return LOOK, "Chưa đối chiếu lần nào. Hãy chạy manage.py verify_files."
    at = datetime.fromisoformat(note["at"])
    words = f"Đối chiếu lúc {moment_words(at)}: {note['count']} tệp"
    if note["wrong"]:
        return FAULT, f"{words}, {note['wrong']} tệp thiếu hoặc bị thay đổi."
    if timezone.now() - at > NIGHT:
        return LOOK, f"{words} đều đúng, nhưng quá một ngày chưa đối chiếu lại."
    return FINE, f"{words} đều đúng."


def pdf() -> tuple[str, str]:
    """A paper of one word is printed."""
    try:
        render_pdf(SAMPLE)
    except (PdfUnavailable, PdfFailed) as error:
        return FAULT, str(error)
    return FINE, "In được văn bản."


def virus_scanner() -> tuple[str, str]:
    """The office's clamd answers."""
    if not settings.CLAMD_SOCKET:
        return OFF, "Tệp tải lên không được quét vi-rút: chưa đặt CLAMD_SOCKET."
    if scanner_answers():
        return FINE, "ClamAV trả lời."
    return FAULT, "ClamAV không trả lời, tệp tải lên chưa được nhận."


def certificate_roots() -> tuple[str, str]:
    """This machine can tell a genuine server from another."""
    paths = ssl.get_default_verify_paths()
    folder = Path(paths.capath) if paths.capath else None
    if paths.cafile or (folder and folder.is_dir() and any(folder.iterdir())):
        return FINE, "Máy có chứng thư gốc."
    return LOOK, "Máy chưa có chứng thư gốc. Hãy cài gói ca-certificates."


def jobs() -> tuple[str, str]:
    """Long work is begun, taken up where a worker died, and succeeds."""
    now = timezone.now()
    waiting = Job.objects.filter(status=JobStatus.WAITING)
    oldest = waiting.order_by("seen_at").values_list("seen_at", flat=True).first()
    lost = lost_jobs(now).count()
    if lost or (oldest and now - oldest > LONGEST_WAIT):
        age = (
            f", việc đầu hàng chờ {int((now - oldest).total_seconds()) // 60} phút"
            if oldest
            else ""
        )
        words = f"{waiting.count()} việc chờ{age}; {lost} việc không ai làm tiếp."
        return FAULT, f"{words} Dịch vụ thidua-viec có chạy không?"
    failed = Job.objects.filter(status=JobStatus.FAILED, ended_at__gte=now - NIGHT).count()
    if failed:
        return LOOK, f"{failed} việc không làm được trong một ngày qua; xem nhật ký của dịch vụ."
    running = Job.objects.filter(status=JobStatus.RUNNING).count()
    return FINE, f"{waiting.count()} việc chờ, {running} việc đang chạy."


def mail() -> tuple[str, str]:
    """This version sends none."""
    return OFF, "Phiên bản này không gửi thư."


LOOKS: tuple[tuple[str, Callable[[], tuple[str, str]]], ...] = (
    ("Cơ sở dữ liệu", database),
    ("Cấu hình", configuration),
    ("Chỗ trống trên đĩa", disk),
    ("Sao lưu", backup),
    ("Tệp đã cất", stored_files),
    ("In PDF", pdf),
    ("Quét vi-rút", virus_scanner),
    ("Việc chạy lâu", jobs),
    ("Chứng thư gốc", certificate_roots),
    ("Thư điện tử", mail),
)
