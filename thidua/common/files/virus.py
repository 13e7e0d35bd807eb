"""Uploads are shown to the office's own virus scanner, where it has one (clamd, INSTREAM)."""

import socket
import struct
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

INFECTED = (
    "Tệp “{name}” có mã độc ({virus}) nên không nhận. Hãy quét lại máy tính rồi chọn tệp khác."
)
UNREACHABLE = (
    "Chưa kiểm tra được mã độc cho tệp “{name}” nên chưa nhận. Vui lòng thử lại sau ít phút; nếu "
    "vẫn vậy, báo người quản trị hệ thống."
)
COMMAND = b"zINSTREAM\0"
PING = b"zPING\0"
SECONDS = 20
LONGEST_ANSWER = 1024


def refuse_virus(upload: UploadedFile, name: str) -> None:
    """Raise ValidationError for an infected file, or where the scanner gives no clear answer.

    Without `CLAMD_SOCKET` in the settings nothing is scanned. The scanner runs on this machine and
    is reached by a Unix socket, so no byte of the file leaves it.
    """
    if not settings.CLAMD_SOCKET:
        return
    try:
        answer = _ask(Path(settings.CLAMD_SOCKET), upload)
    except OSError as error:
        raise ValidationError(UNREACHABLE.format(name=name)) from error
    if answer.endswith(" FOUND"):
        virus = answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise ValidationError(INFECTED.format(name=name, virus=virus))
    if answer != "stream: OK":
        raise ValidationError(UNREACHABLE.format(name=name))


def scanner_answers() -> bool:
    """Whether the scanner of the settings is there."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(SECONDS)
            line.connect(settings.CLAMD_SOCKET)
            line.sendall(PING)
            return line.recv(LONGEST_ANSWER).strip(b"\0\n ") == b"PONG"
    except OSError:
        return False


def _ask(address: Path, upload: UploadedFile) -> str:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(SECONDS)
        line.connect(str(address))
        line.sendall(COMMAND)
        upload.seek(0)
        for chunk in upload.chunks():
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
        upload.seek(0)
        return line.recv(LONGEST_ANSWER).decode("utf-8", "replace").strip("\0\n ")
