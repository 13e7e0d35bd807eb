"""Blocs and clusters of public record, entered through the pages: members, leaders, search."""

import pytest
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.models import Unit
from tests.cases import case
from tests.factories.people import official
from tests.factories.real_cases import (
    enter,
    found_bloc,
    names_of,
    paste_members,
    plan,
    seat_leaders,
    words_of,
)

pytestmark = pytest.mark.django_db
NUMBERS = ("08", "10", "13", "18", "19", "21", "23", "24", "26", "27", "29", "31")


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def roles(office, year):
    rows = office.get(reverse("years:year_detail", args=(year.pk,))).context["rows"]
    return {row["unit"].name: row["role"] for row in rows}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_real_bloc_is_entered_with_members_and_leaders(office, number):
    facts = case(number)
    year = enter(office, facts)
    word, part = facts["bloc"]["type"], facts["leadership"]
    expected = dict.fromkeys(names_of(facts), "thành viên")
    if part["head"]:
        expected[part["head"]] = f"{word} trưởng"
    expected |= dict.fromkeys(part["deputies"] or (), f"{word} phó")
    assert roles(office, year) == expected
    assert len(facts["members"]) == facts["member_count_listed"]
    page = words_of(office, reverse("years:year_detail", args=(year.pk,)))
    assert f"Cơ quan tổ chức {facts['bloc']['organiser']} " in page
    assert year.head_basis == part.get("basis", "")


@pytest.mark.parametrize("number", [n for n in NUMBERS if case(n)["next_leadership"]["head"]])
def test_the_next_head_takes_over_as_the_source_says(office, number):
    facts = case(number)
    after = facts["next_leadership"]
    bloc = enter(office, facts).bloc
    year = plan(office, bloc, after["year"])
    seat_leaders(office, year, after, after["method"])
    word = facts["bloc"]["type"]
    leading = {name: role for name, role in roles(office, year).items() if role != "thành viên"}
    assert leading == {after["head"]: f"{word} trưởng"} | dict.fromkeys(
        after["deputies"] or (), f"{word} phó"
    )
    year.refresh_from_db()
    assert year.head_basis == after["method"]


def found(office, query):
    groups = dict(office.get(reverse("home:search"), {"q": query}).context["groups"])
    return [words for words, _ in groups.get("Đơn vị", [])]


@pytest.mark.parametrize(
    ("number", "query", "names"),
    (
        ("10", "ea h'leo", ["Huyện ủy Ea H’leo"]),
        ("10", "EA H’LEO", ["Huyện ủy Ea H’leo"]),
        ("18", "toa an", ["Toà án nhân dân tỉnh"]),
        ("18", "Tòa án", ["Toà án nhân dân tỉnh"]),
        ("26", "ea sup", ["huyện Ea Súp"]),
        ("26", "m'drak", ["huyện M’Đrắk"]),
        (
            "27",
            "tn&mt",
            [
                "Sở TN&MT Bến Tre",
                "Sở TN&MT Đồng Tháp",
                "Sở TN&MT Long An",
                "Sở TN&MT Tiền Giang",
                "Sở TN&MT Trà Vinh",
            ],
        ),
        ("27", "TN&amp;MT", []),
        ("29", "368", ["Lữ đoàn 368"]),
        ("29", "trung doan 140", ["Trung đoàn 140"]),
        ("21", "ba ria vung tau", ["Trường Chính trị Bà Rịa- Vũng Tàu"]),
        ("31", "trai giam", ["Trại giam Bình Điền"]),
    ),
)
def test_units_of_real_cases_are_found(office, number, query, names):
    enter(office, case(number))
    assert found(office, query) == names


def test_an_ampersand_is_escaped_once(office):
    year = enter(office, case("27"))
    page = office.get(reverse("years:year_detail", args=(year.pk,))).content.decode()
    assert (page.count("Sở TN&amp;MT Long An") > 0, "&amp;amp;" in page) == (True, False)


def test_numbered_units_stand_in_the_order_of_their_numbers(office):
    enter(office, case("29"))
    listed = office.get(reverse("units:unit_list")).context["page_obj"]
    assert [unit.name for unit in listed] == [
        *(f"Lữ đoàn {number}" for number in (164, 203, 241, 299, 368, 673)),
        "Trung đoàn 140",
    ]


def test_numbered_blocs_stand_in_the_order_of_their_numbers(office):
    """Case 08: ten comes after two; an order that was typed goes first."""
    (check,) = case("08")["checks"]
    for name in check["input"].removeprefix("sort Khối ").split(", "):
        found_bloc(office, f"Khối {name}", code=f"K{name}")
    listed = office.get(reverse("units:bloc_list")).context["page_obj"]
    assert [bloc.name for bloc in listed] == check["expect"]
    found_bloc(office, "Khối 30", code="K30", order="1")
    assert office.get(reverse("units:bloc_list")).context["page_obj"][0].name == "Khối 1"
    assert office.get(reverse("units:bloc_list")).context["page_obj"][1].name == "Khối 30"


DAK_LAK = case("blocs-dak-lak-2015")["lists"]


def test_the_notice_of_2018_names_head_and_deputy_of_every_bloc(office):
    """Thông báo 124/TB-UBND: three clusters and the blocs up to the one that is cut off."""
    notice = DAK_LAK[0]
    rows = [("cụm", row) for row in notice["clusters"]]
    rows += [("khối", row) for row in notice["blocs"] if row["deputy"]]
    for number, (kind, row) in enumerate(rows):
        bloc = found_bloc(office, row["name"], code=f"B{number}", kind=kind)
        paste_members(office, bloc, (row["head"], row["deputy"]))
        year = plan(office, bloc, notice["year"])
        seat_leaders(
            office, year, {"head": row["head"], "deputies": [row["deputy"]]}, notice["basis"]
        )
        assert roles(office, year) == {
            row["head"]: f"{kind} trưởng",
            row["deputy"]: f"{kind} phó",
        }
    assert len(rows) == 10
    listed = office.get(reverse("units:bloc_list")).context["page_obj"]
    assert [bloc.name for bloc in listed] == [
        name
        for place in range(1, 8)
        for name in (f"Cụm {place}", f"Khối {place}")
        if place < 4 or name.startswith("Khối")
    ]


def test_one_district_sits_in_the_blocs_of_two_organisers(office):
    """Cụm 3 of the province in 2019, and a cluster of the Party committee beside it."""
    of_province = enter(office, case("26"), code="C3")
    party = found_bloc(office, "Cụm III Tỉnh ủy", code="C3TU", kind="cụm", organiser="Tỉnh ủy")
    lines = paste_members(office, party, ("huyện Lắk", "huyện Krông Bông"))
    assert [line.is_new for line in lines] == [False, False]
    unit = Unit.objects.get(name="huyện Lắk")
    page = words_of(office, unit.get_absolute_url())
    assert (of_province.bloc.name in page, "Cụm III Tỉnh ủy" in page) == (True, True)
