"""The first steps of an office: done and not done from the database, each with its way."""

import datetime as dt

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from blocs.legal.models import LegalDocument
from blocs.states import SeatRole
from blocs.units.models import Membership
from blocs.years.models import AwardKind, BlocYear, YearCalendar
from tests.factories.blocs import BlocFactory
from tests.factories.people import SeatFactory, UnitFactory, auditor, editor_of, official

pytestmark = pytest.mark.django_db
PAGE, HOME = reverse("home:first_steps"), reverse("home:tasks")
DAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def of_a_day():
    ContentType.objects.clear_cache()
    with time_machine.travel("2026-03-02T02:00:00Z", tick=False):
        yield


@pytest.fixture
def empty():
    """A province that keeps nothing; what migrations bring is taken away."""
    for model in (AwardKind, LegalDocument, YearCalendar):
        model.objects.all().delete()


def done(client):
    return [step.title for step in client.get(PAGE).context["steps"] if step.is_done]


def test_each_step_is_done_once_the_database_says_so(client, empty):
    office = official(SeatRole.OFFICE)
    client.force_login(office)
    declared = ["Tên tỉnh và nơi ban hành văn bản"]
    assert done(client) == declared
    bloc, unit = BlocFactory(), UnitFactory()
    acts = [
        (
            "Danh mục hình thức khen thưởng",
            lambda: AwardKind.objects.create(code="co", name="Cờ thi đua"),
        ),
        (
            "Lịch nghỉ năm 2026",
            lambda: YearCalendar.objects.create(
                year=2026, document="Số 1", confirmed_at=timezone.now(), confirmed_by=office
            ),
        ),
        (
            "Văn bản pháp lý đang có hiệu lực",
            lambda: LegalDocument.objects.create(kind="Luật", number="06/2022/QH15", subject="A"),
        ),
        (
            "Thành viên của khối, cụm",
            lambda: Membership.objects.create(bloc=bloc, unit=unit, starts_on=DAY),
        ),
        ("Người dùng của các đơn vị", lambda: editor_of(unit)),
        ("Năm thi đua đầu tiên", lambda: BlocYear.objects.create(bloc=bloc, year=2026)),
    ]
    begun = {"Khối, cụm thi đua", "Đơn vị", *declared}
    assert set(done(client)) == begun
    for title, act in acts:
        act()
        begun |= {title}
        assert set(done(client)) == begun
    assert len(begun) == len(client.get(PAGE).context["steps"]) == 9


def test_what_is_over_does_not_count(client, empty):
    """A calendar of last year, a text out of force, a member that left, an editor of before."""
    office, bloc, unit = official(SeatRole.OFFICE), BlocFactory(is_active=False), UnitFactory()
    YearCalendar.objects.create(
        year=2025, document="Số 1", confirmed_at=timezone.now(), confirmed_by=office
    )
    LegalDocument.objects.create(
        kind="Luật", number="1", subject="A", in_force_to=dt.date(2025, 12, 31)
    )
    AwardKind.objects.create(code="co", name="Cờ thi đua", is_active=False)
    past = {"starts_on": dt.date(2020, 1, 1), "ends_on": dt.date(2026, 3, 1)}
    Membership.objects.create(bloc=bloc, unit=unit, **past)
    SeatFactory(unit=unit, **past)
    unit.dissolved_on = DAY
    unit.save()
    client.force_login(office)
    assert done(client) == ["Tên tỉnh và nơi ban hành văn bản"]


def test_what_is_done_in_part_says_how_much_is_missing(client):
    bloc, unit = BlocFactory(), UnitFactory()
    BlocFactory()
    UnitFactory.create_batch(2)
    Membership.objects.create(bloc=bloc, unit=unit, starts_on=DAY)
    editor_of(unit)
    client.force_login(official(SeatRole.OFFICE))
    words = {step.title: step.words for step in client.get(PAGE).context["steps"]}
    assert words["Người dùng của các đơn vị"] == "2 đơn vị chưa có cán bộ đầu mối."
    assert words["Thành viên của khối, cụm"] == "1 khối, cụm chưa có đơn vị nào."


@pytest.mark.parametrize("role", [SeatRole.OFFICE, SeatRole.SYSADMIN])
def test_every_way_opens_for_who_is_shown_it(client, role):
    client.force_login(official(role))
    steps = client.get(PAGE).context["steps"]
    ways = [step.url for step in steps if step.url]
    assert len(ways) == {SeatRole.OFFICE: 7, SeatRole.SYSADMIN: 1}[role]
    assert {client.get(url).status_code for url in ways} == {200}
    assert all(step.who for step in steps if not step.url and not step.is_done)


def test_home_offers_the_steps_while_any_is_missing(client, settings):
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(HOME)
    assert answer.context["first_steps"] > 0
    assert f'href="{PAGE}"' in answer.content.decode()
    settings.SITE_PROVINCE = ""
    assert client.get(HOME).context["first_steps"] == answer.context["first_steps"] + 1


def test_others_are_offered_nothing_and_may_not_look(client):
    unit, bloc = UnitFactory(), BlocFactory()
    others = [
        editor_of(unit),
        auditor(),
        official(SeatRole.CHAIR),
        official(SeatRole.COUNCIL),
        official(SeatRole.OFFICE, sees_only=[bloc.pk]),
    ]
    for person in others:
        client.force_login(person)
        assert client.get(PAGE).status_code == 403
        assert client.get(HOME).context["first_steps"] == 0


@pytest.mark.parametrize("count", (1, 3))
def test_the_page_costs_the_same(client, count, django_assert_num_queries):
    for bloc in BlocFactory.create_batch(count):
        Membership.objects.create(bloc=bloc, unit=UnitFactory(), starts_on=DAY)
    client.force_login(official(SeatRole.OFFICE))
    with django_assert_num_queries(7):
        assert len(client.get(PAGE).context["steps"]) == 9
