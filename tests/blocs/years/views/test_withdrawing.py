"""A signed registration is taken back until it is received, a return until the unit begins."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from blocs.registrations.actions import edit_registration
from blocs.states import YearState
from blocs.years.models import Registration
from tests.factories.blocs import year_with_members
from tests.factories.people import editor_of, leader_of
from thidua.common.models import ActivityEntry
from thidua.common.vietnamese.dates import ZONE

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 1, 5, 9, tzinfo=ZONE)
UNTIL = "Lãnh đạo đơn vị thu hồi được cho đến khi khối tiếp nhận"
CONTENT = "Giữ vững danh hiệu."


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def signed():
    """The deputy's registration, signed."""
    year = year_with_members(3, state=YearState.OPEN)
    return Registration.objects.create(
        bloc_year=year, unit=year.deputy, state="signed", content=CONTENT, signed_at=MONDAY
    )


def move(client, row, name, **data):
    return client.post(reverse("registrations:registration_move", args=(row.pk, name)), data)


def page(client, row, person):
    client.force_login(person)
    context = client.get(row.get_absolute_url()).context
    return dict(context["facts"]).get("Thu hồi", ""), [one["label"] for one in context["moves"]]


def test_signed_registration_is_taken_back_with_a_reason(client, signed):
    leader = leader_of(signed.unit)
    assert page(client, signed, leader) == (UNTIL, ["Thu hồi bản đăng ký"])
    assert move(client, signed, "withdraw", note=" ").status_code == 422
    assert move(client, signed, "withdraw", note="Thiếu chỉ tiêu.").status_code == 302
    signed.refresh_from_db()
    assert (signed.state, signed.signed_at) == ("draft", None)
    line = ActivityEntry.objects.about(signed).first()
    assert (line.label, line.note, line.actor) == ("Thu hồi bản đăng ký", "Thiếu chỉ tiêu.", leader)


def test_received_registration_says_why_it_stays(client, signed):
    secretary = editor_of(signed.bloc_year.head)
    client.force_login(secretary)
    assert move(client, signed, "check").status_code == 302
    said = ("Khối đã tiếp nhận nên không thu hồi được nữa", [])
    assert page(client, signed, leader_of(signed.unit)) == said
    assert move(client, signed, "withdraw", note="Sửa.").status_code == 422


def test_reason_of_a_return_stands_on_top_and_in_the_task(client, signed):
    client.force_login(editor_of(signed.bloc_year.head))
    move(client, signed, "return", note="Chưa nêu chỉ tiêu cụ thể.")
    client.force_login(editor_of(signed.unit))
    (task,) = client.get(reverse("home:tasks")).context["tasks"]
    assert task.label == ("Sửa bản đăng ký thi đua bị trả lại năm 2026: Chưa nêu chỉ tiêu cụ thể.")
    body = client.get(signed.get_absolute_url()).content.decode()
    assert body.index("Chưa nêu chỉ tiêu cụ thể.") < body.index("Hạn đăng ký")


def test_signing_again_unchanged_asks_and_changed_does_not(client, signed):
    client.force_login(editor_of(signed.bloc_year.head))
    move(client, signed, "return", note="Chưa nêu chỉ tiêu.")
    client.force_login(leader_of(signed.unit))
    answer = move(client, signed, "sign")
    assert answer.status_code == 422
    assert next(map(str, answer.context["messages"])) == (
        "Bản đăng ký chưa thay đổi gì so với lần trả lại lúc 09:00 05/01/2026. Vẫn ký gửi lại?"
    )
    data = {"titles": "", "content": "Đạt 100% chỉ tiêu."}
    edit_registration(signed, data=data, actor=editor_of(signed.unit))
    assert move(client, signed, "sign").status_code == 302


def test_unchanged_registration_goes_with_the_tick_and_comes_back_as_returned(client, signed):
    client.force_login(editor_of(signed.bloc_year.head))
    move(client, signed, "return", note="Chưa nêu chỉ tiêu.")
    client.force_login(leader_of(signed.unit))
    assert move(client, signed, "sign", confirmed="on").status_code == 302
    assert move(client, signed, "withdraw", note="Để sửa.").status_code == 302
    signed.refresh_from_db()
    assert (signed.state, signed.return_reason) == ("returned", "Chưa nêu chỉ tiêu.")


def test_return_is_taken_back_until_the_unit_begins(client, signed):
    secretary = editor_of(signed.bloc_year.head)
    client.force_login(secretary)
    move(client, signed, "return", note="Nhầm.")
    assert move(client, signed, "undo_return", note="Trả nhầm.").status_code == 302
    signed.refresh_from_db()
    assert (signed.state, signed.return_reason) == ("signed", "")
    move(client, signed, "return", note="Thiếu.")
    data = {"titles": "Cờ thi đua", "content": CONTENT}
    edit_registration(signed, data=data, actor=editor_of(signed.unit))
    assert move(client, signed, "undo_return", note="Trả nhầm.").status_code == 422
