"""What must be true of an Excel file before anything of it is built, in the reading process."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePath

from thidua.workbooks.refusals import (
    BOMB,
    BROKEN,
    MACROS,
    MOST_PARTS,
    MOST_STYLES,
    MOST_TEXTS,
    NOT_EXCEL,
    TOO_MANY_STYLES,
    TOO_MANY_TEXTS,
    UNPACKED_MB,
    WorkbookRefusedError,
)

MEGABYTE = 1024 * 1024
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
OVERLAP = 16
# How often something may stand in a part: counted before an object is made of each.
COUNTED = (
    ("xl/styles.xml", re.compile(rb"<(?:\w+:)?xf[ />]"), MOST_STYLES, TOO_MANY_STYLES),
    ("xl/sharedStrings.xml", re.compile(rb"<(?:\w+:)?si[ />]"), MOST_TEXTS, TOO_MANY_TEXTS),
)


def refuse_unsafe(archive: zipfile.ZipFile) -> None:
    """Refuse what is no plain .xlsx: macros, another kind of file, declarations, a bomb."""
    infos = archive.infolist()
    parts = {info.filename for info in infos}
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > UNPACKED_MB * MEGABYTE:
        raise WorkbookRefusedError(BOMB)
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= parts:
        raise WorkbookRefusedError(NOT_EXCEL)
    types = archive.read("[Content_Types].xml").lower()
    has_code = any(PurePath(part).name.lower() == "vbaproject.bin" for part in parts)
    if has_code or b"macroenabled" in types or b"vbaproject" in types:
        raise WorkbookRefusedError(MACROS)
    for info in infos:
        if info.filename.endswith((".xml", ".rels")):
            _refuse_declarations(archive, info)
    for name, pattern, most, sentence in COUNTED:
        if name in parts and _count(archive, archive.getinfo(name), pattern) > most:
            raise WorkbookRefusedError(sentence)


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part piece by piece, each with the end of the one before it."""
    before = b""
    with archive.open(info) as part:
        while piece := part.read(MEGABYTE):
            yield before + piece
            before = piece[-OVERLAP:]


def _refuse_declarations(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    # A part in UTF-16 would hide the marks behind zero bytes; Excel writes UTF-8.
    for piece in _chunks(archive, info):
        if b"\0" in piece or any(mark in piece for mark in DECLARATIONS):
            raise WorkbookRefusedError(BROKEN)


def _count(archive: zipfile.ZipFile, info: zipfile.ZipInfo, pattern: re.Pattern[bytes]) -> int:
    """About how often the pattern stands in the part: at the seams some count twice."""
    return sum(len(pattern.findall(piece)) for piece in _chunks(archive, info))
