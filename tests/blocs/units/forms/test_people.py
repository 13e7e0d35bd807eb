"""What comes in through the forms of people."""

import datetime as dt

import pytest

from blocs.units.forms.people import PasswordForm, SeatForm
from tests.factories.people import UnitFactory

pytestmark = pytest.mark.django_db


def test_spaces_of_a_password_count():
    form = PasswordForm({"password": " mua xuan "})
    form.is_valid()
    assert form.cleaned_data["password"] == " mua xuan "


def test_a_province_seat_has_no_unit():
    typed = {"role": "office", "unit": UnitFactory().pk, "starts_on": "01/01/2026"}
    assert SeatForm(typed).errors == {
        "__all__": ["Cán bộ đầu mối và lãnh đạo đơn vị phải chọn đơn vị; vai trò khác thì không."]
    }


def test_a_seat_is_offered_at_units_that_stand():
    standing = UnitFactory()
    UnitFactory(dissolved_on=dt.date(2025, 12, 31))
    assert list(SeatForm().fields["unit"].queryset) == [standing]
