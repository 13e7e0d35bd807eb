"""A quantity above its rule is agreed with a reason; own, rule and agreed stand side by side."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.ranking.documents.score_sheet import score_sheet_paper
from tests.factories.people import leader_of
from tests.factories.reports import COUNT, DIRECT, posted_appraisal, score_of, submitted_report

pytestmark = pytest.mark.django_db
AGREED = "Hội nghị thống nhất: mô hình được Bộ nhân rộng."


def appraise(client, label, points, reason):
    """The page of the head after points were typed at one leaf; the unit counted five models."""
    report = submitted_report()
    report.scores.filter(criterion__kind="per_occurrence").update(value=5, self_points=30)
    client.force_login(leader_of(report.bloc_year.head))
    data = posted_appraisal(report, {label: {"points": points, "reason": reason}})
    answer = client.post(reverse("reports:appraisal_edit", args=(report.pk,)), data)
    return report, answer


@pytest.mark.parametrize("points", ("35", "42,5"))
def test_agreed_points_beyond_the_rule_stand_beside_own_and_rule(client, points):
    report, answer = appraise(client, COUNT, points, AGREED)
    assert answer.status_code == 302
    assert score_of(report, COUNT).appraised_points == Decimal(points.replace(",", "."))
    page = client.get(report.get_absolute_url())
    line = next(one for one in page.context["lines"] if one.name.startswith("Mô hình"))
    beside = f"theo quy định 30; hội nghị thống nhất {points}"
    assert (line.own, line.given, line.beside) == (
        "30,00",
        f"{points},00" if "," not in points else f"{points}0",
        beside,
    )
    paper = score_sheet_paper(report, shows_appraisal=True)
    printed = next(one for one in paper.lines if one.name == line.name)
    assert (printed.self_points, printed.reason) == ("30,00", f"{AGREED} ({beside})")


@pytest.mark.parametrize(
    ("label", "points", "reason", "words"),
    [
        (
            COUNT,
            "35",
            "Có sáu mô hình.",
            "Điểm 35 nằm ngoài khoảng từ 0 đến 30. Hội nghị cho điểm cao hơn quy định thì lý do "
            "bắt đầu bằng “Hội nghị thống nhất:” rồi nêu căn cứ.",
        ),
        (COUNT, "-1", AGREED, "Điểm -1 nằm ngoài khoảng từ 0 đến 30."),
        # Points by judgement have no rule to go beyond.
        (DIRECT, "45", AGREED, "Điểm 45 nằm ngoài khoảng từ 0 đến 40."),
    ],
)
def test_nothing_else_goes_beyond_the_rule(client, label, points, reason, words):
    report, answer = appraise(client, label, points, reason)
    assert answer.status_code == 422
    assert words.replace("Điểm -1", "Điểm −1") in answer.content.decode()
    assert score_of(report, label).appraised_points is None
