"""Members of a bloc and of its running and planned years never disagree in silence."""

import datetime as dt
from itertools import product

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blocs.changes.models.differing import may_differ
from blocs.states import MemberChangeKind as K
from blocs.states import SeatRole, YearState
from blocs.units.models import Membership, UnitSuccession
from blocs.years.actions.planned_members import MOVED_ON, OPENED
from blocs.years.models import BlocYear, MemberChange
from blocs.years.models.members.differences import differences
from tests.factories.blocs import year_with_members
from tests.factories.changes import change_address, change_members, confirmed, office_browser, typed
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.page_forms import fields_of, forms_of
from thidua.common.models import ActivityEntry
from thidua.home.tasks import tasks_of

pytestmark = pytest.mark.django_db
BEGIN, SEPTEMBER_1 = dt.date(2020, 1, 1), dt.date(2026, 9, 1)


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel("2026-11-29T03:00:00Z", tick=False):
        yield


def bloc_year(state=YearState.IN_PROGRESS, **more):
    found = year_with_members(4, state=state, **more)
    for member, letter in zip(found.members.select_related("unit"), "ABCD", strict=True):
        member.unit.name = member.unit.short_name = f"Sở {letter}"
        member.unit.save()
        Membership.objects.create(bloc=found.bloc, unit=member.unit, starts_on=BEGIN)
    return found


def add(client, year, unit, on):
    """The office lets a unit belong to the bloc, on the page of the bloc."""
    url = reverse("units:member_add", args=(year.bloc_id,))
    said = {"unit": unit.pk, "starts_on": f"{on:%d/%m/%Y}", "decision": "QĐ 9"}
    assert client.post(url, said).status_code == 302


def told(year):
    return [one.sentence for one in differences(year)]


def labels(person):
    found = [one.label for one in tasks_of(person, timezone.now())]
    return [label for label in found if label.startswith("Thành phần")]


def page(client, year, name="year_detail"):
    return client.get(
        reverse(f"{'years' if name.startswith('year') else 'changes'}:{name}", args=(year.pk,))
    )


def follow(client, url, **more):
    """Open a way on, send its form as it is filled in, and confirm the effects."""
    found = client.get(url)
    data = fields_of(found) | {name: [value] for name, value in more.items()}
    return confirmed(client, url, data)


# When a unit belongs to the bloc, and how it takes part in the year 2026.
SPELLS = {
    "never": None,
    "all along": (BEGIN, None),
    "since September": (SEPTEMBER_1, None),
    "until last year": (BEGIN, dt.date(2025, 12, 31)),
    "until May": (BEGIN, dt.date(2026, 5, 31)),
    "until next year": (BEGIN, dt.date(2027, 1, 31)),
}
PARTS = {
    "none": None,
    "whole": {},
    "joined": {"joined_on": SEPTEMBER_1},
    "left": {"left_on": SEPTEMBER_1},
    "away": {"away": [["2026-03-01", "2026-05-01"]]},
}


@pytest.mark.parametrize("state", [YearState.PLANNED, YearState.IN_PROGRESS])
def test_no_year_that_differs_is_left_out_of_those_that_may(state):
    """And what is plainly the same is not read: else every year of a province is."""
    years = {}
    for (spell, days), (part, said) in product(SPELLS.items(), PARTS.items()):
        year = years[spell, part] = year_with_members(1, state=state)
        same = {"bloc": year.bloc, "unit": year.head, "starts_on": BEGIN}
        Membership.objects.create(**same)
        unit = UnitFactory()
        if days:
            starts_on, ends_on = days
            Membership.objects.create(
                bloc=year.bloc, unit=unit, starts_on=starts_on, ends_on=ends_on
            )
        if said is not None:
            year.members.create(unit=unit, order=2, **said)
    asked = set(may_differ(BlocYear.objects.all()).values_list("pk", flat=True))
    differing = {key for key, year in years.items() if differences(year)}
    may = {key for key, year in years.items() if year.pk in asked}
    assert differing - may == set()
    assert len(differing) > 5
    assert set(years) - may == {
        ("never", "none"),
        ("until last year", "none"),
        ("all along", "whole"),
    }


def test_a_unit_added_to_the_bloc_is_offered_to_its_running_year(client):
    year, new, office = bloc_year(), UnitFactory(name="Sở G"), office_browser()
    assert told(year) == []
    add(office, year, new, SEPTEMBER_1)
    sentence = "Sở G vào khối từ 01/09/2026 (QĐ 9) nhưng chưa có trong thành phần năm 2026."
    assert told(year) == [sentence]
    label = ["Thành phần năm 2026 khác danh sách khối: Sở G vào khối từ 01/09/2026"]
    people = (official(SeatRole.OFFICE), leader_of(year.head), editor_of(year.head))
    assert [labels(person) for person in people] == [label] * 3
    assert labels(leader_of(year.members.get(order=3).unit)) == []
    notes = office.get(year.bloc.get_absolute_url()).context["notes"]
    assert [note.sentence for note in notes] == [sentence]
    for name in ("year_detail", "member_change_list"):
        assert sentence in page(office, year, name).content.decode()
    (gap,) = differences(year)
    assert follow(office, gap.change_url).status_code == 302
    change = MemberChange.objects.get()
    assert (change.kind, change.unit, change.on, change.decision) == (
        K.JOINED,
        new,
        SEPTEMBER_1,
        "QĐ 9",
    )
    assert told(year) == []
    # The membership is not begun a second time.
    assert Membership.objects.filter(unit=new).count() == 1


def test_the_office_may_let_the_year_stay_as_it_is_with_a_reason():
    year, new, office = bloc_year(), UnitFactory(name="Sở G"), office_browser()
    add(office, year, new, SEPTEMBER_1)
    (gap,) = differences(year)
    assert follow(office, gap.keep_url).status_code == 422
    assert follow(office, gap.keep_url, reason="Vào cuối năm").status_code == 302
    assert (told(year), year.members.count()) == ([], 4)
    (row,) = page(office, year, "member_change_list").context["rows"]
    assert row.words == (
        "thành phần của năm giữ nguyên, dù danh sách thành viên đã thay đổi từ 01/09/2026 (Vào "
        "cuối năm)"
    )
    url = reverse("changes:member_change_cancel", args=(row.pk,))
    assert confirmed(office, url, {"reason": "Nhầm"}).status_code == 302
    assert len(told(year)) == 1
    # And it may still be taken in.
    (gap,) = differences(year)
    assert follow(office, gap.change_url).status_code == 302
    assert year.members.count() == 5


def test_nothing_is_kept_where_nothing_differs():
    year = bloc_year()
    unit = year.members.get(order=3).unit
    data = typed(unit, K.KEPT, SEPTEMBER_1)
    answer = confirmed(office_browser(), change_address(year), data)
    assert answer.context["form"].non_field_errors() == [
        "Thành phần của năm và danh sách thành viên không khác nhau về đơn vị này, không có gì để "
        "giữ nguyên."
    ]


def test_a_unit_that_left_the_bloc_before_the_year_was_opened_is_named():
    """Input of our own: the bloc knows since March, the year was planned and opened later."""
    year = bloc_year()
    unit = year.members.get(order=4).unit
    last = {"ends_on": dt.date(2026, 2, 28), "end_decision": "QĐ 3"}
    Membership.objects.filter(unit=unit).update(**last)
    assert told(year) == [
        "Sở D rời khối từ 01/03/2026 (QĐ 3) nhưng vẫn còn trong thành phần năm 2026."
    ]
    (gap,) = differences(year)
    office = office_browser()
    assert follow(office, gap.change_url, is_outside="on").status_code == 302
    assert [(row.kind, row.on) for row in MemberChange.objects.all()] == [
        (K.MOVED, dt.date(2026, 3, 1))
    ]
    assert (told(year), gap.change_label) == ([], "Ghi thôi tham gia")


def test_a_unit_of_the_year_that_the_bloc_never_knew_is_named():
    year = bloc_year()
    Membership.objects.filter(unit=year.members.get(order=4).unit).delete()
    assert told(year) == [
        "Sở D không có trong danh sách khối nhưng vẫn còn trong thành phần năm 2026."
    ]


def test_a_bloc_without_any_member_on_record_is_not_compared():
    year = bloc_year()
    Membership.objects.all().delete()
    assert told(year) == []


@pytest.mark.parametrize("kind", [K.LEFT, K.MOVED])
def test_a_unit_back_in_the_bloc_is_offered_to_come_back(kind):
    """Input of our own: gone in April by a change, added to the bloc again in September."""
    year, office = bloc_year(), office_browser()
    unit = year.members.get(order=4).unit
    change_members(year, unit, kind, dt.date(2026, 4, 1))
    assert told(year) == []
    add(office, year, unit, SEPTEMBER_1)
    (gap,) = differences(year)
    assert follow(office, gap.change_url).status_code == 302
    assert year.members.get(unit=unit).part_words == (
        "thôi tham gia từ 01/04/2026, tham gia lại từ 01/09/2026"
    )


def test_what_will_hold_later_this_year_is_said_before():
    year, new = bloc_year(), UnitFactory(name="Sở G")
    Membership.objects.create(bloc=year.bloc, unit=new, starts_on=dt.date(2026, 12, 15))
    Membership.objects.create(bloc=year.bloc, unit=UnitFactory(), starts_on=dt.date(2027, 1, 1))
    assert told(year) == ["Sở G vào khối từ 15/12/2026 nhưng chưa có trong thành phần năm 2026."]


@pytest.mark.parametrize(
    ("state", "count"),
    [
        (YearState.PLANNED, 1),
        (YearState.OPEN, 1),
        (YearState.PROPOSED, 1),
        (YearState.DECIDED, 0),
        (YearState.ARCHIVED, 0),
    ],
)
def test_years_are_compared_until_they_are_decided(state, count):
    year = bloc_year(state)
    add(office_browser(), year, UnitFactory(name="Sở G"), SEPTEMBER_1)
    assert len(told(year)) == count


def test_a_planned_year_names_the_unit_and_takes_it_in_on_its_page():
    year, new = bloc_year(YearState.PLANNED, year=2027), UnitFactory(name="Sở G")
    office = office_browser()
    add(office, year, new, dt.date(2026, 12, 1))
    add(office, year, UnitFactory(name="Sở H"), dt.date(2027, 5, 1))
    (gap,) = differences(year)
    assert gap.sentence == (
        "Sở G vào khối từ 01/12/2026 (QĐ 9) nhưng chưa có trong thành phần năm 2027."
    )
    asked = office.post(reverse("years:year_move", args=(year.pk, "open")), {})
    assert (asked.status_code, year.members.count()) == (422, 4)
    assert gap.sentence in asked.content.decode()
    members = reverse("years:year_members", args=(year.pk,))
    assert office.post(members, fields_of(office.get(gap.change_url))).status_code == 302
    assert [str(row.unit) for row in year.members.all()][-1] == "Sở G"
    assert told(year) == []
    answer = office.post(reverse("years:year_move", args=(year.pk, "open")), {})
    assert answer.status_code == 302


def test_a_planned_year_is_told_to_drop_a_unit_that_a_change_of_this_year_took_out():
    """Input of our own: gone by a change of 2026 after 2027 had been planned with it."""
    year, office = bloc_year(), office_browser()
    units = [row.unit for row in year.members.select_related("unit")]
    planned = {"year": 2027, "state": YearState.PLANNED, "bloc": year.bloc}
    after = year_with_members(2, head=units[0], deputy=units[1], **planned)
    for order, unit in enumerate(units[2:], start=3):
        after.members.create(unit=unit, order=order)
    change_members(year, units[3], K.MOVED, SEPTEMBER_1)
    (gap,) = differences(after)
    assert (gap.sentence, gap.change_label, gap.keep_url) == (
        "Sở D rời khối từ 01/09/2026 (Quyết định số 12/QĐ-UBND) nhưng vẫn còn trong thành phần năm "
        "2027.",
        "Bỏ khỏi thành phần",
        "",
    )
    fields = fields_of(office.get(gap.change_url))
    fields.pop(f"don-vi-{units[3].pk}-takes_part")
    assert office.post(gap.change_url, fields).status_code == 302
    assert (told(after), after.members.count()) == ([], 3)


def planned_after(year, *, deputy=1):
    """2027, planned with all members of this year, A and another of them at its head."""
    units = [row.unit for row in year.members.select_related("unit")]
    planned = {"year": 2027, "state": YearState.PLANNED, "bloc": year.bloc}
    after = year_with_members(0, head=units[0], deputy=units[deputy], **planned)
    for order, unit in enumerate(units, start=1):
        after.members.create(unit=unit, order=order)
    return after


def apply_all(client, after, name="year_members"):
    """Press the button of a page that lists the differences of a planned year."""
    found = page(client, after, name)
    (form,) = [one for one in forms_of(found.content.decode()) if one.action.endswith("/ap-dung/")]
    assert [label for label, *_ in form.buttons] == ["Áp dụng cho năm 2027"]
    return client.post(form.action, form.fields)


def names(year):
    return [str(row.unit) for row in year.members.select_related("unit")]


@pytest.mark.parametrize("name", ["year_members", "year_detail"])
def test_one_button_applies_the_changes_of_the_year_to_the_planned_one(name):
    """D went in September, G came in October: 2027 opens with the right members."""
    year, office = bloc_year(), office_browser()
    after = planned_after(year)
    change_members(year, year.members.get(order=4).unit, K.MOVED, SEPTEMBER_1)
    change_members(year, UnitFactory(name="Sở G"), K.JOINED, dt.date(2026, 10, 1))
    before = told(after)
    assert [sentence[:4] for sentence in before] == ["Sở D", "Sở G"]
    refused = office.post(reverse("years:year_move", args=(after.pk, "open")), {})
    assert refused.status_code == 422
    assert apply_all(office, after, name).status_code == 302
    assert (names(after), told(after)) == (["Sở A", "Sở B", "Sở C", "Sở G"], [])
    entry = ActivityEntry.objects.about(after).first()
    assert (entry.label, entry.note) == (
        "Áp dụng thay đổi thành phần cho năm 2027",
        " ".join(before),
    )
    was, now = "Sở A; Sở B; Sở C; Sở D", "Sở A; Sở B; Sở C; Sở G"
    assert entry.changes == [{"field": "thành viên", "before": was, "after": now}]
    opened = office.post(reverse("years:year_move", args=(after.pk, "open")), {})
    assert (opened.status_code, year.members.count()) == (302, 5)


def test_a_deputy_that_left_leaves_its_post_vacant_and_the_page_says_so_first():
    """Input of our own: D was planned as deputy of 2027."""
    year, office = bloc_year(), office_browser()
    after = planned_after(year, deputy=3)
    change_members(year, year.members.get(order=4).unit, K.LEFT, SEPTEMBER_1)
    said = page(office, after, "year_members").context["apply_effects"]
    assert said == ["Sở D đang là khối phó: chức này để khuyết đến khi chọn lại."]
    assert apply_all(office, after).status_code == 302
    after.refresh_from_db()
    assert (names(after), after.deputy) == (["Sở A", "Sở B", "Sở C"], None)
    entry = ActivityEntry.objects.about(after).first()
    assert [(row["field"], row["before"], row["after"]) for row in entry.changes] == [
        ("thành viên", "Sở A; Sở B; Sở C; Sở D", "Sở A; Sở B; Sở C"),
        ("khối phó", "Sở D", ""),
    ]


def test_successors_come_into_the_line_and_post_of_the_unit_they_succeed():
    """Input of our own: B, deputy of 2027, went into two; the bloc took both in by hand."""
    year, office = bloc_year(), office_browser()
    after = planned_after(year)
    gone, heirs = year.members.get(order=2).unit, [UnitFactory(name=f"Sở B{n}") for n in (1, 2)]
    gone.dissolved_on = SEPTEMBER_1
    gone.save()
    last = {"ends_on": SEPTEMBER_1 - dt.timedelta(days=1), "end_decision": "QĐ 3"}
    Membership.objects.filter(unit=gone).update(**last)
    for heir in heirs:
        UnitSuccession.objects.create(predecessor=gone, successor=heir, on=SEPTEMBER_1)
        Membership.objects.create(bloc=year.bloc, unit=heir, starts_on=SEPTEMBER_1)
    said = page(office, after, "year_members").context["apply_effects"]
    assert said == ["Sở B đang là khối phó: Sở B1 giữ chức này thay."]
    assert apply_all(office, after).status_code == 302
    after.refresh_from_db()
    assert (names(after), after.deputy) == (
        ["Sở A", "Sở B1", "Sở B2", "Sở C", "Sở D"],
        heirs[0],
    )


def test_a_post_goes_to_a_successor_that_is_a_member_already():
    """Input of our own: C, deputy of 2027, went into D; into A, the head, it would be vacant."""
    for letter, deputy in (("D", "Sở D"), ("A", "")):
        year, office = bloc_year(), office_browser()
        after = planned_after(year, deputy=2)
        gone = year.members.get(order=3).unit
        heir = year.members.get(unit__name=f"Sở {letter}").unit
        UnitSuccession.objects.create(predecessor=gone, successor=heir, on=SEPTEMBER_1)
        change_members(year, gone, K.MOVED, SEPTEMBER_1)
        assert apply_all(office, after).status_code == 302
        after.refresh_from_db()
        assert (names(after), str(after.deputy or "")) == (["Sở A", "Sở B", "Sở D"], deputy)


def test_nothing_is_applied_that_the_page_did_not_list():
    year, office = bloc_year(), office_browser()
    after = planned_after(year)
    change_members(year, year.members.get(order=4).unit, K.MOVED, SEPTEMBER_1)
    (form,) = [
        one
        for one in forms_of(page(office, after).content.decode())
        if one.action.endswith("/ap-dung/")
    ]
    change_members(year, year.members.get(order=3).unit, K.MOVED, SEPTEMBER_1)
    answer = office.post(form.action, form.fields, follow=True)
    assert (names(after), len(told(after))) == (["Sở A", "Sở B", "Sở C", "Sở D"], 2)
    assert MOVED_ON in [str(message) for message in answer.context["messages"]]


def test_an_opened_year_takes_nothing_over_at_once():
    year, office = bloc_year(), office_browser()
    add(office, year, UnitFactory(name="Sở G"), SEPTEMBER_1)
    shown = page(office, year, "year_members").content.decode()
    assert "Áp dụng cho" not in shown
    answer = office.post(reverse("years:members_apply", args=(year.pk,)), follow=True)
    assert OPENED in [str(message) for message in answer.context["messages"]]
    assert year.members.count() == 4


def test_tasks_cost_the_same_for_many_years():
    person, costs = official(SeatRole.OFFICE), []
    assert labels(person) == []
    for count in (1, 4):
        while Membership.objects.filter(starts_on=SEPTEMBER_1).count() < count:
            bloc = bloc_year().bloc
            Membership.objects.create(bloc=bloc, unit=UnitFactory(), starts_on=SEPTEMBER_1)
        with CaptureQueriesContext(connection) as queries:
            assert len(labels(person)) == count
        costs.append(len(queries))
    assert costs[0] == costs[1]
