"""What the catalogue says of a unit reaches its years: running ones by a change, planned ones."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from blocs.states import SeatRole, YearState
from blocs.units.forms.blocs import ONE_PLACE
from blocs.units.models import Membership
from blocs.years.models import BlocYear
from tests.factories.blocs import BlocFactory, year_with_members
from tests.factories.changes import confirmed
from tests.factories.people import UnitFactory, leader_of, official
from tests.page_forms import fields_of

pytestmark = pytest.mark.django_db
SINCE = dt.date(2020, 1, 1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-08-01T03:00:00Z", tick=False):
        yield


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def year_of_four(state=YearState.IN_PROGRESS, **kwargs):
    """Members A to D; the first two lead."""
    year = year_with_members(4, state=state, **kwargs)
    for member, letter in zip(year.members.select_related("unit"), "ABCD", strict=True):
        member.unit.name = f"Sở {letter}"
        member.unit.save()
        Membership.objects.create(bloc=year.bloc, unit=member.unit, starts_on=SINCE)
    return year


def unit(year, letter):
    return year.members.get(unit__name=f"Sở {letter}").unit


def members(year):
    return [str(row.unit) for row in year.members.select_related("unit").order_by("order", "pk")]


def changes(year):
    return [str(f"{row.unit} {row.words}") for row in year.member_changes.order_by("number")]


def end_membership(client, year, letter, day, **place):
    row = year.bloc.memberships.get(unit=unit(year, letter))
    return confirmed(client, reverse("units:member_end", args=(row.pk,)), {"ends_on": day, **place})


def dissolve(client, what, day):
    url = reverse("units:unit_dissolve", args=(what.pk,))
    return confirmed(client, url, {"dissolved_on": day, "end_decision": "NQ 9"})


def merge(client, what, into, day):
    typed = {"successor": into.pk, "on": day, "decision": "NQ 1", "moves_memberships": "on"}
    return confirmed(client, reverse("units:unit_succession", args=(what.pk,)), typed)


def test_the_last_day_in_the_bloc_is_still_inside(office):
    year = year_of_four()
    assert end_membership(office, year, "D", "30/06/2026").status_code == 302
    assert changes(year) == ["Sở D thôi tham gia từ 01/07/2026"]
    row = year.bloc.memberships.get(unit=unit(year, "D"))
    assert row.ends_on == dt.date(2026, 6, 30)
    days = (dt.date(2026, 6, 30), dt.date(2026, 7, 1))
    assert [year.bloc.memberships.on(day).count() for day in days] == [4, 3]


def test_where_a_unit_goes_that_leaves_the_bloc_is_told_in_the_year(office):
    year, other = year_of_four(), BlocFactory(name="Khối Kinh tế")
    both = end_membership(office, year, "D", "30/06/2026", to_bloc=other.pk, is_outside="on")
    assert both.context["form"].errors == {"to_bloc": [ONE_PLACE]}
    end_membership(office, year, "D", "30/06/2026", to_bloc=other.pk)
    end_membership(office, year, "C", "31/08/2026", is_outside="on")
    assert changes(year) == [
        "Sở D thôi tham gia từ 01/07/2026 (chuyển sang Khối Kinh tế)",
        "Sở C thôi tham gia từ 01/09/2026 (chuyển sang khối ngoài tỉnh)",
    ]


@pytest.mark.parametrize(
    ("day", "counts"), (("31/07/2026", [3, 1]), ("01/08/2026", [4, 0]), ("15/09/2026", [4, 0]))
)
def test_the_page_of_the_bloc_shows_who_belongs_to_it_today(office, day, counts):
    year = year_of_four()
    end_membership(office, year, "D", day)
    found = office.get(year.bloc.get_absolute_url()).context
    assert [len(found["members"]), len(found["left"])] == counts


def test_a_unit_dissolved_on_its_page_leaves_bloc_and_running_year(office):
    year = year_of_four()
    assert dissolve(office, unit(year, "C"), "01/07/2026").status_code == 302
    assert changes(year) == ["Sở C thôi tham gia từ 01/07/2026 (giải thể)"]
    assert year.bloc.memberships.get(unit=unit(year, "C")).ends_on == dt.date(2026, 6, 30)


def test_people_of_a_dissolved_unit_read_and_do_not_act(office, client):
    year = year_of_four(state=YearState.OPEN)
    gone = unit(year, "C")
    person = leader_of(gone)
    dissolve(office, gone, "01/07/2026")
    client.force_login(person)
    assert client.get(year.get_absolute_url()).status_code == 200
    start = reverse("registrations:registration_start", args=(year.pk,))
    assert client.post(start, {"unit": gone.pk}).status_code == 403


def test_the_head_is_not_dissolved_before_another_took_the_post(office):
    year = year_of_four()
    answer = dissolve(office, unit(year, "A"), "01/07/2026")
    assert answer.context["form"].non_field_errors() == [
        f"Sở A đang là khối trưởng của {year}; hãy ghi đơn vị khác, hoặc để khuyết, ở trang "
        "“Khối trưởng, khối phó” trước."
    ]
    assert unit(year, "A").dissolved_on is None


@pytest.mark.parametrize(
    ("day", "left"),
    (
        ("01/07/2026", ["Sở A", "Sở B", "Sở D"]),
        ("01/01/2027", ["Sở A", "Sở B", "Sở D"]),
        # The year begins with the unit; it leaves it later by a change.
        ("01/03/2027", ["Sở A", "Sở B", "Sở C", "Sở D"]),
    ),
)
def test_a_planned_year_drops_a_dissolved_unit(office, day, left):
    year = year_of_four(state=YearState.PLANNED, year=2027)
    dissolve(office, unit(year, "C"), day)
    assert members(year) == left


def test_a_planned_year_drops_who_left_the_bloc_and_its_post(office):
    year = year_of_four(state=YearState.PLANNED, year=2027)
    end_membership(office, year, "B", "31/12/2026")
    year = BlocYear.objects.get(pk=year.pk)
    assert (members(year), year.deputy) == (["Sở A", "Sở C", "Sở D"], None)
    entry = office.get(year.get_absolute_url()).context["entries"][0]
    assert entry["label"] == "Thành phần của năm theo danh mục đơn vị: Sở B"


def test_the_successor_takes_place_and_post_in_a_planned_year(office):
    year, new = year_of_four(state=YearState.PLANNED, year=2027), UnitFactory(name="Sở Mới")
    assert merge(office, unit(year, "A"), new, "01/07/2026").status_code == 302
    year = BlocYear.objects.get(pk=year.pk)
    assert (members(year), str(year.head)) == (["Sở Mới", "Sở B", "Sở C", "Sở D"], "Sở Mới")


def test_a_year_does_not_open_with_a_unit_that_is_gone(office):
    year = year_of_four(state=YearState.PLANNED)
    gone = unit(year, "D")
    type(gone).objects.filter(pk=gone.pk).update(dissolved_on=dt.date(2026, 7, 1))
    url = reverse("years:year_move", args=(year.pk, "open"))
    assert office.get(url).context["obstacles"] == [
        "Sở D thôi hoạt động từ 01/07/2026: hãy bỏ khỏi thành phần của năm."
    ]


def test_who_was_gone_before_the_year_leaves_it_on_its_first_day(office):
    """The catalogue keeps its own days; the successor has place and post from the same day."""
    year, new = year_of_four(year=2026), UnitFactory(name="Sở Mới")
    assert merge(office, unit(year, "A"), new, "15/12/2025").status_code == 302
    assert changes(year) == [
        "Sở Mới tham gia từ 01/01/2026 (kế thừa Sở A)",
        "Sở A thôi tham gia từ 01/01/2026 (sáp nhập vào Sở Mới)",
    ]
    assert str(BlocYear.objects.get(pk=year.pk).head) == "Sở Mới"
    rows = year.bloc.memberships.filter(unit__name__in=("Sở A", "Sở Mới")).order_by("pk")
    days = (dt.date(2025, 12, 14), dt.date(2025, 12, 15))
    assert [(row.starts_on, row.ends_on) for row in rows] == [(SINCE, days[0]), (days[1], None)]


def test_what_happens_after_the_last_paper_of_a_year_is_not_of_it(office):
    year = year_of_four(year=2026)
    assert dissolve(office, unit(year, "C"), "01/01/2029").status_code == 302
    assert (changes(year), members(year)) == ([], ["Sở A", "Sở B", "Sở C", "Sở D"])


def reorganise(client, before, after, day="01/07/2026", **more):
    """The office sends the page of mergers and splits, without confirming what it lists."""
    keys = {"before": [one.pk for one in before], "after": [one.pk for one in after]}
    typed = {"on": day, "decision": "NQ 1", "moves_memberships": "on", **keys, **more}
    return client.post(reverse("units:unit_reorganise"), typed)


def confirm(client, answer):
    return client.post(reverse("units:unit_reorganise"), fields_of(answer))


def test_several_units_go_into_one(office):
    year, new = year_of_four(), UnitFactory(name="Sở Mới")
    answer = reorganise(office, [unit(year, "C"), unit(year, "D")], [new])
    effects = answer.context["effects"]
    assert effects[0] == (f"{year}, Sở C: Bản đăng ký: chưa lập, đơn vị không phải lập nữa.")
    assert year.member_changes.count() == 0
    assert confirm(office, answer).url == new.get_absolute_url()
    assert changes(year) == [
        "Sở Mới tham gia từ 01/07/2026 (kế thừa Sở C)",
        "Sở C thôi tham gia từ 01/07/2026 (sáp nhập vào Sở Mới)",
        "Sở D thôi tham gia từ 01/07/2026 (sáp nhập vào Sở Mới)",
    ]
    now = year.bloc.memberships.on(dt.date(2026, 7, 1)).values_list("unit__name", flat=True)
    assert sorted(now) == ["Sở A", "Sở B", "Sở Mới"]


def test_one_unit_is_split_into_several(office):
    """The head is split: the first successor takes the post, all take part."""
    year = year_of_four()
    news = [UnitFactory(name=name) for name in ("Sở Một", "Sở Hai")]
    answer = reorganise(office, [unit(year, "A")], news)
    first = answer.context["effects"][0]
    assert first == f"{year}: Sở A đang là khối trưởng; Sở Hai giữ chức này thay."
    assert confirm(office, answer).status_code == 302
    year = BlocYear.objects.get(pk=year.pk)
    assert str(year.head) == "Sở Hai"
    now = year.bloc.memberships.on(dt.date(2026, 7, 1)).values_list("unit__name", flat=True)
    assert sorted(now) == ["Sở B", "Sở C", "Sở D", "Sở Hai", "Sở Một"]
    assert sorted(changes(year)) == [
        "Sở A thôi tham gia từ 01/07/2026 (chia tách thành nhiều đơn vị)",
        "Sở Hai tham gia từ 01/07/2026 (kế thừa Sở A)",
        "Sở Một tham gia từ 01/07/2026 (kế thừa Sở A)",
    ]


def test_a_split_reaches_a_planned_year_and_a_bloc_without_one(office):
    year = year_of_four(state=YearState.PLANNED, year=2027)
    news = [UnitFactory(name=name) for name in ("Sở Hai", "Sở Một")]
    answer = reorganise(office, [unit(year, "C")], news)
    assert answer.context["effects"] == [f"{year} (chưa mở): Sở C ra khỏi thành phần."]
    assert confirm(office, answer).status_code == 302
    assert members(year) == ["Sở A", "Sở B", "Sở Hai", "Sở Một", "Sở D"]
    now = year.bloc.memberships.on(dt.date(2026, 7, 1)).values_list("unit__name", flat=True)
    assert sorted(now) == ["Sở A", "Sở B", "Sở D", "Sở Hai", "Sở Một"]


def led_by(year):
    found = BlocYear.objects.get(pk=year.pk)
    return [str(unit) if unit else None for unit in (found.head, found.deputy)]


VACANT = "nên chức này để khuyết đến khi giao đơn vị khác."


def test_head_and_deputy_go_into_a_new_unit(office):
    """It takes the first post; the other one is vacant, which the list says before."""
    year, new = year_of_four(), UnitFactory(name="Sở Mới")
    answer = reorganise(office, [unit(year, "A"), unit(year, "B")], [new])
    assert [one for one in answer.context["effects"] if "đang là" in one] == [
        f"{year}: Sở A đang là khối trưởng; Sở Mới giữ chức này thay.",
        f"{year}: Sở B đang là khối phó; Sở Mới giữ chức khối trưởng {VACANT}",
    ]
    assert confirm(office, answer).status_code == 302
    assert led_by(year) == ["Sở Mới", None]


@pytest.mark.parametrize(
    ("gone", "into", "leaders"), (("A", "B", [None, "Sở B"]), ("B", "A", ["Sở A", None]))
)
@pytest.mark.parametrize("state", (YearState.IN_PROGRESS, YearState.PLANNED))
def test_head_and_deputy_become_one_unit(office, gone, into, leaders, state):
    year = year_of_four(state=state, year=2026 if state != YearState.PLANNED else 2027)
    answer = merge(office, unit(year, gone), unit(year, into), "01/07/2026")
    assert answer.status_code == 302, answer.context["form"].errors
    assert led_by(year) == leaders


def test_an_acting_head_that_goes_into_the_deputy_leaves_nobody_acting(office):
    year = year_of_four(head_is_acting=True)
    assert merge(office, unit(year, "A"), unit(year, "B"), "01/07/2026").status_code == 302
    assert led_by(year) == [None, "Sở B"]
    assert BlocYear.objects.get(pk=year.pk).head_is_acting is False


@pytest.mark.parametrize(
    ("before", "after", "field", "sentence"),
    (
        (
            "CD",
            "AB",
            "__all__",
            "Ghi từng việc: nhiều đơn vị sáp nhập vào một đơn vị, hoặc một đơn vị chia thành nhiều "
            "đơn vị.",
        ),
        ("CA", "A", "before", "Sở A chỉ chọn ở một bên: bên kế thừa nếu còn hoạt động."),
        ("", "A", "before", "Hãy chọn đơn vị được sáp nhập hoặc chia tách."),
    ),
)
def test_what_is_refused_writes_nothing(office, before, after, field, sentence):
    year = year_of_four()
    sides = ([unit(year, letter) for letter in side] for side in (before, after))
    answer = reorganise(office, *sides)
    if answer.status_code == 200:
        answer = confirm(office, answer)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert fields_of(answer)["decision"] == ["NQ 1"]
    assert year.member_changes.count() == 0


def test_only_the_office_reorganises(client):
    year = year_of_four()
    client.force_login(leader_of(unit(year, "C")))
    assert client.get(reverse("units:unit_reorganise")).status_code == 403
