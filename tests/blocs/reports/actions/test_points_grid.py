"""Points that the regulation does not know are refused alike wherever points come in."""

import io
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from blocs.appraisal.actions.appeals import answer_appeal, draft_appeal, move_appeal
from blocs.appraisal.actions.marks import combine_marks, combining_words, finish_marks, save_marks
from blocs.criteria.models import Criterion, ScoringTable
from blocs.reports.actions.cells import autosave_appraisal, autosave_scores
from blocs.reports.actions.scores import save_appraisal, save_scores
from blocs.reports.actions.versions import rectify_sheet
from blocs.reports.domain.sheet_versions import RectifiedRow
from blocs.reports.models import Report, Score
from blocs.reports.models.assignments import assignments_of
from blocs.reports.models.one_cell import read_open
from blocs.reports.models.sheets import read_sheet
from blocs.reports.workflows import REPORT
from blocs.sheet_files.actions import preview_import
from blocs.sheet_files.documents import SHEET_NAME, report_workbook
from blocs.states import ReportState, SeatRole
from blocs.year_files.actions import import_year
from blocs.year_files.documents.checked import YearFileError
from tests.factories.appraisals import assigned, finished, marked_year, marks, report_of, units_of
from tests.factories.blocs import fill
from tests.factories.forms import place, saved
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import (
    BONUS,
    DEDUCTION,
    DIRECT,
    RATIO,
    given,
    in_state,
    member_report,
    row_of,
    score_of,
    submitted_report,
    typed,
)
from tests.factories.year_files import RESULTS, TABLE, year_book, year_upload
from thidua.common.stamps import stamp_of_words
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
REASON = "Đối chiếu minh chứng."
LEVELS = [
    {"label": "Tốt", "points": "5"},
    {"label": "Khá", "points": "4"},
    {"label": "Đạt", "points": "2"},
]


def of_table(report):
    """Half points are the step of the whole table."""
    ScoringTable.objects.filter(pk=report.table_id).update(settings={"step": "0.5"})
    return type(report).objects.get(pk=report.pk)


def of_leaf(report):
    """Half points are the step of one leaf, in a table of quarters."""
    ScoringTable.objects.filter(pk=report.table_id).update(settings={"step": "0.25"})
    Criterion.objects.filter(table=report.table_id, kind="direct").update(rule={"step": "0.5"})
    return type(report).objects.get(pk=report.pk)


def of_levels(report):
    """The leaf is rated by somebody else: 5, 4 or 2 points."""
    return ruled(report, "external_rating", {"levels": LEVELS})


def of_levels_alone(report):
    """The leaf is judged by its levels and no other number."""
    return ruled(report, "direct", {"levels": LEVELS, "levels_only": True})


def of_bands(report):
    bands = [
        {"from": "80", "ends": "[)", "points": "5"},
        {"from": "50", "to": "80", "ends": "[)", "points": "4"},
        {"to": "50", "ends": "()", "points": "2"},
    ]
    return ruled(report, "external_rating", {"bands": bands})


def of_passing(report):
    return ruled(report, "pass_fail", {})


def ruled(report, kind, rule):
    Criterion.objects.filter(table=report.table_id, kind="direct").update(kind=kind, rule=rule)
    return type(report).objects.get(pk=report.pk)


def refusal(act, *args, **kwargs):
    """The sentences with which something is refused."""
    with pytest.raises(ValidationError) as caught:
        act(*args, **kwargs)
    return caught.value.messages


def appraised(grid, label, points):
    report = grid(submitted_report())
    rows = [given(report, label, points, REASON)]
    return refusal(save_appraisal, report, rows=rows, actor=leader_of(report.bloc_year.head))


def appraised_while_typing(grid, label, points):
    report = grid(submitted_report())
    rows = [given(report, label, points, REASON)]
    kept = autosave_appraisal(report, rows=rows, actor=leader_of(report.bloc_year.head))
    return list(kept.wrong.values())


def marked(grid, label, points):
    year = marked_year()
    report = grid(report_of(year, units_of(year)[3]))
    (one,) = assigned(report, units_of(year)[2])
    rows = marks(one, **{label: (points, REASON)})
    return refusal(save_marks, one, rows=rows, actor=editor_of(one.unit))


def confirmed(grid, label, points):
    """A mark that was stored before its table knew a step, confirmed now."""
    year = marked_year()
    report = report_of(year, units_of(year)[3])
    (one,) = assigned(report, units_of(year)[2])
    rows = marks(one, **{DEDUCTION: ("-1", REASON)})
    save_marks(one, rows=rows, actor=editor_of(one.unit))
    stored = one.marks.filter(criterion=row_of(report, label).criterion)
    stored.update(points=Decimal(points), reason=REASON)
    grid(report)
    found = refusal(finish_marks, one, rows=[], actor=editor_of(one.unit))
    return [sentence.removeprefix(f"Tiêu chí {label}: ") for sentence in found]


def decided(grid, label, points):
    """What is typed where the marks of two appraisers come to nothing on the grid."""
    year = marked_year(round_mode="mean_without_extremes")
    report = grid(report_of(year, units_of(year)[3]))
    for one in assigned(report, *units_of(year)[1:3]):
        finished(one, **{DEDUCTION: ("-1", REASON)})
    criterion = row_of(report, label).criterion
    return refusal(
        combine_marks,
        report,
        decided={criterion.pk: (Decimal(points), REASON)},
        seen=stamp_of_words(combining_words(report, assignments_of(report))),
        actor=leader_of(year.head),
    )


def appealed(grid, label):
    """A report whose unit objects to the points of one leaf."""
    report = grid(submitted_report())
    head = leader_of(report.bloc_year.head)
    Score.objects.create(
        report=report, criterion=row_of(report, DEDUCTION).criterion, value=0, self_points=0
    )
    rows = [given(report, row.label, row.score.self_points) for row in read_sheet(report).rows]
    save_appraisal(report, rows=rows, actor=head)
    report = perform(REPORT, "appraise", report, actor=head)
    return report, row_of(report, label).criterion


def asked(grid, label, points):
    report, criterion = appealed(grid, label)
    return refusal(
        draft_appeal,
        report,
        criterion=criterion,
        text=REASON,
        asked_points=Decimal(points),
        actor=editor_of(report.unit),
    )


def answered(grid, label, points):
    report, criterion = appealed(grid, label)
    appeal = draft_appeal(
        report, criterion=criterion, text=REASON, asked_points=None, actor=editor_of(report.unit)
    )
    appeal = move_appeal(appeal, move="raise", actor=leader_of(report.unit))
    head = leader_of(report.bloc_year.head)
    found = refusal(
        answer_appeal, appeal, accepts=True, points=Decimal(points), answer=REASON, actor=head
    )
    assert score_of(report, label).appraised_points != Decimal(points)
    return found


def corrected(grid, label, points):
    report = fill(member_report(submitted=True), appraised=Decimal("9.5"))
    Report.objects.update(appraised_total=28)
    report = grid(in_state(report, ReportState.LOCKED))
    rows = [RectifiedRow(row_of(report, label).criterion.pk, points=Decimal(points))]
    office = official(SeatRole.OFFICE)
    return refusal(rectify_sheet, report, rows=rows, reason=REASON, actor=office)


GIVEN_DOORS = (
    appraised,
    appraised_while_typing,
    marked,
    confirmed,
    decided,
    asked,
    answered,
    corrected,
)


def own(grid, label, points):
    report = grid(member_report())
    rows = [typed(report, label, value=points)]
    return refusal(save_scores, report, rows=rows, actor=editor_of(report.unit))


def own_while_typing(grid, label, points):
    report = grid(member_report())
    rows = [typed(report, label, value=points)]
    kept = autosave_scores(read_open(report.pk), rows=rows, actor=editor_of(report.unit))
    return list(kept.wrong.values())


def own_in_excel(grid, label, points):
    report = grid(member_report())
    book = load_workbook(io.BytesIO(report_workbook(read_sheet(report), shows_given=False)))
    place(book[SHEET_NAME], row_of(report, label).path, "ket_qua").value = points
    preview = preview_import(report, upload=saved(book), actor=editor_of(report.unit))
    return [fault.reason for fault in preview.faults]


def own_in_a_year_file(grid, label, points):
    rule = '{"step": "0.5"}'
    table = [(*line[:6], rule) if line[0] == "I/1" else line for line in TABLE]
    results = [(*line[:4], points, *line[5:]) if line[0] == "I/1" else line for line in RESULTS]
    upload = year_upload(year_book(table=table, results=results))
    with pytest.raises(YearFileError) as caught:
        import_year(upload, actor=official(SeatRole.OFFICE))
    return [fault.reason for fault in caught.value.faults]


OWN_DOORS = (own, own_while_typing, own_in_excel, own_in_a_year_file)
TYPED = (
    (DIRECT, "8.1", "Điểm 8,1 không theo bước 0,5 điểm."),
    (DIRECT, "8.13", "Điểm 8,13 không theo bước 0,5 điểm."),
    (DIRECT, "40.5", "Điểm 40,5 nằm ngoài khoảng từ 0 đến 40."),
    (DIRECT, "-1", "Điểm −1 nằm ngoài khoảng từ 0 đến 40."),
)
JUDGED = (
    *TYPED,
    (
        RATIO,
        "31",
        "Điểm 31 nằm ngoài khoảng từ 0 đến 30. Hội nghị cho điểm cao hơn quy định thì lý do bắt "
        "đầu bằng “Hội nghị thống nhất:” rồi nêu căn cứ.",
    ),
    (BONUS, "11", "Điểm 11 nằm ngoài khoảng từ 0 đến 9,5."),
    (BONUS, "-0.5", "Điểm −0,5 nằm ngoài khoảng từ 0 đến 9,5."),
    (DEDUCTION, "2", "Điểm trừ viết bằng số âm, ví dụ −2."),
)


@pytest.mark.parametrize(("label", "points", "sentence"), JUDGED)
@pytest.mark.parametrize("door", GIVEN_DOORS)
def test_points_that_people_give(door, label, points, sentence):
    assert door(of_table, label, points) == [sentence]


@pytest.mark.parametrize(("label", "points", "sentence"), TYPED)
@pytest.mark.parametrize("door", OWN_DOORS)
def test_points_that_a_unit_gives_itself(door, label, points, sentence):
    assert door(of_table, label, points) == [sentence]


@pytest.mark.parametrize("door", (*GIVEN_DOORS, *OWN_DOORS))
def test_step_of_a_leaf_goes_before_the_step_of_its_table(door):
    assert door(of_leaf, DIRECT, "8.25") == ["Điểm 8,25 không theo bước 0,5 điểm."]


NO_LEVEL = (
    "Điểm 3,3 không phải là điểm của mức nào ({}). Hãy cho điểm của một mức; nếu phải cho điểm "
    "khác, lý do bắt đầu bằng “Ngoài bảng quy đổi:” rồi nêu căn cứ."
)
SCALES = (
    (of_levels, "Tốt: 5; Khá: 4; Đạt: 2"),
    (of_levels_alone, "Tốt: 5; Khá: 4; Đạt: 2"),
    (of_bands, "từ 80: 5; từ 50 dưới 80: 4; dưới 50: 2"),
    (of_passing, "Đạt: 40; Không đạt: 0"),
)


@pytest.mark.parametrize(("grid", "levels"), SCALES)
@pytest.mark.parametrize("door", GIVEN_DOORS)
def test_points_that_no_level_of_the_leaf_gives(door, grid, levels):
    assert door(grid, DIRECT, "3.3") == [NO_LEVEL.format(levels)]
