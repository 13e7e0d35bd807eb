"""What is proposed for units known by name only."""

import pytest

from blocs.units.domain.unit_lists import code_for, short_name_for


@pytest.mark.parametrize(
    ("name", "short"),
    (
        ("Sở Giao thông Vận tải", "Sở GTVT"),
        ("Sở Nông nghiệp và Phát triển nông thôn", "Sở NN&PTNT"),
        ("Sở Nông nghiệp và Môi trường", "Sở NN&MT"),
        ("Ban Quản lý các Khu công nghiệp", "BQL các KCN"),
        ("Uỷ ban nhân dân phường Tân An", "UBND phường Tân An"),
        ("Ban Nội chính Tỉnh uỷ", "Ban Nội chính Tỉnh uỷ"),
    ),
)
def test_usual_abbreviations_are_taken(name, short):
    assert short_name_for(name) == short


def test_a_short_name_fits_its_column():
    assert len(short_name_for("Công ty " + "cổ phần " * 20)) == 100


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    (
        ("Sở Xây dựng", (), "SXD"),
        ("Sở Đầu tư", (), "SDT"),
        ("Sở Xây dựng", ("SXD", "SXD2"), "SXD3"),
        ("–", (), "DV"),
        ("a " * 40, (), "A" * 27),
    ),
)
def test_a_code_has_the_first_letters_and_is_free(name, taken, code):
    assert code_for(name, taken) == code
