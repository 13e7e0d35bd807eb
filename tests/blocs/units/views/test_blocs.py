"""The pages of blocs and their members; the published lists of real blocs pasted as they are."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from blocs.states import SeatRole, YearState
from blocs.units.forms.blocs import COMMAS_ASKED, START_HELP
from blocs.units.models import Bloc, Membership, Unit
from tests.cases import case
from tests.factories.blocs import BlocFactory, year_with_members
from tests.factories.people import UnitFactory, editor_of, leader_of, official

pytestmark = pytest.mark.django_db
LIST = reverse("units:bloc_list")
# As the page of the bloc published it: two separators, one name broken by a blank line.
PUBLISHED = (
    "Sở Giao thông Vận tải, Sở Xây dựng; Sở Tài nguyên và Môi trường; Sở Nông nghiệp và P\n\n"
    "hát triển nông thôn; Sở Công thương, Ban Quản lý các Khu công nghiệp; Ban Quản lý dự án "
    "đầu tư xây dựng công trình giao thông và nông nghiệp phát triển nông thôn; Ban Quản lý dự án "
    "đầu tư xây dựng công trình dân dụng và công nghiệp"
)


@pytest.fixture(autouse=True)
def no_types_known():
    """Queries are counted as in a fresh process, whatever ran before."""
    ContentType.objects.clear_cache()


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def paste(bloc):
    return reverse("units:member_paste", args=(bloc.pk,))


def member_names(bloc):
    return list(bloc.memberships.order_by("pk").values_list("unit__name", flat=True))


def typed(text, **changes):
    return {
        "text": text,
        "starts_on": "01/01/2020",
        "decision": "Quyết định số 1/QĐ-UBND",
        "superior": "UBND TỈNH ĐẮK LẮK",
        "commas": "before_offices",
        **changes,
    }


def confirmed(lines, text, **changes):
    """What the browser sends back from the second step."""
    rows = {}
    for line in lines:
        if line.is_new:
            rows |= {
                f"{line.prefix}-short_name": line.short_name,
                f"{line.prefix}-code": line.code,
            }
    return typed(text) | {"confirm": "1"} | rows | changes


@pytest.mark.parametrize("count", (1, 3))
def test_list_costs_the_same(office, count, django_assert_num_queries):
    for bloc in BlocFactory.create_batch(count):
        Membership.objects.create(bloc=bloc, unit=UnitFactory(), starts_on="2020-01-01")
    with django_assert_num_queries(6):
        answer = office.get(LIST)
    assert [bloc.member_count for bloc in answer.context["page_obj"]] == [1] * count


@pytest.mark.parametrize("count", (1, 3))
def test_detail_costs_the_same(office, count, django_assert_num_queries):
    bloc = BlocFactory()
    for number in range(count):
        Membership.objects.create(bloc=bloc, unit=UnitFactory(), starts_on="2020-01-01")
        year_with_members(bloc=bloc, year=2020 + number)
    with django_assert_num_queries(12):
        answer = office.get(bloc.get_absolute_url())
    assert len(answer.context["years"]) == count


def test_search_ignores_accents(office):
    BlocFactory(name="Khối thi đua các cơ quan Nội chính tỉnh")
    BlocFactory(name="Cụm thi đua số 3")
    answer = office.get(LIST, {"q": "noi chinh"})
    assert [bloc.name for bloc in answer.context["page_obj"]] == [
        "Khối thi đua các cơ quan Nội chính tỉnh"
    ]


def test_office_founds_a_bloc(office):
    answer = office.post(
        reverse("units:bloc_new"),
        {
            "name": "Khối Thi đua số 5",
            "code": "KTĐ5",
            "kind": "functional",
            "tier": "provincial",
            "organiser": "UBND tỉnh Đắk Lắk",
            "founding_number": "1/QĐ-UBND",
            "founded_on": "5/1/2018",
            "order": "5",
            "is_active": "on",
        },
    )
    bloc = Bloc.objects.get()
    assert answer.url == bloc.get_absolute_url()
    assert (bloc.name, bloc.founded_on) == ("Khối Thi đua số 5", dt.date(2018, 1, 5))


def test_a_member_sees_the_bloc_and_changes_nothing(client):
    year = year_with_members()
    client.force_login(leader_of(year.head))
    assert client.get(year.bloc.get_absolute_url()).status_code == 200
    for name in ("bloc_edit", "member_add", "member_paste"):
        assert client.get(reverse(f"units:{name}", args=(year.bloc.pk,))).status_code == 403
    member = Membership.objects.create(bloc=year.bloc, unit=year.head, starts_on="2020-01-01")
    assert client.get(reverse("units:member_end", args=(member.pk,))).status_code == 403


def test_years_of_a_bloc_are_listed_for_its_members_only(client):
    year = year_with_members(state=YearState.OPEN)
    other = year_with_members()
    for user, shown in ((editor_of(year.head), [year]), (editor_of(other.head), [])):
        client.force_login(user)
        answer = client.get(year.bloc.get_absolute_url())
        assert [row["year"] for row in answer.context["years"]] == shown


@pytest.mark.parametrize(
    ("name", "text", "count"),
    (
        ("01", PUBLISHED, 8),
        ("04", None, 5),
        ("06", None, 11),
    ),
)
def test_published_lists_become_members(office, name, text, count):
    found = case(name)
    text = text or "; ".join(found["members"])
    bloc = BlocFactory(name=found["bloc"]["name"])
    second = office.post(paste(bloc), typed(text))
    lines = second.context["lines"]
    assert [line.name for line in lines] == found["members"]
    assert [line.is_new for line in lines] == [True] * count
    assert Unit.objects.count() == 0
    answer = office.post(paste(bloc), confirmed(lines, text))
    assert answer.url == bloc.get_absolute_url()
    assert member_names(bloc) == found["members"]
    assert (
        bloc.memberships.filter(
            starts_on=dt.date(2020, 1, 1), decision="Quyết định số 1/QĐ-UBND"
        ).count()
        == count
    )


def test_units_are_proposed_with_short_name_code_and_broken_letterhead(office):
    bloc = BlocFactory()
    UnitFactory(code="SGTVT")
    lines = office.post(paste(bloc), typed(PUBLISHED)).context["lines"]
    assert [(line.short_name, line.code) for line in lines[:6]] == [
        ("Sở GTVT", "SGTVT2"),
        ("Sở Xây dựng", "SXD"),
        ("Sở TN&MT", "STNVMT"),
        ("Sở NN&PTNT", "SNNVPTNT"),
        ("Sở Công thương", "SCT"),
        ("BQL các KCN", "BQLCKCN"),
    ]
    office.post(paste(bloc), confirmed(lines, PUBLISHED))
    unit = Unit.objects.get(code="BQLCKCN")
    assert (unit.superior, unit.letterhead) == (
        "UBND TỈNH ĐẮK LẮK",
        "BAN QUẢN LÝ CÁC\nKHU CÔNG NGHIỆP",
    )


def test_old_and_new_tone_marks_name_one_unit(office):
    bloc = BlocFactory()
    known = UnitFactory(name="Ban Tổ chức Tỉnh uỷ", code="BTC")
    member = UnitFactory(name="Văn phòng Tỉnh ủy", code="VP")
    Membership.objects.create(bloc=bloc, unit=member, starts_on="2015-01-01")
    text = "Ban Tổ chức Tỉnh ủy; Văn phòng Tỉnh uỷ; Ban Nội chính Tỉnh uỷ; Ban Nội chính Tỉnh ủy"
    lines = office.post(paste(bloc), typed(text)).context["lines"]
    assert [(line.unit, line.skipped) for line in lines] == [
        (known, ""),
        (member, "Đang là thành viên"),
        (None, ""),
        (None, "Trùng với dòng 3"),
    ]
    office.post(paste(bloc), confirmed(lines, text))
    assert member_names(bloc) == [
        "Văn phòng Tỉnh ủy",
        "Ban Tổ chức Tỉnh uỷ",
        "Ban Nội chính Tỉnh uỷ",
    ]


def test_commas_on_one_line_are_asked_about_and_kept_between_lines(office):
    bloc, line = BlocFactory(), "VNPT, Viettel"
    asked = office.post(paste(bloc), typed(line, commas=""))
    assert asked.context["form"].errors == {"commas": [COMMAS_ASKED]}
    assert asked.context["form"]["text"].value() == line
    read = {
        choice: [
            row.name
            for row in office.post(paste(bloc), typed(text, commas=choice)).context["lines"]
        ]
        for choice, text in (("between", line), ("in_name", line), ("", f"{line}\nMobiFone, Kho 1"))
    }
    assert read == {
        "between": ["VNPT", "Viettel"],
        "in_name": ["VNPT, Viettel"],
        "": ["VNPT, Viettel", "MobiFone, Kho 1"],
    }


def test_one_wrong_line_stops_the_whole_list(office):
    bloc = BlocFactory()
    UnitFactory(code="SXD2")
    text = "Sở Giao thông Vận tải; Sở Xây dựng"
    lines = office.post(paste(bloc), typed(text)).context["lines"]
    answer = office.post(paste(bloc), confirmed(lines, text, **{"dong-2-code": "SXD2"}))
    again = answer.context["lines"]
    assert [line.errors for line in again] == [{}, {"code": ["Mã này đã dùng cho đơn vị khác."]}]
    assert [line.code for line in again] == ["SGTVT", "SXD2"]
    assert (Unit.objects.count(), member_names(bloc)) == (1, [])


def test_a_refusal_by_the_rules_is_told_beside_the_lines(office):
    bloc = BlocFactory()
    unit = UnitFactory(name="Sở Xây dựng")
    Membership.objects.create(bloc=bloc, unit=unit, starts_on="2021-01-01")
    text = "Sở Xây dựng; Sở Công thương"
    lines = office.post(paste(bloc), typed(text)).context["lines"]
    answer = office.post(paste(bloc), confirmed(lines, text))
    assert answer.context["form"].non_field_errors() == [
        "Sở Xây dựng: Đơn vị đang là thành viên của khối này."
    ]
    assert (Unit.objects.count(), member_names(bloc)) == (1, ["Sở Xây dựng"])


def test_one_may_go_back_to_the_list_with_the_text(office):
    bloc = BlocFactory()
    answer = office.post(paste(bloc), typed("Sở Xây dựng", again="1"))
    assert answer.context["form"]["text"].value() == "Sở Xây dựng"
    assert "lines" not in answer.context


def test_a_unit_leaves_and_the_history_stays(office):
    bloc = BlocFactory()
    member = Membership.objects.create(
        bloc=bloc, unit=UnitFactory(), starts_on="2020-01-01", decision="QĐ 1"
    )
    answer = office.post(
        reverse("units:member_end", args=(member.pk,)),
        {"ends_on": "01/07/2025", "end_decision": "Quyết định số 9/QĐ-UBND"},
    )
    assert answer.url == bloc.get_absolute_url()
    page = office.get(answer.url)
    assert page.context["members"] == []
    assert [(row.ends_on, row.decision, row.end_decision) for row in page.context["left"]] == [
        (dt.date(2025, 7, 1), "QĐ 1", "Quyết định số 9/QĐ-UBND")
    ]


def test_leaving_before_joining_is_refused(office):
    member = Membership.objects.create(
        bloc=BlocFactory(), unit=UnitFactory(), starts_on="2020-01-01"
    )
    answer = office.post(reverse("units:member_end", args=(member.pk,)), {"ends_on": "01/01/2019"})
    assert answer.context["form"].non_field_errors() == [
        "Ngày cuối cùng trong khối phải từ ngày vào khối trở đi."
    ]
    assert answer.context["form"]["ends_on"].value() == "01/01/2019"


def test_office_adds_one_unit(office):
    bloc, unit = BlocFactory(), UnitFactory()
    office.post(
        reverse("units:member_add", args=(bloc.pk,)), {"unit": unit.pk, "starts_on": "1/1/2026"}
    )
    assert member_names(bloc) == [unit.name]


@pytest.mark.parametrize("name", ("member_add", "member_paste"))
def test_the_day_of_joining_is_never_today_by_itself(office, name):
    """It is the day of the decision: whoever leaves it open is asked for it."""
    url = reverse(f"units:{name}", args=(BlocFactory().pk,))
    field = office.get(url).context["form"]["starts_on"]
    assert (field.value(), field.help_text) == (None, START_HELP)
    typed = {"unit": UnitFactory().pk, "text": "Sở A", "superior": "UBND TỈNH"}
    assert "starts_on" in office.post(url, typed).context["form"].errors
    assert not Membership.objects.exists()
