"""What a reader of a paper must know of the texts it rests on."""

import datetime as dt

import pytest

from blocs.legal.domain.texts import LegalText, line_of_day, marked_line, numbers_in, with_lines

OLD = LegalText("98/2023/NĐ-CP", dt.date(2024, 1, 1), dt.date(2025, 6, 30), is_verified=True)
NEW = LegalText("152/2025/NĐ-CP", dt.date(2025, 7, 1), is_verified=True)
LAW = LegalText("06/2026/QH16", dt.date(2026, 10, 1))
AMENDED_LAW = "Căn cứ Luật số 06/2022/QH15, được sửa đổi, bổ sung bởi Luật số 06/2026/QH16;"
KNOWN = {"98/2023/NĐ-CP": OLD, "152/2025/NĐ-CP": NEW, "06/2026/QH16": LAW}


@pytest.mark.parametrize(
    ("text", "day", "marks"),
    [
        (OLD, dt.date(2023, 12, 31), ("có hiệu lực từ 01/01/2024",)),
        (OLD, dt.date(2024, 1, 1), ()),
        (OLD, dt.date(2025, 6, 30), ()),
        (OLD, dt.date(2025, 7, 1), ("hết hiệu lực từ 01/07/2025",)),
        (NEW, dt.date(2099, 1, 1), ()),
        (LAW, dt.date(2026, 9, 30), ("có hiệu lực từ 01/10/2026", "chưa đối chiếu")),
        (LAW, dt.date(2026, 10, 1), ("chưa đối chiếu",)),
        (LegalText("15/QĐ-UBND"), dt.date(2026, 1, 1), ("chưa đối chiếu",)),
    ],
)
def test_a_text_tells_its_first_and_last_day_and_who_never_compared_it(text, day, marks):
    assert text.marks(day) == marks


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14/6/2025", ("152/2025/NĐ-CP",)),
        ("Căn cứ Hướng dẫn số 1479/HD-BTĐKT;", ("1479/HD-BTĐKT",)),
        ("Luật số 06/2022/QH15, sửa bởi 06/2026/QH16", ("06/2022/QH15", "06/2026/QH16")),
        ("Căn cứ kết quả thảo luận ngày 12/12/2026, 7/8 phiếu", ()),
        ("Quyết định số 00/QĐ-UBND", ("00/QĐ-UBND",)),
    ],
)
def test_numbers_of_texts_are_found_and_days_are_none(line, numbers):
    assert numbers_in(line) == numbers


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("Căn cứ Nghị định số 152/2025/NĐ-CP", "Căn cứ Nghị định số 152/2025/NĐ-CP"),
        (
            "Căn cứ Nghị định số 98/2023/NĐ-CP",
            "Căn cứ Nghị định số 98/2023/NĐ-CP (hết hiệu lực từ 01/07/2025)",
        ),
        (
            "Luật số 06/2022/QH15, sửa bởi Luật số 06/2026/QH16",
            "Luật số 06/2022/QH15, sửa bởi Luật số 06/2026/QH16 (06/2022/QH15: chưa đối chiếu; "
            "06/2026/QH16: có hiệu lực từ 01/10/2026, chưa đối chiếu)",
        ),
        ("Căn cứ kết quả thảo luận", "Căn cứ kết quả thảo luận"),
    ],
)
def test_a_line_says_which_of_its_texts_ended_or_was_never_compared(line, marked):
    assert marked_line(line, KNOWN, dt.date(2026, 9, 30)) == marked


def test_offered_lines_go_below_and_none_stands_twice():
    text = "Căn cứ Nghị định số 152/2025/NĐ-CP;\n\nCăn cứ thảo luận."
    added = ["Căn cứ Nghị định số 152/2025/NĐ-CP ngày khác;", "Căn cứ Thông tư số 15/2025/TT-BNV;"]
    assert with_lines(text, added).splitlines() == [
        "Căn cứ Nghị định số 152/2025/NĐ-CP;",
        "Căn cứ thảo luận.",
        "Căn cứ Thông tư số 15/2025/TT-BNV;",
    ]


@pytest.mark.parametrize(
    ("line", "day", "written"),
    [
        (AMENDED_LAW, dt.date(2026, 4, 22), "Căn cứ Luật số 06/2022/QH15;"),
        (AMENDED_LAW, dt.date(2026, 4, 23), AMENDED_LAW),
        (
            "Căn cứ Luật số 06/2022/QH15 (đã được sửa đổi bởi Luật số 06/2026/QH16)",
            dt.date(2026, 2, 12),
            "Căn cứ Luật số 06/2022/QH15",
        ),
        ("Căn cứ Luật sửa đổi số 06/2026/QH16;", dt.date(2026, 2, 12), ""),
        (
            "Căn cứ Luật sửa đổi số 06/2026/QH16;",
            dt.date(2026, 4, 23),
            "Căn cứ Luật sửa đổi số 06/2026/QH16;",
        ),
        ("Căn cứ kết quả thảo luận;", dt.date(2026, 2, 12), "Căn cứ kết quả thảo luận;"),
    ],
)
def test_no_paper_names_what_was_issued_after_its_day(line, day, written):
    issued = LegalText("06/2026/QH16", dt.date(2026, 10, 1), issued_on=dt.date(2026, 4, 23))
    assert line_of_day(line, {"06/2026/QH16": issued}, day) == written
