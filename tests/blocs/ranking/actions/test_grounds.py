"""A ground is recorded with its paper, holds until it is lifted, and stays on record."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.ranking.actions.grounds import lift_ground, record_ground
from blocs.ranking.models import Ground
from blocs.states import SeatRole, YearState
from tests.factories.blocs import small_table, year_with_members
from tests.factories.grounds import GROUNDS
from tests.factories.people import editor_of, leader_of, official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 12, 10)


@pytest.fixture
def year():
    found = year_with_members()
    small_table(found, settings={"disqualifiers": GROUNDS})
    return found


@pytest.fixture
def office():
    return official(SeatRole.OFFICE)


def found(year, actor, **kwargs):
    values = {
        "unit": year.deputy,
        "code": "held",
        "basis": "  Quyết định thanh tra số 12/QĐ-TTr ",
        "found_on": TODAY,
        "today": TODAY,
    }
    return record_ground(year, actor=actor, **(values | kwargs))


def test_ground_is_recorded_with_its_paper(year, office):
    ground = found(year, office)
    assert (ground.unit, ground.code, ground.basis) == (
        year.deputy,
        "held",
        "Quyết định thanh tra số 12/QĐ-TTr",
    )
    entry = ActivityEntry.objects.about(year).get()
    assert entry.label == f"Ghi nhận điều kiện loại: {year.deputy}"
    assert [(row["field"], row["after"]) for row in entry.changes] == [
        ("đơn vị", year.deputy.name),
        ("điều kiện", "Đang bị thanh tra"),
        ("căn cứ", "Quyết định thanh tra số 12/QĐ-TTr"),
        ("ghi nhận ngày", "10/12/2026"),
    ]


def test_ground_is_lifted_with_another_paper_and_stays(year, office):
    ground = found(year, office)
    lifted = lift_ground(
        ground, basis="Kết luận 15/KL-TTr", lifted_on=TODAY, today=TODAY, actor=office
    )
    assert (lifted.lifted_on, lifted.lift_basis) == (TODAY, "Kết luận 15/KL-TTr")
    assert Ground.objects.count() == 1
    with pytest.raises(ValidationError, match="đã chấm dứt hiệu lực"):
        lift_ground(ground, basis="Nữa", lifted_on=TODAY, today=TODAY, actor=office)
    assert found(year, office).pk != ground.pk


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        (
            {"code": "none"},
            "code",
            "Bảng chấm điểm đang áp dụng cho đơn vị không có điều kiện này.",
        ),
        ({"basis": " "}, "basis", "Vui lòng ghi văn bản, kết luận làm căn cứ."),
        ({"found_on": dt.date(2026, 12, 11)}, "found_on", "Ngày không được sau hôm nay."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(year, office, values, field, sentence):
    with pytest.raises(ValidationError) as error:
        found(year, office, **values)
    assert error.value.message_dict == {field: [sentence]}
    assert Ground.objects.count() == 0


def test_ground_holds_once_and_for_members_only(year, office):
    found(year, office)
    with pytest.raises(ValidationError) as error:
        found(year, office)
    assert error.value.message_dict["code"] == [
        "Điều kiện này của đơn vị đã được ghi nhận và còn hiệu lực."
    ]
    with pytest.raises(ValidationError) as error:
        found(year, office, unit=year_with_members().head)
    assert error.value.message_dict["unit"] == [
        "Đơn vị không phải là thành viên của năm thi đua này."
    ]


def test_closed_year_takes_no_ground(office):
    year = year_with_members(state=YearState.ARCHIVED)
    small_table(year, settings={"disqualifiers": GROUNDS})
    with pytest.raises(ValidationError, match="“Đã lưu” nên không ghi nhận được"):
        found(year, office)


@pytest.mark.parametrize(
    ("lifted_on", "basis", "field"),
    [
        (dt.date(2026, 12, 11), "KL", "lifted_on"),
        (dt.date(2026, 12, 9), "KL", "lifted_on"),
        (TODAY, "  ", "lift_basis"),
    ],
)
def test_end_of_a_ground_needs_a_day_and_a_paper(year, office, lifted_on, basis, field):
    ground = found(year, office)
    with pytest.raises(ValidationError) as error:
        lift_ground(ground, basis=basis, lifted_on=lifted_on, today=TODAY, actor=office)
    assert list(error.value.message_dict) == [field]


def test_head_records_for_others_and_never_for_the_own_unit(year):
    head = leader_of(year.head)
    assert found(year, head).unit == year.deputy
    with pytest.raises(PermissionDenied):
        found(year, head, unit=year.head)


@pytest.mark.parametrize("unit", ["head", "deputy"])
def test_others_record_nothing(year, unit):
    for person in (editor_of(getattr(year, unit)), leader_of(year.deputy)):
        with pytest.raises(PermissionDenied):
            found(year, person)
    with pytest.raises(PermissionDenied):
        found(year, leader_of(year_with_members().head))
