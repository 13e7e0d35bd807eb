"""The running year of the demo can be walked to its end with the people who have accounts."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from awards.board.actions import move_item
from awards.decisions.actions import draft_decision, publish_decision, sign_decision
from awards.decisions.models import Decision
from awards.proposals.actions.proposals import move_proposal, start_proposal
from awards.proposals.enums import ItemState
from awards.proposals.models import Proposal
from blocs.conferences.actions.ballots import record_ballot
from blocs.conferences.actions.conferences import (
    AgendaEntry,
    AttendanceEntry,
    agenda_stamp,
    attendance_stamp,
    save_agenda,
    save_attendance,
)
from blocs.conferences.actions.papers import sign_minutes
from blocs.conferences.actions.rounds import LineEntry
from blocs.conferences.workflows import CONFERENCE
from blocs.reports.actions.scores import save_appraisal, save_scores
from blocs.reports.domain.sheet_rows import GivenRow, TypedRow
from blocs.reports.models import Report
from blocs.reports.models.sheets import read_sheet
from blocs.reports.workflows import REPORT
from blocs.scoring import Entry
from blocs.states import ReportState, YearState
from blocs.units.models import Unit
from blocs.years.models import BlocYear
from blocs.years.workflows import YEAR
from thidua.accounts.models import User
from thidua.common.workflow import perform
from thidua.demo.accounts import ACCOUNTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
NAMES = {account.username for account in ACCOUNTS}
SENT = (ReportState.SUBMITTED,)
# The conference of the running year is called for December.
AFTERWARDS = "2027-03-10T02:00:00Z"
VOTES = {"method": "secret", "issued": 8, "returned": 8, "valid": 8, "invalid": 0}


def person(username):
    """Only people who can sign in take part."""
    assert username in NAMES
    return User.objects.get(username=username)


def report_of(code):
    return Report.objects.for_page().get(bloc_year=year(), unit__code=code)


def year():
    return BlocYear.objects.get(bloc__code="KTĐ5", year=2026)


def code_of(unit_code):
    return Unit.objects.get(code=unit_code)


def test_running_year_ends_with_a_published_decision():
    send_all_reports()
    appraise_all_reports()
    with time_machine.travel(AFTERWARDS):
        hold_conference()
        perform(YEAR, "rank", year(), actor=person("sxd.lanhdao"))
        decide(propose())
        for report in year().reports.order_by("pk"):
            perform(REPORT, "lock", report, actor=person("tinh.tdkt"))
        perform(YEAR, "hand_over", year(), actor=person("sxd.lanhdao"), note="Đã bàn giao.")

    assert year().state == YearState.ARCHIVED
    assert set(year().reports.values_list("state", flat=True)) == {ReportState.LOCKED}
    assert year().conference.next_head.code == "SCT"
    assert list(
        year().proposal.items.order_by("pk").values_list("unit__code", "award__code", "state")
    ) == [
        ("SNNMT", "co-tinh", ItemState.GRANTED),
        ("SXD", "bang-khen-tinh", ItemState.GRANTED),
        ("SCT", "bang-khen-tinh", ItemState.GRANTED),
    ]


def send_all_reports():
    draft = report_of("SCT")
    empty = {row.criterion.pk: row.criterion.max_points for row in read_sheet(draft).missing()}
    rows = [
        TypedRow(criterion_id=pk, revision=0, entry=Entry(value=min(points, Decimal(2))), note="")
        for pk, points in empty.items()
    ]
    save_scores(draft, rows=rows, actor=person("sct.canbo"))
    for code, leader in (("SCT", "sct"), ("SXD", "sxd"), ("STC", "stc")):
        perform(REPORT, "submit", report_of(code), actor=person(f"{leader}.lanhdao"))


def appraise_all_reports():
    head, deputy = person("sxd.lanhdao"), person("bqlkcn.lanhdao")
    for report in Report.objects.filter(bloc_year=year(), state__in=SENT).for_page():
        actor = deputy if report.unit.code == "SXD" else head
        rows = [
            GivenRow(row.criterion.pk, row.score.revision, row.score.self_points, "")
            for row in read_sheet(report).not_appraised()
        ]
        save_appraisal(report, rows=rows, actor=actor)
        perform(REPORT, "appraise", report, actor=actor, is_confirmed=True)
    answered = report_of("BQLDADDCN")
    perform(REPORT, "answer", answered, actor=head, note="Giữ nguyên điểm thẩm định.")


def hold_conference():
    head, secretary = person("sxd.lanhdao"), person("sxd.canbo")
    conference = year().conference
    there = [
        AttendanceEntry(row.unit_id, attendance_stamp(row), is_present=True)
        for row in conference.attendances.all()
    ]
    save_attendance(conference, entries=there, actor=secretary)
    written = [
        AgendaEntry(str(row.pk), row.title, "Đã thống nhất.", row.topic, row.order, row.pk, mark)
        for row in conference.agenda.all()
        for mark in (agenda_stamp(row),)
    ]
    save_agenda(conference, entries=written, actor=secretary)
    perform(CONFERENCE, "open", conference, actor=secretary)
    flag = LineEntry(code_of("SNNMT").pk, 8, award="flag")
    certificates = [LineEntry(code_of(code).pk, 7, award="certificate") for code in ("SXD", "SCT")]
    vote(conference, "award", [flag, *certificates], secretary)
    vote(conference, "head", [LineEntry(code_of("SCT").pk, 8)], secretary)
    perform(CONFERENCE, "confirm", conference, actor=head)
    ended_at = conference.starts_at + timedelta(hours=3)
    sign_minutes(conference, ended_at=ended_at, number="09/BB-KTĐ5", approvals=8, actor=head)


def vote(conference, kind, lines, secretary):
    numbers = VOTES if kind == "award" else VOTES | {"method": "hands"}
    record_ballot(
        conference,
        kind=kind,
        numbers=numbers,
        lines=lines,
        decision="",
        actor=secretary,
    )


def propose():
    proposal = start_proposal(year(), actor=person("sxd.canbo"))
    Proposal.objects.filter(pk=proposal.pk).update(dated_on=timezone.localdate())
    move_proposal(proposal, "submit", actor=person("sxd.lanhdao"))
    return proposal


def decide(proposal):
    office, chair = person("tinh.tdkt"), person("tinh.chutich")
    move_proposal(proposal, "receive", actor=office)
    for item in proposal.items.all():
        move_item(item, "find_eligible", actor=office)
    move_proposal(proposal, "put_before_council", actor=office)
    move_proposal(proposal, "close_council", actor=chair)
    decision = Decision(year=2026)
    items = list(proposal.items.select_related("proposal"))
    fields = {"title": "Về việc tặng thưởng năm 2026"}
    decision = draft_decision(decision, actor=office, fields=fields, items=items)
    sign_decision(
        decision,
        actor=chair,
        number="09/QĐ-UBND",
        signed_on=timezone.localdate(),
        signer_name=str(chair),
        signer_title="Chủ tịch",
    )
    publish_decision(decision, actor=office)
