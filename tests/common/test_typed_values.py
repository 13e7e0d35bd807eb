"""What no person types but a browser can send: a sentence each, no error page."""

from datetime import time
from decimal import Decimal

import pytest
from django import forms

from blocs.units.models import Unit
from tests.factories.people import UnitFactory
from thidua.common.pages.forms import DecimalCommaField, ManyField, TidyForm

pytestmark = pytest.mark.django_db


class Typed(TidyForm):
    name = forms.CharField()
    count = forms.IntegerField()
    units = ManyField(queryset=Unit.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = Unit.objects.all()


def errors(**typed):
    return {"name": "Sở A", "count": "1", **typed}


@pytest.mark.parametrize("value", [str(2**63), "9" * 400, "-1", "một", "²", ""])
def test_an_id_that_none_can_be_is_not_offered(value):
    unit = UnitFactory()
    form = Typed(errors(units=[str(unit.pk), value]))
    sentence = "Có lựa chọn không còn trong danh sách; vui lòng tải lại trang và chọn lại."
    assert form.errors == {"units": [sentence]}


def test_what_is_offered_is_taken():
    units = [UnitFactory(), UnitFactory()]
    form = Typed(errors(units=[str(unit.pk) for unit in units]))
    assert (form.errors, set(form.cleaned_data["units"])) == ({}, set(units))


@pytest.mark.parametrize(("typed", "told"), [("9999", []), ("10000", 1), ("9" * 30, 1)])
def test_a_count_without_a_limit_of_its_own_has_ours(typed, told):
    sentence = ["Số lớn nhất ghi được ở đây là 9999; vui lòng xem lại."]
    assert Typed(errors(count=typed)).errors.get("count", []) == (sentence if told else [])


def test_a_control_character_is_told_in_vietnamese():
    form = Typed(errors(name="Sở\0A"))
    assert form.errors == {
        "name": ["Nội dung có ký tự điều khiển không ghi được; vui lòng xóa đoạn đó và gõ lại."]
    }


class Asked(TidyForm):
    """Each kind of field with a limit or a format, as the forms of the product use them."""

    day = forms.DateField(required=False)
    hour = forms.TimeField(required=False)
    places = forms.IntegerField(required=False, min_value=1, max_value=4)
    own = forms.IntegerField(required=False, max_value=4, error_messages={"max_value": "Quá 4."})
    share = DecimalCommaField(label="Tỷ lệ phiếu tối thiểu (%)")
    sum = DecimalCommaField(label="Điểm")


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("day", "31/02/2026", "Ngày phải có trong lịch và viết ngày/tháng/năm, như 05/12/2026."),
        ("day", "hôm nay", "Ngày phải có trong lịch và viết ngày/tháng/năm, như 05/12/2026."),
        ("hour", "25h", "Giờ viết như 17:00 hoặc 17h30, từ 00:00 đến 23:59."),
        ("places", "5", "Số lớn nhất ghi được ở đây là 4; vui lòng xem lại."),
        ("places", "0", "Số nhỏ nhất ghi được ở đây là 1; vui lòng xem lại."),
        ("places", "ba", "Vui lòng nhập số nguyên."),
        ("own", "5", "Quá 4."),
        (
            "sum",
            "66,7%",
            "“66,7%” có thể là 66,7 hoặc 0,667. Vui lòng ghi đúng con số cần nhập, không kèm dấu "
            "%.",
        ),
        ("share", "nhiều %", "“nhiều %” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5."),
    ],
)
def test_what_is_refused_is_told_in_our_words(name, typed, told):
    assert Asked({name: typed}).errors == {name: [told]}


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("hour", "8h", time(8)),
        ("hour", "17h30", time(17, 30)),
        ("hour", "17 giờ 00", time(17)),
        ("hour", "17:00", time(17)),
        ("share", "70%", Decimal(70)),
        ("share", "66,7 %", Decimal("66.7")),
    ],
)
def test_hours_and_percents_are_read_as_people_write_them(name, typed, value):
    form = Asked({name: typed})
    assert (form.errors, form.cleaned_data.get(name)) == ({}, value)
