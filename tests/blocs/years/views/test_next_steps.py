"""What a change on the page of a year leaves for the catalogue is said there, with the way on."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from blocs.changes.forms import WHERE_TO
from blocs.states import MemberChangeKind as K
from blocs.states import YearState
from blocs.units.models import Membership, UnitSuccession
from blocs.years.models.changes import MOVES_ONCE, change_sentences
from tests.factories.blocs import BlocFactory, year_with_members
from tests.factories.changes import (
    JULY_1,
    change_address,
    change_members,
    confirmed,
    office_browser,
    typed,
)
from tests.factories.people import UnitFactory, leader_of
from tests.page_forms import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(dt.datetime(2026, 11, 29, 3, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def year():
    found = year_with_members(5, state=YearState.IN_PROGRESS)
    for member in found.members.all():
        Membership.objects.create(bloc=found.bloc, unit=member.unit, starts_on="2020-01-01")
    return found


def steps(client, year):
    answer = client.get(reverse("changes:member_change_list", args=(year.pk,)))
    return answer.context["steps"]


def lives(unit, page):
    return (
        f"{unit}: danh mục đơn vị còn ghi đang hoạt động nên các năm, các khối khác và danh sách "
        f"chọn chưa biết. Hãy ghi ở trang “{page}”."
    )


def last(year, places=1):
    return [row.unit for row in year.members.order_by("-order")[:places]]


def test_a_merger_of_the_year_leads_to_the_catalogue_and_is_done_there(year):
    client, (gone, heir) = office_browser(), last(year, 2)
    said = lives(gone, "Ghi sáp nhập, chia tách")
    assert said in change_members(year, gone, K.MERGED, client=client, counterpart=heir)
    (step,) = steps(client, year)
    assert (step.sentence, step.label) == (said, "Ghi sáp nhập, chia tách")
    form = client.get(step.url)
    data = fields_of(form)
    assert {name: data[name] for name in ("before", "after", "on", "decision")} == {
        "before": [str(gone.pk)],
        "after": [str(heir.pk)],
        "on": ["01/07/2026"],
        "decision": ["Quyết định số 12/QĐ-UBND"],
    }
    assert confirmed(client, reverse("units:unit_reorganise"), data).status_code == 302
    gone.refresh_from_db()
    assert gone.dissolved_on == JULY_1
    assert list(gone.successions.values_list("successor", flat=True)) == [heir.pk]
    assert year.member_changes.count() == 1
    assert steps(client, year) == []


def test_an_end_without_its_successor_lacks_the_successor_alone(year):
    client, (gone, heir) = office_browser(), last(year, 2)
    change_members(year, gone, K.MERGED, client=client, counterpart=heir)
    type(gone).objects.filter(pk=gone.pk).update(dissolved_on=JULY_1, end_decision="QĐ 1")
    (step,) = steps(client, year)
    assert step.sentence == (
        f"{gone}: danh mục đơn vị ghi thôi hoạt động từ 01/07/2026 mà chưa ghi {heir} kế thừa. Hãy "
        "ghi ở trang “Ghi kế thừa”."
    )
    assert confirmed(client, step.url, fields_of(client.get(step.url))).status_code == 302
    assert UnitSuccession.objects.filter(predecessor=gone, successor=heir, on=JULY_1).exists()
    assert steps(client, year) == []


def test_a_dissolution_of_the_year_leads_to_the_page_of_the_unit(year):
    client, (gone,) = office_browser(), last(year)
    said = lives(gone, "Giải thể")
    assert said in change_members(year, gone, K.DISSOLVED, client=client)
    (step,) = steps(client, year)
    assert step.sentence == said
    assert confirmed(client, step.url, fields_of(client.get(step.url))).status_code == 302
    gone.refresh_from_db()
    assert (gone.dissolved_on, steps(client, year)) == (JULY_1, [])


def test_of_a_split_it_is_asked_whether_the_old_unit_goes_on(year):
    client, (old,), new = office_browser(), last(year), UnitFactory()
    said = (
        f"{old}: danh mục đơn vị còn ghi đang hoạt động. Nếu đơn vị thôi hoạt động sau khi tách "
        "thì ghi ở trang “Ghi sáp nhập, chia tách”."
    )
    assert said in change_members(year, new, K.SPLIT, client=client, counterpart=old)
    assert steps(client, year) == []
    detail = client.get(year.member_changes.get().get_absolute_url())
    (step,) = detail.context["steps"]
    assert step.sentence == said
    data = fields_of(client.get(step.url))
    assert (data["before"], data["after"]) == ([str(old.pk)], [str(new.pk)])


def moved(year, unit, client, **where):
    """What the page of the year says of a move, and what it leaves to be done."""
    change_members(year, unit, K.MOVED, client=client, **where)
    said = year.member_changes.get(unit=unit).words
    return said, [step.sentence for step in steps(client, year)]


def test_a_move_asks_where_to_once(year):
    client, (unit,), other = office_browser(), last(year), BlocFactory()
    asked = {
        "nowhere": ({"is_outside": ""}, {"to_bloc": [WHERE_TO]}),
        "twice": ({"to_bloc": other, "is_outside": "on"}, {"to_bloc": [MOVES_ONCE]}),
    }
    for where, errors in asked.values():
        answer = client.post(change_address(year), typed(unit, K.MOVED, JULY_1, **where))
        assert answer.context["form"].errors == errors
    left = client.post(change_address(year), typed(unit, K.LEFT, JULY_1, to_bloc=other))
    assert left.context["form"].errors == {"to_bloc": [MOVES_ONCE]}
    own = client.post(change_address(year), typed(unit, K.MOVED, JULY_1, to_bloc=year.bloc))
    assert list(own.context["form"].errors) == ["to_bloc"]


def test_who_moves_out_of_the_province_leaves_nothing_to_do(year):
    (unit,) = last(year)
    said, left = moved(year, unit, office_browser(), is_outside="on")
    assert (said, left) == ("thôi tham gia từ 01/07/2026 (chuyển sang khối ngoài tỉnh)", [])


def test_who_moves_joins_the_running_year_of_the_other_bloc_on_the_way_shown(year):
    client, (unit,) = office_browser(), last(year)
    other = year_with_members(3, year=year.year, state=YearState.IN_PROGRESS)
    said, left = moved(year, unit, client, to_bloc=other.bloc)
    assert said == f"thôi tham gia từ 01/07/2026 (chuyển sang {other.bloc})"
    assert left == [f"{unit}: chưa ghi tham gia ở {other}. Hãy ghi ở trang đó."]
    form = client.get(steps(client, year)[0].url)
    assert fields_of(form)["kind"] == [K.JOINED.value]
    assert confirmed(client, change_address(other), fields_of(form)).status_code == 302
    assert other.members.get(unit=unit).joined_on == JULY_1
    assert steps(client, year) == []


@pytest.mark.parametrize("state", (YearState.PLANNED, None))
def test_before_the_opening_the_way_leads_to_the_members(year, state):
    client, (unit,), bloc = office_browser(), last(year), BlocFactory()
    there = year_with_members(3, bloc=bloc, year=year.year, state=state) if state else bloc
    _, left = moved(year, unit, client, to_bloc=bloc)
    assert left == [f"{unit}: chưa ghi tham gia ở {there}. Hãy ghi ở trang đó."]
    form = client.get(steps(client, year)[0].url)
    if state is None:
        assert fields_of(form)["starts_on"] == ["01/07/2026"]
        assert client.post(reverse("units:member_add", args=(bloc.pk,)), fields_of(form)).url
        assert bloc.memberships.get().unit == unit
        assert steps(client, year) == []
    else:
        assert form.request["PATH_INFO"] == reverse("years:year_members", args=(there.pk,))


def test_the_agreement_and_the_minutes_name_the_bloc_that_a_unit_went_to(year):
    (unit,), other = last(year), BlocFactory(name="Khối Nội chính")
    moved(year, unit, office_browser(), to_bloc=other)
    assert change_sentences(year) == (
        f"{unit} thôi tham gia từ 01/07/2026 (chuyển sang Khối Nội chính)",
    )


def test_what_was_taken_back_or_changes_no_unit_asks_for_nothing(year):
    client, (gone, heir, left) = office_browser(), last(year, 3)
    change_members(year, gone, K.MERGED, client=client, counterpart=heir)
    change_members(year, left, K.LEFT, client=client)
    change = year.member_changes.get(unit=gone)
    back = reverse("changes:member_change_cancel", args=(change.pk,))
    assert confirmed(client, back, {"reason": "Ghi nhầm"}).status_code == 302
    assert steps(client, year) == []
    assert client.get(change.get_absolute_url()).context["steps"] == []


def test_a_member_reads_what_is_left_and_has_no_button(year, client):
    gone, heir = last(year, 2)
    change_members(year, gone, K.MERGED, counterpart=heir)
    client.force_login(leader_of(heir))
    for url in (
        reverse("changes:member_change_list", args=(year.pk,)),
        year.member_changes.get().get_absolute_url(),
    ):
        html = client.get(url).content.decode()
        assert lives(gone, "Ghi sáp nhập, chia tách") in html
        assert reverse("units:unit_reorganise") not in html


@pytest.mark.parametrize("day", ("2026-02-31", "hôm nay", "", "2026-13-45"))
def test_no_day_in_an_address_stops_a_page(year, day):
    client, (unit,) = office_browser(), last(year)
    asked = f"?ngay={day}&truoc=x&truoc=99999999999999999999&sau=&loai=x&don-vi=x"
    for url in (
        reverse("changes:member_change_new", args=(year.pk,)),
        reverse("units:unit_reorganise"),
        reverse("units:unit_succession", args=(unit.pk,)),
        reverse("units:unit_dissolve", args=(unit.pk,)),
    ):
        assert client.get(url + asked).status_code == 200
