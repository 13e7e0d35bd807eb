"""The year says how different levels become one, and the sheet tells it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.blocs.appraisal.views.test_levels import combining
from tests.factories.people import leader_of, official
from tests.factories.reports import DIRECT, row_of, score_of
from tests.page_forms import fields_of

pytestmark = pytest.mark.django_db


def combined(client, marks, level_mode):
    """The first leaf after its marks were combined: points, reason, question of the page."""
    report = combining(marks, level_mode=level_mode)
    client.force_login(leader_of(report.bloc_year.head))
    table = client.get(reverse("appraisal:marks_table", args=(report.pk,)))
    line = next(one for one in table.context["lines"] if one.name.startswith("Hoàn thành"))
    url = reverse("appraisal:marks_combine", args=(report.pk,))
    client.post(url, {"seen": client.get(url).context["seen"]})
    score = score_of(report, DIRECT)
    return score.appraised_points, score.appraisal_reason.partition("\n")[0], line.question


@pytest.mark.parametrize(
    ("marks", "points", "words"),
    [
        (
            ("5", "5", "4"),
            "5",
            "Trung bình của 3 người chấm: 5; 5; 4. Đa số (2/3 người chấm) cho 5.",
        ),
        # The mean is a level, too, and not what most chose.
        (
            ("5", "5", "2"),
            "5",
            "Trung bình của 3 người chấm: 5; 5; 2. Đa số (2/3 người chấm) cho 5.",
        ),
        (
            ("2", "4", "2"),
            "2",
            "Trung bình của 3 người chấm: 2; 4; 2. Đa số (2/3 người chấm) cho 2.",
        ),
    ],
)
def test_majority_is_taken_where_the_year_says_so(client, marks, points, words):
    assert combined(client, marks, "majority") == (Decimal(points), words, "")


def test_without_a_majority_people_decide(client):
    points, _, question = combined(client, ("5", "4"), "majority")
    assert (points, question.endswith("Vui lòng cho biết điểm thống nhất.")) == (None, True)


@pytest.mark.parametrize(("marks", "points"), [(("5", "4"), "4.5"), (("5", "5", "4"), "4.67")])
def test_mean_is_taken_and_told_where_the_year_says_so(client, marks, points):
    found, words, question = combined(client, marks, "mean")
    assert (found, question) == (Decimal(points), "")
    assert words.startswith("Ngoài bảng quy đổi: Trung bình của ")
    assert words.endswith("Quy định của năm lấy trung bình điểm của các mức.")


@pytest.mark.parametrize(
    ("marks", "question"),
    [
        (
            ("5", "5", "2"),
            "Người chấm chọn các mức khác nhau (5; 5; 2). Đa số (2/3 người chấm) cho 5. Vui lòng "
            "cho biết điểm thống nhất.",
        ),
        (
            ("5", "4", "4", "5", "2"),
            "Người chấm chọn các mức khác nhau (5; 4; 4; 5; 2). Không mức nào được quá nửa số "
            "người chấm chọn. Vui lòng cho biết điểm thống nhất.",
        ),
    ],
)
def test_levels_that_differ_are_asked_about_unless_a_rule_is_stated(client, marks, question):
    assert combined(client, marks, "agreed") == (None, "", question)


def test_rule_is_set_on_the_form_and_told_among_the_rules(client):
    report = combining(("4", "4"))
    year = report.bloc_year
    type(year.regulation).objects.update(appraised_from="2100-01-01T00:00:00Z")
    client.force_login(official("office"))
    url = reverse("years:scoring_rules_edit", args=(year.pk,))
    data = fields_of(client.get(url)) | {"level_mode": ["majority"]}
    assert client.post(url, data).status_code == 302
    page = client.get(reverse("years:scoring_rules", args=(year.pk,)))
    assert (
        "Tiêu chí chấm theo mức: lấy mức được quá nửa số người chấm chọn, không có thì thống nhất "
        "một mức."
    ) in dict(page.context["parts"])["Thẩm định và kiến nghị"]


def test_decided_level_stands_with_its_reason(client):
    report = combining(("5", "4"), level_mode="majority")
    client.force_login(leader_of(report.bloc_year.head))
    url = reverse("appraisal:marks_combine", args=(report.pk,))
    prefix = f"s{row_of(report, DIRECT).criterion.pk}"
    seen = client.get(url).context["seen"]
    data = {f"{prefix}-points": "4", f"{prefix}-reason": "Thống nhất mức Khá.", "seen": seen}
    assert client.post(url, data).status_code == 302
    assert score_of(report, DIRECT).appraised_points == Decimal(4)
