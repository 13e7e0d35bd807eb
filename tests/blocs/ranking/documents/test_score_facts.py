"""From appraised sheets to the strings of the papers."""

import datetime as dt
from decimal import Decimal

import pytest

from blocs.conferences.models import Conference
from blocs.ranking.documents.ranking_table import SummaryCell, ranking_table_paper
from blocs.ranking.documents.score_sheet import ScoreLine, score_sheet_paper
from blocs.ranking.models.rankings import ranking_of
from blocs.states import BlocKind, ReportState
from tests.factories.blocs import ReportFactory, fill, small_table, year_with_members
from tests.papers.papers import missing_text, printed

pytestmark = pytest.mark.django_db
D = Decimal
NOON = dt.datetime(2026, 12, 4, 5, tzinfo=dt.UTC)


def scored_year(state=ReportState.APPRAISED, **more):
    year = year_with_members(3, **more)
    table = small_table(year)
    for unit, points in ((year.head, D(8)), (year.deputy, D(9))):
        report = ReportFactory(
            bloc_year=year,
            unit=unit,
            table=table,
            state=state,
            submitted_at=NOON,
            appraised_total=D(0),
        )
        fill(report, D(9), points)
        report.scores.filter(criterion__code="IV").update(
            self_points=D(0), appraised_points=D("-0.5"), appraisal_reason="Nộp chậm."
        )
    return year


def test_summary_has_a_column_for_each_part_and_a_row_for_each_unit():
    year = scored_year()
    paper = ranking_table_paper(ranking_of(year))
    assert paper.groups == (
        "Nhiệm vụ chính trị (70)",
        "Phong trào thi đua (30)",
        "Điểm thưởng sáng kiến (5)",
        "Điểm trừ chậm báo cáo",
    )
    assert [(row.unit, row.total, row.rank) for row in paper.rows] == [
        (year.deputy.name, "35,50", "1"),
        (year.head.name, "31,50", "2"),
        (year.members.last().unit.name, "", ""),
    ]
    assert paper.rows[0].cells == (
        SummaryCell("18,00", "18,00"),
        SummaryCell("9,00", "9,00"),
        SummaryCell("9,00", "9,00"),
        SummaryCell("0,00", "−0,50"),
    )


def test_summary_prints_whole():
    paper = ranking_table_paper(ranking_of(scored_year(is_illustrative=True)))
    pdf = printed(paper)
    assert missing_text(paper, pdf) == []
    assert paper.notes[-1] == "Số liệu minh họa."
    assert pdf.pages == 1


def test_agreed_summary_names_the_minutes_it_belongs_to():
    year = scored_year(state=ReportState.AGREED)
    Conference.objects.create(
        bloc_year=year,
        state="signed",
        starts_at=NOON,
        ended_at=NOON + dt.timedelta(hours=3),
        minutes_number="06/BB-KTĐ5",
        secretary_name="Trần Thị K",
    )
    paper = ranking_table_paper(ranking_of(year))
    assert paper.attached_lines == (
        f"(Kèm theo Biên bản số 06/BB-KTĐ5 ngày 04 tháng 12 năm 2026 của {year.bloc})",
    )
    assert [(signer.authority_lines, signer.name) for signer in paper.signers] == [
        (("THƯ KÝ",), "Trần Thị K"),
        (("KHỐI PHÓ",), "Nguyễn Văn A"),
        (("KHỐI TRƯỞNG",), "Nguyễn Văn A"),
    ]


def test_both_deputies_have_a_place_to_sign():
    year = scored_year()
    year.second_deputy = year.members.last().unit
    paper = ranking_table_paper(ranking_of(year))
    assert [signer.authority_lines for signer in paper.signers] == [
        ("THƯ KÝ",),
        ("KHỐI PHÓ",),
        ("KHỐI PHÓ",),
        ("KHỐI TRƯỞNG",),
    ]


def test_cluster_has_its_own_words():
    year = scored_year()
    year.bloc.kind = BlocKind.TERRITORIAL
    paper = ranking_table_paper(ranking_of(year))
    assert [signer.authority_lines for signer in paper.signers] == [
        ("THƯ KÝ",),
        ("CỤM PHÓ",),
        ("CỤM TRƯỞNG",),
    ]


def sheet_paper(*, shows_appraisal, year=None):
    year = year or scored_year()
    report = year.reports.select_related("unit", "table").get(unit=year.head)
    return score_sheet_paper(report, shows_appraisal=shows_appraisal)


def test_sheet_prints_groups_leaves_and_total():
    paper = sheet_paper(shows_appraisal=True)
    assert paper.lines[0] == ScoreLine(
        "group", "I", "Nhiệm vụ chính trị", "70", "18,00", "16,00", "−2,00", ""
    )
    assert paper.lines[1] == ScoreLine(
        "leaf",
        "1",
        "Hoàn thành nhiệm vụ được giao",
        "40",
        "9,00",
        "8,00",
        "−1,00",
        "Thiếu minh chứng.",
    )
    assert paper.lines[-1] == ScoreLine(
        "total", "", "Tổng điểm", "100", "36,00", "31,50", "−4,50", ""
    )


def test_sheet_before_appraisal_shows_own_points_only():
    paper = sheet_paper(shows_appraisal=False)
    assert {(line.points, line.difference, line.reason) for line in paper.lines} == {("", "", "")}
    assert "Chênh lệch là điểm thẩm định trừ điểm tự chấm." not in paper.notes


def test_leaf_that_was_not_assigned_says_so():
    year = scored_year()
    scores = year.reports.get(unit=year.head).scores
    scores.filter(criterion__code="2").update(
        not_applicable=True, self_points=None, appraised_points=None
    )
    (line,) = [
        row for row in sheet_paper(shows_appraisal=True, year=year).lines if row.number == "2"
    ]
    assert (line.self_points, line.points, line.reason) == ("", "", "Không giao chỉ tiêu")


def test_sheet_carries_the_head_of_the_unit_and_prints_whole():
    year = scored_year()
    paper = sheet_paper(shows_appraisal=True, year=year)
    assert paper.letterhead.superior_lines == ("UBND TỈNH ĐẮK LẮK",)
    assert paper.letterhead.body_lines == (year.head.letterhead,)
    assert paper.letterhead.place_date.endswith("ngày 04 tháng 12 năm 2026")
    assert missing_text(paper, printed(paper)) == []


def test_unsent_sheet_has_no_day():
    year = year_with_members()
    report = ReportFactory(bloc_year=year, unit=year.head, submitted_at=None)
    assert score_sheet_paper(report, shows_appraisal=False).letterhead.place_date == ""


def test_day_of_a_paper_is_the_day_here():
    late = dt.datetime(2026, 12, 3, 17, 30, tzinfo=dt.UTC)
    year = scored_year()
    year.reports.update(submitted_at=late)
    paper = sheet_paper(shows_appraisal=True, year=year)
    assert paper.letterhead.place_date.endswith("ngày 04 tháng 12 năm 2026")
