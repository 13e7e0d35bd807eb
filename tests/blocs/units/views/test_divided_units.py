"""A unit is split within the year; one part stays in the bloc, the other goes to another bloc."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agreements.documents.agreement import agreement_paper
from agreements.enums import AgreementState
from blocs.conferences.documents.minutes import attendance_of
from blocs.conferences.models import Conference
from blocs.states import MemberChangeKind as K
from blocs.states import YearState
from blocs.units.models import Membership
from blocs.years.domain.taking_part import Duty
from blocs.years.models import BlocYear, MemberChange
from blocs.years.models.changes import change_sentences, members_owing
from blocs.years.models.members.differences import differences
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import year_with_members
from tests.factories.changes import (
    JULY_1,
    change_address,
    change_members,
    confirmed,
    office_browser,
    typed,
)
from tests.factories.conferences import conference_of
from tests.factories.people import UnitFactory
from tests.page_forms import fields_of

pytestmark = pytest.mark.django_db
NOVEMBER = dt.datetime(2026, 11, 29, 3, tzinfo=dt.UTC)
BEGIN = dt.date(2020, 1, 1)


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(NOVEMBER, tick=False):
        yield


def bloc_year(letters, name):
    found = year_with_members(len(letters), state=YearState.IN_PROGRESS, bloc__name=name)
    for member, letter in zip(found.members.select_related("unit"), letters, strict=True):
        member.unit.name = member.unit.short_name = f"Sở {letter}"
        member.unit.save()
        Membership.objects.create(bloc=found.bloc, unit=member.unit, starts_on=BEGIN)
    return found


def succeed(client, unit, heir, *, takes_place):
    data = {"successor": heir.pk, "on": "01/07/2026", "decision": "NQ 5"}
    more = {"moves_memberships": "on"} if takes_place else {}
    url = reverse("units:unit_succession", args=(unit.pk,))
    assert confirmed(client, url, data | more).status_code == 302


def add(client, year, unit):
    url = reverse("units:member_add", args=(year.bloc_id,))
    said = {"unit": unit.pk, "starts_on": "01/07/2026", "decision": "NQ 5"}
    assert client.post(url, said).status_code == 302


def take_in(client, year):
    (gap,) = differences(year)
    data = fields_of(client.get(gap.change_url))
    assert confirmed(client, gap.change_url, data).status_code == 302


def parts(year):
    rows = year.members.select_related("unit").exclude(joined_on=None, left_on=None)
    return {str(row.unit): row.part_words for row in rows}


def cancel(client, change):
    url = reverse("changes:member_change_cancel", args=(change.pk,))
    assert confirmed(client, url, {"reason": "Sang khối khác"}).status_code == 302


@pytest.mark.parametrize("way", ["one by one", "on one page"])
def test_one_part_stays_and_the_other_moves(way):
    here, there = bloc_year("ABE", "Khối Một"), bloc_year("CD", "Khối Hai")
    client, gone = office_browser(), here.members.get(unit__name="Sở E").unit
    stays, moves = UnitFactory(name="Sở E1"), UnitFactory(name="Sở E2")
    if way == "one by one":
        succeed(client, gone, stays, takes_place=True)
        succeed(client, gone, moves, takes_place=False)
    else:
        data = {"before": [gone.pk], "after": [stays.pk, moves.pk], "moves_memberships": "on"}
        data |= {"on": "01/07/2026", "decision": "NQ 5"}
        url = reverse("units:unit_reorganise")
        assert confirmed(client, url, data).status_code == 302
        cancel(client, MemberChange.objects.get(kind=K.JOINED, unit=moves))
    add(client, there, moves)
    take_in(client, there)
    assert parts(here) == {
        "Sở E": "thôi tham gia từ 01/07/2026",
        "Sở E1": "tham gia từ 01/07/2026",
    }
    assert parts(there) == {"Sở E2": "tham gia từ 01/07/2026"}
    assert [differences(year) for year in (here, there)] == [[], []]
    held = Membership.objects.filter(unit__in=(stays, moves), ends_on=None)
    assert {(str(row.unit), str(row.bloc), row.starts_on) for row in held} == {
        ("Sở E1", "Khối Một", JULY_1),
        ("Sở E2", "Khối Hai", JULY_1),
    }
    left = "Sở E thôi tham gia từ 01/07/2026 (chia tách thành nhiều đơn vị)"
    assert set(change_sentences(here)) == {left, "Sở E1 tham gia từ 01/07/2026 (kế thừa Sở E)"}
    assert change_sentences(there) == ("Sở E2 tham gia từ 01/07/2026",)
    for year, count in ((here, 3), (there, 3)):
        conference_of(BlocYear.objects.get(pk=year.pk), starts_at=NOVEMBER)
        roll = attendance_of(Conference.objects.for_page().get(bloc_year=year))
        told = [line.strip("+ ;.") for line in roll if "tham gia từ" in line]
        assert sorted(told) == sorted(change_sentences(year))
        assert members_owing(year, Duty.SIT).count() == count


def test_the_agreement_of_each_bloc_tells_its_own_part():
    """Input of our own: recorded as a split in the year of the other bloc."""
    here, there = bloc_year("ABE", "Khối Một"), bloc_year("CD", "Khối Hai")
    gone = here.members.get(unit__name="Sở E").unit
    new = UnitFactory(name="Sở Tách")
    change_members(there, new, K.SPLIT, JULY_1, counterpart=gone)
    moment = dt.datetime(2026, 7, 20, tzinfo=dt.UTC)
    state = {"state": AgreementState.EFFECTIVE, "effective_at": moment, "missing_reason": "Vắng"}
    state |= {"signed_on": moment.date()}
    papers = [agreement_paper(AgreementFactory(bloc_year=year, **state)) for year in (here, there)]
    assert [paper.changes for paper in papers] == [
        (),
        ("Sở Tách tham gia từ 01/07/2026 (tách ra từ Sở E)",),
    ]


def test_who_never_took_part_is_taken_back_and_does_not_leave():
    """Input of our own: the part that moves was taken in, and is recorded as moving that day."""
    here = bloc_year("ABE", "Khối Một")
    gone, part = here.members.get(unit__name="Sở E").unit, UnitFactory(name="Sở E2")
    client = office_browser()
    succeed(client, gone, part, takes_place=True)
    answer = confirmed(client, change_address(here), typed(part, K.MOVED, JULY_1))
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "Đơn vị tham gia từ 01/07/2026: nếu không tham gia ngày nào thì hủy thay đổi đã ghi đơn vị "
        "tham gia."
    ]
