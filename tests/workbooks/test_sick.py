"""Files made to stop the office: each is answered in time, with a sentence, and stops nobody."""

import datetime as dt
import io
import pickle
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from tests.factories import sick_books
from thidua.common.warm.server import PATIENCE
from thidua.workbooks import UNCALCULATED, cell_day, cell_decimal, cell_text, read_workbook
from thidua.workbooks.formats import PercentNumber
from thidua.workbooks.process import unpacked
from thidua.workbooks.reading import READERS

COPY = "Hãy chép số liệu sang tệp mới rồi tải lại."
BROKEN = "Tệp “a.xlsx” bị hỏng hoặc chưa trọn vẹn. Hãy mở thử trên máy rồi tải lại."
BOMB = f"Tệp “a.xlsx” bung ra quá lớn nên không đọc. {COPY}"
COSTLY = f"Tệp “a.xlsx” quá nặng để đọc: máy chủ đã dừng giữa chừng. {COPY}"
SICK = {
    "far_row": BROKEN,
    "wide_empty_rows": (
        "Trang “Điểm” có ô kẻ khung hoặc tô màu đến ô XFD1, dù không có số liệu; chỉ đọc đến dòng "
        "20000 và cột thứ 400. Hãy chọn các dòng, cột thừa, bấm Xóa (Delete) rồi lưu lại."
    ),
    "empty_cell_far_below": (
        "Trang “Điểm” có ô kẻ khung hoặc tô màu đến ô A20001, dù không có số liệu; chỉ đọc đến "
        "dòng 20000 và cột thứ 400. Hãy chọn các dòng, cột thừa, bấm Xóa (Delete) rồi lưu lại."
    ),
    "zip_bomb": BOMB,
    "many_texts": ("Tệp “a.xlsx” có hơn 500000 đoạn chữ; tệp số liệu không lớn đến thế."),
    "deep_cells": COSTLY,
    "declared_entities": BROKEN,
    "many_styles": (f"Tệp “a.xlsx” có hơn 65490 kiểu định dạng, nhiều hơn Excel mở được. {COPY}"),
    "cut_short": BROKEN,
    "lying_sizes": BROKEN,
    "full_of_nothing": COSTLY,
    "rows_without_end": "Trang “Điểm” có hơn 20000 dòng; tệp số liệu không lớn đến thế.",
    "many_cells": (
        "Tệp “a.xlsx” có hơn 250000 ô số liệu; tệp số liệu không lớn đến thế. Hãy bỏ trang thừa."
    ),
    "backwards": BROKEN,
    "long_number": BROKEN,
    "deep_names": BROKEN,
}


def upload(content):
    return SimpleUploadedFile("a.xlsx", content)


@pytest.mark.parametrize("name", SICK)
def test_a_sick_workbook_is_answered_in_time_with_a_sentence(name):
    content = getattr(sick_books, name)()
    began = time.monotonic()
    with pytest.raises(ValidationError) as caught:
        read_workbook(upload(content))
    assert caught.value.messages == [SICK[name]]
    assert time.monotonic() - began < PATIENCE * READERS.seconds + 5


def test_all_readers_together_cost_little_of_a_small_machine():
    assert READERS.seconds * PATIENCE <= 30
    assert READERS.memory_mb * READERS.lanes <= 512


def test_what_stands_behind_the_rows_is_not_even_looked_at():
    assert read_workbook(upload(sick_books.many_merges()))["Điểm"].rows == ((1,),)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1e999", "inf"),
        ("-1e999", "-inf"),
        ("9" * 41, "9" * 41),
        ("1e300", "1e+300"),
        ("1e30", 1e30),
        ("1" + "0" * 20, 10**20),
    ],
)
def test_a_number_no_sheet_can_hold_is_refused_in_its_cell(typed, found):
    content = sick_books.of_rows(sick_books.row(1, sick_books.cell("A1", typed)))
    value = read_workbook(upload(content))["Điểm"].value(1, 1)
    assert value == found
    for decimals in (0, 2):
        with pytest.raises(ValidationError) as caught:
            cell_decimal(value, decimals)
        assert caught.value.messages[0][-1] == "."
    assert len(cell_text(value)) > 2
    with pytest.raises(ValidationError):
        cell_day(value)


def test_the_answer_of_the_reading_process_is_not_trusted():
    """Bytes that would run something in the worker are no sheet."""
    with pytest.raises(pickle.UnpicklingError, match=r"builtins\.eval is no value of a sheet"):
        unpacked(b"cbuiltins\neval\n(V1\ntR.")
    # A module of ours holds others by their names.
    named = b"".join(bytes((0x8C, len(one))) + one for one in (b"thidua.workbooks.process", b"io"))
    with pytest.raises(pickle.UnpicklingError, match=r"process\.io is no value of a sheet"):
        unpacked(b"\x80\x04" + named + b"\x93.")


def test_hidden_sheets_days_and_percents_come_back_as_they_are():
    book = Workbook()
    book.active.append([True, 1.5, "x", dt.date(2026, 12, 5), dt.time(7, 30), "=1+1"])
    book.active["B1"].number_format = "0%"
    book.create_sheet("Ẩn").sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    first, second = read_workbook(upload(file.getvalue())).values()
    day = dt.datetime(2026, 12, 5)  # noqa: DTZ001 - a day of Excel has no zone
    assert first.rows == ((True, 1.5, "x", day, dt.time(7, 30), UNCALCULATED),)
    assert (type(first.value(1, 2)), second.is_hidden) == (PercentNumber, True)
