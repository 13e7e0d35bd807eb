"""What all papers share: stored data, digest, lines, unbroken pieces."""

import json
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest

from thidua.papers.papers import Letterhead, PrintedPaper, break_lines
from thidua.papers.templatetags.papers import nb


@dataclass(frozen=True, kw_only=True)
class Note(PrintedPaper):
    template: ClassVar[str] = "documents/base.html"
    version: ClassVar[str] = "1"

    lines: tuple[str, ...]


class LaterNote(Note):
    version: ClassVar[str] = "2"


HEAD = Letterhead(("UBND TỈNH LAM GIANG",), ("KHỐI THI ĐUA SỐ 5",), "Số: 01/TB-KTĐ5")
NOTE = Note(title="Thông báo", letterhead=HEAD, lines=("Điều 1", "Điều 2"))


def test_json_holds_every_field_in_a_fixed_order():
    assert json.loads(NOTE.to_json()) == {
        "letterhead": {
            "body_lines": ["KHỐI THI ĐUA SỐ 5"],
            "number": "Số: 01/TB-KTĐ5",
            "place_date": "",
            "superior_lines": ["UBND TỈNH LAM GIANG"],
        },
        "lines": ["Điều 1", "Điều 2"],
        "title": "Thông báo",
    }
    assert list(json.loads(NOTE.to_json())) == ["letterhead", "lines", "title"]


@pytest.mark.parametrize(
    ("place_date", "expected"),
    [
        ("Lam Giang, ngày 29 tháng 12 năm 2026", False),
        ("Thành phố Hồ Chí Minh, ngày 29 tháng 12 năm 2026", True),
    ],
)
def test_long_line_of_place_and_date_is_known(place_date, expected):
    assert replace(HEAD, place_date=place_date).has_long_date is expected


@pytest.mark.parametrize(
    ("line", "expected"), [("KHỐI THI ĐUA SỐ 5", False), ("BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ", True)]
)
def test_long_name_in_the_letterhead_is_known(line, expected):
    assert replace(HEAD, body_lines=("SỞ", line)).has_long_name is expected


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("", 20, ()),
        ("SỞ XÂY DỰNG", 20, ("SỞ XÂY DỰNG",)),
        ("BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP", 22, ("BAN QUẢN LÝ CÁC", "KHU CÔNG NGHIỆP")),
        ("Nghiêngnghiêngnghiêng rồi", 10, ("Nghiêngnghiêngnghiêng", "rồi")),
        (
            "Hội nghị tổng kết phong trào thi đua và bình xét, suy tôn năm 2026 của Khối thi đua",
            52,
            (
                "Hội nghị tổng kết phong trào thi đua và",
                "bình xét, suy tôn năm 2026 của Khối thi đua",
            ),
        ),
    ],
)
def test_lines_are_few_and_of_similar_length(text, longest, expected):
    assert break_lines(text, longest) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Xây dựng", "Sở Xây dựng"),
        ("Tờ trình số 07/TTr-KTĐ5 ngày", 'Tờ trình số <span class="nb">07/TTr-KTĐ5</span> ngày'),
        (
            "số 152/2025/NĐ-CP của Chính phủ",
            'số <span class="nb">152/2025/NĐ-CP</span> của Chính phủ',
        ),
        (
            "tại Điều 12 và năm 2026",
            'tại <span class="nb">Điều 12</span> và <span class="nb">năm 2026</span>',
        ),
        ("Khối thi đua số 5.", 'Khối thi đua <span class="nb">số 5</span>.'),
        ("chốt lần 1, hạng 4.", 'chốt lần 1, <span class="nb">hạng 4</span>.'),
        ("3. Chốt lại lần 2", '<span class="nb">3. Chốt</span> lại lần 2'),
        ("Năm 2021. Khối họp", '<span class="nb">Năm 2021</span>. Khối họp'),
        ("đạt 1.000 điểm", 'đạt <span class="nb">1.000 điểm</span>'),
        ("A & B <thử>", "A &amp; B &lt;thử&gt;"),
    ],
)
def test_unbreakable_pieces_are_wrapped_and_text_is_escaped(text, expected):
    assert nb(text) == expected
