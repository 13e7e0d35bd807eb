"""What a hostile or monstrous workbook is refused for: each file breaks one rule, by one step."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from thidua.workbooks import Column, WorkbookRow, WorkbookSheet, read_workbook, write_workbook

MEGABYTE = 1024 * 1024
BROKEN = "Tệp “a.xlsx” bị hỏng hoặc chưa trọn vẹn. Hãy mở thử trên máy rồi tải lại."
BOMB = "Tệp “a.xlsx” bung ra quá lớn nên không đọc. Hãy chép số liệu sang tệp mới rồi tải lại."
SAVE_AS = "Hãy mở tệp bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (.xlsx)”"
MACROS = f"Tệp “a.xlsx” có macro nên không nhận. {SAVE_AS} không macro rồi tải lại."
OLD = f"Tệp “a.xlsx” là Excel đời cũ (.xls) hoặc có mật khẩu. {SAVE_AS} không mật khẩu."
TOO_LARGE = "Tệp “a.xlsx” nặng hơn 10 MB, không phải tệp số liệu. Hãy bỏ ảnh, trang tính thừa."
SHEET, RELATIONS = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"


def workbook(rows=1, columns=1):
    filled = [WorkbookRow([1] * columns) for _ in range(rows - 1)]
    return write_workbook([WorkbookSheet("Điểm", [Column("Cột", 9)] * columns, filled)])


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


PLAIN = parts_of(workbook())


def more(parts):
    """A workbook with these parts besides, or in place of, its own."""
    return packed(PLAIN | parts)


def declared(before, name=SHEET):
    """A part with something written between its first line and its root."""
    return more({name: PLAIN[name].replace(b"<worksheet", before + b"<worksheet", 1)})


def sized(total):
    """A workbook of exactly so many bytes on the disk, by a picture that is not packed."""
    bare = len(packed(PLAIN | {"xl/media/a.png": b""}, zipfile.ZIP_STORED))
    return packed(PLAIN | {"xl/media/a.png": bytes(total - bare)}, zipfile.ZIP_STORED)


def unpacked(total):
    """A workbook that grows to exactly so many bytes."""
    rest = total - sum(map(len, PLAIN.values()))
    return more({"xl/media/a.png": bytes(rest)})


def of_sheets(count):
    return write_workbook([WorkbookSheet(f"Trang {n}", [Column("A", 9)], []) for n in range(count)])


def of_parts(count):
    return more({f"xl/media/{place}.png": b"" for place in range(count - len(PLAIN))})


def far_down(mark):
    """A mark that stands across the border of two pieces in which a part is read."""
    head = PLAIN[SHEET].partition(b"<worksheet")[0]
    return declared(b" " * (MEGABYTE - len(head) - 4) + mark)


REFUSED = {
    "document type": (declared(b"<!DOCTYPE x>"), BROKEN),
    "entity": (declared(b'<!ENTITY a "b">'), BROKEN),
    "document type across two pieces": (far_down(b"<!DOCTYPE x>"), BROKEN),
    "document type in a list of parts": (
        more(
            {RELATIONS: PLAIN[RELATIONS].replace(b"<Relationships", b"<!DOCTYPE x><Relationships")}
        ),
        BROKEN,
    ),
    "document type of the main part": (more({"xl/workbook.xml": b"<!DOCTYPE x><w/>"}), BROKEN),
    "two-byte letters, which would hide all of this": (
        more({SHEET: PLAIN[SHEET].decode().encode("utf-16")}),
        BROKEN,
    ),
    "grows beyond 50 MB by one byte": (unpacked(50 * MEGABYTE + 1), BOMB),
    "501 parts": (of_parts(501), BOMB),
    "61 sheets": (
        of_sheets(61),
        "Tệp “a.xlsx” có hơn 60 trang tính. Hãy bỏ trang thừa rồi tải lại.",
    ),
    "10 MB and one byte": (sized(10 * MEGABYTE + 1), TOO_LARGE),
    "program in capitals": (more({"xl/VBAPROJECT.BIN": b""}), MACROS),
    "kind with macros": (
        more(
            {
                "[Content_Types].xml": PLAIN["[Content_Types].xml"].replace(
                    b"openxmlformats-officedocument.spreadsheetml.sheet.main",
                    b"ms-excel.sheet.macroEnabled.main",
                )
            }
        ),
        MACROS,
    ),
    "program among the kinds": (
        more(
            {
                "[Content_Types].xml": PLAIN["[Content_Types].xml"].replace(
                    b"</Types>", b'<Override ContentType="x.vbaProject"/></Types>'
                )
            }
        ),
        MACROS,
    ),
    "first Excel for Windows": (b"\x09\x08" + bytes(100), OLD),
}
TAKEN = {
    "grows to 50 MB": unpacked(50 * MEGABYTE),
    "500 parts": of_parts(500),
    "10 MB": sized(10 * MEGABYTE),
    "the words of a declaration in a cell": declared(b"<!-- DOCTYPE ENTITY -->"),
    "a picture that says it": more({"xl/media/a.png": b"<!DOCTYPE"}),
}


def upload(content):
    return SimpleUploadedFile("a.xlsx", content)


@pytest.mark.parametrize("name", REFUSED)
def test_one_step_too_far_is_refused(name):
    content, sentence = REFUSED[name]
    with pytest.raises(ValidationError) as caught:
        read_workbook(upload(content))
    assert caught.value.messages == [sentence]


@pytest.mark.parametrize("name", TAKEN)
def test_what_stays_within_the_limits_is_taken(name):
    assert list(read_workbook(upload(TAKEN[name]))) == ["Điểm"]


def test_sixty_sheets_are_read():
    assert len(read_workbook(upload(of_sheets(60)))) == 60


def test_twenty_thousand_rows_and_four_hundred_columns_are_read():
    long = read_workbook(upload(workbook(rows=20_000)))["Điểm"].rows
    wide = read_workbook(upload(workbook(rows=2, columns=400)))["Điểm"].rows
    assert (len(long), long[-1], len(wide[1])) == (20_000, (1,), 400)
