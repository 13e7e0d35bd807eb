"""The pages of a bloc year: list, detail, planning, leaders, rules, members, moves."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from blocs.states import ReportState, SeatRole, YearState
from blocs.units.models import Membership
from blocs.years.actions.editing import NO_DUE_REASON
from blocs.years.models import BlocYear, Registration
from tests.cases import case
from tests.factories.blocs import (
    BlocFactory,
    BlocYearFactory,
    ReportFactory,
    ScoringTableFactory,
    year_with_members,
)
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.page_forms import seen_on
from thidua.common.pages.forms import NOT_OUR_TIME

pytestmark = pytest.mark.django_db
LIST = reverse("years:year_list")
OFFICE_PAGES = ("year_edit", "year_rules", "year_members")


@pytest.fixture(autouse=True)
def no_types_known():
    """Queries are counted as in a fresh process, whatever ran before."""
    ContentType.objects.clear_cache()


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def page(year, name="year_detail"):
    return reverse(f"years:{name}", args=(year.pk,))


def move(year, name):
    return reverse("years:year_move", args=(year.pk, name))


def choose(client, year):
    client.post(reverse("home:choose_year"), {"year": year})


def save(client, year, name, data):
    url = page(year, name)
    return client.post(url, data | seen_on(client, url))


def members(year):
    return list(year.members.values_list("unit__name", flat=True))


@pytest.mark.parametrize("count", (1, 3))
def test_list_costs_the_same(office, count, django_assert_num_queries):
    choose(office, 2026)
    for _ in range(count):
        year_with_members()
    with django_assert_num_queries(6):
        answer = office.get(LIST)
    assert [row["year"].member_count for row in answer.context["rows"]] == [3] * count


@pytest.mark.parametrize("count", (2, 4))
def test_detail_costs_the_same(client, count, django_assert_num_queries):
    year = year_with_members(count)
    table = ScoringTableFactory(bloc_year=year, published=True)
    for member in year.members.all():
        ReportFactory(bloc_year=year, unit=member.unit, table=table, submitted=True)
    client.force_login(leader_of(year.head))
    with django_assert_num_queries(15):
        answer = client.get(page(year))
    assert [row["report"]["label"] for row in answer.context["rows"]] == ["Đã nộp"] * count


def test_list_shows_the_chosen_year_in_the_order_of_the_blocs(office):
    for order, name in ((2, "Khối Địa chính"), (2, "Khối Du lịch"), (1, "Cụm số 3")):
        year_with_members(bloc=BlocFactory(name=name, order=order), year=2024)
    year_with_members(year=2023)
    choose(office, 2024)
    rows = office.get(LIST).context["rows"]
    assert [row["year"].bloc.name for row in rows] == [
        "Cụm số 3",
        "Khối Du lịch",
        "Khối Địa chính",
    ]
    rows = office.get(LIST, {"q": "dia chinh"}).context["rows"]
    assert [row["year"].bloc.name for row in rows] == ["Khối Địa chính"]


def test_a_unit_lists_and_opens_its_own_bloc_only(client):
    own, other = year_with_members(), year_with_members()
    client.force_login(editor_of(own.head))
    choose(client, 2026)
    assert [row["year"] for row in client.get(LIST).context["rows"]] == [own]
    assert client.get(page(own)).status_code == 200
    for name in ("year_detail", *OFFICE_PAGES):
        assert client.get(page(other, name)).status_code == 404
    assert client.post(move(other, "close")).status_code == 404


def test_system_administrator_sees_no_year(client):
    year = year_with_members()
    client.force_login(official(SeatRole.SYSADMIN))
    choose(client, 2026)
    assert client.get(LIST).context["rows"] == []
    assert client.get(page(year)).status_code == 404


@pytest.mark.parametrize("name", OFFICE_PAGES)
def test_members_read_the_year_and_change_nothing(client, name):
    year = year_with_members()
    client.force_login(leader_of(year.head))
    assert client.get(page(year, name)).status_code == 403
    assert client.post(page(year, name)).status_code == 403
    assert client.get(reverse("years:year_new")).status_code == 403


def test_detail_tells_roles_progress_and_rules(client):
    year = year_with_members(state=YearState.PLANNED, is_illustrative=True)
    year.regulation.tie_rules = ["work_points"]
    year.regulation.save()
    unit = year.deputy
    Registration.objects.create(bloc_year=year, unit=unit)
    table = ScoringTableFactory(bloc_year=year)
    ReportFactory(bloc_year=year, unit=unit, table=table, state=ReportState.DRAFT)
    client.force_login(leader_of(year.head))
    answer = client.get(page(year))
    assert [
        (row["unit"], row["role"], row["registration"]["label"], row["report"]["label"])
        for row in answer.context["rows"]
    ] == [
        (year.head, "khối trưởng", "Chưa đăng ký", "Chưa có báo cáo"),
        (year.deputy, "khối phó", "Nháp", "Nháp"),
        (year.members.last().unit, "thành viên", "Chưa đăng ký", "Chưa có báo cáo"),
    ]
    assert answer.context["rules"][3] == (
        "Khi bằng tổng điểm, xét lần lượt: điểm phần nhiệm vụ chuyên môn cao hơn; "
        "nếu vẫn bằng nhau thì hội nghị quyết định. Chưa dẫn căn cứ."
    )
    assert "Có số liệu minh họa" in answer.content.decode()


def test_a_planned_year_has_the_members_of_its_first_day(office):
    bloc = BlocFactory()
    left = UnitFactory(name="Sở Giao thông Vận tải")
    stays, late = UnitFactory(name="Sở Xây dựng"), UnitFactory(name="Sở Công thương")
    for unit, start, end in (
        (stays, "2015-01-01", None),
        (left, "2015-01-01", "2026-03-01"),
        (late, "2026-03-01", None),
    ):
        Membership.objects.create(bloc=bloc, unit=unit, starts_on=start, ends_on=end)
    office.post(reverse("years:year_new"), {"bloc": bloc.pk, "year": "2026"})
    year = BlocYear.objects.get()
    assert members(year) == ["Sở Xây dựng", "Sở Giao thông Vận tải"]
    assert (year.state, year.report_due) == (YearState.PLANNED, dt.date(2026, 12, 15))
    form = {"bloc": bloc.pk, "year": "2027", "members_on": "1/4/2026"}
    office.post(reverse("years:year_new"), form)
    assert members(BlocYear.objects.get(year=2027)) == ["Sở Xây dựng", "Sở Công thương"]


def test_a_second_year_of_the_same_number_is_refused(office):
    year = year_with_members()
    answer = office.post(reverse("years:year_new"), {"bloc": year.bloc.pk, "year": "2026"})
    assert answer.context["form"].non_field_errors() == ["Khối đã có năm thi đua này."]


def leaders(year, **changes):
    return {"head": year.head_id or "", "deputy": year.deputy_id or "", **changes}


def test_head_comes_from_the_members(office):
    year, stranger = year_with_members(state=YearState.PLANNED), UnitFactory()
    answer = save(office, year, "year_edit", leaders(year, head=stranger.pk))
    assert answer.context["form"].errors == {
        "head": ["Khối trưởng phải là đơn vị thành viên của năm thi đua này."]
    }


def test_head_is_not_deputy(office):
    year = year_with_members(state=YearState.PLANNED)
    answer = save(office, year, "year_edit", leaders(year, deputy=year.head_id))
    assert answer.context["form"].errors == {
        "deputy": ["Khối phó phải là đơn vị khác với khối trưởng."]
    }
    year.refresh_from_db()
    assert year.deputy_id != year.head_id


def test_office_sets_dates_and_the_log_tells_before_and_after(office):
    year = year_with_members()
    save(office, year, "year_edit", leaders(year, report_due="20/12/2026", due_reason="Mưa bão."))
    year.refresh_from_db()
    assert year.report_due == dt.date(2026, 12, 20)
    labels = [entry["label"] for entry in office.get(page(year)).context["entries"][:2]]
    assert labels == ["Sửa đổi quy định số 01", "Sửa năm thi đua"]


REPORT = {"report_due": "15/12/2026", "due_reason": "Mưa bão."}
ORDER = "Hạn này không được trước {}; vui lòng xem lại hai hạn."


@pytest.mark.parametrize(
    ("typed", "faults"),
    (
        ({"report_due": "01/01/0001"}, {"report_due": [NOT_OUR_TIME]}),
        ({"proposal_due": "31/12/9999"}, {"proposal_due": [NOT_OUR_TIME]}),
        (
            {"report_due": "30/06/2025"},
            {
                "report_due": ["Hạn phải từ 01/07/2025 đến 31/12/2028; vui lòng xem lại năm."],
                "due_reason": [NO_DUE_REASON],
            },
        ),
        (
            {"appraisal_due": "01/01/2026", **REPORT},
            {
                "appraisal_due": [
                    "Hạn này không được trước hạn nộp báo cáo (15/12/2026); vui lòng xem lại hai "
                    "hạn."
                ]
            },
        ),
        (
            {"registration_due": "16/12/2026", **REPORT},
            {"report_due": [ORDER.format("hạn đăng ký thi đua (16/12/2026)")]},
        ),
        (
            {"midyear_due": "15/02/2026", "agreement_due": "01/03/2026", **REPORT},
            {"midyear_due": [ORDER.format("hạn ký giao ước (01/03/2026)")]},
        ),
        (
            {"conference_due": "14/12/2026", **REPORT},
            {"conference_due": [ORDER.format("hạn nộp báo cáo (15/12/2026)")]},
        ),
        (
            {
                "appraisal_due": "15/12/2026",
                "report_hour": "17:00",
                "appraisal_hour": "16:30",
                **REPORT,
            },
            {"appraisal_due": [ORDER.format("hạn nộp báo cáo (17 giờ 00 ngày 15/12/2026)")]},
        ),
        ({"registration_due": "20/03/2026", "agreement_due": "01/03/2026", **REPORT}, None),
        (
            {
                "registration_due": "01/07/2025",
                "proposal_due": "31/12/2028",
                "due_reason": "Mưa bão.",
            },
            None,
        ),
        (
            {"report_due": "15/12/2026", "appraisal_due": "15/12/2026", "due_reason": "Mưa bão."},
            None,
        ),
    ),
)
def test_a_last_day_lies_near_its_year_and_after_what_it_rests_on(office, typed, faults):
    year = year_with_members()
    answer = save(office, year, "year_edit", typed)
    if faults is None:
        assert answer.status_code == 302
    else:
        assert (answer.status_code, answer.context["form"].errors) == (422, faults)
        assert BlocYear.objects.get().dates == year.dates
    assert office.get(reverse("ranking:ranking", args=(year.pk,))).status_code == 200


RULES = {
    "decimals": "2",
    "signature_numerator": "1",
    "signature_denominator": "1",
    "quorum_numerator": "2",
    "quorum_denominator": "3",
    "vote_base": "present",
    "vote_threshold": "66,67",
    "deputies": "1",
    "flags": "1",
    "certificate_share": "30",
    "certificate_base": "all",
    "rounding": "down",
    "counted_submission": "first",
    "part_year": "by_months",
    "tie_1": "bonus_points",
    "tie_3": "work_points",
    "tie_last": "shared_rank",
}


@pytest.mark.parametrize("last", ("shared_rank", "dense_rank", ""))
def test_office_sets_the_regulation(office, last):
    year = year_with_members()
    save(office, year, "year_rules", RULES | {"tie_last": last})
    year.regulation.refresh_from_db()
    assert year.regulation.vote_threshold == Decimal("66.67")
    stated = ["bonus_points", "work_points", *filter(None, [last])]
    assert year.regulation.tie_rules == stated
    form = office.get(page(year, "year_rules")).context["form"]
    shown = [form[name].value() for name in ("tie_1", "tie_2", "tie_last", "vote_threshold")]
    assert shown == ["bonus_points", "work_points", last, "66,67"]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    (
        (
            {"quorum_numerator": "4"},
            "quorum_denominator",
            "Túc số của hội nghị phải lớn hơn 0 và không quá 1.",
        ),
        ({"vote_threshold": "101"}, "vote_threshold", "Tỷ lệ phải từ 0 đến 100%."),
        ({"tie_3": "bonus_points"}, "tie_1", "Mỗi tiêu chí ưu tiên chỉ chọn một lần."),
    ),
)
def test_impossible_rules_are_refused_at_their_field(office, change, field, sentence):
    year = year_with_members()
    answer = save(office, year, "year_rules", RULES | change)
    assert answer.context["form"].errors == {field: [sentence]}


def test_members_are_chosen_and_ordered(office):
    year = year_with_members(state=YearState.PLANNED, head=None, deputy=None, count=0)
    units = UnitFactory.create_batch(3)
    for unit in units:
        Membership.objects.create(bloc=year.bloc, unit=unit, starts_on="2020-01-01")
    first, second, third = (f"don-vi-{unit.pk}" for unit in units)
    typed = {
        f"{first}-takes_part": "on",
        f"{first}-order": "2",
        f"{second}-order": "3",
        f"{third}-takes_part": "on",
        f"{third}-order": "1",
    }
    answer = save(office, year, "year_members", typed)
    assert answer.url == page(year)
    assert members(year) == [units[2].name, units[0].name]
    save(office, year, "year_members", typed | {f"{third}-order": ""})
    assert members(year) == [units[0].name, units[2].name]
    save(office, year, "year_members", typed)
    wrong = save(office, year, "year_members", typed | {f"{first}-order": "0"})
    assert [row.errors for row in wrong.context["rows"]] == [
        [],
        ["Thứ tự bắt đầu từ 1."],
        [],
    ]


def test_opening_needs_head_members_and_rules(office):
    year = BlocYearFactory(state=YearState.PLANNED, head=None, deputy=None)
    (button,) = office.get(page(year)).context["moves"]
    assert (button["label"], button["obstacles"]) == (
        "Mở năm thi đua",
        [
            "Chưa chọn khối trưởng của năm.",
            "Năm thi đua phải có ít nhất 02 đơn vị thành viên.",
            "Chưa ghi quy định của năm (tỷ lệ họp, tỷ lệ phiếu, số lượng).",
        ],
    )
    held = office.get(move(year, "open")).content.decode()
    assert held.count('type="submit" disabled>Mở năm thi đua</button>') == 1
    assert office.post(move(year, "open")).status_code == 422


def test_office_opens_the_year_and_the_head_runs_it(client):
    year = year_with_members(state=YearState.PLANNED)
    client.force_login(leader_of(year.head))
    assert client.post(move(year, "open")).status_code == 403
    client.force_login(official(SeatRole.OFFICE))
    assert client.post(move(year, "open")).url == page(year)
    year.refresh_from_db()
    assert year.state == YearState.OPEN
    assert client.post(move(year, "close")).status_code == 403
    assert client.get(move(year, "agree")).status_code == 404


def found(client, number):
    """The bloc of a published case, its units and its year, entered by the office's pages."""
    facts = case(number)
    bloc = BlocFactory(name=facts["bloc"]["name"])
    for name in facts["members"] or [facts["next_leadership"]["head"]]:
        Membership.objects.create(
            bloc=bloc, unit=UnitFactory(name=name), starts_on=dt.date(2020, 1, 1)
        )
    for number in (facts["leadership"]["year"], facts["next_leadership"]["year"]):
        client.post(reverse("years:year_new"), {"bloc": bloc.pk, "year": number})
    return facts, *bloc.years.order_by("year")


@pytest.mark.parametrize("number", ("01", "03", "06"))
def test_next_heads_of_real_cases_are_entered(office, number):
    facts, this_year, next_year = found(office, number)
    head = next_year.members.get(unit__name=facts["next_leadership"]["head"]).unit
    save(office, next_year, "year_edit", {"head": head.pk})
    next_year.refresh_from_db()
    assert (this_year.head, next_year.head, next_year.deputy) == (None, head, None)
    assert next_year.members.count() == (facts["member_count_listed"] or 1)


def test_leaders_of_case_04_are_entered(office):
    facts, this_year, _ = found(office, "04")
    head, deputy = (
        this_year.members.get(unit__name=name).unit
        for name in (facts["leadership"]["head"], *facts["leadership"]["deputies"])
    )
    save(office, this_year, "year_edit", {"head": head.pk, "deputy": deputy.pk})
    assert [row["role"] for row in office.get(page(this_year)).context["rows"]] == [
        "khối trưởng",
        "khối phó",
        "thành viên",
        "thành viên",
        "thành viên",
    ]
    assert office.post(move(this_year, "open")).url == page(this_year)


def test_a_bloc_without_a_published_list_waits_for_its_members(office):
    facts, _, next_year = found(office, "03")
    head = next_year.members.get().unit
    save(office, next_year, "year_edit", {"head": head.pk})
    (button,) = office.get(page(next_year)).context["moves"]
    assert (facts["members"], button["obstacles"]) == (
        None,
        ["Năm thi đua phải có ít nhất 02 đơn vị thành viên."],
    )


def test_a_territorial_bloc_has_a_cum_truong(office):
    year = year_with_members(bloc=BlocFactory(kind="territorial"), state=YearState.PLANNED)
    form = office.get(page(year, "year_edit")).context["form"]
    assert [form[name].label for name in ("head", "deputy", "second_deputy")] == [
        "Cụm trưởng",
        "Cụm phó",
        "Cụm phó thứ hai",
    ]
    answer = save(office, year, "year_edit", leaders(year, deputy=year.head_id))
    assert answer.context["form"].errors == {
        "deputy": ["Cụm phó phải là đơn vị khác với cụm trưởng."]
    }


def test_detail_asks_nothing_of_units_that_owe_nothing(client):
    """Who left, and who is not considered, is not told to lack what it does not owe."""
    year = year_with_members(4, state=YearState.CLOSING)
    left, set_aside = year.members.order_by("-order")[:2]
    for member, name in ((left, "left_on"), (set_aside, "unconsidered_on")):
        setattr(member, name, dt.date(2026, 7, 1))
        member.save()
    leader = leader_of(year.head)
    with time_machine.travel("2026-12-01T05:00+07:00", tick=False):
        client.force_login(leader)
        rows = client.get(page(year)).context["rows"]
        listed = client.get(reverse("reports:year_reports", args=(year.pk,))).context["rows"]
    owed, free = ("Chưa đăng ký", "Chưa có báo cáo"), ("Không phải đăng ký", "Không phải nộp")
    told = [(row["registration"]["label"], row["report"]["label"]) for row in rows]
    assert told == [owed, owed, free, free]
    assert [row["label"] for row in listed] == ["Chưa nộp", "Chưa nộp", *["Không phải nộp"] * 2]


@pytest.mark.parametrize(("start", "is_said"), [("2026-01-02", True), ("2026-01-01", False)])
def test_a_year_without_members_on_its_first_day_says_how_that_is_mended(office, start, is_said):
    bloc, unit = BlocFactory(), UnitFactory()
    Membership.objects.create(bloc=bloc, unit=unit, starts_on=start)
    office.post(reverse("years:year_new"), {"bloc": bloc.pk, "year": "2026"})
    year = bloc.years.get()
    words = office.get(page(year)).content.decode()
    assert ("Ngày 01/01/2026, ngày đầu của năm 2026, khối chưa có thành viên." in words) is is_said
    warning = words.partition("Năm này chưa có đơn vị nào.")[2].partition("</div>")[0]
    assert (page(year, "year_members") in warning) is is_said
