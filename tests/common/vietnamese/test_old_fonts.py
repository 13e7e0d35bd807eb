"""Texts of before Unicode: recognised, turned into what people read, never guessed at."""

import unicodedata

import pytest

from thidua.common.vietnamese.old_fonts import (
    TCVN3,
    TCVN3_LETTERS,
    UNICODE,
    VNI,
    VNI_SIGNS,
    encoding_of,
    in_unicode,
    shared_encoding,
)

WRITTEN = [
    ("Së X©y dùng", TCVN3, "Sở Xây dựng"),
    ("Së N«ng nghiÖp vµ M«i tr\xadêng", TCVN3, "Sở Nông nghiệp và Môi trường"),
    ("Uû ban nh©n d©n x· T©n Thµnh", TCVN3, "Uỷ ban nhân dân xã Tân Thành"),
    ("§µi Ph¸t thanh vµ TruyÒn h×nh", TCVN3, "Đài Phát thanh và Truyền hình"),
    ("C«ng ty CÊp n\xadíc, Héi N«ng d©n", TCVN3, "Công ty Cấp nước, Hội Nông dân"),
    ("Sôû Xaây döïng", VNI, "Sở Xây dựng"),
    ("Sôû Noâng nghieäp vaø Moâi tröôøng", VNI, "Sở Nông nghiệp và Môi trường"),
    ("SÔÛ GIAÙO DUÏC VAØ ÑAØO TAÏO", VNI, "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
    ("Ñaøi Phaùt thanh vaø Truyeàn hình", VNI, "Đài Phát thanh và Truyền hình"),
    ("Uûy ban nhaân daân xaõ Kyø Lôïi", VNI, "Ủy ban nhân dân xã Kỳ Lợi"),
    ("Quaän 8, tænh Ñaêk Laék", VNI, "Quận 8, tỉnh Đăk Lắk"),
]


@pytest.mark.parametrize(("written", "encoding", "meant"), WRITTEN)
def test_an_old_text_is_known_and_read(written, encoding, meant):
    assert (encoding_of(written), in_unicode(written, encoding)) == (encoding, meant)


@pytest.mark.parametrize(
    "text",
    [
        *(meant for _, _, meant in WRITTEN),
        "UBND",
        "",
        "São Paulo, Müller, Krông Búk, Đắk Lắk, Ô Môn, Á",
        "Hòa Bình, Hoà Bình, Trà Vinh, Cà Mau, Bắc Giang",
        unicodedata.normalize("NFD", "Sở Giao thông Vận tải"),
    ],
)
def test_unicode_stays_what_it_is(text):
    assert encoding_of(text) == UNICODE
    assert in_unicode(text, UNICODE) == unicodedata.normalize("NFC", text)


def test_every_vietnamese_letter_can_be_written_in_both():
    small = {
        unicodedata.normalize("NFC", base + tone)
        for base in "aăâeêioôơuưy"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    } | {"đ"}
    plain = set("aeiouyìí")  # VNI writes ì and í as they are
    assert small - set("aeiouy") == {x for x in TCVN3_LETTERS.values() if x.islower()}
    assert small - plain == {x for x in VNI_SIGNS.values() if x.islower()}


def test_a_line_in_another_encoding_than_the_rest_is_told():
    assert shared_encoding(["Së X©y dùng", "UBND", "Së Y tÕ"]) == (TCVN3, [])
    assert shared_encoding(["Sở Y tế", "UBND", "Công an"]) == (UNICODE, [])
    assert shared_encoding(["Sở Y tế", "UBND", "Së X©y dùng"]) == (TCVN3, [2])
    assert shared_encoding([]) == (UNICODE, [])
