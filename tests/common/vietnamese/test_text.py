import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import case
from thidua.common.vietnamese.text import (
    file_stem,
    filled_lines,
    fold,
    nfc,
    plain_lines,
    squeeze,
    tone_key,
    words,
)

TEXTS = case("names-and-text")
VIETNAMESE = st.text("aàáảãạăằâấbcdđeêểghioôộơờuưứyAĐÊƠƯ -,09\u00a0", max_size=30)


@pytest.mark.parametrize("name", TEXTS["nfd_names"], ids=lambda name: name["nfc"])
def test_nfc_makes_one_form_of_two(name):
    typed = name["nfd_escaped"].encode("ascii").decode("unicode_escape")
    assert len(typed) == name["length_nfd"]
    assert nfc(typed) == name["nfc"]
    assert len(nfc(typed)) == name["length_nfc"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        (" \r\n\n", ()),
        ("Một, hai;\r\n\n  Ba, bốn \n", ("Một, hai;", "Ba, bốn")),
    ],
)
def test_a_thing_a_line_keeps_its_commas(text, lines):
    assert filled_lines(text) == lines


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  Sở   Xây dựng ", "Sở Xây dựng"),
        ("Sở\u00a0Xây dựng\u00a0", "Sở Xây dựng"),
        ("\ufeffSở\u200b Xây\tdựng\n", "Sở Xây dựng"),
        ("\u00a0" * 86, ""),
        ("", ""),
    ],
)
def test_squeeze_leaves_single_spaces(typed, clean):
    assert squeeze(typed) == clean


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Sở Giao thông Vận tải", "so giao thong van tai"),
        ("ĐẮK LẮK", "dak lak"),
        ("\u00d0ắk Lắk", "dak lak"),
        ("Ơ Ư Ê Ă Â", "o u e a a"),
        ("Y Giang Gry Niê Knơng", "y giang gry nie knong"),
    ],
)
def test_fold_drops_accents_and_capitals(typed, folded):
    assert fold(typed) == folded
    assert fold(unicodedata.normalize("NFD", typed)) == folded


@given(VIETNAMESE)
def test_fold_is_the_same_for_both_forms_and_when_repeated(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(fold(text)) == fold(text)


def test_words_are_split_at_everything_that_is_no_letter():
    assert words("Ban Thi đua – Khen thưởng, TN&MT 34/CT-TW") == [
        "ban", "thi", "dua", "khen", "thuong", "tn", "mt", "34", "ct", "tw",
    ]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), TEXTS["tone_placement"])
def test_tone_key_is_equal_for_both_tone_places(old, new):
    assert old != new
    assert tone_key(old) == tone_key(new)


@pytest.mark.parametrize(
    "typo", [typo for typo in TEXTS["seed_typos"] if "should_match" in typo], ids=str
)
def test_tone_key_sees_through_the_printed_errors(typo):
    assert tone_key(typo["published"]) == tone_key(typo["should_match"])


@pytest.mark.parametrize(
    ("first", "second", "is_equal"),
    [
        ("Sở Công Thương", "Sở Công thương", True),
        ("Thi đua - Khen thưởng", "Thi đua – Khen thưởng", True),
        ("\u00d0ắk Lắk", "Đắk Lắk", True),
        ("ba", "bá", False),
        ("Đăk Lăk", "Đắk Lắk", False),
        ("Khối 1 2", "Khối 12", False),
        ("Sở Tư pháp", "Sở Tài chính", False),
    ],
)
def test_tone_key_keeps_different_names_apart(first, second, is_equal):
    assert (tone_key(first) == tone_key(second)) is is_equal


def test_lines_have_one_kind_of_end_and_no_blanks_around():
    assert plain_lines(" Co\u031b\u0300\r\n\r\n  hai\n ") == "C\u1edd\n\n  hai"


@pytest.mark.parametrize(
    ("title", "longest", "name"),
    [
        ("Biên bản ký kết: Khối 05, Đắk Lắk", 120, "bien-ban-ky-ket-khoi-05-dak-lak"),
        ("Giấy xác nhận", 13, "giay-xac-nhan"),
        ("Giấy xác nhận", 12, "giay-xac"),
        ("Giấy xác nhận", 9, "giay-xac"),
        ("///", 9, ""),
    ],
)
def test_a_file_name_ends_with_a_whole_word(title, longest, name):
    assert file_stem(title, longest) == name
