"""Members between plan and opening, after the agreement, and taken back: nothing jams."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from agreements.enums import AgreementState
from agreements.models import Agreement
from blocs.states import MemberChangeKind as K
from blocs.states import YearState
from blocs.units.models import Membership
from blocs.years.domain.taking_part import Duty
from blocs.years.models import BlocYear, MemberChange
from blocs.years.models.changes import members_owing
from blocs.years.models.members.differences import differences
from blocs.years.models.members.holdings import WHY_TWO
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import year_with_members
from tests.factories.changes import SEPTEMBER_1, change_members, confirmed, office_browser
from tests.factories.people import UnitFactory, leader_of
from tests.page_forms import fields_of, save
from thidua.common.models import ActivityEntry
from thidua.home.tasks import tasks_of

pytestmark = pytest.mark.django_db
BEGIN = dt.date(2020, 1, 1)


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel("2026-11-29T03:00:00Z", tick=False):
        yield


def bloc_year(state, **more):
    found = year_with_members(4, state=state, **more)
    for member, letter in zip(found.members.select_related("unit"), "ABCD", strict=True):
        member.unit.name = member.unit.short_name = f"Sở {letter}"
        member.unit.save()
        Membership.objects.create(bloc=found.bloc, unit=member.unit, starts_on=BEGIN)
    return found


def unit(year, letter):
    return year.members.get(unit__name=f"Sở {letter}").unit


def dissolve(client, one, on):
    url = reverse("units:unit_dissolve", args=(one.pk,))
    data = {"dissolved_on": f"{on:%d/%m/%Y}", "end_decision": "QĐ 7", "reason": "Sắp xếp"}
    assert confirmed(client, url, data).status_code == 302


def opened(client, year):
    url = reverse("years:year_move", args=(year.pk, "open"))
    answer = client.post(url, {})
    return answer.status_code, BlocYear.objects.get(pk=year.pk).state


def join(year, one):
    Membership.objects.create(bloc=year.bloc, unit=one, starts_on=BEGIN)
    year.members.create(unit=one, order=9)


def names(year):
    return [str(row.unit) for row in year.members.select_related("unit")]


def labels(person):
    return [one.label for one in tasks_of(person, timezone.now())]


def test_a_unit_dissolved_between_plan_and_opening_leaves_the_plan():
    year, office = bloc_year(YearState.PLANNED, year=2027), office_browser()
    dissolve(office, unit(year, "D"), dt.date(2026, 12, 15))
    assert names(year) == ["Sở A", "Sở B", "Sở C"]
    assert opened(office, year) == (302, YearState.OPEN)


@pytest.mark.parametrize("kind", [K.MOVED, K.DISSOLVED])
def test_a_unit_that_goes_in_march_opens_the_year_and_is_offered_to_leave_it(kind):
    year, office = bloc_year(YearState.PLANNED, year=2027), office_browser()
    gone = unit(year, "D")
    if kind == K.DISSOLVED:
        dissolve(office, gone, dt.date(2027, 3, 1))
    else:
        url = reverse("units:member_end", args=(gone.memberships.get().pk,))
        said = {"ends_on": "28/02/2027", "end_decision": "QĐ 7"}
        assert confirmed(office, url, said).status_code == 302
    assert len(names(year)) == 4
    with time_machine.travel("2027-01-05T03:00:00Z", tick=False):
        office = office_browser()
        assert opened(office, year) == (302, YearState.OPEN)
        year = BlocYear.objects.get(pk=year.pk)
        (gap,) = differences(year)
        assert gap.sentence == (
            "Sở D rời khối từ 01/03/2027 (QĐ 7) nhưng vẫn còn trong thành phần năm 2027."
        )
        data = fields_of(office.get(gap.change_url))
        # A move asks where to.
        data |= {"is_outside": "on"} if kind == K.MOVED else {}
        assert confirmed(office, gap.change_url, data).status_code == 302
        change = MemberChange.objects.get()
        assert (change.kind, change.on) == (kind, dt.date(2027, 3, 1))
        assert members_owing(year, Duty.SIT, dt.date(2027, 2, 28)).count() == 4
        assert members_owing(year, Duty.SIT, dt.date(2027, 3, 1)).count() == 3


def test_the_head_of_a_planned_year_is_dissolved_and_another_is_chosen():
    year, office = bloc_year(YearState.PLANNED, year=2027), office_browser()
    dissolve(office, unit(year, "A"), dt.date(2026, 11, 1))
    year.refresh_from_db()
    assert (year.head, names(year)) == (None, ["Sở B", "Sở C", "Sở D"])
    url = reverse("years:year_move", args=(year.pk, "open"))
    refused = office.post(url, {})
    assert (refused.status_code, refused.context["obstacles"]) == (
        422,
        ["Chưa chọn khối trưởng của năm."],
    )
    edit = reverse("years:year_edit", args=(year.pk,))
    data = fields_of(office.get(edit)) | {"head": [unit(year, "C").pk]}
    assert save(office, edit, data).status_code == 302
    assert opened(office, year) == (302, YearState.OPEN)


@pytest.mark.parametrize("state", (YearState.PLANNED, YearState.OPEN, YearState.ARCHIVED))
def test_a_unit_of_another_bloc_of_the_year_needs_a_reason_before_the_year_opens(state):
    """Planned, pasted or copied from the year before: whichever way it came into the plan."""
    other, year = bloc_year(state, year=2027), bloc_year(YearState.PLANNED, year=2027)
    twice = UnitFactory(name="Sở Hai Khối", short_name="SHK")
    for one in (other, year):
        join(one, twice)
    office, url = office_browser(), reverse("years:year_move", args=(year.pk, "open"))
    if state == YearState.PLANNED:
        assert opened(office, year) == (302, YearState.OPEN)
        return
    shown = office.get(url).content.decode()
    assert f"Sở Hai Khối đang là thành viên của {other}. {WHY_TWO}" in shown
    assert opened(office, year) == (422, YearState.PLANNED)
    assert office.post(url, {"note": "Quyết định 12 cho phép"}).status_code == 302
    entry = ActivityEntry.objects.about(year).latest("pk")
    assert "Quyết định 12 cho phép" in entry.note


@pytest.mark.parametrize("left", (dt.date(2027, 1, 1), dt.date(2026, 12, 31), None))
def test_who_has_left_the_other_bloc_needs_no_reason(left):
    other, year = bloc_year(YearState.OPEN, year=2027), bloc_year(YearState.PLANNED, year=2027)
    gone = UnitFactory(name="Sở Đã Rời")
    join(other, gone)
    other.members.filter(unit=gone).update(left_on=left)
    join(year, gone)
    assert opened(office_browser(), year)[1] == (YearState.OPEN if left else YearState.PLANNED)


def in_effect(year):
    moment = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    state = {"state": AgreementState.EFFECTIVE, "effective_at": moment, "missing_reason": "Vắng"}
    return AgreementFactory(bloc_year=year, **state)


def test_a_unit_that_came_after_the_agreement_declines_it_and_may_sign_after_all(client):
    year, new = bloc_year(YearState.IN_PROGRESS), UnitFactory(name="Sở Mới")
    in_effect(year)
    change_members(year, new, K.JOINED, SEPTEMBER_1)
    leader = leader_of(new)
    asked = "Ký bổ sung giao ước thi đua năm 2026: đơn vị tham gia từ 01/09/2026"
    assert asked in labels(leader)
    client.force_login(leader)
    page = reverse("agreements:agreement_detail", args=(year.pk,))
    assert client.get(page).context["may_decline"] is True
    url = reverse("agreements:agreement_decline", args=(year.pk,))
    said = {"reason": "Không dự xây dựng chỉ tiêu", "revision": "0"}
    assert client.post(url, said).status_code == 302
    assert asked not in labels(leader)
    shown = client.get(page).context
    assert (shown["declined"].reason, shown["may_decline"]) == (said["reason"], False)
    rows = [row for row, _ in office_browser().get(page).context["rows"] if row.declining]
    assert [(str(row.unit), row.declining.reason) for row in rows] == [("Sở Mới", said["reason"])]
    # What the agreement took effect with says nothing of it.
    signer = {"signer_name": "Nguyễn Văn A", "signer_title": "Giám đốc", "revision": "0"}
    sign = reverse("agreements:agreement_sign", args=(year.pk,))
    assert client.post(sign, signer).status_code == 302
    agreement = Agreement.objects.get()
    assert (agreement.valid_declinings().count(), agreement.valid_signatures().count()) == (0, 1)


def test_a_unit_that_was_silent_when_it_took_effect_declines_no_more(client):
    year = bloc_year(YearState.IN_PROGRESS)
    in_effect(year)
    client.force_login(leader_of(unit(year, "C")))
    page = reverse("agreements:agreement_detail", args=(year.pk,))
    assert client.get(page).context["may_decline"] is False
    url = reverse("agreements:agreement_decline", args=(year.pk,))
    assert client.post(url, {"reason": "Không", "revision": "0"}).status_code == 422


def test_a_unit_set_aside_is_taken_back_and_owes_its_report_again():
    year = bloc_year(YearState.CLOSING)
    aside, office = unit(year, "D"), office_browser()
    leader = leader_of(aside)
    begin = "Bắt đầu báo cáo và tự chấm điểm năm 2026"
    assert begin in labels(leader)
    change_members(year, aside, K.NOT_CONSIDERED, SEPTEMBER_1)
    counts = [members_owing(year, duty).count() for duty in (Duty.REPORT, Duty.SIT)]
    assert (counts, begin in labels(leader)) == ([3, 4], False)
    url = reverse("changes:member_change_cancel", args=(MemberChange.objects.get().pk,))
    assert confirmed(office, url, {"reason": "Xét lại theo kiến nghị"}).status_code == 302
    assert members_owing(year, Duty.REPORT).count() == 4
    assert begin in labels(leader)
    page = office.get(reverse("years:year_detail", args=(year.pk,)))
    assert [row["part"] for row in page.context["rows"]] == ["", "", "", ""]
    # And it may be set aside once more, from another day.
    change_members(year, aside, K.NOT_CONSIDERED, dt.date(2026, 11, 1))
    assert members_owing(year, Duty.REPORT).count() == 3
