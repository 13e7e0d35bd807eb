"""Leaves to correct as pages: asked leaf by leaf, corrected alone, looked at before and after."""

import pytest
from django.urls import reverse

from blocs.appraisal.actions.corrections import ask_corrections
from blocs.reports.models import Correction
from blocs.reports.models.versions import freeze_sheet
from blocs.reports.workflows import REPORT
from tests.factories.blocs import year_with_members
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import COUNT, DIRECT, in_state, posted, row_of, submitted_report
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
ASK, FIX, CHECK = 10, 9, 11
WHY = "Thiếu số liệu quý IV."


def page(name, report):
    return reverse(name, args=(report.pk,))


def pk_of(report, label):
    return row_of(report, label).criterion.pk


def returned(*labels):
    """A report that was sent back for these leaves; the version it was asked about is kept."""
    report = submitted_report()
    head = leader_of(report.bloc_year.head)
    freeze_sheet(report, kind="submitted", actor=leader_of(report.unit))
    ask_corrections(report, reasons={pk_of(report, label): WHY for label in labels}, actor=head)
    return perform(REPORT, "return", report, actor=head, note="Sửa."), head


def test_reasons_are_written_beside_the_leaves(client):
    report = submitted_report()
    client.force_login(editor_of(report.bloc_year.head))
    rows = client.get(page("appraisal:correction_edit", report)).context["rows"]
    assert [(row.label, row.own, row.reason) for row in rows][:2] == [
        ("I.1", "9,50", ""),
        ("I.2", "9,50", ""),
    ]
    data = {row.field: WHY if row.label == COUNT else "" for row in rows}
    answer = client.post(page("appraisal:correction_edit", report), data)
    assert answer.headers["Location"] == report.get_absolute_url()
    assert [
        (correction.criterion_id, correction.reason) for correction in Correction.objects.all()
    ] == [(pk_of(report, COUNT), WHY)]


def test_too_long_a_reason_comes_back_beside_its_leaf(client):
    report = submitted_report()
    client.force_login(editor_of(report.bloc_year.head))
    data = {f"reason-{pk_of(report, DIRECT)}": "x" * 2001}
    answer = client.post(page("appraisal:correction_edit", report), data)
    assert answer.status_code == 422
    assert [(row.label, row.error) for row in answer.context["errors"]] == [
        ("I.1", "Yêu cầu sửa dài nhất 2000 ký tự.")
    ]


def test_sheet_offers_inputs_at_flagged_leaves_and_locks_the_others(client):
    report, _ = returned(DIRECT)
    client.force_login(editor_of(report.unit))
    lines = client.get(page("appraisal:correction_sheet", report)).context["lines"]
    found = [(line.number, bool(line.token), line.reason) for line in lines if not line.is_group]
    assert found == [
        ("1", True, WHY),
        ("2", False, ""),
        ("1", False, ""),
        ("III", False, ""),
        ("IV", False, ""),
    ]
    body = client.get(page("appraisal:correction_sheet", report)).content.decode()
    assert body.count("Khóa: không yêu cầu sửa") == 4


def test_corrected_leaf_is_saved_and_a_locked_one_is_not(client):
    report, _ = returned(DIRECT)
    client.force_login(editor_of(report.unit))
    both = posted(report, {DIRECT: {"value": "8"}, COUNT: {"value": "1"}})
    assert client.post(page("appraisal:correction_sheet", report), both).status_code == 302
    assert [row_of(report, label).score.self_points for label in (DIRECT, COUNT)] == [8, 9.5]
    whole = client.post(page("reports:sheet_edit", report), posted(report, {COUNT: {"value": "1"}}))
    assert (whole.status_code, row_of(report, COUNT).score.self_points) == (422, 9.5)


def test_report_leads_to_the_flagged_leaves_and_tells_the_rounds(client):
    report, head = returned(DIRECT)
    client.force_login(editor_of(report.unit))
    context = client.get(report.get_absolute_url()).context
    assert context["pages"] == [
        ("Sửa tiêu chí được yêu cầu", page("appraisal:correction_sheet", report))
    ]
    assert [
        (correction["label"], correction["reason"], correction["by"], correction["answered"])
        for correction in context["corrections"]
    ] == [("I.1", WHY, report.bloc_year.head.name, "")]
    perform(REPORT, "submit", report, actor=leader_of(report.unit), is_confirmed=True)
    client.force_login(head)
    labels = [label for label, _ in client.get(report.get_absolute_url()).context["pages"]]
    assert labels[-2:] == ["Kiểm tra lại tiêu chí đã sửa", "Yêu cầu sửa từng tiêu chí"]


def test_without_flags_the_page_leads_to_the_whole_sheet(client):
    report = in_state(submitted_report(), "returned")
    client.force_login(editor_of(report.unit))
    answer = client.get(page("appraisal:correction_sheet", report))
    assert answer.headers["Location"] == page("reports:sheet_edit", report)


def test_asking_body_sees_before_and_after(client):
    report, head = returned(DIRECT)
    client.force_login(editor_of(report.unit))
    client.post(
        page("appraisal:correction_sheet", report), posted(report, {DIRECT: {"value": "8"}})
    )
    perform(REPORT, "submit", report, actor=leader_of(report.unit), is_confirmed=True)
    client.force_login(head)
    row = client.get(page("appraisal:correction_check", report)).context["rows"][0]
    assert (row.label, row.reason, row.may_check) == ("I.1", WHY, True)
    assert [(one.label, one.before, one.after) for one in row.changes] == [
        ("Kết quả", "9,5", "8"),
        ("Điểm tự chấm", "9,50", "8,00"),
    ]
    answer = client.post(page("appraisal:correction_check", report), {"corrections": [row.pk]})
    assert answer.headers["Location"] == report.get_absolute_url()
    assert client.get(page("appraisal:correction_check", report)).context["rows"] == []


def test_stranger_of_the_same_role_finds_nothing(client):
    report = submitted_report()
    client.force_login(leader_of(year_with_members(3).head))
    for name in (
        "appraisal:correction_edit",
        "appraisal:correction_check",
        "appraisal:correction_sheet",
    ):
        assert client.get(page(name, report)).status_code == 404
    client.force_login(editor_of(report.unit))
    assert client.get(page("appraisal:correction_edit", report)).status_code == 403


@pytest.mark.parametrize("labels", ((DIRECT,), (DIRECT, COUNT, "III")))
def test_pages_cost_the_same(client, labels, django_assert_num_queries):
    report, head = returned(*labels)
    client.force_login(editor_of(report.unit))
    client.get(page("appraisal:correction_sheet", report))
    # The first opening has its line in the log book; afterwards that is looked for.
    with django_assert_num_queries(FIX + 1):
        assert client.get(page("appraisal:correction_sheet", report)).status_code == 200
    report = in_state(report, "submitted")
    client.force_login(head)
    with django_assert_num_queries(ASK):
        assert client.get(page("appraisal:correction_edit", report)).status_code == 200
    Correction.objects.update(answered_at=report.submitted_at)
    with django_assert_num_queries(CHECK):
        assert client.get(page("appraisal:correction_check", report)).status_code == 200
