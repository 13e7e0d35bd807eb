"""Start, narrative, explanation, submission."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.criteria.models import Criterion
from blocs.reports.actions.reports import (
    save_explanation,
    save_narrative,
    start_report,
)
from blocs.reports.actions.scores import save_scores
from blocs.reports.models import Report
from blocs.reports.workflows import REPORT
from blocs.states import SeatRole, TableState
from blocs.years.models import Regulation
from tests.factories.blocs import fill, small_table, year_with_members
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.factories.reports import (
    CLOSED,
    COUNT,
    DIRECT,
    RATIO,
    in_state,
    member_report,
    submitted_report,
    typed,
)
from thidua.common.changes import all_words
from thidua.common.models import ActivityEntry
from thidua.common.stamps import OVERTAKEN, OvertakenError, stamp_of_words
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
TEXTS = {"results": "Mới", "movements": "", "shortcomings": ""}


def messages_of(call, *args, **kwargs):
    with pytest.raises(ValidationError) as caught:
        call(*args, **kwargs)
    return caught.value.messages


@pytest.mark.parametrize("person", (editor_of, leader_of))
def test_own_people_start_the_report_with_the_table_in_force(person):
    year = year_with_members(3)
    table = small_table(year)
    report = start_report(year, unit=year.deputy, actor=person(year.deputy))
    assert (report.unit, report.table, report.state) == (year.deputy, table, "draft")
    assert ActivityEntry.objects.about(report).get().label == "Bắt đầu báo cáo"


def test_stranger_does_not_start_a_report():
    year = year_with_members(3)
    small_table(year)
    for person in (editor_of(year.head), official(SeatRole.OFFICE)):
        with pytest.raises(PermissionDenied):
            start_report(year, unit=year.deputy, actor=person)
    assert Report.objects.count() == 0


def test_report_is_started_once():
    year = year_with_members(3)
    small_table(year)
    actor = editor_of(year.head)
    start_report(year, unit=year.head, actor=actor)
    found = messages_of(start_report, year, unit=year.head, actor=actor)
    assert (found, Report.objects.count()) == (["Đơn vị đã có báo cáo năm này."], 1)


def test_report_needs_a_published_table():
    year = year_with_members(3)
    small_table(year, published=False, state=TableState.DRAFT)
    found = messages_of(start_report, year, unit=year.head, actor=editor_of(year.head))
    assert found == ["Chưa ban hành bảng chấm điểm của năm nên chưa lập được báo cáo."]


@pytest.mark.parametrize(("state", "words"), (("open", "Đã mở"), ("proposed", "Đã đề nghị")))
def test_report_is_not_started_outside_the_working_year(state, words):
    year = year_with_members(3, state=state)
    small_table(year)
    found = messages_of(start_report, year, unit=year.head, actor=editor_of(year.head))
    assert found == [f"Năm thi đua đang ở trạng thái “{words}” nên chưa lập được báo cáo."]


def test_unit_outside_the_bloc_has_no_report_there():
    year, stranger = year_with_members(3), UnitFactory()
    small_table(year)
    found = messages_of(start_report, year, unit=stranger, actor=editor_of(stranger))
    assert found == ["Đơn vị không phải thành viên của năm thi đua này."]


def test_narrative_is_kept_in_nfc_with_what_it_was_before():
    report = member_report(results="Cũ")
    texts = {"results": "Ho\u0300a\r\nhai", "movements": " ", "shortcomings": ""}
    report = save_narrative(report, texts=texts, actor=editor_of(report.unit))
    assert report.results == "Hòa\nhai"
    assert ActivityEntry.objects.about(report).get().changes == [
        {"field": "kết quả thực hiện nhiệm vụ", "before": "Cũ", "after": "Hòa\nhai"}
    ]


@time_machine.travel(dt.datetime(2026, 11, 28, 7, 2, tzinfo=dt.UTC), tick=False)
def test_second_writer_of_the_narrative_is_told_who_wrote_what():
    report = member_report(results="Cũ")
    first, second = editor_of(report.unit), editor_of(report.unit)
    seen = stamp_of_words(all_words(report, TEXTS))
    save_narrative(report, texts=TEXTS | {"results": "Một"}, seen=seen, actor=first)
    texts = TEXTS | {"results": "Hai"}
    with pytest.raises(OvertakenError) as caught:
        save_narrative(report, texts=texts, seen=seen, actor=second)
    assert caught.value.message_dict == {
        "__all__": [OVERTAKEN],
        "results": [f"Người khác đã lưu: “Một” ({first}, 14:02 28/11/2026)."],
    }
    report.refresh_from_db()
    assert report.results == "Một"
    save_narrative(report, texts=texts, seen=caught.value.stamp, actor=second)
    report.refresh_from_db()
    assert report.results == "Hai"


@pytest.mark.parametrize("person", (leader_of, lambda unit: official(SeatRole.OFFICE)))
def test_only_the_editor_writes_the_narrative(person):
    report = member_report(results="Cũ")
    with pytest.raises(PermissionDenied):
        save_narrative(report, texts=TEXTS, actor=person(report.unit))


def test_submitted_narrative_is_closed():
    report = submitted_report()
    found = messages_of(save_narrative, report, texts=TEXTS, actor=editor_of(report.unit))
    assert found == [CLOSED["submitted"]]


def test_explanation_is_drafted_after_the_appraisal_only():
    report = submitted_report()
    actor = editor_of(report.unit)
    found = messages_of(save_explanation, report, text="Có", actor=actor)
    assert found == [CLOSED["submitted"]]
    report = in_state(report, "appraised")
    assert save_explanation(report, text="Có", actor=actor).explanation == "Có"


def test_submission_names_what_is_missing():
    report = member_report(results=" ")
    table = report.table
    table.criteria.filter(code="1", kind="direct").update(needs_evidence=True)
    found = messages_of(perform, REPORT, "submit", report, actor=leader_of(report.unit))
    assert found == [
        "Báo cáo chưa có phần kết quả thực hiện nhiệm vụ.",
        "Còn 03 tiêu chí chưa tự chấm: I.1, I.2, II.1.",
    ]
    fill(report)
    found = messages_of(perform, REPORT, "submit", report, actor=leader_of(report.unit))
    assert found[1] == "Còn 01 tiêu chí phải có minh chứng: I.1."
    report.scores.filter(criterion__code="1", criterion__kind="direct").update(self_points=0)
    found = messages_of(perform, REPORT, "submit", report, actor=leader_of(report.unit))
    assert found == ["Báo cáo chưa có phần kết quả thực hiện nhiệm vụ."]


@pytest.mark.parametrize(
    ("moment", "is_late"), (("2026-12-10T16:59:00Z", False), ("2026-12-10T17:01:00Z", True))
)
def test_day_of_submission_is_a_day_in_vietnam(moment, is_late):
    report = fill(member_report())
    with time_machine.travel(moment):
        report = perform(REPORT, "submit", report, actor=leader_of(report.unit))
    assert (report.state, report.is_late) == ("submitted", is_late)


def test_first_submission_decides_on_lateness_unless_the_rules_say_last():
    report = fill(member_report())
    leader, head = leader_of(report.unit), leader_of(report.bloc_year.head)
    with time_machine.travel("2026-12-10T03:00:00Z"):
        report = perform(REPORT, "submit", report, actor=leader)
        report = perform(REPORT, "return", report, actor=head, note="Thiếu số liệu.")
    with time_machine.travel("2026-12-12T03:00:00Z"):
        assert perform(REPORT, "submit", report, actor=leader, is_confirmed=True).is_late is False
        report = in_state(report, "returned")
        Regulation.objects.update(counted_submission="last")
        assert perform(REPORT, "submit", report, actor=leader, is_confirmed=True).is_late is True


def test_long_list_of_missing_leaves_names_ten_and_counts_the_rest():
    report = member_report()
    group = report.table.criteria.get(code="II")
    for order in range(2, 12):
        Criterion.objects.create(
            table=report.table,
            parent=group,
            code=str(order),
            name="Việc",
            kind="direct",
            max_points=1,
            order=order,
        )
    found = messages_of(perform, REPORT, "submit", report, actor=leader_of(report.unit))
    assert found == [
        "Còn 13 tiêu chí chưa tự chấm: I.1, I.2, II.1, II.2, II.3, II.4, II.5, II.6, II.7, II.8 "
        "và 03 tiêu chí khác."
    ]


def test_submission_keeps_the_total_of_the_sheet():
    report = member_report()
    rows = [
        typed(report, DIRECT, value="35.5"),
        typed(report, RATIO, target="100", value="95"),
        typed(report, COUNT, value="2"),
    ]
    save_scores(report, rows=rows, actor=editor_of(report.unit))
    Report.objects.update(self_total=None)
    report = perform(REPORT, "submit", report, actor=leader_of(report.unit))
    assert report.self_total == 84


def test_leader_submits_and_the_editor_does_not():
    report = fill(member_report())
    with pytest.raises(PermissionDenied):
        perform(REPORT, "submit", report, actor=editor_of(report.unit))
    assert perform(REPORT, "submit", report, actor=leader_of(report.unit)).state == "submitted"
