"""Excel files that would cost a reader more than they are worth; each is small on the way in."""

import io
import struct
import zipfile

from thidua.workbooks import Column, WorkbookRow, WorkbookSheet, write_workbook

NAME = "Điểm"
SHEET, TEXTS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


PLAIN = parts_of(write_workbook([WorkbookSheet(NAME, [Column("Cột", 9)], [WorkbookRow([1])])]))


def of_rows(rows, behind=""):
    """A workbook whose sheet holds these rows, and something behind them."""
    return packed(PLAIN | {SHEET: sheet(rows, behind)})


def sheet(rows, behind=""):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{behind}</worksheet>'.encode()


def row(number, cells=""):
    return f'<row r="{number}">{cells}</row>'


def cell(name, value="1", kind="n"):
    return f'<c r="{name}" t="{kind}"><v>{value}</v></c>'


def far_row():
    """A row says it is number 10^15: the rows before it never end."""
    return of_rows(row(10**15, cell(f"A{10**15}")))


def wide_empty_rows():
    """20,000 rows with an empty cell in Excel's last column: 327 million cells when filled up."""
    return of_rows("".join(row(number, f'<c r="XFD{number}"/>') for number in range(1, 20_001)))


def empty_cell_far_below():
    """One drawn cell in the row behind the last that is read."""
    return of_rows(row(1, cell("A1")) + row(20_001, '<c r="A20001"/>'))


def zip_bomb():
    return packed(PLAIN | {"xl/media/a.png": bytes(51 * 1024 * 1024)})


def many_texts():
    items = "<si><t>a</t></si>" * 500_001
    return packed(PLAIN | {TEXTS: f'<sst xmlns="{MAIN}">{items}</sst>'.encode()})


def deep_cells():
    """Elements within elements, three million deep."""
    return of_rows(row(1, "<c>" * 3_000_000 + "</c>" * 3_000_000))


def declared_entities():
    """A billion laughs: each entity is ten of the one before."""
    told = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY a0 "ha">{told}]>'.encode()
    return packed(PLAIN | {SHEET: head + sheet(row(1, cell("A1", "&a9;", "str")))})


def many_merges():
    """Half a million merged ranges, each over the whole sheet."""
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 500_000
    return of_rows(row(1, cell("A1")), f"<mergeCells>{merges}</mergeCells>")


def many_styles():
    styles = PLAIN[STYLES].decode()
    more = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * 900_000
    return packed(PLAIN | {STYLES: styles.replace("</cellXfs>", f"{more}</cellXfs>").encode()})


def cut_short():
    content = packed(PLAIN)
    return content[: len(content) // 2]


def lying_sizes():
    """The list of parts says that the sheet is small; what is packed there is not."""
    content = packed(PLAIN | {SHEET: sheet("<row/>" * 8_000_000)})
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(SHEET.encode()))
    return content[: at + 24] + struct.pack("<I", 1000) + content[at + 28 :]


def full_of_nothing():
    """Twelve million elements that are no rows: they cost memory and say nothing."""
    return of_rows("<x/>" * 12_000_000)


def rows_without_end():
    return of_rows("<row/>" * 2_000_000)


def many_cells():
    """Sixty sheets that are one part of 20,000 rows."""
    rows = "".join(
        row(number, "".join(cell(f"{letter}{number}") for letter in "ABCDE"))
        for number in range(1, 20_001)
    )
    book = PLAIN["xl/workbook.xml"].decode()
    start = book.index("<sheet ") if "<sheet " in book else book.index("<ns0:sheet ")
    one = book[start : book.index("/>", start) + 2]
    many = "".join(
        one.replace(NAME, f"T{number}").replace('sheetId="1"', f'sheetId="{number}"')
        for number in range(1, 61)
    )
    return packed(PLAIN | {SHEET: sheet(rows), "xl/workbook.xml": book.replace(one, many).encode()})


def backwards():
    return of_rows(row(5, cell("A5")) + row(3, cell("A3")))


def long_number():
    """A whole number of 5,000 digits: its decimal text alone takes the reader seconds."""
    return of_rows(row(1, cell("A1", "9" * 5000)))


def deep_names():
    """A tree of relations without end."""
    deep = "<Relationship>" * 300_000 + "</Relationship>" * 300_000
    name = "xl/_rels/workbook.xml.rels"
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return packed(PLAIN | {name: f"{head}{deep}</Relationships>".encode()})
