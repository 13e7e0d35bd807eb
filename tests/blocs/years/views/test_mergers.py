"""A merger is told to the people of the successor and of the head, with what is taken over."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from blocs.states import MemberChangeKind as K
from blocs.states import RegistrationState, ReportState, YearState
from blocs.years.models import MemberChange, Registration
from tests.factories.blocs import ReportFactory, year_with_members
from tests.factories.changes import JULY_1, change_members, confirmed, office_browser
from tests.factories.people import UnitFactory, editor_of, leader_of
from thidua.home.tasks import tasks_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel("2026-11-29T03:00:00Z", tick=False):
        yield


@pytest.fixture
def year():
    found = year_with_members(5, state=YearState.CLOSING)
    for member, letter in zip(found.members.select_related("unit"), "ABCDE", strict=True):
        member.unit.name = member.unit.short_name = f"Sở {letter}"
        member.unit.save()
    return found


def unit(year, letter):
    return year.members.get(unit__name=f"Sở {letter}").unit


def labels(person):
    found = [one.label for one in tasks_of(person, timezone.now())]
    return [label for label in found if label.endswith(": xem tiếp nhận")]


def merge(gone, heir, *, takes_place=True):
    data = {"successor": heir.pk, "on": "01/07/2026", "decision": "NQ 1"}
    url = reverse("units:unit_succession", args=(gone.pk,))
    more = {"moves_memberships": "on"} if takes_place else {}
    assert confirmed(office_browser(), url, data | more).status_code == 302


def taken(client, change, person):
    client.force_login(person)
    answer = client.get(reverse("changes:member_change_detail", args=(change.pk,)))
    return answer.context["taken"]


def test_a_merged_member_is_told_to_its_successor_and_to_the_head(year, client):
    gone, heir = unit(year, "E"), unit(year, "C")
    moment = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    signed = {"state": RegistrationState.CHECKED, "content": "Một", "signed_at": moment}
    Registration.objects.create(bloc_year=year, unit=gone, **signed)
    ReportFactory(bloc_year=year, unit=gone, state=ReportState.DRAFT)
    merge(gone, heir)
    label = ["Sở E sáp nhập vào Sở C từ 01/07/2026: xem tiếp nhận"]
    told = [leader_of(heir), editor_of(heir), leader_of(year.head), editor_of(year.head)]
    others = [leader_of(unit(year, "D")), leader_of(gone)]
    assert [labels(person) for person in (*told, *others)] == [label] * 4 + [[]] * 2
    change = MemberChange.objects.get()
    assert taken(client, change, told[0]) == [
        "Sở C là thành viên cả năm: việc của Sở C không đổi.",
        "Sở E – bản đăng ký: đã tiếp nhận, giữ nguyên, vẫn xem được.",
        "Sở E – giao ước: đơn vị chưa ký và không phải ký nữa.",
        "Sở E – báo cáo năm: nháp, dừng ở đó, giữ nguyên, vẫn xem được.",
        "Những gì Sở E đã ký, đã gửi là của Sở E; Sở C không ký thay, không nộp thay.",
    ]
    read = reverse("changes:member_change_read", args=(change.pk,))
    assert [client.post(read).status_code for _ in range(2)] == [302, 302]
    assert [labels(person) for person in told] == [[], label, label, label]
    assert change.readings.count() == 1


def test_a_new_successor_of_the_head_reads_that_it_leads(year, client):
    """Input of our own: the head goes into a unit from outside, which takes its place and post."""
    new = UnitFactory(name="Sở Mới")
    merge(year.head, new)
    change = MemberChange.objects.get(kind=K.MERGED)
    found = taken(client, change, leader_of(new))
    assert found[:2] == [
        "Sở Mới tham gia từ 01/07/2026: nợ những việc đến hạn trong thời gian tham gia.",
        "Sở Mới làm khối trưởng thay Sở A từ 01/07/2026.",
    ]
    assert labels(leader_of(new)) == ["Sở A sáp nhập vào Sở Mới từ 01/07/2026: xem tiếp nhận"]


def test_a_post_that_the_successor_cannot_take_is_said_to_be_vacant(year, client):
    """Input of our own: the deputy goes into the head."""
    head = unit(year, "A")
    merge(unit(year, "B"), head)
    change = MemberChange.objects.get(kind=K.MERGED)
    assert taken(client, change, leader_of(head))[1] == (
        "Chức khối phó của Sở B để khuyết từ 01/07/2026, đến khi giao đơn vị khác."
    )


def test_a_successor_outside_the_bloc_is_no_member_of_the_year(year, client):
    """The head reads it; the people of the other unit do not see the year."""
    other = UnitFactory(name="Sở Ngoài")
    merge(unit(year, "E"), other, takes_place=False)
    change = MemberChange.objects.get()
    assert taken(client, change, leader_of(year.head))[0] == (
        "Sở Ngoài không phải thành viên của năm này nên không tiếp nhận việc gì ở đây."
    )
    assert labels(leader_of(other)) == []
    client.force_login(leader_of(other))
    page = reverse("changes:member_change_detail", args=(change.pk,))
    assert client.get(page).status_code == 404


def test_a_merger_taken_back_is_told_no_more(year):
    change_members(year, unit(year, "E"), counterpart=unit(year, "C"), on=JULY_1)
    heir = leader_of(unit(year, "C"))
    assert len(labels(heir)) == 1
    url = reverse("changes:member_change_cancel", args=(MemberChange.objects.get().pk,))
    assert confirmed(office_browser(), url, {"reason": "Nhầm"}).status_code == 302
    assert labels(heir) == []


def split(gone, heirs, on="01/07/2026"):
    data = {"before": [gone.pk], "after": [heir.pk for heir in heirs], "moves_memberships": "on"}
    data |= {"on": on, "decision": "NQ 5"}
    url = reverse("units:unit_reorganise")
    assert confirmed(office_browser(), url, data).status_code == 302


@pytest.mark.parametrize("on", ["01/07/2026", "20/12/2025"])
def test_each_successor_of_a_split_and_the_head_are_told_what_is_taken_over(year, client, on):
    """Also where it was split before the year, which it leaves on the first day."""
    gone, old = unit(year, "E"), unit(year, "C")
    new = UnitFactory(name="Sở E2", short_name="Sở E2")
    first = UnitFactory(name="Sở E1", short_name="Sở E1")
    split(gone, [first, new, old], on)
    change = MemberChange.objects.get(kind=K.MERGED)
    day = f"{change.on:%d/%m/%Y}"
    label = [f"Sở E chia tách thành nhiều đơn vị từ {day}: xem tiếp nhận"]
    told = [leader_of(first), editor_of(new), leader_of(new), editor_of(old), leader_of(year.head)]
    assert [labels(person) for person in told] == [label] * 5
    assert labels(leader_of(unit(year, "D"))) == []
    since = f"tham gia từ {day}: nợ những việc đến hạn trong thời gian tham gia."
    found = taken(client, change, told[1])
    assert (found[:3], found[-1]) == (
        [
            "Sở C là thành viên cả năm: việc của Sở C không đổi.",
            f"Sở E1 {since}",
            f"Sở E2 {since}",
        ],
        "Những gì Sở E đã ký, đã gửi là của Sở E; Sở C, Sở E1, Sở E2 không ký thay, không nộp "
        "thay.",
    )
    read = reverse("changes:member_change_read", args=(change.pk,))
    assert client.post(read).status_code == 302
    assert [labels(person) for person in told] == [label, [], label, label, label]


def test_a_successor_outside_the_bloc_is_told_of_no_split(year):
    gone, inside, outside = unit(year, "E"), UnitFactory(name="Sở E1"), UnitFactory(name="Sở E2")
    merge(gone, inside)
    merge(gone, outside, takes_place=False)
    assert (len(labels(leader_of(inside))), labels(leader_of(outside))) == (1, [])
