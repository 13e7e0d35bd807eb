"""Points against the best unit: waited for, settled, settled again when a figure changes."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from blocs.criteria.models import Criterion
from blocs.ranking.actions.relative import JUDGED_EARLY, settle_relative
from blocs.ranking.models.relative import relative_points
from blocs.reports.models import Report, Score, SheetVersion
from blocs.reports.models.sheets import read_sheet
from blocs.states import ReportState, SeatRole, YearState
from tests.factories.blocs import ScoringTableFactory, year_with_members
from tests.factories.people import editor_of, leader_of, official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
D = Decimal
DUE = dt.date(2026, 12, 10)


def bloc(values=("50", "100", "80"), **kwargs):
    """Units whose only leaf is worth 40 times their share of the best figure."""
    year = year_with_members(max(len(values), 3), **({"report_due": DUE} | kwargs))
    table = ScoringTableFactory(bloc_year=year, published=True, total_max=D(40))
    leaf = Criterion.objects.create(
        table=table,
        code="1",
        name="Thu ngân sách",
        kind="quantitative",
        max_points=40,
        rule={"formula": "share_of_best"},
    )
    for member, value in zip(year.members.order_by("order"), values, strict=False):
        report = Report.objects.create(
            bloc_year=year,
            unit=member.unit,
            table=table,
            state=ReportState.SUBMITTED,
            submitted_at=timezone.now(),
        )
        Score.objects.create(report=report, criterion=leaf, value=D(value))
    return year


def settle(year, actor=None, now=DUE, **kwargs):
    return settle_relative(year, actor=actor or leader_of(year.head), now=now, **kwargs)


def points(year, column="self_points"):
    rows = Score.objects.filter(report__bloc_year=year).order_by("report__unit__years__order")
    return [getattr(row, column) for row in rows]


def test_leaf_waits_until_it_is_settled():
    year = bloc()
    (row,) = read_sheet(year.reports.get(unit=year.head)).rows
    assert (row.waits, row.is_filled, row.score.self_points) == (True, True, None)
    assert settle(year) == 3
    assert points(year) == [D(20), D(40), D(32)]
    (row,) = read_sheet(year.reports.get(unit=year.head)).rows
    assert (row.waits, row.is_filled) == (False, True)
    assert [report.self_total for report in year.reports.order_by("pk")] == [D(20), D(40), D(32)]


def test_every_changed_sheet_has_a_version_and_a_line_in_the_log():
    year = bloc()
    settle(year)
    versions = SheetVersion.objects.filter(report__bloc_year=year)
    assert [version.rows[0]["own"] for version in versions.order_by("report")] == [
        "20",
        "40",
        "32",
    ]
    entry = ActivityEntry.objects.about(year.reports.get(unit=year.deputy)).get()
    assert entry.label == "Tính điểm so với đơn vị dẫn đầu: 01 tiêu chí"
    assert entry.changes == [
        {"code": "I", "name": "Thu ngân sách", "field": "điểm tự chấm", "before": "", "after": "40"}
    ]
    whole = ActivityEntry.objects.about(year).get()
    assert (whole.label, whole.note) == (
        "Tính điểm so với đơn vị dẫn đầu: 03 tiêu chí",
        "",
    )


def test_accepted_points_follow_and_judged_ones_stay():
    year = bloc()
    settle(year)
    Score.objects.filter(report__unit=year.head).update(appraised_points=D(20))
    Score.objects.filter(report__unit=year.deputy).update(
        appraised_points=D(35), appraisal_reason="Thiếu xác nhận của Kho bạc."
    )
    Score.objects.filter(report__unit=year.deputy).update(value=D(160))
    assert settle(year) == 2
    assert points(year) == [D("12.5"), D(40), D(20)]
    assert points(year, "appraised_points") == [D("12.5"), D(35), None]
    kept = Score.objects.get(report__unit=year.deputy).appraisal_reason
    assert kept == "Thiếu xác nhận của Kho bạc."


def test_points_given_before_the_figures_keep_a_reason():
    year = bloc()
    Score.objects.filter(report__unit=year.head).update(appraised_points=D(30))
    settle(year)
    score = Score.objects.get(report__unit=year.head)
    assert (score.self_points, score.appraised_points) == (D(20), D(30))
    assert score.appraisal_reason == JUDGED_EARLY


def test_reports_are_waited_for_until_the_due_day_is_over():
    year = bloc(values=("50", "100"))
    missing = year.members.order_by("order").last().unit
    with pytest.raises(ValidationError, match=f"Còn 01 đơn vị chưa nộp báo cáo: {missing}"):
        settle(year)
    with pytest.raises(ValidationError, match="Chưa hết hạn nộp báo cáo"):
        settle(year, without_missing=True)
    assert settle(year, now=DUE + dt.timedelta(days=1), without_missing=True) == 2
    assert points(year) == [D(20), D(40)]
    assert ActivityEntry.objects.about(year).get().note == f"Không chờ số liệu của: {missing}."


@pytest.mark.parametrize(
    ("state", "report_state", "sentence"),
    [
        (YearState.IN_PROGRESS, "submitted", "Chỉ tính trong thời gian tổng kết năm."),
        (YearState.CLOSING, "agreed", "Hội nghị đã thống nhất điểm nên không tính lại."),
    ],
)
def test_it_is_refused_out_of_its_time(state, report_state, sentence):
    year = bloc(state=state)
    year.reports.filter(unit=year.head).update(state=report_state, appraised_total=D(0))
    with pytest.raises(ValidationError) as error:
        settle(year)
    assert error.value.messages == [sentence]
    assert points(year) == [None, None, None]


def test_nothing_to_settle_is_said():
    year = bloc()
    settle(year)
    with pytest.raises(ValidationError, match="Không có điểm nào thay đổi"):
        settle(year)


def test_all_zero_is_a_question():
    year = bloc(values=("0", "0", "0"))
    assert [row.question for row in relative_points(year).rows] == [
        "Các đơn vị cùng nhóm đều có kết quả 0 nên quy tắc không cho ra điểm."
    ] * 3


@pytest.mark.parametrize(
    ("who", "may"),
    [("head", True), ("deputy", True), ("office", True), ("member", False), ("other", False)],
)
def test_the_bloc_and_the_office_settle(who, may):
    year = bloc()
    people = {
        "head": lambda: editor_of(year.head),
        "deputy": lambda: leader_of(year.deputy),
        "office": lambda: official(SeatRole.OFFICE),
        "member": lambda: leader_of(year.members.order_by("order").last().unit),
        "other": lambda: leader_of(bloc().head),
    }
    if may:
        assert settle(year, people[who]()) == 3
    else:
        with pytest.raises(PermissionDenied):
            settle(year, people[who]())
