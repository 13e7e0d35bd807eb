"""What people call a unit or bloc finds it: its name of now, of before, an alias, its code."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.states import SeatRole
from blocs.units.actions.names import rename, undo_rename
from blocs.units.models import Unit
from tests.factories.awards import DecisionFactory, ProposalItemFactory
from tests.factories.blocs import BlocFactory, BlocYearFactory, UnitFactory, year_with_members
from tests.factories.people import UserFactory, editor_of, official
from tests.page_forms import fields_of

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 7, 1)


@pytest.fixture
def office(client):
    person = official(SeatRole.OFFICE)
    client.force_login(person)
    return person


def renamed(named, office, **data):
    return rename(named, actor=office, data=data, on=ON, decision="NQ số 1")


def found(client, query):
    groups = client.get(reverse("home:search"), {"q": query}).context["groups"]
    return {label: [name for name, _ in rows] for label, rows in groups}


@pytest.mark.parametrize("query", ("Sở Giao thông vận tải", "so giao thong van tai", "GTVT"))
def test_a_former_name_finds_the_unit_and_is_told(client, office, query):
    unit = UnitFactory(name="Sở Giao thông vận tải", short_name="Sở GTVT")
    UnitFactory(name="Sở Nội vụ", short_name="Sở NV")
    renamed(unit, office, name="Sở Xây dựng", short_name="Sở XD")
    other = {"GTVT": "Sở GTVT"}.get(query, "Sở Giao thông vận tải")
    assert found(client, query) == {"Đơn vị": [f"Sở Xây dựng (còn gọi: {other})"]}
    assert found(client, "xây dựng") == {"Đơn vị": ["Sở Xây dựng"]}


def test_a_renaming_taken_back_leaves_no_trace(client, office):
    unit = renamed(UnitFactory(name="Sở A cũ"), office, name="Sở Mới lập")
    undo_rename(Unit.objects.get(pk=unit.pk), actor=office, reason="Nhầm")
    assert found(client, "mới lập") == {}
    assert found(client, "sở a cũ") == {"Đơn vị": ["Sở A cũ"]}


def test_an_alias_is_typed_with_the_facts_of_the_unit(client, office):
    unit = UnitFactory(name="Ban Quản lý các Khu công nghiệp")
    url = reverse("units:unit_edit", args=(unit.pk,))
    typed = {"aliases": "BQL KCN\n  Ban  công nghiệp \n\n"}
    assert client.post(url, fields_of(client.get(url)) | typed).status_code == 302
    name = "Ban Quản lý các Khu công nghiệp"
    assert found(client, "bql kcn") == {"Đơn vị": [f"{name} (còn gọi: BQL KCN)"]}
    # Its own name holds these words, so nothing needs to be told.
    assert found(client, "Ban công nghiệp") == {"Đơn vị": [name]}
    facts = dict(client.get(unit.get_absolute_url()).context["facts"])
    assert facts["Tên gọi khác"] == "BQL KCN; Ban công nghiệp"


def test_a_pasted_list_may_name_a_unit_by_its_alias(client, office):
    bloc = BlocFactory()
    unit = UnitFactory(name="Ban Quản lý các Khu công nghiệp", aliases="BQL Khu công nghiệp")
    url = reverse("units:member_paste", args=(bloc.pk,))
    typed = {"text": "BQL Khu công nghiệp", "starts_on": "01/01/2026", "decision": "QĐ 1"}
    lines = client.post(url, typed | {"superior": "UBND TỈNH"}).context["lines"]
    assert [(line.name, line.unit) for line in lines] == [("BQL Khu công nghiệp", unit)]


def test_a_bloc_of_another_name_finds_its_years_and_proposals(client, office):
    year = year_with_members(4)
    renamed(year.bloc, office, name="Khối Tổng hợp và Kinh tế")
    first = year.bloc.name
    groups = found(client, first)
    assert groups["Khối, cụm thi đua"] == [f"Khối Tổng hợp và Kinh tế (còn gọi: {first})"]
    assert len(groups["Năm thi đua"]) == 1
    listed = client.get(reverse("years:year_list"), {"q": first}).context["page_obj"]
    assert [row.pk for row in listed] == [year.pk]


def test_a_person_is_found_by_the_former_name_of_the_unit(client, office):
    unit = UnitFactory(name="Sở Giao thông vận tải")
    person = editor_of(unit)
    renamed(unit, office, name="Sở Xây dựng")
    client.force_login(official(SeatRole.SYSADMIN))
    listed = client.get(reverse("units:person_list"), {"q": "giao thong"}).context["page_obj"]
    assert [row.pk for row in listed] == [person.pk]


@pytest.mark.parametrize("place", ("first", "middle", "last", "alone"))
def test_an_exact_alias_stands_first_wherever_it_is_in_the_list(client, office, place):
    """Twenty others hold the same words, and only twenty are shown."""
    names = {
        "first": "BQL\nBan công nghiệp\nBan KCN",
        "middle": "Ban KCN\nBQL\nBan công nghiệp",
        "last": "Ban KCN\nBan công nghiệp\nbql",
        "alone": "BQL",
    }
    for number in range(25):
        UnitFactory(name=f"Ban Quản lý dự án {number:02d}", aliases=f"BQL{number:02d}\nCũ BQL x")
    UnitFactory(name="Văn phòng Ủy ban", aliases=names[place])
    shown = found(client, "bql")["Đơn vị"]
    assert (len(shown), shown[0].partition(" (")[0]) == (20, "Văn phòng Ủy ban")


def test_years_of_the_bloc_that_is_called_so_stand_first(client, office):
    """«Khối số 1» is a part of «Khối số 10», of which there are newer years and more than shown."""
    wanted = BlocFactory(name="Khối số 1", code="KS1", order=90)
    older, newer = (year_with_members(1, bloc=wanted, year=year) for year in (2020, 2026))
    for number in range(100, 122):
        bloc = BlocFactory(name=f"Khối số {number}", order=number - 99)
        BlocYearFactory(bloc=bloc, year=2026, head=newer.head)
    shown = found(client, "khối số 1")["Năm thi đua"]
    assert (shown[:2], len(shown)) == ([str(newer), str(older)], 20)
    listed = client.get(reverse("years:year_list"), {"q": "Khối số 1"}).context["page_obj"]
    assert listed[0] == newer
    assert [row.bloc.order for row in listed[1:]] == list(range(1, 20))


def test_the_decision_of_this_number_stands_first(client, office):
    for number, day in (("112/QĐ-UBND", 3), ("12/QĐ-UBND", 1), ("212/QĐ-UBND", 2)):
        signed = {"signed_on": dt.date(2026, 7, day), "published_at": timezone.now()}
        DecisionFactory(number=number, state="published", **signed)
    shown = found(client, "12/QĐ-UBND")["Quyết định khen thưởng"]
    assert (len(shown), "12/QĐ-UBND" in shown[0], "112" in shown[0]) == (3, True, False)


def test_a_person_of_exactly_this_name_stands_first(client):
    for name in ("Bùi Văn Ninh", "Cao Văn Ninh", "Văn Ninh"):
        UserFactory(full_name=name)
    client.force_login(official(SeatRole.SYSADMIN))
    listed = client.get(reverse("units:person_list"), {"q": "văn ninh"}).context["page_obj"]
    assert [row.full_name for row in listed] == ["Văn Ninh", "Bùi Văn Ninh", "Cao Văn Ninh"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    (
        ("Quyết định", ["Dự thảo", "12", "112"]),
        ("quyet dinh so 12", ["12", "112"]),
        ("Quyết định khen thưởng 112/QĐ-UBND", ["112"]),
        ("quyết định số 13", []),
        ("khối 5", ["12"]),
    ),
)
def test_decisions_are_found_by_their_kind_and_number(client, office, query, numbers):
    """And of what is no decision «quyết định» is no part of the name."""
    for number, day, title in (("112/QĐ-UBND", 1, "Năm 2026"), ("12/QĐ-UBND", 3, "Khối 5")):
        signed = {"signed_on": dt.date(2026, 7, day), "published_at": timezone.now()}
        DecisionFactory(number=number, title=title, state="published", **signed)
    DecisionFactory(number="", title="Tổng kết năm")
    shown = found(client, query).get("Quyết định khen thưởng", [])
    assert sorted(shown) == sorted(one for one in shown if any(n in one for n in numbers))
    assert len(shown) == len(numbers)


def test_an_award_finds_who_has_it_as_far_as_the_reader_may_see(client, office):
    item = ProposalItemFactory(proposal__received=True, unit=UnitFactory(name="Sở Xây dựng"))
    draft = ProposalItemFactory(award=item.award, unit=UnitFactory(name="Sở Y tế"))
    label, words = "Danh hiệu, hình thức khen thưởng", str(item.award).upper()
    shown = found(client, words)[label]
    assert [shown[0], len(shown)] == [f"Danh mục: {item.award}", 2]
    assert shown[1].startswith(f"{item.award} – Sở Xây dựng, năm 2026: ")
    client.force_login(editor_of(draft.proposal.bloc_year.head))
    (own,) = found(client, words)[label]
    assert own.startswith(f"{item.award} – Sở Y tế")
    client.force_login(editor_of(UnitFactory(name="Đơn vị ngoài")))
    assert found(client, words) == {}
