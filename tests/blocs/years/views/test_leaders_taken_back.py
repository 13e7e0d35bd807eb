"""A change of head and deputies recorded by mistake is taken back while nobody has acted by it."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from blocs.states import SeatRole, YearState
from blocs.units.models import Unit
from blocs.years.actions.leaders import cancel_leaders, change_leaders
from blocs.years.models import BlocYear, Leadership
from blocs.years.models.leaderships import year_leaders
from tests.factories.blocs import ReportFactory, small_table, year_with_members
from tests.factories.people import leader_of, official
from tests.page_forms import fields_of
from thidua.common.activity import record
from thidua.common.models import ActivityEntry
from thidua.common.workflow import NEEDS_NOTE

pytestmark = pytest.mark.django_db
JUNE = dt.datetime(2026, 6, 1, 3, tzinfo=dt.UTC)
NOT_LAST = "Chỉ hủy được thay đổi ghi sau cùng của năm; hãy hủy các thay đổi ghi sau trước."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(JUNE, tick=False) as found:
        yield found


@pytest.fixture
def year():
    """Sở A leads, Sở B is deputy; Sở C and Sở D are members."""
    basis = {"head_basis": "Thông báo số 5"}
    found = year_with_members(4, state=YearState.IN_PROGRESS, **basis)
    for member, letter in zip(found.members.select_related("unit"), "ABCD", strict=True):
        member.unit.name = f"Sở {letter}"
        member.unit.save()
    return BlocYear.objects.get(pk=found.pk)


def unit(year, letter):
    return Unit.objects.get(years__bloc_year=year, name=f"Sở {letter}")


def lead(year, on=JUNE, **letters):
    data = {post: unit(year, letter) for post, letter in letters.items()}
    said = {"on": on.date(), "decision": "Biên bản số 05"}
    change_leaders(year, actor=official(SeatRole.OFFICE), data=data, **said)


def page(year, number=1):
    change = year.leaderships.get(number=number)
    return reverse("changes:leader_cancel", args=(change.pk,))


def cancel(client, year, number=1, reason="Ghi nhầm đơn vị"):
    client.force_login(official(SeatRole.OFFICE))
    return client.post(page(year, number), {"reason": reason})


def later(clock):
    clock.shift(dt.timedelta(minutes=5))


def test_as_if_it_had_not_been_recorded_and_kept_on_record(client, year):
    lead(year, head="C", on=JUNE - dt.timedelta(days=10))
    assert cancel(client, year).status_code == 302
    found = BlocYear.objects.get(pk=year.pk)
    assert (found.head, found.deputy, found.head_basis) == (
        unit(year, "A"),
        unit(year, "B"),
        "Thông báo số 5",
    )
    assert year_leaders(found, JUNE.date()).head == unit(year, "A")
    row = Leadership.objects.get(number=1)
    assert (row.cancelled_at, row.cancel_reason) == (JUNE, "Ghi nhầm đơn vị")
    entry = ActivityEntry.objects.about(found).first()
    assert (entry.label, entry.note, entry.changes) == (
        "Hủy thay đổi khối trưởng, khối phó số 01",
        "Ghi nhầm đơn vị",
        [{"field": "khối trưởng", "before": "Sở C", "after": "Sở A"}],
    )
    listed = client.get(reverse("changes:leader_list", args=(year.pk,)))
    assert "Đã hủy lúc 10:00 01/06/2026, lý do: Ghi nhầm đơn vị" in listed.content.decode()
    assert listed.context["last"] is None


def test_the_right_day_may_be_earlier_than_that_of_what_was_taken_back(client, year):
    lead(year, head="C")
    cancel(client, year, reason="Ghi nhầm ngày")
    lead(year, head="C", on=JUNE - dt.timedelta(days=30))
    rows = Leadership.objects.order_by("number").values_list("number", "on")
    assert list(rows) == [
        (0, dt.date(2026, 1, 1)),
        (1, dt.date(2026, 6, 1)),
        (2, dt.date(2026, 5, 2)),
    ]
    assert year_leaders(year, dt.date(2026, 5, 20)).head == unit(year, "C")


def test_of_several_changes_the_newest_goes_first(client, year):
    lead(year, head="C")
    lead(year, second_deputy="D")
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(page(year, 1), follow=True)
    assert [str(message) for message in answer.context["messages"]] == [NOT_LAST]
    refused = cancel(client, year, 1)
    assert refused.context["form"].non_field_errors() == [NOT_LAST]
    assert answer.context["last"].number == 2
    assert cancel(client, year, 2).status_code == 302
    assert cancel(client, year, 1).status_code == 302
    found = BlocYear.objects.get(pk=year.pk)
    assert (found.head, found.second_deputy) == (unit(year, "A"), None)
    assert cancel(client, year, 1).status_code == 404


def test_nothing_is_taken_back_once_the_new_head_has_acted(client, year, clock):
    person = leader_of(unit(year, "C"))
    lead(year, head="C")
    later(clock)
    client.force_login(person)
    move = reverse("years:year_move", args=(year.pk, "midyear"))
    assert client.post(move, {"note": "Sơ kết tốt."}).status_code == 302
    sentence = (
        "Từ khi ghi thay đổi này đã có việc làm theo: “Ghi kết quả sơ kết 6 tháng” lúc "
        "10:05 01/06/2026. Những việc đó giữ nguyên nên không hủy; hãy ghi một thay đổi mới."
    )
    client.force_login(official(SeatRole.OFFICE))
    told = client.get(page(year), follow=True).context["messages"]
    assert [str(message) for message in told] == [sentence]
    assert cancel(client, year).context["form"].non_field_errors() == [sentence]
    assert BlocYear.objects.get(pk=year.pk).head == unit(year, "C")


def test_what_a_unit_does_for_itself_rests_on_no_post(client, year, clock):
    """Its own sheet is its own; the sheet of another unit it touched as head."""
    person, table = leader_of(unit(year, "C")), small_table(year)
    own, other = (ReportFactory(bloc_year=year, unit=unit(year, one), table=table) for one in "CD")
    lead(year, head="C")
    later(clock)
    record(person, "reports.save", own, label="Lưu bảng tự chấm")
    assert fields_of(client_of_office(client).get(page(year))) != {}
    record(person, "reports.return", other, label="Trả lại báo cáo")
    assert cancel(client, year).status_code == 422


def client_of_office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def test_what_the_old_head_did_does_not_hold_the_change(client, year, clock):
    person = leader_of(unit(year, "A"))
    lead(year, second_deputy="D")
    later(clock)
    record(person, "years.year.midyear", year, label="Ghi kết quả sơ kết")
    assert cancel(client, year).status_code == 302
    assert BlocYear.objects.get(pk=year.pk).second_deputy is None


def test_a_head_that_left_meanwhile_does_not_come_back(client, year):
    lead(year, head="C")
    year.members.filter(unit=unit(year, "A")).update(left_on=dt.date(2026, 5, 30))
    refused = cancel(client, year)
    assert refused.context["form"].non_field_errors() == [
        "Khối trưởng phải là đơn vị thành viên của năm thi đua này. Sở A thôi tham gia từ "
        "30/05/2026."
    ]


@pytest.mark.parametrize("reason", ("", "  "))
def test_a_reason_is_asked(client, year, reason):
    lead(year, head="C")
    assert cancel(client, year, reason=reason).status_code == 422
    assert Leadership.objects.get(number=1).cancelled_at is None


def test_no_change_is_taken_back_without_a_reason_by_whomever(year):
    lead(year, head="C")
    change = Leadership.objects.get(number=1)
    with pytest.raises(ValidationError) as caught:
        cancel_leaders(change, actor=official(SeatRole.OFFICE), reason="  ")
    assert (caught.value.message_dict, BlocYear.objects.get().head) == (
        {"reason": [NEEDS_NOTE]},
        unit(year, "C"),
    )


@pytest.mark.parametrize("state", (YearState.DECIDED, YearState.ARCHIVED))
def test_leaders_of_a_decided_year_stay(client, year, state):
    lead(year, head="C")
    BlocYear.objects.update(state=state)
    assert cancel(client, year).status_code == 422
    assert BlocYear.objects.get(pk=year.pk).head == unit(year, "C")


def test_only_the_office_takes_back(client, year):
    lead(year, head="C")
    client.force_login(leader_of(unit(year, "A")))
    assert client.post(page(year), {"reason": "Nhầm"}).status_code == 403
