"""The ranking page and the papers of a scoring."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from blocs.states import ReportState, SeatRole
from tests.factories.blocs import ReportFactory, fill, small_table, year_with_members
from tests.factories.people import editor_of, leader_of, official

pytestmark = pytest.mark.django_db
D = Decimal


def scored_year(count=3, ranked=None, state=ReportState.APPRAISED):
    """Units with points falling from 9 in their order; the last ones have sent nothing."""
    year = year_with_members(count)
    table = small_table(year)
    for place, member in enumerate(year.members.order_by("order")[: ranked or count]):
        report = ReportFactory(
            bloc_year=year,
            unit=member.unit,
            table=table,
            state=state,
            submitted_at=timezone.now(),
            appraised_total=D(0),
        )
        fill(report, D(9), D(9) - D(place) / 4)
        late = report.scores.filter(criterion__code="IV")
        late.update(appraised_points=D("-0.5"), appraisal_reason="Nộp chậm 01 ngày.")
    return year


def page(year, name="ranking"):
    return reverse(f"ranking:{name}", args=(year.pk,))


def text_of(answer):
    sheets = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


@pytest.mark.parametrize("count", (3, 15))
def test_ranking_costs_the_same_for_any_number_of_units(client, count, django_assert_num_queries):
    year = scored_year(count)
    client.force_login(leader_of(year.head))
    with django_assert_num_queries(14):
        answer = client.get(page(year))
    assert len(answer.context["rows"]) == count


def test_rows_are_printed_as_people_read_them(client):
    year = scored_year(4, ranked=2)
    client.force_login(editor_of(year.head))
    answer = client.get(page(year))
    rows = [
        (row.place, row.unit, row.work, row.bonus, row.deduction, row.total)
        for row in answer.context["rows"]
    ]
    assert rows == [
        ("1", year.head.name, "27,00", "9,00", "−0,50", "35,50"),
        ("2", year.deputy.name, "26,25", "8,75", "−0,50", "34,50"),
    ]
    assert [left.reason for left in answer.context["out"]] == [
        "Chưa nộp báo cáo và bảng tự chấm điểm."
    ] * 2
    text = answer.content.decode()
    assert "Tính từ điểm thẩm định của 2/4 đơn vị" in text
    assert answer.context["tie_rule"] in text


def person_of(year, name):
    last = year.members.order_by("order").last().unit
    people = {
        "head": lambda: leader_of(year.head),
        "secretary": lambda: editor_of(year.head),
        "deputy": lambda: editor_of(year.deputy),
        "office": lambda: official(SeatRole.OFFICE),
        "council": lambda: official(SeatRole.COUNCIL),
        "member": lambda: leader_of(last),
    }
    return people[name]()


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("head", True),
        ("secretary", True),
        ("deputy", True),
        ("office", True),
        ("council", False),
        ("member", False),
    ],
)
def test_points_are_for_appraisers_until_the_conference_agrees_them(client, name, before):
    year = scored_year(4, ranked=3)
    client.force_login(person_of(year, name))
    context = client.get(page(year)).context
    assert (context["is_shown"], len(context["rows"]), len(context["out"])) == (
        before,
        3 if before else 0,
        1 if before else 0,
    )
    assert client.get(page(year, "ranking_paper")).status_code == (200 if before else 403)
    year.reports.update(state=ReportState.AGREED)
    assert len(client.get(page(year)).context["rows"]) == 3
    assert client.get(page(year, "ranking_paper")).status_code == 200


def test_stranger_of_another_bloc_finds_nothing(client):
    year = scored_year(state=ReportState.LOCKED)
    client.force_login(leader_of(scored_year().head))
    for name in ("ranking", "ranking_paper"):
        assert client.get(page(year, name)).status_code == 404


def test_year_without_appraised_sheets_says_so(client):
    year = year_with_members()
    client.force_login(leader_of(year.head))
    assert "Chưa có đơn vị nào được thẩm định xong" in client.get(page(year)).content.decode()


def test_summary_paper_says_what_the_page_says(client):
    year = scored_year(3, ranked=2)
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(page(year, "ranking_paper"))
    text = text_of(answer)
    assert answer["Content-Type"] == "application/pdf"
    for words in (
        "BẢNG TỔNG HỢP ĐIỂM THI ĐUA NĂM 2026",
        "(Dự thảo: điểm chưa được hội nghị tổng kết thống nhất)",
        "Nhiệm vụ chính trị (70)",
        "18,00 18,00 9,00 9,00 9,00 9,00",
        "35,50 1",
        "34,50 2",
        "Khi bằng tổng điểm, xét lần lượt",
        "(chưa nộp báo cáo và bảng tự chấm điểm)",
    ):
        assert words in text


def report_page(report):
    return reverse("ranking:report_paper", args=(report.pk,))


def test_sheet_paper_prints_points_and_reasons(client):
    year = scored_year()
    report = year.reports.get(unit=year.deputy)
    client.force_login(editor_of(year.head))
    text = text_of(client.get(report_page(report)))
    for words in (
        "BẢNG TỰ CHẤM ĐIỂM THI ĐUA",
        f"Năm 2026 của {year.deputy.name}",
        "1 Hoàn thành nhiệm vụ được giao 40 9,00 8,75 −0,25 Thiếu minh chứng.",
        "I Nhiệm vụ chính trị 70 18,00 17,50 −0,50",
        "Tổng điểm 100",
    ):
        assert words in text


def test_page_of_a_report_leads_to_its_paper(client):
    report = scored_year().reports.first()
    client.force_login(leader_of(report.unit))
    page = client.get(report.get_absolute_url()).content.decode()
    assert page.count(f'href="{report_page(report)}"') == 1


def test_unit_does_not_read_points_before_they_are_given(client):
    year = scored_year(state=ReportState.SUBMITTED)
    report = year.reports.get(unit=year.deputy)
    client.force_login(leader_of(year.deputy))
    assert "8,75" not in text_of(client.get(report_page(report)))
    client.force_login(leader_of(year.head))
    assert "8,75" in text_of(client.get(report_page(report)))


def test_sheet_of_another_unit_is_not_found_before_it_is_agreed(client):
    year = scored_year()
    report = year.reports.get(unit=year.head)
    client.force_login(leader_of(year.members.order_by("order").last().unit))
    assert client.get(report_page(report)).status_code == 404
    year.reports.update(state=ReportState.AGREED)
    assert client.get(report_page(report)).status_code == 200
