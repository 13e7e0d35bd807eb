"""Rows saved while they are typed: each for itself, with the same result as a whole sheet."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from blocs.reports.actions.cells import autosave_appraisal, autosave_scores
from blocs.reports.actions.score_rows import revision_of
from blocs.reports.actions.scores import save_scores
from blocs.reports.models import Report, Score
from blocs.reports.models.one_cell import read_open
from blocs.reports.models.sheets import read_sheet
from blocs.states import ReportState
from blocs.years.models.regulation import Regulation, decimals_of
from tests.factories.blocs import small_table, year_with_members
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import (
    BONUS,
    CLOSED,
    COUNT,
    DEDUCTION,
    DIRECT,
    RATIO,
    in_state,
    member_report,
    row_of,
    score_of,
    submitted_report,
    typed,
)
from tests.factories.reports import given as given_row
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db


def autosave(report, *rows, actor=None):
    actor = actor or editor_of(report.unit)
    return autosave_scores(read_open(report.pk), rows=rows, actor=actor)


def pks(rows):
    return {row.criterion.pk for row in rows}


def pk_of(report, label):
    return row_of(report, label).criterion.pk


def test_one_cell_is_saved_with_points_group_and_total():
    report = member_report()
    kept = autosave(report, typed(report, RATIO, target="100", value="95", note="Theo báo cáo"))
    stored = score_of(report, RATIO)
    assert (stored.value, stored.target, stored.self_points) == (95, 100, Decimal("28.5"))
    assert (stored.note, stored.revision) == ("Theo báo cáo", 1)
    group = row_of(report, RATIO).criterion.parent_id
    sums = kept.sums
    assert (sums.points, dict(sums.groups), sums.total) == (
        Decimal("28.5"),
        {group: Decimal("28.5")},
        Decimal("28.5"),
    )
    assert (sums.answered, sums.asked, kept.saved[0].score.revision) == (1, 3, 1)
    report.refresh_from_db()
    assert report.self_total == Decimal("28.5")


def test_half_an_answer_says_what_is_missing():
    report = member_report()
    kept = autosave(report, typed(report, RATIO, value="95"))
    assert (kept.sums.points, kept.sums.total) == (None, None)
    assert kept.sums.pending == "Chưa nhập chỉ tiêu."


def test_log_book_is_that_of_a_whole_sheet():
    report = member_report()
    person = editor_of(report.unit)
    autosave(report, typed(report, DIRECT, value="9.5"), actor=person)
    entry = ActivityEntry.objects.about(report).get()
    assert (entry.action, entry.label) == ("reports.save_scores", "Lưu điểm tự chấm: 01 tiêu chí")
    assert (entry.actor, entry.subject_name) == (person, str(report))
    leaf = {"code": "I.1", "name": "Hoàn thành nhiệm vụ được giao"}
    assert entry.changes == [
        leaf | {"field": "kết quả", "before": "", "after": "9,5"},
        leaf | {"field": "điểm tự chấm", "before": "", "after": "9,5"},
    ]


def test_lost_answer_is_given_again_without_a_second_save():
    """The server saved, its answer never came: the same row is posted with its old revision."""
    report = member_report()
    autosave(report, typed(report, DIRECT, value="9.5"))
    kept = autosave(report, typed(report, DIRECT, value="9.5"))
    assert (pks(kept.saved), kept.saved[0].score.revision) == ({pk_of(report, DIRECT)}, 1)
    assert ActivityEntry.objects.count() == 1


def test_row_of_another_writer_comes_back_and_is_not_written():
    report = member_report()
    other = editor_of(report.unit)
    autosave(report, typed(report, DIRECT, value="9.5"), actor=other)
    kept = autosave(report, typed(report, DIRECT, value="8"))
    assert (kept.saved, kept.stale[0].score.saved_by) == ((), other)
    assert score_of(report, DIRECT).value == Decimal("9.5")


def test_each_row_stands_for_itself():
    report = member_report()
    autosave(report, typed(report, COUNT, value="1"))
    kept = autosave(
        report,
        typed(report, DIRECT, value="9.5"),
        typed(report, RATIO, target="0", value="95"),
        typed(report, COUNT, value="2"),
    )
    assert pks(kept.saved) == {pk_of(report, DIRECT)}
    assert pks(kept.stale) == {pk_of(report, COUNT)}
    assert kept.wrong == {
        (pk_of(report, RATIO), "target"): (
            "Chỉ tiêu phải lớn hơn 0 mới so sánh được kết quả. Vui lòng kiểm tra lại."
        )
    }
    report.refresh_from_db()
    assert (score_of(report, DIRECT).value, report.self_total) == (Decimal("9.5"), Decimal("19.5"))


def test_question_of_the_rule_writes_nothing():
    report = member_report()
    kept = autosave(report, typed(report, DIRECT, value="45"))
    assert kept.wrong == {(pk_of(report, DIRECT), "value"): "Điểm 45 nằm ngoài khoảng từ 0 đến 40."}
    assert (Score.objects.count(), ActivityEntry.objects.count()) == (0, 0)


def test_leaf_that_follows_from_another_is_scored_again():
    report = member_report()
    bonus = row_of(report, BONUS).criterion
    bonus.rule = {"needs_full": "II"}
    bonus.save()
    autosave(report, typed(report, COUNT, value="3"))
    autosave(report, typed(report, BONUS, value="2"))
    kept = autosave(report, typed(report, COUNT, 1, value="2"))
    assert (score_of(report, BONUS).self_points, kept.sheet.report.self_total) == (0, 20)


def test_changed_answer_drops_the_appraisal_of_the_old_one():
    report = member_report()
    autosave(report, typed(report, DIRECT, value="9.5"))
    Score.objects.update(appraised_points="9.5")
    autosave(report, typed(report, DIRECT, 1, value="8"))
    assert score_of(report, DIRECT).appraised_points is None


def test_sheet_that_is_in_takes_no_cell():
    report = in_state(member_report(submitted=True), ReportState.SUBMITTED)
    with pytest.raises(ValidationError) as caught:
        autosave(report, typed(report, DIRECT, value="1"))
    assert caught.value.messages == [CLOSED["submitted"]]


def test_report_sent_while_the_cell_was_on_its_way_takes_it_no_more():
    report = member_report()
    seen = read_open(report.pk)
    row = typed(report, DIRECT, value="1")
    in_state(report, ReportState.RETURNED)
    Report.objects.update(state=ReportState.SUBMITTED, submitted_at="2026-12-01T00:00:00Z")
    with pytest.raises(ValidationError) as caught:
        autosave_scores(seen, rows=[row], actor=editor_of(report.unit))
    assert caught.value.messages == [CLOSED["submitted"]]
    assert Score.objects.count() == 0


def test_only_the_editor_of_the_unit_saves_cells():
    report = member_report()
    for person in (leader_of(report.unit), editor_of(report.bloc_year.head)):
        with pytest.raises(PermissionDenied):
            autosave(report, typed(report, DIRECT, value="1"), actor=person)


def test_draft_of_a_table_is_read_anew_each_time():
    year = year_with_members(3)
    report = member_report(bloc_year=year, table=small_table(year, published=False))
    table = read_open(report.pk).kept
    assert read_open(report.pk).kept is not table
    assert len(table.rows) == 5


@pytest.mark.parametrize("decimals", [None, 1])
def test_report_is_read_as_ordinary_pages_read_it(decimals):
    year = year_with_members(3)
    Regulation.objects.all().delete()
    if decimals is not None:
        Regulation.objects.create(bloc_year=year, decimals=decimals)
    made = in_state(member_report(bloc_year=year), ReportState.RETURNED)
    lean, whole = read_open(made.pk).report, Report.objects.for_page().get(pk=made.pk)
    facts = [
        (
            report,
            str(report),
            report.state,
            report.unit,
            report.unit.name,
            report.bloc_year,
            report.bloc_year.year,
            report.table,
            report.table.published_at,
            decimals_of(report.bloc_year),
        )
        for report in (lean, whole)
    ]
    assert facts[0] == facts[1]
    assert facts[0][-1] == (2 if decimals is None else decimals)


def test_published_table_is_read_once():
    report = member_report()
    assert read_open(report.pk).kept is read_open(report.pk).kept


def test_appraised_points_are_saved_row_by_row():
    report = submitted_report()
    head = leader_of(report.bloc_year.head)
    rows = [
        given_row(report, DIRECT, "9.5"),
        given_row(report, RATIO, "9"),
        given_row(report, COUNT, "9.25", "Thiếu minh chứng."),
    ]
    kept = autosave_appraisal(report, rows=rows, actor=head)
    assert pks(kept.saved) == {pk_of(report, DIRECT), pk_of(report, COUNT)}
    assert kept.wrong == {
        (pk_of(report, RATIO), "reason"): "Điểm thẩm định khác điểm tự chấm thì phải nêu lý do."
    }
    report.refresh_from_db()
    assert report.appraised_total == Decimal("18.75")


NUMBERS = st.decimals(min_value=0, max_value=60, places=2).map(str)
ANSWERS = st.one_of(
    st.tuples(
        st.sampled_from((DIRECT, COUNT, BONUS, DEDUCTION)),
        st.fixed_dictionaries({"value": NUMBERS}),
    ),
    st.tuples(st.just(RATIO), st.fixed_dictionaries({"target": NUMBERS, "value": NUMBERS})),
    st.tuples(st.just(RATIO), st.just({"not_applicable": True})),
)


def refusals(report, row, actor):
    """The keys of what a whole save refuses, none where it saved."""
    try:
        save_scores(report, rows=[row], actor=actor)
    except ValidationError as error:
        return error.error_dict.keys()
    return {}.keys()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answers=st.lists(ANSWERS, min_size=1, max_size=6),
    mode=st.sampled_from(("exclude", "rescale", "full")),
)
@example(answers=[(RATIO, {"not_applicable": True}), (DIRECT, {"value": "9"})], mode="rescale")
def test_cell_by_cell_is_the_same_as_the_whole_sheet(answers, mode, db):
    year = year_with_members(3)
    table = small_table(year, bonus_cap=Decimal(3), settings={"not_applicable": mode})
    one = member_report(bloc_year=year, table=table)
    whole = Report.objects.create(bloc_year=year, unit=year.head, table=table)
    writer, other = editor_of(one.unit), editor_of(whole.unit)
    for label, answer in answers:
        row = typed(one, label, revision_of(row_of(one, label)), **answer)
        kept = autosave(one, row, actor=writer)
        row = typed(whole, label, revision_of(row_of(whole, label)), **answer)
        assert kept.wrong.keys() == refusals(whole, row, other)
        if kept.sums:
            asked = [row for row in read_sheet(whole).rows if row.needs_answer]
            said = (kept.sums.answered, kept.sums.asked)
            assert said == (sum(row.is_filled for row in asked), len(asked))
    one.refresh_from_db(), whole.refresh_from_db()
    assert one.self_total == whole.self_total
    columns = ("criterion", "value", "target", "not_applicable", "self_points", "revision")
    assert set(one.scores.values_list(*columns)) == set(whole.scores.values_list(*columns))


def test_appraisal_that_is_complete_takes_no_points():
    report = submitted_report()
    row = given_row(report, DIRECT, "9", "Thiếu minh chứng.")
    report = in_state(report, ReportState.APPRAISED)
    with pytest.raises(ValidationError) as caught:
        autosave_appraisal(report, rows=[row], actor=leader_of(report.bloc_year.head))
    assert caught.value.messages == [CLOSED["appraised"]]
    assert score_of(report, DIRECT).appraised_points is None
