"""The pages of people, their seats, and the technical log."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from blocs.states import SeatRole
from blocs.units.models import Seat
from tests.factories.blocs import year_with_members
from tests.factories.people import SeatFactory, UnitFactory, UserFactory, official
from tests.page_forms import seen_on
from thidua.accounts.models import User
from thidua.common.activity import record

pytestmark = pytest.mark.django_db
LIST = reverse("units:person_list")
LOG = reverse("units:log_list")
PERSON_PAGES = (
    "person_detail",
    "person_edit",
    "person_reset",
    "person_stop",
    "person_resume",
    "seat_new",
)
STRANGERS = (SeatRole.OFFICE, SeatRole.COUNCIL, SeatRole.CHAIR)


@pytest.fixture(autouse=True)
def no_types_known():
    """Queries are counted as in a fresh process, whatever ran before."""
    ContentType.objects.clear_cache()


@pytest.fixture
def sysadmin(client):
    admin = official(SeatRole.SYSADMIN)
    User.objects.filter(pk=admin.pk).update(full_name="Quản trị")
    admin.refresh_from_db()
    client.force_login(admin)
    client.person = admin
    return client


def page(person, name="person_detail"):
    return reverse(f"units:{name}", args=(person.pk,))


def new_person(**changes):
    return {
        "full_name": "Nguyễn Văn A",
        "username": "nguyenvana",
        "password": "mua-xuan-nho-nho",
        "role": "editor",
        "unit": changes.pop("unit", ""),
        "starts_on": "01/01/2020",
        **changes,
    }


def names(answer):
    return [person.full_name for person in answer.context["page_obj"]]


@pytest.mark.parametrize("count", (1, 3))
def test_list_costs_the_same(sysadmin, count, django_assert_num_queries):
    SeatFactory.create_batch(count)
    with django_assert_num_queries(6):
        assert len(names(sysadmin.get(LIST))) == count + 1


@pytest.mark.parametrize("count", (1, 3))
def test_detail_costs_the_same(sysadmin, count, django_assert_num_queries):
    person = UserFactory()
    SeatFactory.create_batch(count, user=person)
    with django_assert_num_queries(9):
        answer = sysadmin.get(page(person))
    assert len(answer.context["seats"]) == count


@pytest.mark.parametrize("count", (1, 3))
def test_log_costs_the_same(sysadmin, count, django_assert_num_queries):
    for _ in range(count):
        record(sysadmin.person, "accounts.sign_in", sysadmin.person, label="Đăng nhập")
    with django_assert_num_queries(5):
        assert len(sysadmin.get(LOG).context["page_obj"]) == count


def test_list_is_in_vietnamese_order_and_searched_without_accents(sysadmin):
    for name in ("Đặng Văn B", "Dương Thị C", "Hà Văn D"):
        UserFactory(full_name=name)
    SeatFactory(user__full_name="Lê Văn E", unit__name="Sở Công thương")
    assert names(sysadmin.get(LIST)) == [
        "Dương Thị C",
        "Đặng Văn B",
        "Hà Văn D",
        "Lê Văn E",
        "Quản trị",
    ]
    assert names(sysadmin.get(LIST, {"q": "dang van"})) == ["Đặng Văn B"]
    assert names(sysadmin.get(LIST, {"q": "cong thuong"})) == ["Lê Văn E"]


@pytest.mark.parametrize("role", STRANGERS)
def test_only_the_system_administrator_finds_people(client, role):
    person = SeatFactory().user
    client.force_login(official(role))
    assert client.get(LIST).status_code == 403
    assert client.get(LOG).status_code == (403 if role == SeatRole.COUNCIL else 200)
    assert client.post(reverse("units:person_new"), new_person()).status_code == 403
    for name in PERSON_PAGES:
        assert client.get(page(person, name)).status_code == 404
    seat = person.seats.get()
    assert client.post(reverse("units:seat_end", args=(seat.pk,))).status_code == 404


def test_office_cannot_give_itself_a_seat(client):
    person = official(SeatRole.OFFICE)
    client.force_login(person)
    answer = client.post(page(person, "seat_new"), {"role": "chair", "starts_on": "01/01/2020"})
    assert answer.status_code == 404
    assert [seat.role for seat in person.seats.all()] == ["office"]


def test_a_new_person_has_a_first_password_and_a_seat(sysadmin):
    unit = UnitFactory(name="Sở Xây dựng")
    answer = sysadmin.post(reverse("units:person_new"), new_person(unit=unit.pk))
    person = User.objects.get(username="nguyenvana")
    assert answer.url == page(person)
    assert person.check_password("mua-xuan-nho-nho")
    assert person.must_change_password is True
    assert [str(seat) for seat in person.seats.all()] == ["Sở Xây dựng – cán bộ đầu mối"]
    labels = [entry["label"] for entry in sysadmin.get(page(person)).context["entries"]]
    assert labels == [
        "Giao vị trí: Sở Xây dựng – cán bộ đầu mối, ghi lùi từ ngày 01/01/2020",
        "Mở tài khoản",
    ]


def test_a_short_password_is_refused_in_vietnamese_and_nothing_is_opened(sysadmin):
    unit = UnitFactory()
    answer = sysadmin.post(reverse("units:person_new"), new_person(unit=unit.pk, password="ngan"))
    assert answer.context["form"].errors == {
        "password": ["Mật khẩu quá ngắn; phải có ít nhất 10 ký tự."]
    }
    assert answer.context["form"]["full_name"].value() == "Nguyễn Văn A"
    assert not User.objects.filter(username="nguyenvana").exists()


def test_a_seat_in_a_unit_needs_the_unit(sysadmin):
    answer = sysadmin.post(reverse("units:person_new"), new_person())
    assert answer.context["form"].non_field_errors() == [
        "Cán bộ đầu mối và lãnh đạo đơn vị phải chọn đơn vị; vai trò khác thì không."
    ]


@pytest.mark.parametrize(
    ("username", "sentence"),
    (
        ("nguyenvanb", "Tên đăng nhập đã được sử dụng"),
        (
            "nguyen van a",
            "Điền tên đăng nhập hợp lệ. Giá trị này chỉ có thể chứa các chữ cái, số, "
            "và các ký tự @/./+/-/_",
        ),
    ),
)
def test_a_bad_user_name_is_refused_at_its_field(sysadmin, username, sentence):
    UserFactory(username="nguyenvanb")
    typed = new_person(unit=UnitFactory().pk, username=username)
    answer = sysadmin.post(reverse("units:person_new"), typed)
    assert answer.context["form"].errors == {"username": [sentence]}


def test_a_seat_is_given_and_ended(sysadmin):
    person = UserFactory()
    unit = UnitFactory(name="Sở Xây dựng")
    typed = {"role": "editor", "unit": unit.pk, "starts_on": "01/01/2026"}
    sysadmin.post(page(person, "seat_new"), typed)
    seat = person.seats.get()
    again = sysadmin.post(page(person, "seat_new"), typed | {"starts_on": "01/02/2026"})
    assert again.context["form"].non_field_errors() == [
        f"{person} đang giữ vị trí này: Sở Xây dựng – cán bộ đầu mối."
    ]
    sysadmin.post(reverse("units:seat_end", args=(seat.pk,)), {"ends_on": "30/06/2026"})
    seat.refresh_from_db()
    assert seat.ends_on == dt.date(2026, 6, 30)


def test_nobody_ends_the_own_administration(sysadmin):
    seat = sysadmin.person.seats.get()
    answer = sysadmin.post(reverse("units:seat_end", args=(seat.pk,)), {"ends_on": "30/06/2026"})
    assert answer.context["form"].non_field_errors() == [
        "Không thể tự kết thúc vị trí quản trị hệ thống của mình."
    ]
    assert Seat.objects.get(pk=seat.pk).ends_on is None


def test_a_stopped_account_is_signed_out_and_may_come_back(sysadmin, client):
    person = SeatFactory().user
    sysadmin.post(page(person, "person_stop"))
    person.refresh_from_db()
    assert person.is_active is False
    assert names(sysadmin.get(LIST, {"state": "no"})) == [person.full_name]
    sysadmin.post(page(person, "person_resume"))
    person.refresh_from_db()
    assert person.is_active is True
    own = sysadmin.post(page(sysadmin.person, "person_stop"))
    assert own.context["form"].non_field_errors() == ["Không thể tự ngừng tài khoản đang dùng."]


def test_a_new_first_password_is_to_be_changed(sysadmin):
    person = UserFactory()
    sysadmin.post(page(person, "person_reset"), {"password": "mua-xuan-nho-nho"})
    person.refresh_from_db()
    assert person.check_password("mua-xuan-nho-nho")
    assert person.must_change_password is True


def test_the_log_tells_of_accounts_and_never_of_points(sysadmin):
    year = year_with_members()
    person = UserFactory()
    record(official(SeatRole.OFFICE), "years.edit_year", year, label="Sửa năm thi đua")
    url = page(person, "person_edit")
    sysadmin.post(url, {"full_name": "Trần Thị B", "phone": ""} | seen_on(sysadmin, url))
    rows = sysadmin.get(LOG).context["page_obj"]
    assert [(row.label, row.subject_name) for row in rows] == [
        ("Sửa thông tin người dùng", "Trần Thị B")
    ]
    assert len(sysadmin.get(LOG, {"q": "tran thi"}).context["page_obj"]) == 1
    assert len(sysadmin.get(LOG, {"until": "01/01/2020"}).context["page_obj"]) == 0


def test_a_seat_can_be_ended_until_its_last_day(sysadmin):
    person, today = UserFactory(), timezone.localdate()
    for days in (-1, 0, 1, None):
        ends = None if days is None else today + dt.timedelta(days=days)
        SeatFactory(user=person, ends_on=ends)
    rows = sysadmin.get(page(person)).context["seats"]
    assert [row["is_open"] for row in rows] == [True, True, True, False]
