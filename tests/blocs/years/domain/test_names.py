import pytest

from blocs.years.domain.names import YearNameError, read_year, year_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026", (2026, False)),
        (" năm 2026 ", (2026, False)),
        ("2026-2027", (2026, True)),
        ("2026–2027", (2026, True)),
        ("2026 / 2027", (2026, True)),
        ("Năm học  2026 - 2027", (2026, True)),
    ],
)
def test_a_year_is_read_as_people_write_it(text, found):
    assert read_year(text) == found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("hai nghìn", "Ghi năm như “2026”, hoặc năm học như “2026–2027”."),
        ("26-27", "Ghi năm như “2026”, hoặc năm học như “2026–2027”."),
        ("2026-2028", "Năm học 2026–2028 không liền nhau; hãy ghi “2026–2027”."),
        ("2027-2026", "Năm học 2027–2026 không liền nhau; hãy ghi “2027–2028”."),
        ("1999", "Năm phải từ 2000 đến 2100."),
    ],
)
def test_what_is_no_year_is_refused_with_the_way_to_write_it(text, sentence):
    with pytest.raises(YearNameError) as refusal:
        read_year(text)
    assert str(refusal.value) == sentence


def test_a_year_has_one_name_everywhere():
    assert year_words(2026, is_school_year=False) == "năm 2026"
    assert year_words(2026, is_school_year=True) == "năm học 2026–2027"
