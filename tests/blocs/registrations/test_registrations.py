"""The pages of registration."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from blocs.states import SeatRole, YearState
from blocs.years.models import Registration
from tests.factories.blocs import year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.page_forms import fields_of, save, seen_on

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 3, 15)
NOON = dt.datetime(2026, 3, 15, 5, tzinfo=dt.UTC)


@pytest.fixture
def year():
    return year_with_members(4, state=YearState.OPEN, registration_due=DUE)


def written(year, unit, **more):
    texts = {"titles": "Cờ thi đua", "content": "Giải quyết 100% hồ sơ đúng hạn"}
    return Registration.objects.create(bloc_year=year, unit=unit, **texts | more)


def year_page(year, name="registration_list"):
    return reverse(f"registrations:{name}", args=(year.pk,))


def page(registration, name="registration_detail", *more):
    return reverse(f"registrations:{name}", args=(registration.pk, *more))


def last_unit(year):
    return year.members.order_by("order").last().unit


@pytest.mark.parametrize("count", (1, 3))
def test_list_costs_the_same(client, year, count, django_assert_num_queries):
    for member in year.members.select_related("unit")[:count]:
        written(year, member.unit)
    client.force_login(editor_of(year.head))
    with django_assert_num_queries(7):
        answer = client.get(year_page(year))
    assert [row.state for row in answer.context["rows"]] == ["Nháp"] * count + ["Chưa lập"] * (
        4 - count
    )


def test_detail_costs_what_it_should(client, year, django_assert_num_queries):
    registration = written(year, year.head)
    client.force_login(leader_of(year.head))
    ContentType.objects.get_for_model(Registration)
    with django_assert_num_queries(10):
        assert client.get(page(registration)).context["titles"] == ("Cờ thi đua",)


@pytest.mark.parametrize(
    ("signed", "words"),
    [(NOON, "Đúng hạn"), (NOON + dt.timedelta(hours=12), "Chậm 1 ngày")],
)
def test_list_says_who_was_late(client, year, signed, words):
    written(year, year.head, state="signed", signed_at=signed)
    client.force_login(official(SeatRole.OFFICE))
    row = client.get(year_page(year)).context["rows"][0]
    assert (row.unit, row.state, row.lateness) == (year.head, "Đã đăng ký", words)


@pytest.mark.parametrize(
    ("person", "shown"), [("head", 4), ("deputy", 4), ("office", 4), ("member", 1), ("council", 0)]
)
def test_list_shows_what_one_may_read(client, year, person, shown):
    for member in year.members.select_related("unit"):
        written(year, member.unit)
    people = {
        "head": lambda: leader_of(year.head),
        "deputy": lambda: editor_of(year.deputy),
        "member": lambda: editor_of(last_unit(year)),
        "office": lambda: official(SeatRole.OFFICE),
        "council": lambda: official(SeatRole.COUNCIL),
    }
    client.force_login(people[person]())
    assert len(client.get(year_page(year)).context["rows"]) == shown


def test_editor_starts_for_the_own_unit_only(client, year):
    unit = last_unit(year)
    client.force_login(editor_of(unit))
    assert [row.may_start for row in client.get(year_page(year)).context["rows"]] == [True]
    url = year_page(year, "registration_start")
    assert client.post(url, {"unit": year.head.pk}).status_code == 404
    assert (client.get(url).status_code, Registration.objects.count()) == (404, 0)
    answer = client.post(url, {"unit": unit.pk})
    registration = Registration.objects.get()
    assert (registration.unit, answer.url) == (unit, page(registration, "registration_edit"))


def test_leader_reads_but_does_not_start(client, year):
    unit = last_unit(year)
    client.force_login(leader_of(unit))
    assert client.post(year_page(year, "registration_start"), {"unit": unit.pk}).status_code == 403


def test_second_start_is_told(client, year):
    registration = written(year, last_unit(year))
    client.force_login(editor_of(registration.unit))
    answer = client.post(year_page(year, "registration_start"), {"unit": registration.unit.pk})
    assert [str(message) for message in answer.wsgi_request._messages] == [
        "Đơn vị đã có bản đăng ký năm này."
    ]


def test_member_of_another_unit_finds_nothing(client, year):
    registration = written(year, year.head)
    client.force_login(editor_of(last_unit(year)))
    for url in (
        page(registration),
        page(registration, "registration_edit"),
        page(registration, "registration_move", "sign"),
    ):
        assert client.get(url).status_code == 404


def test_editor_writes_and_leader_signs(client, year):
    registration = written(year, last_unit(year), titles="", content="")
    client.force_login(editor_of(registration.unit))
    url = page(registration, "registration_edit")
    answer = save(client, url, {"titles": "Bằng khen", "content": "Hồ sơ"})
    assert answer.url == page(registration)
    assert client.get(page(registration, "registration_move", "sign")).status_code == 403
    client.force_login(leader_of(registration.unit))
    move = client.get(page(registration)).context["moves"][0]
    assert (move["label"], move["obstacles"]) == ("Ký bản đăng ký thi đua", [])
    assert client.get(move["url"]).status_code == 200
    registration.refresh_from_db()
    assert (registration.titles, registration.state) == ("Bằng khen", "draft")
    client.post(move["url"])
    registration.refresh_from_db()
    assert registration.state == "signed"


def test_second_writer_sees_both_texts_and_saves_then(client, year):
    registration = written(year, last_unit(year))
    client.force_login(editor_of(registration.unit))
    url = page(registration, "registration_edit")
    seen = seen_on(client, url)
    Registration.objects.update(content="Của người khác")
    typed = {"titles": "Cờ", "content": "Của tôi"}
    answer = client.post(url, typed | seen)
    text = answer.content.decode()
    assert ("Của người khác" in text, "Của tôi" in text) == (True, True)
    registration.refresh_from_db()
    assert registration.content == "Của người khác"
    client.post(url, fields_of(answer))
    registration.refresh_from_db()
    assert registration.content == "Của tôi"


def test_secretary_returns_with_a_reason(client, year):
    registration = written(year, last_unit(year), state="signed", signed_at=NOON)
    client.force_login(editor_of(year.head))
    url = page(registration, "registration_move", "return")
    assert client.post(url, {"note": ""}).status_code == 422
    client.post(url, {"note": "Chưa có số liệu."})
    entries = client.get(page(registration)).context["entries"]
    assert [(entry["label"], entry["note"]) for entry in entries] == [
        ("Trả lại bản đăng ký", "Chưa có số liệu.")
    ]
