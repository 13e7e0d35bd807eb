"""A unit registers for the year."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.registrations.actions import (
    edit_registration,
    start_registration,
)
from blocs.states import RegistrationState, YearState
from blocs.years.models import Registration
from blocs.years.workflows import REGISTRATION
from tests.factories.blocs import year_with_members
from tests.factories.people import UnitFactory, editor_of, leader_of
from thidua.common.changes import all_words
from thidua.common.stamps import OvertakenError, stamp_of_words
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return year_with_members(state=YearState.OPEN)


@pytest.fixture
def unit(year):
    return year.members.order_by("order").last().unit


def written(year, unit, content="Giải quyết 100% hồ sơ đúng hạn"):
    return Registration.objects.create(bloc_year=year, unit=unit, content=content)


def write(registration, actor, *, seen=None, **texts):
    texts = {"titles": "Cờ thi đua", "content": "Nội dung"} | texts
    return edit_registration(registration, actor=actor, seen=seen, data=texts)


def shown(registration):
    return stamp_of_words(all_words(registration, ("titles", "content")))


def test_editor_starts_and_writes(year, unit):
    editor = editor_of(unit)
    registration = start_registration(year, actor=editor, unit=unit)
    registration = write(registration, editor)
    assert (registration.state, registration.titles, registration.content) == (
        "draft",
        "Cờ thi đua",
        "Nội dung",
    )


def test_editor_of_another_unit_does_neither(year, unit):
    stranger = editor_of(year.deputy)
    with pytest.raises(PermissionDenied):
        start_registration(year, actor=stranger, unit=unit)
    with pytest.raises(PermissionDenied):
        write(written(year, unit), stranger)


def test_unit_registers_once(year, unit):
    start_registration(year, actor=editor_of(unit), unit=unit)
    with pytest.raises(ValidationError) as error:
        start_registration(year, actor=editor_of(unit), unit=unit)
    assert error.value.messages == ["Đơn vị đã có bản đăng ký năm này."]


def test_unit_outside_the_bloc_does_not_register(year):
    unit = UnitFactory()
    with pytest.raises(ValidationError) as error:
        start_registration(year, actor=editor_of(unit), unit=unit)
    assert error.value.messages == ["Đơn vị không phải thành viên của năm thi đua này."]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("planned", "Năm thi đua chưa mở, chưa đăng ký được."),
        ("ranked", "Năm thi đua đã xếp hạng, không đăng ký hoặc sửa đăng ký được nữa."),
    ],
)
def test_year_must_be_running(state, sentence):
    year = year_with_members(state=state)
    with pytest.raises(ValidationError) as error:
        start_registration(year, actor=editor_of(year.head), unit=year.head)
    assert error.value.messages == [sentence]
    with pytest.raises(ValidationError) as error:
        write(written(year, year.head), editor_of(year.head))
    assert error.value.messages == [sentence]


def test_second_writer_is_told_and_may_save_after_reading(year, unit):
    first, second = editor_of(unit), editor_of(unit)
    registration = written(year, unit, "")
    before = shown(registration)
    write(registration, first, content="Của người thứ nhất")
    with pytest.raises(OvertakenError):
        write(registration, second, content="Của người thứ hai", seen=before)
    registration.refresh_from_db()
    assert registration.content == "Của người thứ nhất"
    write(registration, second, content="Của cả hai")
    registration.refresh_from_db()
    assert registration.content == "Của cả hai"


def test_equal_text_is_no_conflict(year, unit):
    registration = written(year, unit, "")
    before = shown(registration)
    write(registration, editor_of(unit))
    assert write(registration, editor_of(unit), seen=before).content == "Nội dung"


def test_leader_signs_and_the_text_is_closed(year, unit):
    registration = perform(REGISTRATION, "sign", written(year, unit), actor=leader_of(unit))
    assert registration.state == RegistrationState.SIGNED
    assert registration.signed_at is not None
    with pytest.raises(ValidationError) as error:
        write(registration, editor_of(unit))
    assert error.value.messages == [
        "Bản đăng ký đã ký nên không sửa được. Lãnh đạo đơn vị thu hồi ở trang bản đăng ký khi "
        "chưa được tiếp nhận; đã tiếp nhận thì đề nghị nơi tiếp nhận trả lại."
    ]


def test_editor_does_not_sign(year, unit):
    with pytest.raises(PermissionDenied):
        perform(REGISTRATION, "sign", written(year, unit), actor=editor_of(unit))


def test_empty_registration_is_not_signed(year, unit):
    with pytest.raises(ValidationError) as error:
        perform(REGISTRATION, "sign", written(year, unit, ""), actor=leader_of(unit))
    assert error.value.messages == ["Chưa ghi nội dung, chỉ tiêu đăng ký."]


def test_returned_registration_is_written_again(year, unit):
    registration = perform(REGISTRATION, "sign", written(year, unit), actor=leader_of(unit))
    secretary = editor_of(year.head)
    with pytest.raises(ValidationError) as error:
        perform(REGISTRATION, "return", registration, actor=secretary)
    assert error.value.messages == ["Vui lòng nêu lý do."]
    registration = perform(
        REGISTRATION, "return", registration, actor=secretary, note="Chưa có số liệu."
    )
    registration = write(registration, editor_of(unit), content="Đã có số liệu: 100%")
    registration = perform(REGISTRATION, "sign", registration, actor=leader_of(unit))
    assert perform(REGISTRATION, "check", registration, actor=secretary).state == "checked"
