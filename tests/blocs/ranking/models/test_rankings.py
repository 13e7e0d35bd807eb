"""Places as the appraised points of now give them."""

from decimal import Decimal

import pytest
from django.utils import timezone

from blocs.conferences.models import Ballot, Conference
from blocs.ranking.models.rankings import ranking_of
from blocs.reports.models import Score
from blocs.states import AskedAward, BallotKind, ReportState
from tests.factories.blocs import ReportFactory, fill, small_table, year_with_members

pytestmark = pytest.mark.django_db
D = Decimal


def appraised(year, *points, state=ReportState.APPRAISED):
    """Members of the year with these points at every leaf, in order."""
    table = small_table(year)
    members = year.members.order_by("order")[: len(points)]
    for member, own in zip(members, points, strict=True):
        report = ReportFactory(
            bloc_year=year,
            unit=member.unit,
            table=table,
            state=state,
            submitted_at=timezone.now(),
            appraised_total=D(0),
        )
        fill(report, D(5), D(own))
        report.scores.filter(criterion__code="IV").update(appraised_points=D(0))
    return year


def names(ranking):
    return [(row.unit.name, row.placed.place) for row in ranking.rows]


def units(year):
    return [member.unit.name for member in year.members.order_by("order")]


def set_rules(year, *tie_rules):
    year.regulation.tie_rules = list(tie_rules)
    year.regulation.save()


def test_best_total_comes_first():
    year = appraised(year_with_members(), "3", "4.5", "4")
    first, second, third = units(year)
    assert names(ranking_of(year)) == [(second, 1), (third, 2), (first, 3)]
    assert [row.given.total for row in ranking_of(year).rows] == [D(18), D(16), D(12)]


def test_equal_units_share_a_place_under_the_usual_rules():
    year = appraised(year_with_members(), "4", "4", "3")
    first, second, third = units(year)
    ranking = ranking_of(year)
    assert names(ranking) == [(first, 1), (second, 1), (third, 3)]
    assert [row.placed.is_shared for row in ranking.rows] == [True, True, False]
    assert ranking.tie_rule == (
        "Khi bằng tổng điểm, xét lần lượt: điểm phần nhiệm vụ chuyên môn (mục I, II) cao hơn; điểm "
        "thưởng (mục III) cao hơn; điểm trừ (mục IV) ít hơn; nếu vẫn bằng nhau thì các đơn vị "
        "cùng hạng, hạng kế tiếp tính theo số đơn vị xếp trên."
    )


def test_more_work_points_win_a_tie():
    year = appraised(year_with_members(), "4", "4")
    _, second, _ = units(year)
    scores = year.reports.get(unit__name=second).scores
    scores.filter(criterion__code="III").update(appraised_points=D(3))
    scores.filter(criterion__parent__code="I", criterion__code="1").update(appraised_points=D(5))
    ranking = ranking_of(year)
    assert names(ranking)[0] == (second, 1)
    assert [str(row.placed.decided_by) for row in ranking.rows] == ["work_points", "work_points"]


def test_votes_of_the_award_ballot_win_a_tie_where_the_rule_says_so():
    year = appraised(year_with_members(), "4", "4")
    first, second, _ = units(year)
    set_rules(year, "ballot_votes")
    conference = Conference.objects.create(bloc_year=year, starts_at=timezone.now())
    ballot = Ballot.objects.create(
        conference=conference, kind=BallotKind.AWARD, issued=3, returned=3, valid=3
    )
    for row, votes in zip(year.members.order_by("order")[:2], (1, 2), strict=True):
        ballot.lines.create(unit=row.unit, award=AskedAward.FLAG, votes_for=votes)
    assert names(ranking_of(year)) == [(second, 1), (first, 2)]


def test_tie_that_the_rules_leave_open_is_told():
    year = appraised(year_with_members(), "4", "4")
    set_rules(year, "work_points")
    ranking = ranking_of(year)
    assert ranking.open_ties == tuple(units(year)[:2])
    assert ranking.tie_rule.endswith("nếu vẫn bằng nhau thì hội nghị quyết định.")


def test_every_unit_without_an_appraised_sheet_is_listed_with_its_reason():
    year = appraised(year_with_members(6), "4", "3", "2", "1", "0")
    states = ("draft", "returned", "submitted", "appraised", "appraised")
    for member, state in zip(year.members.order_by("order"), states, strict=False):
        year.reports.filter(unit=member.unit).update(state=state)
    last = year.reports.get(unit__name=units(year)[3])
    last.scores.filter(criterion__code="2").update(appraised_points=None)
    ranking = ranking_of(year)
    assert names(ranking) == [(units(year)[4], 1)]
    assert [(left.unit.name, left.reason) for left in ranking.out] == [
        (units(year)[0], "Chưa nộp báo cáo và bảng tự chấm điểm."),
        (units(year)[1], "Báo cáo bị trả lại, chưa nộp lại."),
        (units(year)[2], "Đã nộp, chưa thẩm định xong."),
        (units(year)[3], "Còn 01 tiêu chí chưa có điểm thẩm định."),
        (units(year)[5], "Chưa nộp báo cáo và bảng tự chấm điểm."),
    ]


def test_unit_without_a_target_is_compared_by_its_share():
    year = appraised(year_with_members(2), "20", "20")
    first, second = units(year)
    Score.objects.filter(criterion__code="III").update(appraised_points=D(0))
    scores = year.reports.get(unit__name=second).scores
    scores.filter(criterion__parent__code="II").update(
        not_applicable=True, appraised_points=None, self_points=None
    )
    ranking = ranking_of(year)
    assert ranking.by_percent is True
    assert [(row.unit.name, row.given.total, row.given.assigned_max) for row in ranking.rows] == [
        (first, D(60), D(100)),
        (second, D(40), D(70)),
    ]
    scores.filter(criterion__parent__code="I").update(appraised_points=D(22))
    assert names(ranking_of(year)) == [(second, 1), (first, 2)]


def test_equal_maxima_are_compared_by_points():
    assert ranking_of(appraised(year_with_members(2), "4", "3")).by_percent is False


@pytest.mark.parametrize(("state", "agreed"), [("appraised", False), ("agreed", True)])
def test_ranking_is_agreed_when_every_ranked_report_is(state, agreed):
    year = appraised(year_with_members(2), "4", "3", state=ReportState.AGREED)
    year.reports.filter(unit=year.deputy).update(state=state)
    assert ranking_of(year).is_agreed is agreed


def test_ranking_of_nobody_is_not_agreed():
    assert ranking_of(year_with_members()).is_agreed is False


@pytest.mark.parametrize("count", (3, 15))
def test_ranking_costs_the_same_for_any_number_of_units(count, django_assert_num_queries):
    year = appraised(year_with_members(count), *["4"] * count)
    with django_assert_num_queries(9):
        assert len(ranking_of(year).rows) == count
