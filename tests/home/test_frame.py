"""Menu, seats in words, year chooser, search."""

import pytest
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.models import Bloc
from blocs.years.models import BlocYear
from tests.factories.blocs import BlocFactory, year_with_members
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.factories.reports import submitted_report
from thidua.home.menu import badges_of
from thidua.home.seats import seat_words

pytestmark = pytest.mark.django_db


def menu_labels(client):
    menu = client.get(reverse("home:search")).context["menu"]
    return [entry["label"] for group in menu for entry in group["entries"]]


def test_entries_one_may_not_use_are_absent(client):
    client.force_login(editor_of(year_with_members().head))
    of_unit = menu_labels(client)
    client.force_login(official(SeatRole.SYSADMIN))
    of_sysadmin = menu_labels(client)
    assert "Báo cáo và điểm" in of_unit
    assert "Người dùng" not in of_unit
    assert "Người dùng" in of_sysadmin
    assert "Báo cáo và điểm" not in of_sysadmin


def test_seat_is_told_with_the_post_of_the_year():
    year = year_with_members(3)
    name = year.bloc.name
    assert seat_words(leader_of(year.head), 2026) == [
        f"{year.head.name} – lãnh đạo đơn vị · Khối trưởng {name} năm 2026"
    ]
    assert seat_words(editor_of(year.deputy), 2026) == [
        f"{year.deputy.name} – cán bộ đầu mối · Khối phó {name} năm 2026"
    ]
    assert seat_words(leader_of(year.head), 2025) == [f"{year.head.name} – lãnh đạo đơn vị"]
    assert seat_words(official(SeatRole.OFFICE), 2026) == ["Cơ quan thường trực"]


def test_year_is_remembered_and_a_foreign_address_is_not_followed(client):
    client.force_login(official(SeatRole.OFFICE))
    answer = client.post(reverse("home:choose_year"), {"year": "2021", "next": "//evil.example/x"})
    assert answer.headers["Location"] == "/"
    assert client.session["year"] == 2021
    for odd in ("chín", "²", "-1", "9" * 5000):
        sent = client.post(reverse("home:choose_year"), {"year": odd, "next": "zzz"})
        assert (sent.status_code, sent.url) == (302, "/")
        assert client.session["year"] == 2021


@pytest.mark.parametrize("query", ("so giao thong", "SỞ GIAO THÔNG", "Sở Giao thông"))
def test_search_finds_without_accents(client, query):
    unit = UnitFactory(name="Sở Giao thông Vận tải")
    UnitFactory(name="Sở Xây dựng")
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(reverse("home:search"), {"q": query})
    assert answer.context["groups"] == [
        ("Đơn vị", [("Sở Giao thông Vận tải", unit.get_absolute_url())])
    ]


@pytest.mark.parametrize(
    ("query", "first"),
    (
        ("sở tài chính", "Sở Tài chính"),
        ("SO TAI", "Sở Tài chính"),
        ("sở tc", "Sở Tài chính"),
        ("tài chính", "Ban Tài chính – Ngân sách"),
        ("kcn", "Ban Quản lý các Khu công nghiệp"),
    ),
)
def test_search_knows_short_names_and_codes_and_puts_the_closest_first(client, query, first):
    UnitFactory(name="Công ty Sở Tài chính cũ", short_name="Cty STC", code="CTS")
    UnitFactory(name="Ban Tài chính – Ngân sách", short_name="Ban TCNS", code="BTC")
    UnitFactory(name="Sở Tài chính", short_name="Sở TC", code="STC")
    UnitFactory(name="Ban Quản lý các Khu công nghiệp", short_name="BQL KCN", code="KCN")
    client.force_login(official(SeatRole.OFFICE))
    ((_, found),) = client.get(reverse("home:search"), {"q": query}).context["groups"]
    assert found[0][0] == first


def test_search_finds_a_bloc_by_its_sign(client):
    bloc = BlocFactory(name="Khối Thi đua số 15", code="KTĐ15")
    BlocFactory(name="Khối Thi đua số 5", code="KTĐ5")
    client.force_login(official(SeatRole.OFFICE))
    groups = client.get(reverse("home:search"), {"q": "ktd15"}).context["groups"]
    assert groups == [("Khối, cụm thi đua", [(bloc.name, bloc.get_absolute_url())])]


def test_search_shows_only_years_one_may_see(client):
    own, other = year_with_members(), year_with_members()
    Bloc.objects.update(kind="functional")
    client.force_login(editor_of(own.head))
    groups = dict(client.get(reverse("home:search"), {"q": "khối"}).context["groups"])
    assert groups["Năm thi đua"] == [(str(own), own.get_absolute_url())]
    assert len(groups["Khối, cụm thi đua"]) == 2
    assert other.pk != own.pk


def test_the_second_deputy_is_told_of_waiting_sheets_too():
    report = submitted_report()
    second = UnitFactory()
    report.bloc_year.members.create(unit=second, order=4)
    BlocYear.objects.filter(pk=report.bloc_year_id).update(second_deputy=second)
    assert badges_of(editor_of(second)) == {"reports": 1}
