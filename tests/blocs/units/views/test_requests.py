"""The pages of requests, what the home page tells, and sessions of a stopped account."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from blocs.states import SeatRole
from tests.factories.people import SeatFactory, UserFactory, official, request_about
from thidua.accounts.models import User

pytestmark = pytest.mark.django_db
LIST, HOME = reverse("units:request_list"), reverse("home:tasks")
SEEN = reverse("accounts:reset_seen")


def page(name, asked):
    return reverse(f"units:request_{name}", args=(asked.pk,))


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def moves(client):
    rows = client.get(LIST).context["rows"]
    return [(row["may_decide"], row["may_withdraw"]) for row in rows]


def test_the_office_is_asked_and_confirms():
    admin, office = official(SeatRole.SYSADMIN), official(SeatRole.OFFICE)
    person = UserFactory(full_name="Nguyễn Văn A")
    client = browser_of(admin)
    typed = {"role": "chair", "starts_on": "01/01/2020"}
    answer = client.post(reverse("units:seat_new", args=(person.pk,)), typed, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "Đã gửi đề nghị. Việc này có hiệu lực khi người thứ hai xác nhận."
    ]
    asked = person.account_requests.get()
    assert list(answer.context["requests"]) == [asked]
    second = browser_of(office)
    tasks = second.get(HOME).context["tasks"]
    assert [(one.label, one.url) for one in tasks] == [
        ("Xác nhận đề nghị: giao vị trí: Chủ tịch", page("confirm", asked))
    ]
    shown = dict(second.get(page("confirm", asked)).context["facts"])
    assert shown["Từ ngày"] == "01/01/2020 (ghi lùi: trước ngày đề nghị)"
    assert second.post(page("confirm", asked)).url == LIST
    assert [seat.role for seat in person.seats.all()] == ["chair"]
    again = second.post(page("confirm", asked))
    assert again.status_code == 422
    assert second.get(page("confirm", asked)).context["closed"]


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (SeatRole.SYSADMIN, [(False, True)]),
        (SeatRole.OFFICE, [(True, False)]),
        (SeatRole.CHAIR, [(True, False)]),
    ],
)
def test_each_sees_what_each_may_do(role, shown):
    request_about(UserFactory())
    assert moves(browser_of(official(role))) == shown


def test_who_it_is_about_sees_it_without_buttons_and_is_not_asked():
    office = official(SeatRole.OFFICE)
    asked = request_about(office)
    client = browser_of(office)
    assert moves(client) == [(False, False)]
    assert client.get(HOME).context["tasks"] == []
    assert client.post(page("confirm", asked)).status_code == 403


@pytest.mark.parametrize("role", (SeatRole.COUNCIL, SeatRole.EDITOR))
def test_nobody_else_finds_them(role):
    asked = request_about(UserFactory())
    client = browser_of(official(role) if role == SeatRole.COUNCIL else SeatFactory().user)
    assert client.get(LIST).status_code == 403
    assert client.post(page("confirm", asked)).status_code == 404


def test_refusing_needs_its_reason_and_withdrawing_none():
    first, second = request_about(UserFactory()), request_about(UserFactory())
    client = browser_of(official(SeatRole.OFFICE))
    assert client.post(page("refuse", first), {"note": " "}).status_code == 422
    assert client.post(page("refuse", first), {"note": "Không rõ."}).url == LIST
    assert browser_of(official(SeatRole.SYSADMIN)).post(page("withdraw", second)).url == LIST
    rows = client.get(LIST).context["rows"]
    told = {row["request"].pk: (row["request"].outcome, row["request"].note) for row in rows}
    assert told == {first.pk: ("refused", "Không rõ."), second.pk: ("withdrawn", "")}


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_costs_the_same(count, django_assert_num_queries):
    ContentType.objects.clear_cache()
    for _ in range(count):
        request_about(UserFactory())
    client = browser_of(official(SeatRole.OFFICE))
    with django_assert_num_queries(6):
        assert len(client.get(LIST).context["rows"]) == count


# Whose password was reset.


def test_the_home_page_tells_it_until_it_was_seen():
    person = SeatFactory().user
    User.objects.filter(pk=person.pk).update(reset_note="Mật khẩu của bạn đã được đặt lại.")
    client = browser_of(person)
    for _ in range(2):
        assert "Mật khẩu của bạn đã được đặt lại." in client.get(HOME).content.decode()
    assert client.get(SEEN).status_code == 405
    assert client.post(SEEN).url == HOME
    assert "Mật khẩu của bạn" not in client.get(HOME).content.decode()


# An account that was stopped.


def test_a_session_of_a_stopped_account_does_not_come_back_with_it():
    admin = browser_of(official(SeatRole.SYSADMIN))
    person = SeatFactory().user
    old = browser_of(person)
    assert old.get(HOME).status_code == 200
    admin.post(reverse("units:person_stop", args=(person.pk,)))
    admin.post(reverse("units:person_resume", args=(person.pk,)))
    assert old.get(HOME).status_code == 302
    person.refresh_from_db()
    assert browser_of(person).get(HOME).status_code == 200


def test_a_stopped_account_has_no_right_whoever_asks_for_it():
    person = official(SeatRole.OFFICE)
    assert person.has_perm("units.manage_bloc")
    person.is_active = False
    assert not person.has_perm("units.manage_bloc")
