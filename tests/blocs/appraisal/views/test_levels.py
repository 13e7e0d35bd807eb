"""Leaves whose rule gives stated points only: what is given, by one and by several, and shown."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.criteria.models import Criterion
from blocs.ranking.documents.score_sheet import score_sheet_paper
from blocs.reports.models import Score
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of
from tests.factories.people import leader_of
from tests.factories.reports import (
    DEDUCTION,
    DIRECT,
    posted_appraisal,
    row_of,
    score_of,
    submitted_report,
)

pytestmark = pytest.mark.django_db
D = Decimal
LEVELS = {
    "levels": [
        {"label": "Tốt", "points": "5"},
        {"label": "Khá", "points": "4"},
        {"label": "Đạt", "points": "2"},
    ]
}
OFF = "Ngoài bảng quy đổi: cơ quan xếp loại công bố lại ngày 05/12/2026."


def rated(report):
    """The first leaf is rated by somebody else, and the unit was rated good."""
    Criterion.objects.filter(table=report.table, code="1", kind="direct").update(
        kind="external_rating", rule=LEVELS, max_points=5
    )
    rows = Score.objects.filter(report=report, criterion__kind="external_rating")
    rows.update(value=None, choice="Tốt", self_points=5)
    return type(report).objects.get(pk=report.pk)


def post(client, report, points, reason):
    data = posted_appraisal(report, {DIRECT: {"points": points, "reason": reason}})
    return client.post(reverse("reports:appraisal_edit", args=(report.pk,)), data)


@pytest.mark.parametrize(
    ("points", "reason", "stored"),
    [
        ("3,3", "Thiếu minh chứng.", None),
        ("3,3", "Ngoài bảng quy đổi:", None),
        ("3,3", "Điểm ngoài bảng quy đổi", None),
        ("3,3", OFF, "3.3"),
        ("4", "Công bố lại là khá.", "4"),
        ("5", "", "5"),
    ],
)
def test_an_appraiser_gives_a_level_or_says_why_not(client, points, reason, stored):
    report = rated(submitted_report())
    client.force_login(leader_of(report.bloc_year.head))
    answer = post(client, report, points, reason)
    assert answer.status_code == (302 if stored else 422)
    given = score_of(report, DIRECT).appraised_points
    assert given == (D(stored) if stored else None)


def test_points_outside_the_scale_are_told_on_sheet_paper_and_comparison(client):
    report = rated(submitted_report())
    client.force_login(leader_of(report.bloc_year.head))
    post(client, report, "3,3", OFF)
    page = client.get(report.get_absolute_url())
    line = next(one for one in page.context["lines"] if one.name.startswith("Hoàn thành"))
    assert (line.given, line.beside, line.reason) == ("3,30", "ngoài bảng quy đổi", OFF)
    paper = score_sheet_paper(report, shows_appraisal=True)
    printed = next(one for one in paper.lines if one.name == line.name)
    assert (printed.points, printed.reason) == ("3,30", OFF)
    compared = client.get(reverse("appraisal:deviation", args=(report.pk,)))
    found = [one.reason for one in compared.context["lines"]]
    assert found == [OFF, "", "", "", ""]


def combining(marks, **rules):
    year = marked_year(count=len(marks) + 2, **rules)
    report = rated(report_of(year, units_of(year)[1]))
    for one, mark in zip(assigned(report, *units_of(year)[2:]), marks, strict=True):
        finished(one, **{DIRECT: (mark, OFF), DEDUCTION: ("-1", "Chậm báo cáo.")})
    return report


@pytest.mark.parametrize(
    ("marks", "outcome", "question"),
    [
        (("4", "4"), "4,00", ""),
        (
            ("5", "5", "4"),
            "",
            "Điểm gộp 4,67 không phải là điểm của mức nào (Tốt: 5; Khá: 4; Đạt: 2). Đa số (2/3 "
            "người chấm) cho 5. Vui lòng cho biết điểm thống nhất.",
        ),
        (
            ("5", "4"),
            "",
            "Điểm gộp 4,5 không phải là điểm của mức nào (Tốt: 5; Khá: 4; Đạt: 2). Không mức nào "
            "được quá nửa số người chấm chọn. Vui lòng cho biết điểm thống nhất.",
        ),
        (
            ("3.3", "3.3"),
            "",
            "Điểm gộp 3,3 không phải là điểm của mức nào (Tốt: 5; Khá: 4; Đạt: 2). Đa số (2/2 "
            "người chấm) cho 3,3. Vui lòng cho biết điểm thống nhất.",
        ),
    ],
)
def test_marks_that_come_to_no_level_are_asked_about(client, marks, outcome, question):
    report = combining(marks)
    client.force_login(leader_of(report.bloc_year.head))
    page = client.get(reverse("appraisal:marks_table", args=(report.pk,)))
    line = next(one for one in page.context["lines"] if one.name.startswith("Hoàn thành"))
    assert (line.outcome, line.question) == (outcome, question)


@pytest.mark.parametrize(
    ("typed", "reason", "status", "stored"),
    [
        ("5", "Theo đa số.", 302, "5"),
        ("4,5", "Trung bình.", 422, None),
        ("4,5", OFF, 302, "4.5"),
    ],
)
def test_who_combines_decides_for_a_level(client, typed, reason, status, stored):
    report = combining(("5", "5", "4"))
    client.force_login(leader_of(report.bloc_year.head))
    url = reverse("appraisal:marks_combine", args=(report.pk,))
    prefix = f"s{row_of(report, DIRECT).criterion.pk}"
    seen = client.get(url).context["seen"]
    data = {f"{prefix}-points": typed, f"{prefix}-reason": reason, "seen": seen}
    assert client.post(url, data).status_code == status
    given = score_of(report, DIRECT).appraised_points
    assert given == (D(stored) if stored else None)
