"""What an uploaded file really is: told from its content, never from its name alone."""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from thidua.common.files.room import require_room
from thidua.common.files.virus import refuse_virus
from thidua.common.vietnamese.text import squeeze

MEGABYTE = 1024 * 1024
LARGEST_MB = 20
LARGEST = LARGEST_MB * MEGABYTE
LONGEST_NAME = 150
ENDING = 4096
OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
}
# Shown by the browser itself; the others are downloaded.
SHOWN_INLINE = ("application/pdf", "image/jpeg", "image/png")
WORDS = {
    ".pdf": "tệp PDF",
    ".jpg": "ảnh JPEG",
    ".png": "ảnh PNG",
    ".docx": "tệp Word (.docx)",
    ".xlsx": "tệp Excel (.xlsx)",
}
KIND_WORDS = {CONTENT_TYPES[suffix]: words for suffix, words in WORDS.items()}
SAME = {".jpeg": ".jpg", ".jpe": ".jpg"}
# What no file of the kind can be shown without, behind its first bytes: objects and their index of
# a PDF, a frame and its scan of a JPEG, the pixels of a PNG.
NEEDED = {
    ".pdf": (b" obj", b"startxref"),
    ".jpg": (b"\xff\xda",),
    ".png": (b"IDAT",),
}
JPEG_FRAMES = tuple(bytes((0xFF, mark)) for mark in (*range(0xC0, 0xC4), *range(0xC5, 0xC8)))
# The end of a zip archive says how long its list of parts is; a comment may follow.
END_OF_ZIP, END_OF_HUGE_ZIP = b"PK\x05\x06", b"PK\x06\x07"
SHORTEST_END, LONGEST_END = 22, 22 + 65_535
LARGEST_LIST = 512 * 1024
MAIN_PARTS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
ACCEPTED = "PDF, ảnh JPG hoặc PNG, Word (.docx), Excel (.xlsx)"
ADVICE = f"Chỉ nhận tệp {ACCEPTED}."
TOO_LARGE = (
    "Tệp “{name}” nặng {size} MB; "
    f"chỉ nhận đến {LARGEST_MB} MB. Hãy chia nhỏ hoặc giảm dung lượng."
)
EMPTY = "Tệp “{name}” không có nội dung. Hãy chọn tệp khác."
UNKNOWN = "Không nhận tệp “{name}”. " + ADVICE
OLD_OFFICE = (
    "Tệp “{name}” là tệp Word, Excel đời cũ hoặc có mật khẩu. Hãy mở tệp, lưu lại dạng .docx, "
    ".xlsx không mật khẩu hoặc xuất ra PDF rồi tải lên."
)
MACROS = "Tệp “{name}” có macro nên không nhận. Hãy lưu lại dạng .docx, .xlsx không macro."
# The code of a refusal for the kind of a file: a page that takes fewer kinds names its own.
OTHER = "other_kind"
BROKEN = "Tệp “{name}” bị hỏng hoặc chưa trọn vẹn. Hãy mở thử trên máy rồi tải lại."
TOO_MANY_PARTS = (
    "Tệp “{name}” gồm quá nhiều phần nên không nhận. Hãy mở tệp bằng Word, Excel, lưu lại rồi "
    "tải lên."
)
OTHER_KIND = "Tệp “{name}” thật ra là {kind}. Hãy đổi lại đuôi tệp hoặc chọn đúng tệp."


@dataclass(frozen=True)
class FileFacts:
    """What is known of an accepted file; `name` is for people, never for a path on the disk."""

    name: str
    suffix: str
    content_type: str
    size: int
    sha256: str


def examine(upload: UploadedFile) -> FileFacts:
    """The facts of an uploaded file: pdf, jpg, png, docx or xlsx of at most 20 MB.

    Raises ValidationError with one Vietnamese sentence that says what to do; so, too, when the
    disk has no room left for uploads.
    """
    name = readable_name(upload.name or "")
    size = upload.size or 0
    if not size:
        raise ValidationError(EMPTY.format(name=name))
    if size > LARGEST:
        raise ValidationError(TOO_LARGE.format(name=name, size=-(-size // MEGABYTE)))
    require_room(size)
    suffix = _suffix_of(upload, name)
    _require_contents(upload, suffix, name)
    typed = PurePath(name).suffix.lower()
    if SAME.get(typed, typed) != suffix:
        raise ValidationError(OTHER_KIND.format(name=name, kind=WORDS[suffix]))
    refuse_virus(upload, name)
    return FileFacts(name, suffix, CONTENT_TYPES[suffix], size, _hash_of(upload))


def readable_name(raw: str) -> str:
    """The last part of a typed path in NFC on one line, its ending kept when it is shortened."""
    name = squeeze("".join(char for char in raw.replace("\\", "/") if char.isprintable()))
    path = PurePath(name.rpartition("/")[2] or "tep")
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix


def _suffix_of(upload: UploadedFile, name: str) -> str:
    upload.seek(0)
    head = upload.read(16)
    if head.startswith(b"%PDF-"):
        _require_ending(upload, b"%%EOF", name)
        return ".pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        _require_ending(upload, b"IEND", name)
        return ".png"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(OLD_OFFICE.format(name=name), code=OTHER)
    if head.startswith(b"PK\x03\x04"):
        return _office_suffix(upload, name)
    raise ValidationError(UNKNOWN.format(name=name), code=OTHER)


def _require_contents(upload: UploadedFile, suffix: str, name: str) -> None:
    """A few first and last bytes make no file that anybody could read."""
    upload.seek(0)
    content = upload.read()
    if any(mark not in content for mark in NEEDED.get(suffix, ())):
        raise ValidationError(BROKEN.format(name=name))
    if suffix == ".jpg" and not any(mark in content for mark in JPEG_FRAMES):
        raise ValidationError(BROKEN.format(name=name))


def _require_ending(upload: UploadedFile, mark: bytes, name: str) -> None:
    """A file cut off on the way has lost its end."""
    upload.seek(max(0, (upload.size or 0) - ENDING))
    if mark not in upload.read(ENDING):
        raise ValidationError(BROKEN.format(name=name))


def _office_suffix(upload: UploadedFile, name: str) -> str:
    """Word or Excel by the main part inside; only the list of parts is read, nothing unpacked."""
    _require_few_parts(upload, name)
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            parts = {info.filename for info in archive.infolist() if info.file_size}
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ValidationError(BROKEN.format(name=name)) from error
    found = [suffix for part, suffix in MAIN_PARTS.items() if part in parts]
    if "[Content_Types].xml" not in parts or len(found) != 1:
        raise ValidationError(UNKNOWN.format(name=name))
    if any(part.rpartition("/")[2] == "vbaProject.bin" for part in parts):
        raise ValidationError(MACROS.format(name=name), code=OTHER)
    return found[0]


def _require_few_parts(upload: UploadedFile, name: str) -> None:
    """A list of parts longer than any Word or Excel file has is not read: it costs by its length.

    Where the list is said to be is found as `zipfile` finds it.
    """
    upload.seek(max(0, (upload.size or 0) - LONGEST_END))
    tail = upload.read()
    is_bare = tail[-SHORTEST_END:].startswith(END_OF_ZIP) and tail.endswith(b"\0\0")
    at = len(tail) - SHORTEST_END if is_bare else tail.rfind(END_OF_ZIP)
    if at < 0:
        raise ValidationError(BROKEN.format(name=name))
    is_huge = END_OF_HUGE_ZIP in tail[max(0, at - 20) : at]
    if is_huge or int.from_bytes(tail[at + 12 : at + 16], "little") > LARGEST_LIST:
        raise ValidationError(TOO_MANY_PARTS.format(name=name))


def _hash_of(upload: UploadedFile) -> str:
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
