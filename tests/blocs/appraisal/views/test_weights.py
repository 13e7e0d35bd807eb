"""Rounds that count by their shares: stated in the regulation, shown with the arithmetic."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.ranking.documents.score_sheet import score_sheet_paper
from blocs.years.models import Regulation
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import BONUS, COUNT, DEDUCTION, DIRECT, RATIO, score_of
from tests.page_forms import save

pytestmark = pytest.mark.django_db
D = Decimal
SHARES = [{"label": "Thẩm định", "points": "70"}, {"label": "Bình xét", "points": "30"}]
WHY = "Theo minh chứng."
FORM = {
    "late_grace_days": "0",
    "appraisal_mode": "group",
    "scorers_per_sheet": "2",
    "rounds": "2",
    "round_mode": "weighted",
    "level_mode": "agreed",
    "appeal_days": "5",
    "deviation_share": "20",
    "spread_share": "2",
}


def page(name, found):
    return reverse(f"appraisal:{name}", args=(found.pk,))


def weighted(rounds, shares=SHARES):
    """A sheet with the marks of each round at its first leaf, 0 at all others."""
    year = marked_year(
        count=6, rounds=len(rounds), round_mode="weighted", round_shares=list(shares)
    )
    report = report_of(year, units_of(year)[1])
    report.table.criteria.filter(kind="direct").update(max_points=100)
    zeros = dict.fromkeys((RATIO, COUNT, BONUS, DEDUCTION), ("0", WHY))
    for number, marks in enumerate(rounds, start=1):
        scorers = units_of(year)[2 : 2 + len(marks)]
        for one, mark in zip(assigned(report, *scorers, round=number), marks, strict=True):
            finished(one, **{DIRECT: (mark, WHY)}, **zeros)
    return report


@pytest.mark.parametrize(
    ("rounds", "shares", "points", "words", "total"),
    [
        (
            (("92",), ("84", "85", "86")),
            SHARES,
            "89.9",
            "Thẩm định 92 × 70% + Bình xét 85 × 30% = 89,9. Bình xét là trung bình của 3 người "
            "chấm: 84; 85; 86.",
            "Thẩm định 92 × 70% + Bình xét 85 × 30% = 89,9.",
        ),
        (
            (("80",), ("90",)),
            [{"label": "Cơ quan", "points": "62.5"}, {"label": "Khối", "points": "37.5"}],
            "83.75",
            "Cơ quan 80 × 62,5% + Khối 90 × 37,5% = 83,75.",
            "Cơ quan 80 × 62,5% + Khối 90 × 37,5% = 83,75.",
        ),
        (
            (("50",), ("60",), ("70", "71")),
            [
                {"label": "A", "points": "20"},
                {"label": "B", "points": "30"},
                {"label": "C", "points": "50"},
            ],
            "63.25",
            "A 50 × 20% + B 60 × 30% + C 70,5 × 50% = 63,25. C là trung bình của 2 người chấm: "
            "70; 71.",
            "A 50 × 20% + B 60 × 30% + C 70,5 × 50% = 63,25.",
        ),
    ],
)
def test_rounds_count_by_their_shares(client, rounds, shares, points, words, total):
    report = weighted(rounds, shares)
    client.force_login(leader_of(report.bloc_year.head))
    assert client.get(page("marks_table", report)).context["arithmetic"] == total
    url = page("marks_combine", report)
    client.post(url, {"seen": client.get(url).context["seen"]})
    score = score_of(report, DIRECT)
    assert (score.appraised_points, score.appraisal_reason.splitlines()[0]) == (D(points), words)
    report = type(report).objects.get(pk=report.pk)
    assert report.appraised_total == D(points)
    paper = score_sheet_paper(report, shows_appraisal=True)
    (line,) = [one for one in paper.lines if one.number == "1" and one.maximum == "100"]
    assert line.reason.splitlines()[0] == words


def test_the_arithmetic_of_rounds_waits_for_the_marks_of_all(client):
    """It would tell what others gave to who has not given the own marks yet."""
    report = weighted((("92",), ("84", "85")), SHARES)
    own = report.assignments.filter(round=2).first()
    report.assignments.filter(pk=own.pk).update(done_at=None)
    client.force_login(editor_of(own.unit))
    assert client.get(page("marks_table", report)).context["arithmetic"] == ""


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        (
            SHARES[:1],
            "Quy định có 02 vòng chấm nhưng có 01 tỷ trọng; mỗi vòng cần một dòng. Vui lòng cho "
            "biết điểm thống nhất.",
        ),
        (
            [SHARES[0], {"label": "Bình xét", "points": "20"}],
            "Tổng tỷ trọng là 90%, phải bằng 100%. Vui lòng cho biết điểm thống nhất.",
        ),
    ],
)
def test_shares_that_do_not_fit_are_asked_about(client, shares, sentence):
    report = weighted((("92",), ("85",)), shares)
    client.force_login(leader_of(report.bloc_year.head))
    context = client.get(page("marks_table", report)).context
    line = next(one for one in context["lines"] if one.maximum == "100,00")
    assert (line.question, line.outcome, context["arithmetic"]) == (sentence, "", "")


def test_a_round_without_a_mark_is_asked_about(client):
    report = weighted((("92",), ("85",)))
    second = report.assignments.get(round=2)
    second.marks.filter(criterion__kind="direct").delete()
    client.force_login(leader_of(report.bloc_year.head))
    context = client.get(page("marks_table", report)).context
    line = next(one for one in context["lines"] if one.maximum == "100,00")
    assert line.question == (
        "Chưa có điểm của phần Bình xét 30%. Vui lòng cho biết điểm thống nhất."
    )


@pytest.mark.parametrize(
    ("typed", "field", "sentences"),
    [
        (
            "Thẩm định: 70\nBình xét: 20",
            "round_shares",
            ["Tổng tỷ trọng là 90%, phải bằng 100%."],
        ),
        (
            "Thẩm định: 100",
            "round_shares",
            ["Quy định có 02 vòng chấm nhưng có 01 tỷ trọng; mỗi vòng cần một dòng."],
        ),
        (
            "Thẩm định: 100\nBình xét: 0",
            "round_shares",
            ["Tỷ trọng mỗi vòng phải lớn hơn 0%."],
        ),
        (
            "bảy mươi, ba mươi",
            "round_shares",
            ["Mỗi dòng ghi tên phần và tỷ trọng, ví dụ “Thẩm định: 70”."],
        ),
        ("Thẩm định: 70%\nBình xét: 30%", "", []),
    ],
)
def test_the_regulation_states_the_shares(client, typed, field, sentences):
    year = marked_year()
    client.force_login(official("office"))
    url = reverse("years:scoring_rules_edit", args=(year.pk,))
    answer = save(client, url, FORM | {"round_shares": typed})
    stored = Regulation.objects.get(bloc_year=year)
    if field:
        assert (answer.context["form"].errors[field], stored.round_shares) == (sentences, [])
    else:
        assert stored.round_shares == SHARES
        assert stored.get_round_shares_display() == "Thẩm định 70%; Bình xét 30%"
