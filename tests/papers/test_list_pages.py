"""Cells of the pages that list what a bloc year holds, each under the head of its column.

The year is the one in which no two facts have the same figure.
"""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.proposals.enums import ItemState
from blocs.ranking.documents.ranking_table import ranking_table_paper
from blocs.ranking.models import Ground
from blocs.ranking.models.rankings import ranking_of
from blocs.reports.models.versions import freeze_sheet
from blocs.states import ReportState, SeatRole, VersionKind
from blocs.units.models import Membership
from blocs.years.models import BlocYear, Registration
from tests.factories.awards import DecisionFactory
from tests.factories.different import (
    different_agreement,
    different_conference,
    different_proposal,
    different_year,
)
from tests.factories.people import leader_of, official
from tests.papers.reading import lines_of, tables_of, under_heads

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return different_year()


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    session = client.session
    session["year"] = 2026
    session.save()
    return client


def rows_at(client, name, *pks, table=0):
    return under_heads(tables_of(client.get(reverse(name, args=pks)))[table])


def test_agreement_page(office, year):
    different_agreement(year)
    answer = office.get(reverse("agreements:agreement_detail", args=(year.pk,)))
    signatures, targets = tables_of(answer)
    assert signatures[:4] == [
        ["STT", "Đơn vị", "Người ký", "Thẩm quyền", "Thời điểm"],
        ["1", "Sở Xây dựng", "Trần Văn An, Giám đốc", "thủ trưởng ký", "09:05 28/01/2026"],
        [
            "2",
            "Sở Giao thông Vận tải",
            "Hồ Thị Dung, Phó Giám đốc",
            "KT. (ký thay)",
            "09:05 28/01/2026",
        ],
        ["3", "Sở Công Thương", "Chưa ký"],
    ]
    assert targets == [
        ["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch"],
        ["1", "Hồ sơ đúng hạn", "%", "98,5"],
    ]


def test_list_of_years(office, year):
    (row,) = rows_at(office, "years:year_list")
    assert row == {
        "STT": "1",
        "Khối, cụm": "Khối thi đua số 5",
        "Đơn vị đứng đầu": "Sở Xây dựng",
        "Đơn vị": "7",
        "Đã nộp báo cáo": "5/7",
        "Đã thẩm định": "4/7",
        "Trạng thái": "Đã xếp hạng",
    }


def test_versions_of_a_sheet(office, year):
    report = year.reports.get(unit=year.head)
    actor = leader_of(year.deputy)
    freeze_sheet(report, kind=VersionKind.APPRAISED, actor=actor, reason="Lần đầu.")
    (row,) = rows_at(office, "reports:version_list", report.pk)
    assert [row[head] for head in ("Số", "Tự chấm", "Thẩm định", "Lý do")] == [
        "1", "87,50", "84,00", "Lần đầu.",
    ]  # fmt: skip
    lines = rows_at(office, "reports:version_detail", report.pk, 1)
    assert [(line["Điểm tối đa"], line["Tự chấm"], line["Thẩm định"]) for line in lines] == [
        ("40,00", "36,00", "35,00"),
        ("30,00", "28,00", "27,00"),
        ("30,00", "20,00", "21,00"),
        ("5,00", "4,00", "3,00"),
        ("", "−0,50", "−2,00"),
        ("", "87,50", "84,00"),
    ]


def test_lowered_leaves_of_a_report(office, year):
    report = year.reports.get(unit=year.head)
    rows = rows_at(office, "appraisal:appeal_list", report.pk)
    assert [list(row.values())[:6] for row in rows] == [
        ["I.1", "Hoàn thành nhiệm vụ được giao", "36,00", "35,00", "−1,00",
         "Lý do hoàn thành nhiệm vụ được giao."],
        ["I.2", "Giải quyết hồ sơ đúng hạn", "28,00", "27,00", "−1,00",
         "Lý do giải quyết hồ sơ đúng hạn."],
        ["II.1", "Mô hình mới được công nhận", "20,00", "21,00", "+1,00",
         "Lý do mô hình mới được công nhận."],
        ["III", "Điểm thưởng sáng kiến", "4,00", "3,00", "−1,00",
         "Lý do điểm thưởng sáng kiến."],
        ["IV", "Điểm trừ chậm báo cáo", "−0,50", "−2,00", "−1,50",
         "Lý do điểm trừ chậm báo cáo."],
    ]  # fmt: skip


def test_one_sheet_beside_last_year_and_the_bloc(office, year):
    report = year.reports.get(unit=year.head)
    rows = rows_at(office, "appraisal:deviation", report.pk)
    heads = ("TT", "Điểm tối đa", "Tự chấm", "Thẩm định", "Năm trước", "Trung vị")
    assert [[row[head] for head in heads] for row in rows] == [
        ["I.1", "40", "36,00", "35,00", "32,00", "33,00"],
        ["I.2", "30", "28,00", "27,00", "19,00", "25,75"],
        ["II.1", "30", "20,00", "21,00", "11,00", "19,00"],
        ["III", "5", "4,00", "3,00", "2,50", "2,00"],
        ["IV", "", "−0,50", "−2,00", "−1,50", "−0,75"],
    ]


def test_lines_of_a_proposal_and_of_its_decision(office, year):
    proposal = different_proposal(year)
    first, second = proposal.items.order_by("pk")
    day = dt.date(2026, 12, 29)
    decision = DecisionFactory(state="signed", number="9/QĐ-UBND", signed_on=day)
    proposal.items.filter(pk=first.pk).update(state=ItemState.GRANTED, decision=decision)
    proposal.items.filter(pk=second.pk).update(state=ItemState.REFUSED, reason="Thiếu hồ sơ.")
    rows = rows_at(office, "proposals:proposal_detail", year.pk)
    assert [list(row.values()) for row in rows] == [
        [
            "1",
            "Cờ thi đua của UBND tỉnh",
            "Sở Giao thông Vận tải",
            "–",
            "Được tặng",
            "Quyết định số 9/QĐ-UBND",
        ],
        [
            "2",
            "Bằng khen của Chủ tịch UBND tỉnh",
            "Sở Xây dựng",
            "–",
            "Không được tặng",
            "Thiếu hồ sơ.",
        ],
    ]
    assert rows_at(office, "decisions:decision_detail", decision.pk) == [
        {
            "STT": "1",
            "Hình thức": "Cờ thi đua của UBND tỉnh",
            "Đơn vị": "Sở Giao thông Vận tải",
            "Khối, cụm": "Khối thi đua số 5",
        }
    ]


def test_units_that_left_a_bloc(office, year):
    Membership.objects.create(
        bloc=year.bloc,
        unit=year.head,
        starts_on=dt.date(2020, 3, 1),
        decision="QĐ vào khối",
        ends_on=dt.date(2024, 6, 30),
        end_decision="QĐ rời khối",
    )
    left = {"STT": "1", "Đơn vị": "Sở Xây dựng", "Từ ngày": "01/03/2020"}
    assert rows_at(office, "units:bloc_detail", year.bloc_id) == [
        left | {"Đến ngày": "30/06/2024", "Văn bản rời khối": "QĐ rời khối"}
    ]
    (row,) = rows_at(office, "units:unit_detail", year.head_id)
    assert list(row.values())[1:] == [
        "Khối thi đua số 5", "01/03/2020", "30/06/2024", "QĐ vào khối; QĐ rời khối",
    ]  # fmt: skip


def test_ranking_that_is_not_agreed_says_so(office, year):
    page = reverse("ranking:ranking", args=(year.pk,))
    agreed = office.get(page).content.decode()
    year.reports.filter(state=ReportState.AGREED).update(state=ReportState.APPRAISED)
    provisional = office.get(page).content.decode()
    assert [html.count("Tạm tính") for html in (agreed, provisional)] == [0, 1]
    assert [html.count("Hội nghị thống nhất") for html in (agreed, provisional)] == [5, 0]


def test_reports_of_a_year_say_which_came_late(office, year):
    year.reports.filter(unit=year.head).update(is_late=True)
    rows = rows_at(office, "reports:year_reports", year.pk)
    assert [row["Nộp lúc"] for row in rows] == [
        "09:00 15/12/2026 (chậm hạn)",
        "09:00 09/12/2026",
        "09:00 08/12/2026",
        "09:00 07/12/2026",
        "14:00 10/12/2026",
        "",
        "",
    ]


def test_ended_ground_shows_both_papers(office, year):
    Ground.objects.create(
        bloc_year=year,
        unit=year.head,
        code="out",
        basis="Kết luận 1",
        found_on=dt.date(2026, 10, 1),
        lifted_on=dt.date(2026, 11, 2),
        lift_basis="Kết luận 2",
    )
    (row,) = rows_at(office, "ranking:ground_list", year.pk)
    assert [row[head] for head in ("Căn cứ", "Ghi nhận", "Hiệu lực")] == [
        "Kết luận 1", "01/10/2026", "Chấm dứt ngày 02/11/2026Kết luận 2",
    ]  # fmt: skip


def test_how_many_have_registered(office, year):
    for member in year.members.all()[:2]:
        Registration.objects.create(
            bloc_year=year, unit=member.unit, state="signed", signed_at=timezone.now()
        )
    page = office.get(reverse("registrations:registration_list", args=(year.pk,)))
    assert page.content.decode().count("2/7 đơn vị đã đăng ký") == 1


def test_nobody_is_offered_to_stop_the_own_account(client):
    person, other = official(SeatRole.SYSADMIN), official(SeatRole.OFFICE)
    client.force_login(person)
    pages = [client.get(reverse("units:person_detail", args=(one.pk,))) for one in (person, other)]
    assert [page.content.decode().count("Ngừng tài khoản") for page in pages] == [0, 1]


def test_conference_without_its_quorum_says_so(office, year):
    conference = different_conference(year)
    page = conference.get_absolute_url()
    full = office.get(page).content.decode()
    conference.attendances.exclude(unit=year.head).update(is_present=False)
    empty = office.get(page).content.decode()
    assert [html.count("Chưa đủ điều kiện họp") for html in (full, empty)] == [0, 1]
    assert [html.count("Đủ điều kiện họp") for html in (full, empty)] == [1, 0]


def test_table_is_enclosed_with_the_minutes_once_its_points_are_agreed(year):
    different_conference(year)
    agreed = ranking_table_paper(ranking_of(year)).attached_lines
    year.reports.filter(state=ReportState.AGREED).update(state=ReportState.APPRAISED)
    fresh = BlocYear.objects.for_page().get(pk=year.pk)
    assert [agreed, ranking_table_paper(ranking_of(fresh)).attached_lines] == [
        ("(Kèm theo Biên bản số 06/BB-KTĐ5 ngày 18 tháng 12 năm 2026 của Khối thi đua số 5)",),
        ("(Dự thảo: điểm chưa được hội nghị tổng kết thống nhất)",),
    ]


def test_form_to_be_filled_in_afresh_has_no_answers_and_no_notes(office, year):
    report = year.reports.get(unit=year.head)
    report.scores.update(note="Theo sổ")
    found = []
    for name in ("sheet_files:sheet_workbook", "sheet_files:sheet_template"):
        content = office.get(reverse(name, args=(report.pk,))).content
        lines = lines_of(content, "Bảng điểm", "TT")
        found.append([(line["Kết quả, điểm"], line["Thuyết minh"]) for line in lines[2:4]])
    assert found == [[(36, "Theo sổ"), (28, "Theo sổ")], [(None, None), (None, None)]]
