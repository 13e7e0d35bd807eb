"""Frozen sheets: mid-year figures, one per submission, corrections that overwrite nothing."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.reports.actions.scores import save_scores
from blocs.reports.actions.versions import freeze_midyear, freeze_year_midyear, rectify_sheet
from blocs.reports.domain.sheet_versions import RectifiedRow, compare_versions, fingerprint
from blocs.reports.models import Report, SheetVersion
from blocs.states import ReportState, SeatRole, VersionKind, YearState
from blocs.years.models import BlocYear
from tests.factories.blocs import ReportFactory, fill, year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import (
    COUNT,
    DIRECT,
    in_state,
    member_report,
    row_of,
    score_of,
    typed,
)
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
REASON = "Kết luận kiểm tra số 12/KL."


def draft(state=YearState.IN_PROGRESS):
    report = member_report(bloc_year=year_with_members(3, state=state))
    return save_scores(
        report, rows=[typed(report, DIRECT, value="8")], actor=editor_of(report.unit)
    )


@pytest.mark.parametrize("state", (YearState.IN_PROGRESS, YearState.MIDYEAR_DONE))
def test_unit_freezes_its_midyear_figures_and_goes_on_writing(state):
    report = draft(state)
    editor = editor_of(report.unit)
    version = freeze_midyear(report, actor=editor)
    assert (version.number, version.kind, version.self_total, version.taken_by) == (
        1,
        VersionKind.MIDYEAR,
        8,
        editor,
    )
    assert version.fingerprint == fingerprint(version.rows)
    save_scores(report, rows=[typed(report, DIRECT, revision=1, value="9")], actor=editor)
    later = freeze_midyear(report, actor=editor)
    changes = compare_versions(version.rows, later.rows)
    assert [(leaf.label, [one.after for one in leaf.changes]) for leaf in changes] == [
        ("I.1", ["9", "9"])
    ]
    assert SheetVersion.objects.get(number=1).rows == version.rows


@pytest.mark.parametrize("state", (YearState.OPEN, YearState.CLOSING))
def test_midyear_figures_are_frozen_only_in_the_months_of_work(state):
    report = draft()
    BlocYear.objects.update(state=state)
    with pytest.raises(ValidationError, match="đang thực hiện"):
        freeze_midyear(report, actor=editor_of(report.unit))


def test_nothing_new_is_not_frozen():
    report = draft()
    editor = editor_of(report.unit)
    freeze_midyear(report, actor=editor)
    with pytest.raises(ValidationError, match="chưa thay đổi"):
        freeze_midyear(report, actor=editor)
    empty = ReportFactory(
        bloc_year=report.bloc_year, unit=report.bloc_year.deputy, table=report.table
    )
    with pytest.raises(ValidationError, match="Chưa có tiêu chí nào"):
        freeze_midyear(empty, actor=editor_of(empty.unit))


def test_bloc_freezes_the_figures_of_all_units():
    report = draft()
    year = report.bloc_year
    ReportFactory(bloc_year=year, unit=year.deputy, table=report.table)
    with pytest.raises(PermissionDenied):
        freeze_year_midyear(year, actor=leader_of(report.unit))
    assert freeze_year_midyear(year, actor=editor_of(year.head)) == 1
    with pytest.raises(ValidationError, match="Không có đơn vị nào"):
        freeze_year_midyear(year, actor=editor_of(year.head))
    assert SheetVersion.objects.get().report == report


@pytest.fixture
def agreed():
    """A locked sheet: 9,5 at every leaf, appraised with the same."""
    report = fill(member_report(submitted=True), appraised=Decimal("9.5"))
    Report.objects.filter(pk=report.pk).update(appraised_total=Decimal("28.5"))
    return in_state(report, ReportState.LOCKED)


def corrected(report, label=DIRECT, reason=REASON, actor=None, **values):
    row = RectifiedRow(row_of(report, label).criterion.pk, **values)
    return rectify_sheet(
        report, rows=[row], reason=reason, actor=actor or official(SeatRole.OFFICE)
    )


def test_correction_is_a_new_version_and_the_old_one_stays(agreed):
    version = corrected(agreed, points=Decimal(8))
    first, second = agreed.versions.order_by("number")
    assert [(one.number, one.kind, one.reason) for one in (first, second)] == [
        (1, "appraised", "Số liệu trước khi đính chính."),
        (2, "rectified", REASON),
    ]
    assert second == version
    assert [row["given"] for row in first.rows][:2] == ["9.5", "9.5"]
    changes = compare_versions(first.rows, second.rows)
    assert [
        (leaf.label, [(one.field, one.before, one.after) for one in leaf.changes])
        for leaf in changes
    ] == [("I.1", [("given", "9.5", "8"), ("reason", "", REASON)])]
    assert second.appraised_total == Report.objects.get().appraised_total
    assert score_of(agreed, DIRECT).appraised_points == 8
    entry = ActivityEntry.objects.about(agreed).get(action="reports.rectify_sheet")
    assert (entry.note, [(one["before"], one["after"]) for one in entry.changes]) == (
        REASON,
        [("9,5", "8")],
    )


def test_second_correction_needs_no_copy_of_what_is_frozen(agreed):
    corrected(agreed, points=Decimal(8))
    corrected(agreed, COUNT, points=Decimal(9))
    assert [one.kind for one in agreed.versions.order_by("number")] == [
        "appraised",
        "rectified",
        "rectified",
    ]


def test_result_is_corrected_without_touching_the_points(agreed):
    corrected(agreed, COUNT, value=Decimal(2))
    score = score_of(agreed, COUNT)
    assert (score.value, score.self_points, score.appraised_points) == (
        2,
        Decimal("9.5"),
        Decimal("9.5"),
    )


@pytest.mark.parametrize(
    ("values", "reason", "words"),
    (
        ({"points": Decimal(8)}, " ", {"reason": ["Vui lòng nêu lý do, căn cứ đính chính."]}),
        ({"points": Decimal("9.5")}, REASON, None),
    ),
)
def test_correction_needs_a_reason_and_a_change(agreed, values, reason, words):
    with pytest.raises(ValidationError) as caught:
        corrected(agreed, reason=reason, **values)
    if words:
        assert caught.value.message_dict == words
    else:
        assert caught.value.messages == ["Chưa có điểm hoặc kết quả nào khác số đang có."]
    assert SheetVersion.objects.count() == 0


def test_points_out_of_range_are_refused(agreed):
    with pytest.raises(ValidationError) as caught:
        corrected(agreed, points=Decimal(41))
    pk = row_of(agreed, DIRECT).criterion.pk
    assert caught.value.message_dict == {(pk, "points"): ["Điểm 41 nằm ngoài khoảng từ 0 đến 40."]}


def test_only_the_office_corrects_and_only_agreed_points(agreed):
    for person in (leader_of(agreed.bloc_year.head), leader_of(agreed.unit)):
        with pytest.raises(PermissionDenied):
            corrected(agreed, actor=person, points=Decimal(8))
    appraised = in_state(agreed, ReportState.APPRAISED)
    with pytest.raises(PermissionDenied):
        corrected(appraised, points=Decimal(8))


def test_what_changed_since_the_last_version_is_frozen_before_it_is_corrected(agreed):
    corrected(agreed, points=Decimal(8))
    count = agreed.scores.filter(criterion=row_of(agreed, COUNT).criterion)
    count.update(appraised_points=7, appraisal_reason="Trả lời kiến nghị.")
    corrected(agreed, points=Decimal(6))
    corrected(agreed, points=Decimal(5))
    found = agreed.versions.order_by("number")
    assert [(one.kind, one.rows[0]["given"], one.rows[2]["given"]) for one in found] == [
        ("appraised", "9.5", "9.5"),
        ("rectified", "8", "9.5"),
        ("appraised", "8", "7"),
        ("rectified", "6", "7"),
        ("rectified", "5", "7"),
    ]
