"""An end of a unit that was recorded by mistake is taken back, in its blocs and years."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from blocs.states import RegistrationState, SeatRole, YearState
from blocs.units.models import Membership, Unit
from blocs.years.models import BlocYear, Registration
from tests.factories.blocs import year_with_members
from tests.factories.changes import confirmed
from tests.factories.people import UnitFactory, leader_of, official
from tests.page_forms import fields_of
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
SINCE, JULY_1 = dt.date(2020, 1, 1), dt.date(2026, 7, 1)
REASON = {"reason": "Ghi nhầm đơn vị"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-08-01T03:00:00Z", tick=False):
        yield


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


@pytest.fixture
def year():
    """Members A to D of a running year; A leads, B is deputy."""
    return bloc_year(YearState.IN_PROGRESS, year=2026)


def bloc_year(state, **kwargs):
    found = year_with_members(4, state=state, **kwargs)
    for member, letter in zip(found.members.select_related("unit"), "ABCD", strict=True):
        member.unit.name = f"Sở {letter}"
        member.unit.save()
        Membership.objects.create(bloc=found.bloc, unit=member.unit, starts_on=SINCE)
    return found


def unit(letter):
    return Unit.objects.get(name=f"Sở {letter}")


def merge(client, what, into, decision="NQ 1"):
    typed = {"successor": into.pk, "on": "01/07/2026", "decision": decision}
    url = reverse("units:unit_succession", args=(what.pk,))
    return confirmed(client, url, typed | {"moves_memberships": "on"})


def undo(client, what):
    """The list that is shown first, and the answer once it was confirmed."""
    url = reverse("units:unit_end_undo", args=(what.pk,))
    seen = client.post(url, REASON)
    return seen.context["effects"], client.post(url, fields_of(seen))


def parts(year):
    rows = year.members.select_related("unit").order_by("order", "pk")
    return {str(row.unit): row.part_words for row in rows}


def in_bloc(year):
    rows = year.bloc.memberships.on(dt.date(2026, 8, 1))
    return sorted(rows.values_list("unit__name", flat=True))


WHOLE = dict.fromkeys(("Sở A", "Sở B", "Sở C", "Sở D"), "")


@pytest.mark.parametrize("decision", ("NQ 1", ""))
def test_a_wrong_succession_is_taken_back_and_the_right_one_recorded(office, year, decision):
    new = UnitFactory(name="Sở Mới")
    merge(office, unit("A"), new, decision)
    effects, answer = undo(office, unit("A"))
    assert effects == [
        f"Sở A lại là thành viên của {year.bloc}.",
        f"{year}: hủy thay đổi số 02, Sở A lại tham gia như trước.",
        f"{year}: Sở A lại là khối trưởng.",
        f"{year}: Sở Mới ra khỏi thành phần.",
    ]
    assert answer.status_code == 302, answer.context["form"].errors
    assert (parts(year), in_bloc(year)) == (WHOLE, list(WHOLE))
    assert str(BlocYear.objects.get(pk=year.pk).head) == "Sở A"
    assert unit("A").dissolved_on is None
    entry = ActivityEntry.objects.get(action="units.undo_end")
    assert (entry.label, entry.note) == (
        "Hủy ghi nhận kế thừa (Sở Mới) từ 01/07/2026",
        "Ghi nhầm đơn vị",
    )
    assert merge(office, new, unit("A"), decision).status_code == 302


def test_a_successor_that_did_something_stays(office, year):
    new = UnitFactory(name="Sở Mới")
    merge(office, unit("D"), new)
    registered = {"state": RegistrationState.SIGNED, "content": "Một"}
    Registration.objects.create(
        bloc_year=year, unit=new, signed_at=dt.datetime(2026, 7, 20, tzinfo=dt.UTC), **registered
    )
    effects, answer = undo(office, unit("D"))
    assert effects[-1] == (
        f"{year}: Sở Mới vẫn là thành viên vì đã có bản đăng ký; nếu không tham gia nữa thì ghi "
        "“thôi tham gia”."
    )
    assert answer.status_code == 302
    assert parts(year) == WHOLE | {"Sở Mới": "tham gia từ 01/07/2026"}
    assert in_bloc(year) == [*WHOLE, "Sở Mới"]


def test_of_two_that_went_into_one_the_other_stays_gone(office, year):
    new = UnitFactory(name="Sở Mới")
    merge(office, unit("C"), new)
    merge(office, unit("D"), new)
    assert undo(office, unit("C"))[1].status_code == 302
    assert parts(year) == WHOLE | {
        "Sở D": "thôi tham gia từ 01/07/2026",
        "Sở Mới": "tham gia từ 01/07/2026",
    }
    assert in_bloc(year) == ["Sở A", "Sở B", "Sở C", "Sở Mới"]


def test_a_planned_year_takes_the_unit_back_into_its_line(office):
    year = bloc_year(YearState.PLANNED, year=2027)
    merge(office, unit("A"), UnitFactory(name="Sở Mới"))
    effects, answer = undo(office, unit("A"))
    assert effects[-1] == f"{year} (chưa mở): Sở A trở lại thành phần thay Sở Mới."
    assert answer.status_code == 302
    assert (list(parts(year)), in_bloc(year)) == (list(WHOLE), list(WHOLE))
    assert str(BlocYear.objects.get(pk=year.pk).head) == "Sở A"


def test_a_dissolution_lists_first_and_is_taken_back(office, year):
    url = reverse("units:unit_dissolve", args=(unit("C").pk,))
    typed = {"dissolved_on": "01/07/2026", "end_decision": "NQ 9"}
    seen = office.post(url, typed)
    assert seen.context["effects"][:2] == [
        f"Sở C rời {year.bloc}.",
        f"{year}, Sở C: Bản đăng ký: chưa lập, đơn vị không phải lập nữa.",
    ]
    assert (unit("C").dissolved_on, year.member_changes.count()) == (None, 0)
    assert office.post(url, fields_of(seen)).status_code == 302
    change = year.member_changes.get()
    assert (change.words, change.decision) == ("thôi tham gia từ 01/07/2026 (giải thể)", "NQ 9")
    assert undo(office, unit("C"))[1].status_code == 302
    assert (parts(year), in_bloc(year)) == (WHOLE, list(WHOLE))
    rows = Membership.objects.filter(unit=unit("C")).values_list("ends_on", "end_decision")
    assert list(rows) == [(None, "")]


def test_a_decided_year_stays_as_it_is_and_says_so(office, year):
    merge(office, unit("D"), unit("C"))
    BlocYear.objects.filter(pk=year.pk).update(state=YearState.DECIDED)
    effects, answer = undo(office, unit("D"))
    assert effects[-1] == (
        f"{year} đã có quyết định khen thưởng: thành phần giữ nguyên như đã ghi."
    )
    assert answer.status_code == 302
    assert parts(year)["Sở D"] == "thôi tham gia từ 01/07/2026"


def test_a_leaving_without_a_paper_taken_back_opens_the_membership(office, year):
    row = year.bloc.memberships.get(unit=unit("D"))
    confirmed(office, reverse("units:member_end", args=(row.pk,)), {"ends_on": "30/06/2026"})
    change = year.member_changes.get()
    confirmed(office, reverse("changes:member_change_cancel", args=(change.pk,)), REASON)
    assert in_bloc(year) == list(WHOLE)


@pytest.mark.parametrize(("ended", "status"), ((JULY_1, 422), (dt.date(2026, 7, 2), 302)))
def test_a_successor_works_on_the_day_it_takes_over(office, year, ended, status):
    gone = UnitFactory(name="Sở Cũ", dissolved_on=ended)
    answer = merge(office, unit("D"), gone)
    assert answer.status_code == status
    if status == 422:
        assert answer.context["form"].errors["successor"] == [
            "Sở Cũ thôi hoạt động từ 01/07/2026 nên không kế thừa được; hãy chọn đơn vị còn hoạt "
            "động ngày đó."
        ]


def test_a_unit_that_ends_later_still_stands_today(office):
    UnitFactory(name="Sở Sắp Giải Thể", dissolved_on=dt.date(2026, 8, 2))
    UnitFactory(name="Sở Đã Giải Thể", dissolved_on=dt.date(2026, 8, 1))
    found = office.get(reverse("units:unit_list"), {"state": "standing"}).context["object_list"]
    assert [one.name for one in found if "Giải Thể" in one.name] == ["Sở Sắp Giải Thể"]


@pytest.mark.parametrize("name", ("unit_dissolve", "unit_end_undo"))
def test_only_the_office_ends_a_unit(client, name):
    gone = UnitFactory(dissolved_on=JULY_1)
    client.force_login(leader_of(gone))
    assert client.post(reverse(f"units:{name}", args=(gone.pk,)), REASON).status_code == 403


def test_the_page_of_the_change_says_who_took_it_back_and_why(office, year):
    """Its own page, and the line of the list that takes it back."""
    merge(office, unit("C"), unit("D"))
    undo(office, unit("C"))
    change = year.member_changes.get(unit=unit("C"), kind="merged")
    back = change.cancelled_by
    facts = dict(office.get(change.get_absolute_url()).context["facts"])
    assert facts["Đã hủy"] == (
        f"thay đổi số {back.number:02d}, {back.recorded_by} ghi lúc 10:00 01/08/2026, lý do: "
        "Ghi nhầm đơn vị"
    )
    listed = office.get(reverse("changes:member_change_list", args=(year.pk,))).content.decode()
    assert listed.count("Ghi nhầm đơn vị") == 1
    stands = merge(office, unit("C"), unit("D"))
    assert stands.status_code == 302
    again = year.member_changes.filter(unit=unit("C"), kind="merged").order_by("-number").first()
    assert "Đã hủy" not in dict(office.get(again.get_absolute_url()).context["facts"])
