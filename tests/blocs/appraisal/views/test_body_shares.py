"""Bodies that mark one leaf together count by their shares, with the arithmetic shown."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.criteria.models import CompetentBody
from blocs.states import AppraisalMode
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of
from tests.factories.people import leader_of
from tests.factories.reports import DEDUCTION, DIRECT, row_of, score_of
from tests.page_forms import fields_of

pytestmark = pytest.mark.django_db
WHY = "Theo hồ sơ quản lý."


def page(name, *args):
    return reverse(f"appraisal:{name}", args=args)


def marked_by_bodies(shares, marks):
    """The second unit's sheet; its first leaf is marked by bodies of these shares together."""
    year = marked_year(5, mode=AppraisalMode.BODIES)
    report = report_of(year, units_of(year)[1])
    leaf = row_of(report, DIRECT).criterion
    for unit, share, mark in zip(units_of(year)[2:], shares, marks, strict=False):
        type(unit).objects.filter(pk=unit.pk).update(short_name=f"Sở {unit.pk}")
        body = CompetentBody.objects.create(bloc_year=year, unit=unit, share=share)
        body.criteria.set([leaf])
        (one,) = assigned(report, unit)
        one.unit.refresh_from_db()
        if mark:
            finished(one, **{DIRECT: (mark, WHY)})
    return report


def line_of(client, report):
    client.force_login(leader_of(report.bloc_year.head))
    context = client.get(page("marks_table", report.pk)).context
    return next(one for one in context["lines"] if one.name.startswith("Hoàn thành"))


@pytest.mark.parametrize(
    ("shares", "marks", "points", "arithmetic"),
    [
        ((60, 40), ("10", "5"), "8", "{} 10 × 60% + {} 5 × 40% = 8."),
        ((70, 30), ("9", "8.5"), "8.85", "{} 9 × 70% + {} 8,5 × 30% = 8,85."),
        (
            ("62.5", "25", "12.5"),
            ("8", "6", "4"),
            "7",
            "{} 8 × 62,5% + {} 6 × 25% + {} 4 × 12,5% = 7.",
        ),
    ],
)
def test_marks_count_by_the_shares_of_their_bodies(client, shares, marks, points, arithmetic):
    report = marked_by_bodies(shares, marks)
    line = line_of(client, report)
    assert line.question == ""
    url = page("marks_combine", report.pk)
    client.post(url, {"seen": client.get(url).context["seen"]})
    score = score_of(report, DIRECT)
    names = [f"Sở {one.unit_id}" for one in report.assignments.order_by("unit__name")]
    assert score.appraised_points == Decimal(points)
    assert score.appraisal_reason.partition("\n")[0] == arithmetic.format(*names)


@pytest.mark.parametrize(
    ("shares", "question"),
    [
        ((60, 30), "Tổng tỷ trọng là 90%, phải bằng 100%. Vui lòng cho biết điểm thống nhất."),
        ((100, None), "Chưa ghi tỷ trọng của {}. Vui lòng cho biết điểm thống nhất."),
    ],
)
def test_shares_that_make_no_whole_are_asked_about(client, shares, question):
    report = marked_by_bodies(shares, ("10", "5"))
    last = report.assignments.order_by("unit__name").last().unit.short_name
    assert line_of(client, report).question == question.format(last)


def test_a_missing_body_is_asked_about(client):
    report = marked_by_bodies((60, 40), ("10", ""))
    report.assignments.update(done_at="2026-12-10T00:00:00Z")
    missing = report.assignments.order_by("unit__name").last().unit.short_name
    assert line_of(client, report).question == (
        f"Chưa có điểm của phần {missing} 40%. Vui lòng cho biết điểm thống nhất."
    )


def test_a_body_alone_on_its_leaf_needs_no_share(client):
    report = marked_by_bodies((None,), ("9",))
    assert (line_of(client, report).outcome, DEDUCTION) == ("9,00", "IV")


def test_share_is_set_on_the_page_of_the_body(client):
    year = marked_year(3, mode=AppraisalMode.BODIES)
    client.force_login(leader_of(year.head))
    url = page("body_add", year.pk)
    unit = units_of(year)[1]
    data = fields_of(client.get(url)) | {"unit": [unit.pk], "paths": ["I"], "share": ["37,5"]}
    assert client.post(url, data).status_code == 302
    assert year.bodies.get().share == Decimal("37.5")
    (row,) = client.get(page("assignments", year.pk)).context["bodies"]
    assert row == (unit, "I.1, I.2", 2, "37,5%")
    edit = page("body_edit", year.pk, unit.pk)
    assert fields_of(client.get(edit))["share"] == ["37,5"]
