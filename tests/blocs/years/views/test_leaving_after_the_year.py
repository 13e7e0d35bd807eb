"""A unit that goes after the last day of a year took part in all of it, and is compared in it."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from blocs.scoring.ranking.part_year import PartYear
from blocs.states import ConferenceState, YearState
from blocs.states import MemberChangeKind as K
from blocs.units.models import Membership
from blocs.years.domain.taking_part import Duty, owes
from blocs.years.models import BlocYear, MemberChange, YearMember
from blocs.years.models.changes import members_owing
from blocs.years.models.part_years import members_ranked
from tests.factories.blocs import regulate, year_with_members
from tests.factories.changes import change_address, confirmed, office_browser, typed
from tests.factories.conferences import conference_of
from tests.page_forms import fields_of
from thidua.common.vietnamese.dates import ZONE

pytestmark = pytest.mark.django_db
TODAY = dt.datetime(2027, 1, 10, 9, tzinfo=ZONE)
HELD = dt.datetime(2027, 1, 20, 8, tzinfo=ZONE)
BEGIN = dt.date(2020, 1, 1)
WHOLE = (
    "Đơn vị tham gia đến hết ngày 31/12/2026 nên vẫn nộp báo cáo, được xếp hạng cả năm; từ "
    "15/01/2027 chỉ thôi dự họp, bỏ phiếu."
)
FEWER_SIT = "Số đơn vị tính túc số giảm từ 06 xuống 05."
FEWER_RANKED = "Số đơn vị được xếp hạng, tính tỷ lệ khen thưởng giảm từ 06 xuống 05."


@pytest.fixture(autouse=True)
def in_january():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def year():
    """Six units A to F whose year 2026 waits for its conference; a part of a year has no place."""
    found = year_with_members(6, year=2026, state=YearState.CLOSING)
    regulate(found, part_year=PartYear.NOT_RANKED)
    for member, letter in zip(found.members.select_related("unit"), "ABCDEF", strict=True):
        member.unit.name = f"Sở {letter}"
        member.unit.save()
        Membership.objects.create(bloc=found.bloc, unit=member.unit, starts_on=BEGIN)
    return found


def unit(year, letter):
    return year.members.get(unit__name=f"Sở {letter}").unit


def dissolved(year, on="15/01/2027", letter="F"):
    """The page on which a unit ends: what it lists first, and what is there once it is read."""
    client, gone = office_browser(), unit(year, letter)
    url = reverse("units:unit_dissolve", args=(gone.pk,))
    data = {"dissolved_on": on, "end_decision": "NQ 1", "reason": ""}
    listed = client.post(url, data).context["effects"]
    assert confirmed(client, url, data).status_code == 302
    return list(listed)


def names(rows):
    return "".join(row.unit.name[-1] for row in rows)


def at_the_conference(year, held=HELD):
    """Who is compared and who sits, once the conference of that day was opened."""
    conference_of(year, state=ConferenceState.OPEN, starts_at=held)
    found = BlocYear.objects.get(pk=year.pk)
    return names(members_ranked(found)), names(members_owing(found, Duty.SIT))


def test_who_goes_before_the_conference_is_ranked_and_sits_no_more(year):
    listed = dissolved(year)
    assert f"{year}, Sở F: {WHOLE}" in listed
    assert f"{year}, Sở F: {FEWER_SIT}" in listed
    assert not [words for words in listed if "không xếp hạng" in words or "tỷ lệ" in words]
    assert at_the_conference(year) == ("ABCDEF", "ABCDE")


@pytest.mark.parametrize(
    ("on", "ranked"), (("31/12/2026", "ABCDE"), ("01/01/2027", "ABCDEF"), ("02/01/2027", "ABCDEF"))
)
def test_the_last_day_of_the_year_is_inside(year, on, ranked):
    listed = dissolved(year, on)
    assert (f"{year}, Sở F: {FEWER_RANKED}" in listed) == (ranked == "ABCDE")
    assert at_the_conference(year) == (ranked, "ABCDE")


@pytest.mark.parametrize(
    ("letter", "is_touched"), (("F", False), ("C", False), ("A", True), ("B", True))
)
def test_a_year_whose_conference_was_held_is_touched_where_the_unit_leads_it(
    year, letter, is_touched
):
    at_the_conference(year, HELD - dt.timedelta(days=30))
    client, gone, heir = office_browser(), unit(year, letter), unit(year, "E")
    url = reverse("units:unit_succession", args=(gone.pk,))
    data = {"successor": heir.pk, "on": "08/01/2027", "decision": "NQ 1"}
    data |= {"moves_memberships": "on"}
    answer = client.post(url, data)
    listed = (answer.context or {}).get("effects", ())
    if listed:
        assert client.post(url, fields_of(answer)).status_code == 302
    else:
        assert answer.status_code == 302
    assert any(words.startswith(f"{year}") for words in listed) == is_touched
    assert is_touched == MemberChange.objects.filter(bloc_year=year).exists()


def test_a_year_of_long_ago_is_neither_listed_nor_touched(year):
    old = year_with_members(2, bloc=year.bloc, year=2021, state=YearState.IN_PROGRESS)
    old.members.create(unit=unit(year, "F"), order=9)
    listed = dissolved(year)
    assert not [words for words in listed if words.startswith(f"{old}")]
    assert [change.bloc_year for change in MemberChange.objects.all()] == [year]


def test_the_page_of_the_year_says_the_same(year):
    client, gone = office_browser(), unit(year, "F")
    data = typed(gone, K.LEFT, dt.date(2027, 1, 15), reason="Sắp xếp lại")
    listed = client.post(change_address(year), data).context["effects"]
    assert WHOLE in listed
    assert FEWER_RANKED not in listed
    assert confirmed(client, change_address(year), data).status_code == 302
    assert at_the_conference(year) == ("ABCDEF", "ABCDE")


@pytest.mark.parametrize("is_school_year", (False, True))
def test_lists_and_the_pure_rule_agree_around_the_end_of_a_year(year, is_school_year):
    BlocYear.objects.update(is_school_year=is_school_year)
    member = YearMember.objects.select_related("bloc_year").first()
    last, one = member.bloc_year.ends_on, dt.timedelta(days=1)
    assert last == (dt.date(2027, 8, 31) if is_school_year else dt.date(2026, 12, 31))
    for left in (last - one, last, last + one, last + 400 * one):
        member.left_on = left
        member.save()
        for duty in Duty:
            for day in (last - 2 * one, last, last + one, last + 2 * one, last + 401 * one):
                found = YearMember.objects.filter(pk=member.pk).owing(duty, day).exists()
                assert found == owes(member.part, duty, day, last=last) == member.owes(duty, day)
                whole = duty in (Duty.REPORT, Duty.COMPARE) and left > last
                assert found == (whole or day < left), (duty, day, left)
