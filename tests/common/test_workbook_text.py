"""Any text survives the way to Excel and back, whatever program saved the file in between."""

import io
import re
import unicodedata
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import example, given
from hypothesis import strategies as st

from tests.factories.files import office
from thidua.workbooks import (
    Column,
    WorkbookRow,
    WorkbookSheet,
    cell_text,
    read_workbook,
    write_workbook,
)

COLUMN = [Column("Nội dung", 30)]
# What people can type into a box of a page: all characters that a file can hold.
TYPED = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
        st.sampled_from("\t\n_x005F_Dd<r/>&"),
    ),
    max_size=60,
)
LOOK_ESCAPED = st.from_regex(r"(_|x|x?_?x[0-9A-Fa-f]{4}_|a){1,8}", fullmatch=True)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    "</Types>"
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def through_excel(text):
    content = write_workbook([WorkbookSheet("S", COLUMN, [WorkbookRow([text])])])
    return cell_text(read_workbook(SimpleUploadedFile("a.xlsx", content))["S"].value(2, 1))


def saved_by_excel(shared):
    """A workbook whose only cell refers to a text of the shared table, as Excel saves it."""
    return office(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" '
            f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si>{shared}</si></sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">'
            '<c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>',
        }
    )


@given(st.one_of(TYPED, LOOK_ESCAPED))
@example("_x000D_")
@example("_x005F_x000D_")
@example("_x000D_x000A_")
@example("ax005F_b")
@example("_x0000_x1111_x2222_")
@example("<r><t>Đạt</t></r>")
@example("<r> & _x000D_x000A_ </r>")
def test_what_is_typed_comes_back_from_excel(text):
    assert through_excel(text) == unicodedata.normalize("NFC", text).strip()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Đúng\x0b hạn\x00", "Đúng hạn"),
        ("nửa \ud83d chữ", "nửa  chữ"),
        ("vô\ufffe nghĩa\uffff", "vô nghĩa"),
        ("một\r\nhai\rba", "một\nhai\nba"),
    ],
)
def test_what_no_file_can_hold_is_left_out_and_nothing_else(text, kept):
    assert through_excel(text) == kept


@pytest.mark.parametrize(
    ("shared", "meant"),
    [
        ("_x005F_x000D_", "_x000D_"),
        ("một_x000D_\nhai", "một\nhai"),
        ("một_x000D_hai", "một\nhai"),
        ("x005F_ và _x005F_", "x005F_ và _"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("a_xD83D_b_x000B_c", "abc"),
        ("_x00D4_ng", "Ông"),
    ],
)
def test_a_text_of_excel_is_read_as_excel_shows_it(shared, meant):
    assert read_back(f"<t>{shared}</t>") == meant


@pytest.mark.parametrize(
    ("shared", "meant"),
    [
        ("<r><t>Đạt </t></r><r><rPr><b/></rPr><t>100%</t></r>", "Đạt 100%"),
        ("<t>Sở</t><rPh sb='0' eb='1'><t>đọc là</t></rPh>", "Sở"),
        ("<r><t/></r><r><t>Sở Y tế</t></r>", "Sở Y tế"),
        ("<t/>", ""),
    ],
)
def test_a_text_in_several_fonts_is_read_whole_and_a_hint_of_its_sound_is_not(shared, meant):
    assert read_back(shared) == meant


def read_back(shared):
    book = read_workbook(SimpleUploadedFile("a.xlsx", saved_by_excel(shared)))
    return cell_text(book["S"].value(1, 1))


def test_a_typed_escape_is_no_escape_in_the_file():
    content = write_workbook([WorkbookSheet("S", COLUMN, [WorkbookRow(["_x000D_ và x000D_"])])])
    with ZipFile(io.BytesIO(content)) as file:
        texts = file.read("xl/sharedStrings.xml").decode()
    assert re.findall(r"<t[^>]*>([^<]*)</t>", texts) == ["Nội dung", "_", "x000D_ và x000D_"]
