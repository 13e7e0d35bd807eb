"""The published lists of whole provinces, pasted: clusters of communes, provinces that merged."""

from collections import Counter

import pytest
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.models import Bloc, Unit
from tests.cases import case
from tests.factories.people import official
from tests.factories.real_cases import found_bloc, paste_members, words_of

pytestmark = pytest.mark.django_db
CITY, PROVINCES = case("blocs-tp-ho-chi-minh"), case("provinces-34")
DAK_LAK, DONG_NAI = case("blocs-dak-lak-xa-phuong"), case("blocs-dong-nai")


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def members(bloc):
    return list(bloc.memberships.order_by("pk").values_list("unit__name", flat=True))


def found(office, query):
    groups = dict(office.get(reverse("home:search"), {"q": query}).context["groups"])
    return [words for words, _ in groups.get("Đơn vị", [])]


def test_the_clusters_of_a_city_take_their_168_communes(office):
    for row in CITY["clusters"]:
        bloc = found_bloc(office, row["name"], code=f"C{row['number']}", kind="cụm")
        paste_members(office, bloc, row["members"])
        assert members(bloc) == row["members"]
        assert len(row["members"]) == row["size"]
    listed = list(office.get(reverse("units:bloc_list")).context["page_obj"])
    assert [bloc.name for bloc in listed] == [row["name"] for row in CITY["clusters"]]
    sizes, totals = [bloc.member_count for bloc in listed], CITY["totals"]
    assert (len(sizes), sum(sizes), min(sizes), max(sizes)) == tuple(totals.values())
    kinds = Counter(name.split()[0] for name in Unit.objects.values_list("name", flat=True))
    assert [kinds[kind] for kind in ("Phường", "Xã", "Đặc")] == CITY["checks"][1]["expect"]
    assert found(office, "phuong tan phu")[:2] == ["Phường Tân Phú", "Phường Tân Phước"]
    assert found(office, "Phường Hoà Bình")[0] == "Phường Hòa Bình"
    assert found(office, "con dao") == ["Đặc khu Côn Đảo"]


def test_the_communes_of_a_merged_province_are_pasted_at_once(office):
    bloc = found_bloc(office, "Các xã, phường tỉnh Đắk Lắk", code="XP", kind="cụm")
    lines = paste_members(office, bloc, DAK_LAK["units"])
    codes = [line.code for line in lines]
    assert (members(bloc), len(codes)) == (DAK_LAK["units"], len({*codes}))
    kinds = Counter(name.split()[0] for name in members(bloc))
    assert kinds == {"Phường": DAK_LAK["counts"]["phường"], "Xã": DAK_LAK["counts"]["xã"]}
    assert found(office, "tuy hoà") == found(office, "Tuy Hòa") == ["Phường Tuy Hoà"]
    assert found(office, "ea h’leo") == found(office, "EA H'LEO") == ["Xã Ea H'Leo"]


def test_the_clusters_of_dong_nai_and_the_arithmetic_of_its_blocs(office):
    for number, row in enumerate(DONG_NAI["clusters"], start=1):
        bloc = found_bloc(office, row["name"], code=f"C{number}", kind="cụm")
        paste_members(office, bloc, row["members"])
    listed = list(office.get(reverse("units:bloc_list")).context["page_obj"])
    assert [(bloc.name, bloc.member_count) for bloc in listed] == [
        ("Cụm thi đua số 1", 5),
        ("Cụm thi đua số 2", 6),
    ]
    rest = DONG_NAI["units_total"] - sum(bloc.member_count for bloc in listed)
    assert (rest, rest / DONG_NAI["blocs_total"]) == (136, 8.5)


def test_the_34_provinces_are_units_in_vietnamese_order(office):
    names = [row["name"] for row in PROVINCES["units"]]
    bloc = found_bloc(office, "Các tỉnh, thành phố", code="TTP", kind="cụm")
    paste_members(office, bloc, names)
    assert (members(bloc), len(names)) == (names, 34)
    assert sum(row["total"] for row in PROVINCES["units"]) == PROVINCES["checks"][0]["expect"]
    assert found(office, "dak lak") == ["Tỉnh Đắk Lắk"]
    assert found(office, "thanh hoa") == found(office, "Thanh Hóa") == ["Tỉnh Thanh Hoá"]


@pytest.mark.parametrize("name", ("Tỉnh Vĩnh Long", "Thành phố Hải Phòng", "Tỉnh Phú Thọ"))
def test_old_provinces_are_kept_and_found_under_the_new_one(office, name):
    """A record of 2018 from Bến Tre keeps Bến Tre and leads on to Vĩnh Long."""
    row = next(row for row in PROVINCES["units"] if row["name"] == name)
    old = [f"{part} (trước 01/7/2025)" for part in row["formed_from"]]
    bloc = found_bloc(office, "Cụm các tỉnh", code="CCT", kind="cụm")
    paste_members(office, bloc, [*old, name])
    new = Unit.objects.get(name=name)
    for part in old:
        unit = Unit.objects.get(name=part)
        data = {"successor": new.pk, "on": "01/07/2025", "decision": "Nghị quyết 202/2025/QH15"}
        data["moves_memberships"] = "on"
        office.post(reverse("units:unit_succession", args=(unit.pk,)), data)
    assert old[0] in found(office, row["formed_from"][0])
    page = words_of(office, new.get_absolute_url())
    assert [part in page for part in old] == [True] * len(old)
    for part in old:
        unit = Unit.objects.get(name=part)
        assert name in words_of(office, unit.get_absolute_url())
    assert Bloc.objects.get().memberships.filter(ends_on=None).count() == 1
