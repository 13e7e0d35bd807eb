"""A return limited to single leaves: asked, corrected, looked at by whoever asked."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from blocs.appraisal.actions.corrections import NOT_OWN, ask_corrections, check_corrections
from blocs.criteria.models import CompetentBody
from blocs.reports.actions.cells import autosave_scores
from blocs.reports.actions.evidence import attach_evidence
from blocs.reports.actions.reports import NOT_TO_CORRECT, ONLY_LEAVES, save_narrative
from blocs.reports.actions.scores import save_appraisal, save_scores
from blocs.reports.models import Assignment, Correction, Report
from blocs.reports.models.one_cell import read_open
from blocs.reports.models.sheets import read_sheet
from blocs.reports.workflows import REPORT
from blocs.states import ReportState, VersionKind
from tests.factories.blocs import year_with_members
from tests.factories.files import pdf
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import (
    COUNT,
    DIRECT,
    RATIO,
    given,
    in_state,
    row_of,
    score_of,
    submitted_report,
    typed,
)
from thidua.common.models import ActivityEntry
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
WHY = "Thiếu số liệu quý IV."


def leaf(report, label):
    return row_of(report, label).criterion


def ask(report, label, actor, reason=WHY):
    return ask_corrections(report, reasons={leaf(report, label).pk: reason}, actor=actor)


@pytest.fixture
def report():
    """A sheet that can be sent in, and is."""
    report = submitted_report()
    report.scores.filter(criterion=leaf(report, RATIO)).update(target=10)
    return report


@pytest.fixture
def head(report):
    return leader_of(report.bloc_year.head)


def returned(report, head, *labels):
    for label in labels:
        ask(report, label, head)
    return perform(REPORT, "return", report, actor=head, note="Sửa các tiêu chí đã nêu.")


def sent_again(report):
    return perform(REPORT, "submit", report, actor=leader_of(report.unit), is_confirmed=True)


def test_reason_is_kept_changed_and_taken_back(report, head):
    ask(report, DIRECT, head)
    ask(report, DIRECT, head, "Thiếu văn bản.")
    found = Correction.objects.get()
    assert (found.criterion, found.reason, found.asked_by, found.asked_by_unit) == (
        leaf(report, DIRECT),
        "Thiếu văn bản.",
        head,
        report.bloc_year.head,
    )
    ask(report, DIRECT, head, "  ")
    assert Correction.objects.count() == 0
    entries = ActivityEntry.objects.about(report).filter(action="appraisal.ask_corrections")
    assert [entry.changes[0]["after"] for entry in entries] == ["", "Thiếu văn bản.", WHY]


def test_nobody_else_flags(report):
    year = report.bloc_year
    stranger = leader_of(year_with_members().head)
    for person in (editor_of(report.unit), leader_of(year.deputy), stranger):
        with pytest.raises(PermissionDenied):
            ask(report, DIRECT, person)
    assert Correction.objects.count() == 0


def test_deputy_flags_the_sheet_of_the_head_unit(report):
    year = report.bloc_year
    Report.objects.filter(pk=report.pk).update(unit=year.head)
    with pytest.raises(PermissionDenied):
        ask(report, DIRECT, leader_of(year.head))
    ask(Report.objects.get(), DIRECT, leader_of(year.deputy))
    assert Correction.objects.get().asked_by_unit == year.deputy


def test_unit_changes_flagged_leaves_and_nothing_else(report, head):
    report, editor = returned(report, head, DIRECT), editor_of(report.unit)
    with pytest.raises(ValidationError) as caught:
        save_scores(
            report,
            rows=[typed(report, DIRECT, value="8"), typed(report, COUNT, value="1")],
            actor=editor,
        )
    assert caught.value.message_dict == {(leaf(report, COUNT).pk, "note"): [NOT_TO_CORRECT]}
    assert score_of(report, DIRECT).self_points == Decimal("9.5")
    save_scores(report, rows=[typed(report, DIRECT, value="8")], actor=editor)
    assert score_of(report, DIRECT).self_points == Decimal(8)


def test_evidence_and_narrative_are_locked_too(report, head):
    report, editor = returned(report, head, DIRECT), editor_of(report.unit)
    upload = SimpleUploadedFile("a.pdf", pdf())
    with pytest.raises(ValidationError, match=NOT_TO_CORRECT):
        attach_evidence(report, criterion=leaf(report, COUNT), upload=upload, actor=editor)
    with pytest.raises(ValidationError, match=ONLY_LEAVES):
        save_narrative(report, texts={"results": "Khác"}, actor=editor)
    upload.seek(0)
    attach_evidence(report, criterion=leaf(report, DIRECT), upload=upload, actor=editor)
    assert score_of(report, DIRECT).evidence.count() == 1


def test_return_without_flags_opens_the_whole_sheet(report, head):
    report = perform(REPORT, "return", report, actor=head, note="Xem lại toàn bộ.")
    rows = [typed(report, DIRECT, value="8"), typed(report, COUNT, value="1")]
    save_scores(report, rows=rows, actor=editor_of(report.unit))
    assert [score_of(report, label).self_points for label in (DIRECT, COUNT)] == [8, 10]


def test_leaves_that_were_not_flagged_keep_their_appraised_points(report, head):
    rows = [given(report, DIRECT, "9.5"), given(report, COUNT, "9", "Thiếu quyết định.")]
    save_appraisal(report, rows=rows, actor=head)
    report = returned(report, head, DIRECT)
    change = typed(report, DIRECT, revision=1, value="8")
    save_scores(report, rows=[change], actor=editor_of(report.unit))
    sent_again(report)
    assert [score_of(report, label).appraised_points for label in (DIRECT, COUNT)] == [None, 9]


def test_submission_answers_the_flags_and_freezes_the_sheet(report, head):
    report = sent_again(returned(report, head, DIRECT))
    found = Correction.objects.get()
    assert (found.answered_at, found.checked_at) == (report.submitted_at, None)
    version = report.versions.get()
    assert (version.kind, version.number, len(version.rows)) == (VersionKind.SUBMITTED, 1, 5)


def test_only_the_asking_body_looks_again(report, head):
    year = report.bloc_year
    Assignment.objects.create(report=report, unit=year.deputy)
    body = leader_of(year.deputy)
    ask(report, COUNT, body)
    report = sent_again(returned(report, head, DIRECT))
    theirs = Correction.objects.get(asked_by_unit=year.deputy)
    with pytest.raises(ValidationError, match=NOT_OWN):
        check_corrections(report, corrections=[theirs.pk], actor=head)
    own = Correction.objects.get(asked_by_unit=year.head)
    check_corrections(report, corrections=[own.pk], actor=head)
    check_corrections(report, corrections=[theirs.pk], actor=body)
    assert Correction.objects.filter(checked_at=None).count() == 0


def test_other_body_cannot_change_a_flag(report, head):
    Assignment.objects.create(report=report, unit=report.bloc_year.deputy)
    ask(report, COUNT, head)
    with pytest.raises(ValidationError) as caught:
        ask(report, COUNT, leader_of(report.bloc_year.deputy), "Khác")
    assert caught.value.messages == ["Đơn vị khác đang yêu cầu sửa tiêu chí này."]


def test_competent_body_flags_its_own_field(report):
    year = report.bloc_year
    body = CompetentBody.objects.create(bloc_year=year, unit=year.deputy)
    body.criteria.add(leaf(report, COUNT))
    person = leader_of(year.deputy)
    ask(report, COUNT, person)
    with pytest.raises(ValidationError, match="không thuộc phần thẩm định"):
        ask(report, DIRECT, person)


def test_appraisal_waits_until_corrections_were_looked_at(report, head):
    labels = [row.label for row in read_sheet(report).rows if row.is_filled]
    report = sent_again(returned(report, head, DIRECT))
    rows = [given(report, label, score_of(report, label).self_points) for label in labels]
    save_appraisal(report, rows=rows, actor=head)
    with pytest.raises(ValidationError) as caught:
        perform(REPORT, "appraise", report, actor=head)
    assert caught.value.messages == ["Còn 01 tiêu chí đã sửa chưa kiểm tra lại: I.1."]
    check_corrections(report, corrections=[Correction.objects.get().pk], actor=head)
    assert perform(REPORT, "appraise", report, actor=head).state == ReportState.APPRAISED


def test_flag_that_was_not_sent_blocks_the_appraisal(report, head):
    ask(report, DIRECT, head)
    move = REPORT["appraise"]
    assert move.obstacles(Report.objects.get())[-1] == (
        "Còn 01 yêu cầu sửa tiêu chí chưa gửi đơn vị: trả lại báo cáo, hoặc bỏ yêu cầu."
    )


def test_flags_are_asked_only_while_the_report_is_in(report, head):
    in_state(report, ReportState.APPRAISED)
    with pytest.raises(ValidationError, match="Đã thẩm định"):
        ask(report, DIRECT, head)


def test_single_cell_of_a_leaf_that_was_not_flagged_is_not_saved(report, head):
    report, editor = returned(report, head, DIRECT), editor_of(report.unit)
    shut, opened = typed(report, COUNT, value="1"), typed(report, DIRECT, value="8")
    kept = [
        autosave_scores(read_open(report.pk), rows=[row], actor=editor) for row in (shut, opened)
    ]
    assert [one.wrong for one in kept] == [{(leaf(report, COUNT).pk, "note"): NOT_TO_CORRECT}, {}]
    assert [score_of(report, label).value for label in (COUNT, DIRECT)] == [Decimal("9.5"), 8]
