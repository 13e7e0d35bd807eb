"""What comes in through the forms of blocs."""

import datetime as dt

import pytest

from blocs.units.forms.blocs import MemberEndForm, MemberForm, PasteForm
from tests.factories.people import UnitFactory

pytestmark = pytest.mark.django_db


def test_members_are_offered_in_vietnamese_order_without_ended_ones():
    for name in ("Sở Đầu tư", "Sở Du lịch", "Sở Công thương"):
        UnitFactory(name=name)
    UnitFactory(name="Sở Bưu chính", dissolved_on="2025-03-01")
    assert [unit.name for unit in MemberForm().fields["unit"].queryset] == [
        "Sở Công thương",
        "Sở Du lịch",
        "Sở Đầu tư",
    ]


def test_leaving_needs_a_day():
    assert MemberEndForm({"ends_on": ""}).errors == {
        "ends_on": ["Hãy nhập ngày cuối cùng trong khối."]
    }


def test_a_list_needs_text_and_a_day():
    form = PasteForm({"text": " ", "starts_on": "5/1/2026", "superior": "UBND TỈNH"})
    assert form.errors == {"text": ["Hãy nhập danh sách đơn vị."]}
    assert form.cleaned_data["starts_on"] == dt.date(2026, 1, 5)
