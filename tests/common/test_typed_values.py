"""What no person types but a browser can send: a sentence each, no error page."""

import pytest
from django import forms

from blocs.units.models import Unit
from tests.factories.people import UnitFactory
from thidua.common.pages.forms import ManyField, TidyForm

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
