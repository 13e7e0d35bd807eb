"""What was typed is there again after the session ended or the page grew too old."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.models import Unit
from tests.factories.blocs import BlocFactory
from tests.factories.people import UnitFactory, official
from tests.page_forms import fields_of
from thidua.common.pages.searched import widgets
from thidua.common.pages.views import RESTORED

pytestmark = pytest.mark.django_db
LOGIN, PAGE = reverse("accounts:login"), reverse("units:unit_new")
PASSWORD = "mua-xuan-nho-nho"
TYPED = {
    "name": "Sở Xây dựng",
    "short_name": "Sở XD",
    "code": "SXD",
    "superior": "UBND TỈNH",
    "letterhead": "SỞ XÂY DỰNG",
    "leader_title": "Giám đốc",
}


def official_with_password():
    user = official(SeatRole.OFFICE)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, user, **more):
    return client.post(LOGIN, {"username": user.username, "password": PASSWORD, **more})


def words(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.fixture
def person(client):
    """Has signed in, and the session has ended meanwhile."""
    user = official_with_password()
    sign_in(client, user)
    client.session.flush()
    return user


def test_the_text_waits_behind_the_sign_in(client, person):
    answer = client.post(PAGE, TYPED)
    assert answer.url == f"{LOGIN}?next={PAGE}"
    assert words(client.get(answer.url)) == [
        "Phiên làm việc đã kết thúc. Nội dung vừa nhập được giữ lại và hiện ra sau khi đăng nhập."
    ]
    assert sign_in(client, person, next=PAGE).url == PAGE
    page = client.get(PAGE)
    assert page.context["form"].data.dict() == TYPED
    assert words(page) == [RESTORED]
    assert Unit.objects.count() == 0
    client.post(PAGE, TYPED)
    assert Unit.objects.get().name == "Sở Xây dựng"
    assert client.get(PAGE).context["form"].is_bound is False


def test_letters_to_search_by_wait_as_well(client, person, monkeypatch):
    monkeypatch.setattr(widgets, "MOST_LISTED", 0)
    unit, page = UnitFactory(name="Sở Y tế"), reverse("units:member_add", args=(BlocFactory().pk,))
    client.post(page, {"unit": "", "tim-unit": "y te", "decision": "Số 1"})
    sign_in(client, person, next=page)
    # What the script asks meanwhile neither shows nor forgets what was kept.
    asked = client.get(page, {"goi-y": "unit", "tim-unit": "so"})
    assert asked.json() == {"rows": [[str(unit.pk), "Sở Y tế"]], "is_more": False}
    answer = client.get(page)
    shown = fields_of(answer)
    assert words(answer) == [RESTORED]
    assert (shown["unit"], shown["tim-unit"]) == ([str(unit.pk)], ["Sở Y tế"])
    assert shown["decision"] == ["Số 1"]


def test_nobody_else_gets_the_text(client, person):
    client.post(PAGE, TYPED)
    sign_in(client, official_with_password(), next=PAGE)
    assert client.get(PAGE).context["form"].is_bound is False


def test_an_unknown_browser_leaves_nothing(client):
    client.post(PAGE, TYPED)
    assert "kept_input" not in client.session


def test_passwords_are_never_kept(client):
    admin = official(SeatRole.SYSADMIN)
    admin.set_password(PASSWORD)
    admin.save()
    sign_in(client, admin)
    client.session.flush()
    page = reverse("units:person_new")
    client.post(page, {"full_name": "Nguyễn Văn A", "password": "mat-khau-bi-mat"})
    assert client.session["kept_input"]["text"] == "full_name=Nguy%E1%BB%85n+V%C4%83n+A"


def test_a_change_of_password_leaves_nothing(client, person):
    names = ("old_password", "new_password1", "new_password2")
    client.post(reverse("accounts:password_change"), dict.fromkeys(names, "mat-khau-bi-mat"))
    assert "kept_input" not in client.session


@pytest.fixture
def strict():
    """A browser whose pages carry a token that the server no longer knows."""
    client, user = Client(enforce_csrf_checks=True), official_with_password()
    token = client.get(LOGIN).cookies["csrftoken"].value
    sign_in(client, user, csrfmiddlewaretoken=token)
    return client


def test_an_old_page_keeps_its_text(strict):
    typed = TYPED | {"csrfmiddlewaretoken": "x" * 64}
    answer = strict.post(PAGE, typed, headers={"origin": "http://testserver"})
    assert (answer.status_code, answer.url) == (302, PAGE)
    page = strict.get(PAGE)
    assert page.context["form"].data.dict() == TYPED
    assert words(page) == [
        "Trang đã mở quá lâu. Nội dung vừa nhập được giữ lại.",
        RESTORED,
    ]
    assert Unit.objects.count() == 0


@pytest.mark.parametrize("name", ("home:choose_year", "accounts:logout"))
def test_a_button_of_an_old_page_says_that_nothing_was_done(strict, name):
    """These addresses are no pages: the way back there would be a bare error of the browser."""
    typed = {"year": "2026", "csrfmiddlewaretoken": "x" * 64}
    answer = strict.post(reverse(name), typed, headers={"origin": "http://testserver"}, follow=True)
    assert answer.redirect_chain[0] == (reverse("home:tasks"), 302)
    said = "Trang đã mở quá lâu nên việc vừa bấm chưa được thực hiện. "
    assert words(answer) == [f"{said}Vui lòng mở lại trang rồi bấm lại."]


@pytest.mark.parametrize("name", ("home:choose_year", "accounts:logout"))
def test_an_address_that_only_a_button_leads_to_is_explained(strict, name):
    answer = strict.get(reverse(name))
    assert answer.status_code == 405
    assert "Vui lòng mở lại trang có nút ấy rồi bấm lần nữa." in answer.content.decode()


@pytest.mark.parametrize("origin", ("https://example.com", ""))
def test_another_site_puts_no_text_into_our_forms(strict, origin):
    typed = TYPED | {"csrfmiddlewaretoken": "x" * 64}
    answer = strict.post(PAGE, typed, headers={"origin": origin} if origin else {})
    assert answer.status_code == 403
    assert "Phiên làm việc đã hết hạn" in answer.content.decode()
    assert strict.get(PAGE).context["form"].is_bound is False
