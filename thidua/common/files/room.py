"""Room on the disk: a warning in time, and no upload that would take the last of it.

What is reserved is for the database and its log, which every reader's request may write, too.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

from thidua.common.vietnamese.numbers import size_words

MEGABYTE = 1024 * 1024
FULL = (
    "Máy chủ sắp hết chỗ nên tạm thời không nhận tệp mới; mọi tệp đã có vẫn mở được. Vui lòng báo "
    "người quản trị hệ thống."
)
FULL_WARNING = (
    "Máy chủ chỉ còn trống {free} nên đã ngừng nhận tệp tải lên; mọi tệp đã có vẫn mở được. "
    "Người quản trị hệ thống cần dọn chỗ ngay."
)
LOW = (
    "Máy chủ còn trống {free}. Dưới {reserve} thì ngừng nhận tệp tải lên: người quản trị hệ "
    "thống cần dọn chỗ."
)


@dataclass(frozen=True)
class Room:
    """Megabytes left on the disk of the program, and the two lines they are measured by."""

    free: int
    reserve: int
    warning: int

    @property
    def is_low(self) -> bool:
        """Time to make room."""
        return self.free < self.warning

    @property
    def is_full(self) -> bool:
        """No upload is taken any more."""
        return self.free < self.reserve


def room_left() -> Room:
    """The room of the disk that holds uploads, or will hold them."""
    folder = Path(settings.MEDIA_ROOT)
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free // MEGABYTE
    return Room(free, settings.DISK_RESERVE_MB, settings.DISK_WARNING_MB)


def megabytes(number: int) -> str:
    """So many megabytes as people read them: «850 MB», «77,3 GB»."""
    return size_words(number * MEGABYTE)


def low_room() -> str:
    """What to tell the office and the administrator about the disk; nothing while it has room."""
    room = room_left()
    if room.is_full:
        return FULL_WARNING.format(free=megabytes(room.free))
    return (
        LOW.format(free=megabytes(room.free), reserve=megabytes(room.reserve))
        if room.is_low
        else ""
    )


def require_room(size: int) -> None:
    """Refuse an upload of so many bytes that would leave less than the reserve."""
    room = room_left()
    if room.free - size // MEGABYTE < room.reserve:
        raise ValidationError(FULL)
