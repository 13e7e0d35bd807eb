"""The pages of units: list, search, order, one unit, its paper head, its successor."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import ProtectedError
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.models import Membership, Unit, UnitSuccession
from tests.factories.blocs import BlocFactory
from tests.factories.people import SeatFactory, UnitFactory, UserFactory, editor_of, official

pytestmark = pytest.mark.django_db
LIST = reverse("units:unit_list")


@pytest.fixture(autouse=True)
def no_types_known():
    """Queries are counted as in a fresh process, whatever ran before."""
    ContentType.objects.clear_cache()


def form_of(**changes):
    return {
        "name": "Sở Giao thông Vận tải",
        "short_name": "Sở GTVT",
        "code": "SGTVT",
        "superior": "UBND TỈNH ĐẮK LẮK",
        "letterhead": "SỞ GIAO THÔNG\nVẬN TẢI",
        "leader_title": "Giám đốc",
        **changes,
    }


def names(answer):
    return [unit.name for unit in answer.context["page_obj"]]


@pytest.mark.parametrize("count", (1, 3))
def test_list_costs_the_same(client, count, django_assert_num_queries):
    for unit in UnitFactory.create_batch(count):
        Membership.objects.create(bloc=BlocFactory(), unit=unit, starts_on="2020-01-01")
    client.force_login(official(SeatRole.OFFICE))
    with django_assert_num_queries(7):
        assert len(names(client.get(LIST))) == count


@pytest.mark.parametrize("count", (1, 3))
def test_detail_costs_the_same(client, count, django_assert_num_queries):
    unit = UnitFactory()
    for _ in range(count):
        Membership.objects.create(bloc=BlocFactory(), unit=unit, starts_on="2020-01-01")
        UnitSuccession.objects.create(predecessor=UnitFactory(), successor=unit, on="2025-07-01")
    client.force_login(official(SeatRole.OFFICE))
    with django_assert_num_queries(13):
        answer = client.get(unit.get_absolute_url())
    assert len(answer.context["memberships"]) == count


def test_list_sorts_in_vietnamese_order(client):
    for name in ("Sở Đầu tư", "Sở Du lịch", "Sở Địa chính", "Sở Dân tộc", "Sở Công thương"):
        UnitFactory(name=name)
    client.force_login(official(SeatRole.OFFICE))
    assert names(client.get(LIST)) == [
        "Sở Công thương",
        "Sở Dân tộc",
        "Sở Du lịch",
        "Sở Đầu tư",
        "Sở Địa chính",
    ]


@pytest.mark.parametrize(
    "query",
    ("so giao thong", "SO GIAO THONG VAN TAI", "Sở Giao thông", "van tai giao thong", "gtvt1"),
)
def test_search_ignores_accents_and_order(client, query):
    UnitFactory(name="Sở Giao thông Vận tải", code="GTVT1")
    UnitFactory(name="Sở Xây dựng", code="SXD")
    client.force_login(official(SeatRole.OFFICE))
    assert names(client.get(LIST, {"q": query})) == ["Sở Giao thông Vận tải"]


def test_list_has_twenty_rows_and_keeps_the_filter(client):
    UnitFactory.create_batch(21)
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(LIST, {"q": "so thu nghiem"})
    assert len(names(answer)) == 20
    assert "?q=so+thu+nghiem&amp;page=2" in answer.content.decode()


def test_list_can_be_narrowed_to_units_that_ended(client):
    UnitFactory(name="Sở Giao thông Vận tải", dissolved_on="2025-03-01")
    UnitFactory(name="Sở Xây dựng")
    client.force_login(official(SeatRole.OFFICE))
    assert names(client.get(LIST, {"state": "ended"})) == ["Sở Giao thông Vận tải"]
    assert names(client.get(LIST, {"state": "standing"})) == ["Sở Xây dựng"]


def test_whoever_has_no_seat_sees_no_unit(client):
    unit = UnitFactory()
    client.force_login(UserFactory())
    assert client.get(LIST).status_code == 403
    assert client.get(unit.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("page", ("unit_edit", "unit_succession"))
def test_a_unit_sees_itself_but_changes_nothing(client, page):
    unit = UnitFactory()
    client.force_login(editor_of(unit))
    assert client.get(unit.get_absolute_url()).status_code == 200
    assert client.post(reverse(f"units:{page}", args=(unit.pk,)), form_of()).status_code == 403
    assert client.post(reverse("units:unit_new"), form_of()).status_code == 403


def test_office_enters_a_unit(client):
    client.force_login(official(SeatRole.OFFICE))
    answer = client.post(reverse("units:unit_new"), form_of(founded_on="01/03/1991"))
    unit = Unit.objects.get()
    assert answer.url == unit.get_absolute_url()
    assert (unit.name, unit.letterhead, unit.founded_on) == (
        "Sở Giao thông Vận tải",
        "SỞ GIAO THÔNG\nVẬN TẢI",
        dt.date(1991, 3, 1),
    )
    detail = client.get(answer.url)
    assert detail.context["head"]["issuer"] == ("SỞ GIAO THÔNG", "VẬN TẢI")
    assert [entry["label"] for entry in detail.context["entries"]] == ["Thêm đơn vị"]


def test_a_second_spelling_of_a_name_is_refused_at_its_field(client):
    UnitFactory(name="Ban Tổ chức Tỉnh ủy", code="BTC")
    client.force_login(official(SeatRole.OFFICE))
    answer = client.post(reverse("units:unit_new"), form_of(name="Ban Tổ chức Tỉnh uỷ"))
    assert answer.context["form"].errors == {
        "name": ["Đã có đơn vị mang tên này: Ban Tổ chức Tỉnh ủy (mã BTC)."]
    }
    assert answer.context["form"]["letterhead"].value() == "SỞ GIAO THÔNG\nVẬN TẢI"
    assert Unit.objects.count() == 1


def test_preview_shows_the_breaks_and_saves_nothing(client):
    unit = UnitFactory(letterhead="SỞ CŨ")
    client.force_login(official(SeatRole.OFFICE))
    long = "BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP TỈNH"
    answer = client.post(
        reverse("units:unit_spelling", args=(unit.pk,)),
        form_of(letterhead=f"{long}\nĐẮK LẮK", preview="1"),
    )
    assert answer.status_code == 200
    assert answer.context["head"] == {
        "superior": ("UBND TỈNH ĐẮK LẮK",),
        "issuer": (long, "ĐẮK LẮK"),
        "long": True,
    }
    unit.refresh_from_db()
    assert unit.letterhead == "SỞ CŨ"


def test_a_merged_unit_hands_its_place_on(client):
    old, new = UnitFactory(name="Sở Giao thông Vận tải"), UnitFactory(name="Sở Xây dựng")
    bloc = BlocFactory()
    Membership.objects.create(bloc=bloc, unit=old, starts_on="2015-01-01")
    client.force_login(official(SeatRole.OFFICE))
    answer = client.post(
        reverse("units:unit_succession", args=(old.pk,)),
        {
            "successor": new.pk,
            "on": "01/03/2025",
            "decision": "Nghị quyết số 01/NQ-HĐND",
            "moves_memberships": "on",
        },
    )
    assert answer.url == old.get_absolute_url()
    old.refresh_from_db()
    assert old.dissolved_on == dt.date(2025, 3, 1)
    rows = bloc.memberships.order_by("pk").values_list("unit__name", "starts_on", "ends_on")
    assert list(rows) == [
        ("Sở Giao thông Vận tải", dt.date(2015, 1, 1), dt.date(2025, 2, 28)),
        ("Sở Xây dựng", dt.date(2025, 3, 1), None),
    ]
    page = client.get(new.get_absolute_url()).content.decode()
    assert "Nghị quyết số 01/NQ-HĐND" in page


def test_a_unit_in_use_cannot_be_deleted():
    unit = SeatFactory().unit
    Membership.objects.create(bloc=BlocFactory(), unit=unit, starts_on="2020-01-01")
    with pytest.raises(ProtectedError):
        unit.delete()
