"""What is typed about a conference becomes clean values."""

import datetime as dt

import pytest

from blocs.conferences.forms import (
    AgendaRowForm,
    AttendanceRowForm,
    BallotForm,
    BallotLineForm,
    SignForm,
)
from blocs.units.models import Unit
from thidua.common.stamps import stamp_of
from thidua.common.vietnamese.dates import ZONE

SHOWN = {"is_present": True, "delegate_name": "", "delegate_title": "", "absence_reason": ""}


@pytest.mark.parametrize(
    ("typed", "number"),
    (("6", "06/BB-KTĐ5"), ("12", "12/BB-KTĐ5"), (" 07/BB-SXD ", "07/BB-SXD")),
)
def test_a_number_gets_its_zero_and_its_sign(typed, number):
    data = {"number": typed, "ended_day": "28/1/2021", "ended_time": "16:45", "approvals": "8"}
    form = SignForm(data, code="KTĐ5")
    assert form.is_valid()
    assert form.signing() == {
        "number": number,
        "ended_at": dt.datetime(2021, 1, 28, 16, 45, tzinfo=ZONE),
        "approvals": 8,
    }


def test_a_number_without_sign_is_asked_about():
    form = SignForm({"number": "6a"}, code="KTĐ5")
    assert form.errors["number"] == ["Vui lòng ghi số và ký hiệu như 06/BB-KTĐ5."]


def attendance(**typed):
    shown_stamp = stamp_of(True, "", "", "")
    data = {"u1-is_present": "on", "u1-seen": shown_stamp} | {
        f"u1-{k}": v for k, v in typed.items()
    }
    return AttendanceRowForm(data, key="u1", shown=SHOWN, stamp=shown_stamp)


def test_a_line_knows_whether_it_was_changed():
    assert attendance().is_changed() is False
    assert attendance(delegate_name="  ").is_changed() is False
    assert attendance(delegate_name="Vũ Thị D").is_changed() is True


def test_a_textarea_of_a_browser_does_not_look_changed():
    stored = "Dòng một\nDòng hai"
    shown = {"title": "Thảo luận", "text": stored, "topic": "", "order": 1}
    stamp = stamp_of("Thảo luận", stored, "", 1)
    data = {"p1-title": "Thảo luận", "p1-text": "Dòng một\r\nDòng hai", "p1-seen": stamp}
    form = AgendaRowForm(data | {"p1-order": "1"}, pk=1, key="p1", shown=shown, stamp=stamp)
    assert form.is_changed() is False


def test_text_without_a_title_is_asked_about():
    data = {"n1-title": "", "n1-text": "Có nội dung", "n1-seen": "", "n1-order": ""}
    form = AgendaRowForm(data, key="n1", shown={"order": 4}, stamp="")
    assert form.errors["title"] == ["Vui lòng ghi tên nội dung."]
    assert form.cleaned_data["order"] == 4


def test_papers_are_whole_numbers_from_nought():
    form = BallotForm(
        {"method": "secret", "issued": "-1", "returned": "7,5", "valid": "", "invalid": "1000"}
    )
    assert form.errors == {
        "issued": ["Số phiếu không được là số âm."],
        "returned": ["Vui lòng nhập số nguyên."],
        "valid": ["Vui lòng nhập số này; không có phiếu nào thì nhập 0."],
        "invalid": ["Số phiếu không quá 999."],
    }


@pytest.mark.parametrize(
    ("typed", "is_written"),
    (({}, False), ({"u7-votes_for": "0"}, True), ({"u7-award": "flag"}, True)),
)
def test_an_empty_line_was_not_voted_on_and_nought_is_a_count(typed, is_written):
    form = BallotLineForm(typed, unit=Unit(pk=7))
    form.is_valid()
    assert form.is_written() is is_written
