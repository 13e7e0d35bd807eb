"""What must be true of an uploaded Excel file before anything in it is read."""

import re
import zipfile
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import File

from thidua.common.files import MEGABYTE, readable_name

LARGEST_WORKBOOK = 10 * MEGABYTE
LARGEST_UNPACKED = 50 * MEGABYTE
MOST_PARTS = 500
CHUNK = MEGABYTE
SAVE_AS = "Hãy mở tệp bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (.xlsx)”"
EMPTY = "Tệp “{name}” không có nội dung. Hãy chọn tệp khác."
TOO_LARGE = "Tệp “{name}” nặng hơn 10 MB, không phải tệp số liệu. Hãy bỏ ảnh, trang tính thừa."
OLD = "Tệp “{name}” là Excel đời cũ (.xls) hoặc có mật khẩu. " + SAVE_AS + " không mật khẩu."
MACROS = "Tệp “{name}” có macro nên không nhận. " + SAVE_AS + " không macro rồi tải lại."
NOT_EXCEL = "Tệp “{name}” không phải là tệp Excel (.xlsx). " + SAVE_AS + " rồi tải lại."
BROKEN = "Tệp “{name}” bị hỏng hoặc chưa trọn vẹn. Hãy mở thử trên máy rồi tải lại."
BOMB = "Tệp “{name}” bung ra quá lớn nên không đọc. Hãy chép số liệu sang tệp mới rồi tải lại."
FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
OVERLAP = 16


def require_safe_workbook(upload: File) -> bool:
    """Refuse what is no plain .xlsx; returns whether some cell holds a formula.

    Refused with one Vietnamese sentence (ValidationError): empty, above 10 MB, `.xls` or with a
    password, macros, another kind of file, broken, or growing beyond 50 MB when unpacked.
    """
    name = readable_name(upload.name or "")
    if not upload.size:
        raise ValidationError(EMPTY.format(name=name))
    if upload.size > LARGEST_WORKBOOK:
        raise ValidationError(TOO_LARGE.format(name=name))
    upload.seek(0)
    head = upload.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0") or head.startswith(b"\x09\x08"):
        raise ValidationError(OLD.format(name=name))
    if not head.startswith(b"PK\x03\x04"):
        raise ValidationError(NOT_EXCEL.format(name=name))
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            return _look_inside(archive, name)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise ValidationError(BROKEN.format(name=name)) from error
    finally:
        upload.seek(0)


def _look_inside(archive: zipfile.ZipFile, name: str) -> bool:
    infos = archive.infolist()
    parts = {info.filename for info in infos}
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
        raise ValidationError(BOMB.format(name=name), code="bomb")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= parts:
        raise ValidationError(NOT_EXCEL.format(name=name))
    types = archive.read("[Content_Types].xml").lower()
    has_code = any(PurePath(part).name.lower() == "vbaproject.bin" for part in parts)
    if has_code or b"macroenabled" in types or b"vbaproject" in types:
        raise ValidationError(MACROS.format(name=name))
    sheets = [info for info in infos if info.filename.startswith("xl/worksheets/")]
    for info in infos:
        if info.filename.endswith((".xml", ".rels")) and _holds(archive, info, *DECLARATIONS):
            raise ValidationError(BROKEN.format(name=name))
    return any(_has_formula(archive, info) for info in sheets)


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo):
    """The part piece by piece, each with the end of the one before it."""
    before = b""
    with archive.open(info) as part:
        while piece := part.read(CHUNK):
            yield before + piece
            before = piece[-OVERLAP:]


def _holds(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *marks: bytes) -> bool:
    # A part in UTF-16 would hide the marks behind zero bytes; Excel writes UTF-8.
    return any(
        b"\0" in piece or any(mark in piece for mark in marks) for piece in _chunks(archive, info)
    )


def _has_formula(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    return any(FORMULA.search(piece) for piece in _chunks(archive, info))
