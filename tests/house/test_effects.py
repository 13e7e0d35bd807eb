"""What each move leaves behind: every field it changes and none other, and the rows it adds."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from agreements.models import Agreement
from agreements.workflows import stamp_effect, stamp_missing, stamp_paper
from awards.decisions import workflows as decisions
from awards.decisions.models import Decision
from awards.proposals import workflows as proposals
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.workflows import lines
from blocs.appraisal import workflows as appeals
from blocs.appraisal.models import Appeal
from blocs.conferences.models import Ballot, BallotLine
from blocs.conferences.workflows import begin_now, call_again, someone_else_counted
from blocs.criteria.domain.table_changes import Change
from blocs.criteria.models import ScoringTable
from blocs.criteria.workflows import freeze
from blocs.reports import workflows as reports
from blocs.reports.models import Assignment, Correction, SheetVersion
from blocs.states import VersionKind
from blocs.years import workflows as years
from blocs.years.models import BlocYear, Registration, YearMember
from tests.factories.awards import ProposalFactory, ProposalItemFactory
from tests.factories.blocs import regulate
from tests.factories.conferences import conference_of
from tests.factories.people import UnitFactory, UserFactory
from tests.factories.reports import DIRECT, RATIO, row_of, submitted_report
from tests.house.guards_of_returns import put_up
from tests.house.walk import workflows
from thidua.common.models import forget_return
from thidua.common.vietnamese.dates import ZONE

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 12, 10, 23, 59, tzinfo=ZONE)
AHEAD = NOW + dt.timedelta(minutes=1)
BEFORE, D = NOW - dt.timedelta(days=3), Decimal
NOTE = "Theo kết luận."


def values(obj):
    return {field.attname: getattr(obj, field.attname) for field in obj._meta.concrete_fields}


def changed(effect, obj, actor, **details):
    """The fields that the effect gave another value, with it."""
    before = values(obj)
    with time_machine.travel(NOW, tick=False):
        effect(obj, actor=actor, note=NOTE, **details)
    return {name: value for name, value in values(obj).items() if value != before[name]}


def given():
    report = submitted_report()
    report.scores.update(appraised_points=D("9.25"), appraisal_reason="Thiếu.")
    return report


SIGNATURE = {
    "number": "1/QĐ",
    "signed_on": NOW.date(),
    "signer_name": "Phạm Văn Tín",
    "signer_title": "Phó Chủ tịch",
}
LINE = Change("I.1 Nhiệm vụ", "nội dung", "Cũ", "Mới")
GIVEN_BACK = {"return_reason": NOTE, "returned_at": NOW}
# Effect: the object, what `perform` hands on beside actor and note, and what is changed by it;
# `actor` stands for who makes the move, `content` for the mark of what the unit wrote.
OF_ROWS = {
    years.stamp_registration: (Registration, {}, {"signed_at": NOW}),
    years.take_back_registration: (
        lambda: Registration(signed_at=BEFORE),
        {},
        {"signed_at": None},
    ),
    years.keep_return: (
        Registration,
        {},
        GIVEN_BACK | {"returned_as": Registration().content_stamp},
    ),
    forget_return: (
        lambda: Registration(return_reason="A", returned_at=BEFORE, returned_as="b"),
        {},
        {"return_reason": "", "returned_at": None, "returned_as": ""},
    ),
    years.keep_no_award_reason: (BlocYear, {}, {"no_award_reason": NOTE}),
    years.keep_midyear_note: (BlocYear, {}, {"midyear_note": NOTE}),
    stamp_effect: (Agreement, {}, {"effective_at": NOW}),
    stamp_missing: (Agreement, {}, {"effective_at": NOW, "missing_reason": NOTE}),
    stamp_paper: (
        Agreement,
        {"effective_at": BEFORE},
        {"effective_at": BEFORE, "missing_reason": NOTE},
    ),
    proposals.stamp_submission: (Proposal, {}, {"submitted_at": NOW}),
    proposals.keep_return: (
        ProposalFactory,
        {},
        GIVEN_BACK | {"returned_as": "content"},
    ),
    lines.keep_reason: (ProposalItem, {}, {"reason": NOTE}),
    lines.clear_reason: (lambda: ProposalItem(reason="A"), {}, {"reason": ""}),
    lines.put_into_decision: (
        ProposalItem,
        {"decision": Decision(pk=5)},
        {"decision_id": 5},
    ),
    lines.put_forward: (
        lambda: ProposalItemFactory(proposal__dated_on=None),
        {"number": "15/TTr-UBND", "signed_on": NOW.date()},
        {"forwarded_number": "15/TTr-UBND", "forwarded_on": NOW.date()},
    ),
    decisions.put_signature: (Decision, SIGNATURE, SIGNATURE),
    decisions.stamp_publication: (Decision, {}, {"published_at": NOW}),
    freeze: (
        ScoringTable,
        {"fingerprint": "abc", "changes": (LINE,)},
        {
            "published_at": NOW,
            "fingerprint": "abc",
            "amendment_changes": [["I.1 Nhiệm vụ", "nội dung", "Cũ", "Mới"]],
        },
    ),
    appeals.stamp_appeal: (Appeal, {}, {"raised_at": NOW, "raised_by_id": "actor"}),
    appeals.keep_answer: (
        Appeal,
        {"before": D(8), "points": D(9)},
        {
            "answer": NOTE,
            "points_before": D(8),
            "points_after": D(9),
            "answered_at": NOW,
            "answered_by_id": "actor",
        },
    ),
    reports.complete_appraisal: (given, {}, {"appraised_at": NOW, "appraised_total": D(37)}),
    reports.keep_answer: (given, {}, {"answer": NOTE, "appraised_total": D(37)}),
    reports.stamp_put_up: (
        submitted_report,
        {},
        {"put_up_at": NOW, "put_up_by_id": "actor"},
    ),
    reports.take_down: (put_up, {}, {"put_up_at": None}),
    reports.stamp_waiver: (
        submitted_report,
        {},
        {"waived_at": NOW, "waived_by_id": "actor"},
    ),
    reports.stamp_submission: (
        submitted_report,
        {},
        {
            "submitted_at": NOW,
            "first_submitted_at": NOW,
            "self_total": D("14.5"),
            "sent_table_id": "table",
        },
    ),
    reports.take_back_submission: (
        lambda: submitted_report(submitted_at=BEFORE, first_submitted_at=BEFORE, is_late=True),
        {},
        {"submitted_at": None, "first_submitted_at": None, "is_late": False},
    ),
    reports.keep_return: (
        submitted_report,
        {},
        GIVEN_BACK | {"returned_as": "content"},
    ),
    someone_else_counted: (conference_of, {}, {}),
    call_again: (conference_of, {}, {}),
    begin_now: (
        lambda: conference_of(starts_at=AHEAD),
        {},
        {"starts_at": NOW, "planned_at": AHEAD, "early_reason": NOTE},
    ),
}
VERSIONS = {
    reports.complete_appraisal: (given, (VersionKind.APPRAISED, "", None, D(37))),
    reports.keep_answer: (given, (VersionKind.APPRAISED, "Trả lời giải trình.", None, D(37))),
    reports.stamp_submission: (submitted_report, (VersionKind.SUBMITTED, "", D("14.5"), None)),
}


def test_every_effect_has_its_line():
    effects = {move.effect for life in workflows().values() for move in life.transitions}
    assert sorted(effect.__name__ for effect in effects - {None} ^ set(OF_ROWS)) == []


@pytest.mark.parametrize("effect", OF_ROWS, ids=lambda effect: effect.__name__)
def test_move_changes_these_fields(effect):
    (build, details, wanted), actor = OF_ROWS[effect], UserFactory()
    obj = build()
    named = {name: actor.pk if value == "actor" else value for name, value in wanted.items()}
    if named.get("returned_as") == "content":
        named["returned_as"] = effect.__globals__["content_stamp"](obj)
    if named.get("sent_table_id") == "table":
        named["sent_table_id"] = obj.table_id
    assert changed(effect, obj, actor, **details) == named


@pytest.mark.parametrize("effect", VERSIONS, ids=lambda effect: effect.__name__)
def test_move_freezes_the_sheet(effect):
    (build, wanted), actor = VERSIONS[effect], UserFactory()
    report = build()
    changed(effect, report, actor)
    changed(effect, report, actor)
    first, second = SheetVersion.objects.order_by("number")
    told = (first.kind, first.reason, first.self_total, first.appraised_total)
    assert (told, first.taken_by, first.taken_at) == (wanted, actor, NOW)
    assert (first.number, second.number, len(first.rows)) == (1, 2, 5)


@pytest.mark.parametrize(
    ("counts", "first", "due", "is_late"),
    [
        ("last", BEFORE, NOW.date(), False),
        ("last", BEFORE, BEFORE.date(), True),
        ("first", BEFORE, BEFORE.date(), False),
        ("first", BEFORE, BEFORE.date() - dt.timedelta(days=1), True),
        ("first", None, BEFORE.date(), True),
        ("first", None, None, False),
    ],
)
def test_lateness_is_of_the_submission_that_counts(counts, first, due, is_late):
    report = submitted_report(first_submitted_at=first)
    regulate(report.bloc_year, counted_submission=counts)
    report.bloc_year.report_due = due
    changed(reports.stamp_submission, report, UserFactory())
    assert (report.is_late, report.first_submitted_at) == (is_late, first or NOW)


def marked(report, *names):
    """Units that have all marked the sheet, the first of them in the round before."""
    for number, name in enumerate(names):
        unit = UnitFactory(name=name)
        YearMember.objects.create(bloc_year=report.bloc_year, unit=unit, order=10 + number)
        facts = {"round": 1 if number == 0 else 2, "done_at": BEFORE, "done_by": UserFactory()}
        Assignment.objects.create(report=report, unit=unit, **facts)


def asked(report, label, unit=None, answered_at=None):
    return Correction.objects.create(
        report=report,
        criterion=row_of(report, label).criterion,
        asked_by_unit=unit,
        asked_by=UserFactory(),
        asked_at=BEFORE,
        reason="Thiếu.",
        answered_at=answered_at,
    )


@pytest.mark.parametrize(
    ("asker", "left"), [("B", {"A", "C"}), (None, {"A"}), ("X", {"A", "B", "C"})]
)
def test_sheet_sent_again_is_marked_again_by_who_asked_or_by_all_of_the_round(asker, left):
    report = submitted_report()
    marked(report, "A", "B", "C")
    if asker:
        unit = report.assignments.filter(unit__name=asker).values_list("unit", flat=True).first()
        one = asked(report, DIRECT)
        one.asked_by_unit_id = unit or UnitFactory().pk
        one.save()
    changed(reports.stamp_submission, report, UserFactory())
    done = report.assignments.exclude(done_at=None)
    assert {one.unit.name for one in done} == left
    assert {one.unit.name for one in report.assignments.exclude(done_by=None)} == left


def test_sheet_sent_again_answers_what_was_asked():
    report = submitted_report()
    old, new = asked(report, DIRECT, answered_at=BEFORE), asked(report, RATIO)
    changed(reports.stamp_submission, report, UserFactory())
    for one, at in ((old, BEFORE), (new, NOW)):
        one.refresh_from_db()
        assert one.answered_at == at


def test_who_counted_does_not_confirm():
    conference, counter = conference_of(), UserFactory()
    papers = {"issued": 8, "returned": 8, "valid": 8}
    for kind, who in (("award", UserFactory()), ("head", counter)):
        ballot = Ballot.objects.create(conference=conference, kind=kind, recorded_by=who, **papers)
        BallotLine.objects.create(ballot=ballot, unit=conference.bloc_year.head, votes_for=8)
    with pytest.raises(ValidationError) as refusal:
        someone_else_counted(conference, actor=counter, note="")
    assert refusal.value.messages == [
        "Người nhập kết quả kiểm phiếu không tự xác nhận; việc này cần một người khác."
    ]
    assert changed(someone_else_counted, conference, UserFactory()) == {}
