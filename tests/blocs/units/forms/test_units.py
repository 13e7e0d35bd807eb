"""What comes in through the forms of units."""

import unicodedata

import pytest

from blocs.units.forms.units import SuccessionForm, UnitForm
from tests.factories.people import UnitFactory
from thidua.common.pages.sentences import NO_SUCH_DAY

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Sở Xây dựng",
    "short_name": "Sở XD",
    "code": "SXD",
    "superior": "UBND TỈNH",
    "letterhead": "SỞ\r\nXÂY DỰNG",
    "leader_title": "Giám đốc",
}


def test_text_is_stored_in_one_form():
    form = UnitForm(TYPED | {"name": unicodedata.normalize("NFD", "Sở Xây dựng")})
    assert form.errors == {}
    assert form.cleaned_data["name"] == "Sở Xây dựng"
    assert form.cleaned_data["letterhead"] == "SỞ\nXÂY DỰNG"


def test_a_day_that_does_not_exist_is_refused():
    assert UnitForm(TYPED | {"founded_on": "31/02/2020"}).errors == {"founded_on": [NO_SUCH_DAY]}


def test_a_unit_ends_after_it_began():
    form = UnitForm(TYPED | {"founded_on": "01/01/2020", "dissolved_on": "01/01/2019"})
    assert form.errors == {"__all__": ["Ngày thôi hoạt động phải sau ngày thành lập."]}


def test_a_unit_is_not_offered_as_its_own_successor():
    unit, other = UnitFactory(name="Sở Đầu tư"), UnitFactory(name="Sở Du lịch")
    assert list(SuccessionForm(unit=unit).fields["successor"].queryset) == [other]
