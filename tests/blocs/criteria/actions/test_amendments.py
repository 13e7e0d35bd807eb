"""A published table is amended; the reports go with it and nothing typed is lost."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.appraisal.models import Appeal, Mark
from blocs.criteria.actions.amendments import read_amendment, start_amendment
from blocs.criteria.actions.criteria import (
    add_criterion,
    edit_criterion,
    place_criterion,
    remove_criterion,
)
from blocs.criteria.actions.tables import publish_table
from blocs.criteria.models import AmendmentReading, ScoringTable
from blocs.criteria.models.table_files import table_file
from blocs.reports.actions.scores import save_scores
from blocs.reports.models import Assignment, Evidence, Report, Score
from blocs.reports.models.corrections import Correction
from blocs.states import ReportState, SeatRole, YearState
from tests.factories.blocs import ReportFactory, small_table, year_with_members
from tests.factories.people import editor_of, official
from tests.factories.reports import COUNT, DIRECT, RATIO, in_state, row_of, typed
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
D = Decimal
NOON = dt.datetime(2026, 12, 1, 5, tzinfo=dt.UTC)
REASON = "Theo kết luận hội nghị sơ kết."


@pytest.fixture
def office():
    return official(SeatRole.OFFICE)


@pytest.fixture
def report():
    year = year_with_members(state=YearState.IN_PROGRESS)
    return ReportFactory(bloc_year=year, table=small_table(year))


def filled(report):
    """The head unit's sheet with three answers."""
    return save_scores(
        report,
        actor=editor_of(report.unit),
        rows=[
            typed(report, DIRECT, value="40"),
            typed(report, RATIO, value="90", target="100", note="Theo báo cáo tháng 11."),
            typed(report, COUNT, value="2", note="Hai mô hình."),
        ],
    )


def amend(table, actor, **more):
    return start_amendment(table, actor=actor, reason=REASON, **more)


def line(table, code, parent=None):
    return table.criteria.get(code=code, parent__code=parent)


def told(error):
    return error.value.messages


def test_an_amendment_begins_with_all_that_is_in_force(report, office):
    table = report.table
    made = amend(table, office, basis="Thông báo số 12/TB-KTĐ")
    assert (made.amends, made.amendment, made.version, made.state) == (table, 1, 2, "draft")
    assert (made.amendment_reason, made.amendment_basis) == (REASON, "Thông báo số 12/TB-KTĐ")
    assert table_file(made) == table_file(table)
    assert made.version_words == "phiên bản 2 (sửa đổi lần 1)"


@pytest.mark.parametrize("person", ("deputy", "stranger"))
def test_others_begin_no_amendment(report, person):
    unit = report.bloc_year.deputy if person == "deputy" else year_with_members().head
    with pytest.raises(PermissionDenied):
        amend(report.table, editor_of(unit))


def test_only_the_table_in_force_is_amended_and_only_with_a_reason(report, office):
    with pytest.raises(ValidationError) as error:
        start_amendment(report.table, actor=office, reason=" ")
    assert told(error) == ["Vui lòng nêu lý do sửa đổi."]
    made = amend(report.table, office)
    with pytest.raises(ValidationError) as error:
        amend(made, office)
    assert told(error) == ["Chỉ sửa đổi được bảng chấm điểm đang áp dụng."]
    with pytest.raises(ValidationError) as error:
        amend(report.table, office)
    assert told(error) == ["Năm này đã có dự thảo phiên bản 2. Vui lòng sửa tiếp dự thảo đó."]


def test_an_amendment_without_a_change_is_not_published(report, office):
    made = amend(report.table, office)
    with pytest.raises(ValidationError) as error:
        publish_table(made, actor=office)
    assert told(error) == ["Bản sửa đổi chưa thay đổi nội dung nào của bảng đang áp dụng."]


def test_answers_follow_their_line_and_points_are_computed_anew(report, office):
    filled(report)
    made = amend(report.table, office)
    edit_criterion(line(made, "1", "I"), actor=office, data={"max_points": D(45)})
    edit_criterion(line(made, "2", "I"), actor=office, data={"max_points": D(25)})
    made = publish_table(made, actor=office)
    report = Report.objects.get(pk=report.pk)
    assert (report.table, made.state) == (made, "published")
    row = row_of(report, RATIO)
    assert (row.score.value, row.score.target, row.score.note) == (
        D(90),
        D(100),
        "Theo báo cáo tháng 11.",
    )
    assert (row.score.self_points, report.self_total) == (D("22.5"), D("82.5"))
    entry = ActivityEntry.objects.about(report).get(action="reports.amend_report")
    assert (entry.label, entry.note) == (
        "Chuyển sang bảng chấm điểm sửa đổi lần 1",
        "điểm tự chấm mục I.2: 27 → 22,5",
    )
    assert made.amendment_changes == [
        ["I.1 Hoàn thành nhiệm vụ được giao", "điểm tối đa", "40", "45"],
        ["I.2 Giải quyết hồ sơ đúng hạn", "điểm tối đa", "30", "25"],
    ]
    assert ScoringTable.objects.get(version=1).state == "superseded"


def test_a_moved_line_keeps_its_answer(report, office):
    filled(report)
    made = amend(report.table, office)
    moved = line(made, "2", "I")
    place_criterion(moved, actor=office, parent=line(made, "II"))
    edit_criterion(line(made, "I"), actor=office, data={"max_points": D(40)})
    edit_criterion(line(made, "II"), actor=office, data={"max_points": D(60)})
    publish_table(made, actor=office)
    report = Report.objects.get(pk=report.pk)
    assert row_of(report, "II.2").score.self_points == D(27)
    assert report.self_total == D(87)


def test_what_has_no_line_any_more_stays_in_the_log_book(report, office):
    filled(report)
    file = Evidence.objects.create(
        unit=report.unit,
        name="mo-hinh.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_by=editor_of(report.unit),
    )
    row_of(report, COUNT).score.evidence.add(file)
    made = amend(report.table, office)
    remove_criterion(line(made, "1", "II"), actor=office)
    data = {"code": "9", "name": "Gương điển hình", "max_points": D(30), "rule": {}}
    parent = line(made, "II")
    add_criterion(made, actor=office, parent=parent, kind="direct", data=data)
    publish_table(made, actor=office)
    report = Report.objects.get(pk=report.pk)
    assert row_of(report, "II.1").score is None
    assert report.self_total == D(67)
    entry = ActivityEntry.objects.about(report).get(action="reports.amend_report")
    assert entry.note == (
        "bỏ mục 1. Mô hình mới được công nhận: kết quả 2; thuyết minh Hai mô hình.; "
        "điểm tự chấm 20; minh chứng mo-hinh.pdf"
    )
    kept = Score.objects.get(criterion__table__version=1)
    assert (kept.report, kept.note, kept.value) == (report, "Hai mô hình.", D(2))


def test_appraised_points_of_another_result_are_dropped_and_told(report, office):
    filled(report)
    report = in_state(report, ReportState.RETURNED)
    score = row_of(report, RATIO).score
    Score.objects.filter(pk=score.pk).update(
        appraised_points=D(25), appraisal_reason="Thiếu minh chứng."
    )
    made = amend(report.table, office)
    edit_criterion(line(made, "1", "I"), actor=office, data={"max_points": D(45)})
    edit_criterion(line(made, "2", "I"), actor=office, data={"max_points": D(25)})
    publish_table(made, actor=office)
    score.refresh_from_db()
    assert (score.self_points, score.appraised_points, score.appraisal_reason) == (
        D("22.5"),
        None,
        "",
    )
    entry = ActivityEntry.objects.about(report).get(action="reports.amend_report")
    assert entry.note == (
        "điểm tự chấm mục I.2: 27 → 22,5\nđiểm thẩm định mục I.2: 25 Thiếu minh chứng."
    )


def judged(report):
    Report.objects.filter(pk=report.pk).update(
        state="appraised", submitted_at="2026-12-01T00:00Z", appraised_total=87
    )
    return Report.objects.get(pk=report.pk)


def test_judged_reports_stop_an_amendment_of_points(report, office):
    filled(report)
    judged(report)
    made = amend(report.table, office)
    edit_criterion(line(made, "1", "I"), actor=office, data={"max_points": D(45)})
    edit_criterion(line(made, "2", "I"), actor=office, data={"max_points": D(25)})
    with pytest.raises(ValidationError) as error:
        publish_table(made, actor=office)
    assert told(error) == [
        f"Đã thẩm định báo cáo theo bảng đang áp dụng ({report.unit}), nên bản sửa đổi chỉ được "
        "sửa câu chữ, không được đổi điểm, cách chấm hay thêm, bớt, chuyển mục."
    ]
    assert Report.objects.get(pk=report.pk).table == report.table


def test_words_are_amended_under_judged_reports_without_touching_a_point(report, office):
    filled(report)
    before = judged(report)
    made = amend(report.table, office)
    edit_criterion(line(made, "1", "I"), actor=office, data={"name": "Hoàn thành nhiệm vụ"})
    publish_table(made, actor=office)
    report = Report.objects.get(pk=report.pk)
    assert (report.table, report.state) == (made, "appraised")
    assert (report.self_total, report.appraised_total) == (before.self_total, D(87))
    assert row_of(report, DIRECT).score.self_points == D(40)
    assert row_of(report, DIRECT).criterion.name == "Hoàn thành nhiệm vụ"


def test_what_hangs_on_a_line_goes_with_it_into_the_amendment(report, office):
    filled(report)
    report, writer = judged(report), editor_of(report.unit)
    on_line = {"report": report, "criterion": row_of(report, DIRECT).criterion}
    assignment = Assignment.objects.create(report=report, unit=report.bloc_year.deputy)
    written = (
        Appeal.objects.create(text="Đề nghị xem lại.", **on_line),
        Correction.objects.create(asked_by=writer, reason="Thiếu.", asked_at=NOON, **on_line),
        Mark.objects.create(
            assignment=assignment, criterion=on_line["criterion"], saved_by=writer, saved_at=NOON
        ),
    )
    made = amend(report.table, office)
    edit_criterion(line(made, "1", "I"), actor=office, data={"name": "Hoàn thành nhiệm vụ"})
    publish_table(made, actor=office)
    found = []
    for row in written:
        row.refresh_from_db()
        found.append(row.criterion)
    assert found == [line(made, "1", "I")] * 3


def test_the_second_amendment_has_the_next_number(report, office):
    first = amend(report.table, office)
    edit_criterion(line(first, "1", "I"), actor=office, data={"name": "Tên mới"})
    first = publish_table(first, actor=office)
    assert amend(first, office).amendment == 2


def test_a_person_takes_note_once(report, office):
    made = amend(report.table, office)
    edit_criterion(line(made, "1", "I"), actor=office, data={"name": "Tên mới"})
    reader = editor_of(report.bloc_year.deputy)
    with pytest.raises(ValidationError) as error:
        read_amendment(made, actor=reader)
    assert told(error) == ["Bảng này không phải là bản sửa đổi đã ban hành."]
    made = publish_table(made, actor=office)
    read_amendment(made, actor=reader)
    read_amendment(made, actor=reader)
    assert [row.user for row in AmendmentReading.objects.all()] == [reader]
    with pytest.raises(PermissionDenied):
        read_amendment(made, actor=editor_of(year_with_members().head))
