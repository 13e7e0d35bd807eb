"""A list of units, line by line: what becomes of each, and every reason why nothing does."""

import datetime as dt
import unicodedata

import pytest

from blocs.units.domain.rosters import MOST_LINES, read_roster, roster_text
from blocs.units.domain.unit_rosters import (
    DIFFERS,
    KNOWN,
    UNIT_COLUMNS,
    KnownUnit,
    KnownUnits,
    unit_lines,
)

KEPT = KnownUnits(
    units=(
        KnownUnit("SYT", "Sở Y tế", ("Ngành Y tế",), {"short_name": "SYT"}),
        KnownUnit("XTT", "Xã Tân Thành"),
        KnownUnit("CU", "Sở Cũ", is_standing=False),
    ),
    blocs={"KTĐ5": True, "KCU": False},
)
TITLES = "Mã đơn vị\tTên chính thức\tMã khối, cụm\tThuộc khối từ ngày"


def read(*lines, titles=TITLES, **options):
    return unit_lines(read_roster("\n".join((titles, *lines)), UNIT_COLUMNS), KEPT, **options)


def faults_of(*lines, **options):
    return {line.number: list(line.faults) for line in read(*lines, **options) if line.faults}


def whole_faults(text):
    return list(read_roster(text, UNIT_COLUMNS).faults)


def test_a_line_becomes_a_unit_with_its_bloc_and_day():
    (line,) = read("SXD\tSở Xây dựng\tKTĐ5\t05/12/2026")
    assert line.is_new
    assert [line.data[name] for name in ("code", "name", "short_name")] == [
        "SXD",
        "Sở Xây dựng",
        "Sở Xây dựng",
    ]
    assert (line.bloc, line.starts_on) == ("KTĐ5", dt.date(2026, 12, 5))


def test_a_code_left_out_is_made_and_takes_none_of_a_later_line():
    first, second, third = read("\tSở Xây dựng", "SXD\tSở Xuân Đài", "\tSở Y tá")
    assert [line.data["code"] for line in (first, second, third)] == ["SXD2", "SXD", "SYT2"]
    assert first.note == "Mã SXD2 do phần mềm đặt."


def test_what_is_on_record_stays_and_says_so():
    kept = [(line.is_known, line.note) for line in read("SYT\tSở Y tế", "syt\tNgành Y tế")]
    assert kept[0] == (True, KNOWN)
    (line,) = read("SYT\tSở Y tế\tNgành y", titles="Mã\tTên đơn vị\tTên rút gọn")
    assert line.note == DIFFERS.format(fields="tên rút gọn")
    assert not line.is_new


@pytest.mark.parametrize(
    ("lines", "number", "told"),
    [
        (("A\tSở A", "a\tSở B"), 3, "Mã “a” trùng với dòng 2."),
        (("A\tSở Hòa", "B\tsở  hoà"), 3, "Tên trùng với dòng 2: sở hoà."),
        (("A\tSở Hòa", "B\tSở\u200b Hòa\u200b"), 3, "Tên trùng với dòng 2: Sở Hòa."),
        (("SYT\tSở Nội vụ",), 2, "Mã “SYT” là của Sở Y tế."),
        (("B\tSở Y tế",), 2, "Đã có đơn vị mang tên này: Sở Y tế (mã SYT)."),
        (("CU\tSở Cũ",), 2, "Mã “CU” là của Sở Cũ, đã thôi hoạt động."),
        (("A\t",), 2, "Thiếu tên chính thức."),
        (("A\tSở A\tKTĐ9\t05/12/2026",), 2, "Không có khối, cụm nào có ký hiệu “KTĐ9”."),
        (("A\tSở A\tKCU\t05/12/2026",), 2, "Khối, cụm có ký hiệu “KCU” đã ngừng hoạt động."),
        (("A\tSở A\tKTĐ5",), 2, "Thiếu ngày thuộc khối"),
        (("A\tSở A\t\t05/12/2026",), 2, "Có ngày thuộc khối mà không có mã khối, cụm."),
        (("A\tSở A\tKTĐ5\t31/02/2026",), 2, "Thuộc khối từ ngày “31/02/2026” không phải"),
        (("A\tSở A\tKTĐ5\tmai",), 2, "Thuộc khối từ ngày “mai” không phải"),
        (("A\tSở A\tKTĐ5\t5/12/26",), 2, "Thuộc khối từ ngày “5/12/26” phải từ năm 1900"),
        (("A\t=HYPERLINK(1)",), 2, "Tên chính thức là công thức"),
        (("A\tSở\x07 A",), 2, "Tên chính thức có ký tự điều khiển"),
        (("A" * 31 + "\tSở A",), 2, "Mã đơn vị dài 31 ký tự, nhiều nhất 30."),
        (("A\t" + "x" * 256,), 2, "Tên chính thức dài 256 ký tự, nhiều nhất 255."),
        (("A\tSở A\t\t\tthừa",), 2, "Có ô “thừa” ở ngoài các cột có tên."),
    ],
)
def test_every_fault_is_a_sentence_at_its_line(lines, number, told):
    ((at, (fault,)),) = faults_of(*lines).items()
    assert (at, fault[: len(told)]) == (number, told)


def test_names_that_differ_in_accents_alone_are_asked_about():
    lines = ("A\tXã Tân Thanh", "B\tXã Tân Thạnh")
    found = faults_of(*lines)
    assert [fault[0].partition(".")[0] for fault in found.values()] == [
        "Tên chỉ khác dấu với Xã Tân Thành",
        "Tên chỉ khác dấu với dòng 2",
    ]
    assert faults_of(*lines, is_alike=True) == {}


def test_letters_in_pieces_are_the_same_name():
    (line,) = read("SYT\t" + unicodedata.normalize("NFD", "Sở Y tế"))
    assert line.is_known


@pytest.mark.parametrize("titles", ["M· ®¬n vÞ\tTªn chÝnh thøc", "Maõ ñôn vò\tTeân chính thöùc"])
def test_titles_may_be_in_an_old_encoding(titles):
    roster = read_roster(f"{titles}\nSXD\tSë X©y dùng", UNIT_COLUMNS)
    assert (roster.encoding, roster.lines[0]["name"]) == ("TCVN3 (ABC)", "Sở Xây dựng")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Dòng đầu tiên phải là tên các cột"),
        ("SXD\tSở Xây dựng", "Dòng đầu tiên phải là tên các cột"),
        ("Mã đơn vị\nSXD", "Danh sách thiếu cột “Tên chính thức”"),
        ("Tên chính thức\tSố xe\nSở A\t1", "Danh sách có cột không có trong mẫu: “Số xe”"),
        ("Tên chính thức\tTên đơn vị\nSở A\tSở A", "Danh sách có hai cột “Tên chính thức”"),
        (TITLES, "Dưới dòng tên cột không có dòng nào."),
        (f"{TITLES}\nA\tSở Y tế\nB\tSë X©y dùng", "Dòng 3 gõ bằng bảng mã TCVN3 (ABC)"),
        (f'{TITLES}\nA\t"Sở A', "Không đọc được bảng"),
        ("\n".join([TITLES, *["A\tSở A"] * 10_000]), "Danh sách có 10000 dòng, nhiều nhất 1000"),
    ],
)
def test_a_list_that_cannot_be_read_says_why(text, told):
    (fault,) = whole_faults(text)
    assert fault.startswith(told)


def test_a_sign_in_unicode_says_nothing_of_the_words_beside_it():
    roster = read_roster(f"{TITLES}\nXTĐ\tSë X©y dùng\tKTĐ5\t05/12/2026", UNIT_COLUMNS)
    assert (roster.encoding, roster.lines[0]["name"]) == ("TCVN3 (ABC)", "Sở Xây dựng")
    assert (roster.lines[0]["code"], roster.lines[0]["bloc"]) == ("XTĐ", "KTĐ5")


def test_a_thousand_lines_are_read_in_any_order_of_columns():
    text = roster_text(
        [("STT", "Tên chính thức", "Mã"), *((n, f"Xã số {n}", f"X{n}") for n in range(MOST_LINES))]
    )
    lines = unit_lines(read_roster(text, UNIT_COLUMNS), KnownUnits())
    assert len([line for line in lines if line.is_new]) == MOST_LINES


def test_a_cell_keeps_its_quotes_and_line_ends_of_excel():
    (line,) = read_roster('Tên chính thức\n"Công ty ""Hoa Mai""\nmiền Đông"', UNIT_COLUMNS).lines
    assert line["name"] == 'Công ty "Hoa Mai" miền Đông'
