"""Time runs forward: nothing is signed for a day to come, nothing before what it rests on."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.actions.signatures import sign_agreement
from agreements.models import Agreement, Signature
from awards.decisions.actions import sign_decision
from awards.proposals.actions.proposals import submit_proposal
from blocs.conferences.actions.papers import sign_minutes
from blocs.conferences.workflows import CONFERENCE
from blocs.registrations.actions import record_signed_registration
from blocs.reports.actions.reports import record_signed_report
from blocs.states import ConferenceState, SeatRole, YearState
from blocs.years.actions.amendments import Amending, amend_rules
from tests.factories import files
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory
from tests.factories.blocs import fill, regulate, year_with_members
from tests.factories.conferences import END, conference_of
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import member_report
from thidua.common.workflow import NEEDS_NOTE, perform
from thidua.papers.days import day_faults
from thidua.papers.models import Paper, SignedCopy
from thidua.papers.registry import paper_kinds
from thidua.papers.signed_copies import CopyEntry

TODAY = dt.date(2026, 12, 20)
NOW = "2026-12-20T03:00:00Z"  # ten in the morning in Việt Nam


@pytest.mark.parametrize(
    ("day", "basis_day", "faults"),
    (
        (None, None, []),
        (TODAY, TODAY, []),
        (dt.date(2026, 12, 1), None, []),
        (
            dt.date(2026, 12, 21),
            None,
            [
                "Tờ trình ghi ngày 21/12/2026, chưa đến ngày đó; hãy ghi ngày thực tế, không muộn "
                "hơn 20/12/2026."
            ],
        ),
        (
            dt.date(2026, 12, 1),
            dt.date(2026, 12, 2),
            [
                "Tờ trình ghi ngày 01/12/2026, trước hội nghị tổng kết ngày 02/12/2026 là căn cứ "
                "của nó; hãy sửa ngày."
            ],
        ),
    ),
)
def test_a_day_lies_between_its_basis_and_today(day, basis_day, faults):
    basis = "hội nghị tổng kết"
    assert day_faults("Tờ trình", day, TODAY, basis=basis, basis_day=basis_day) == faults


def signed_agreement(day):
    """The last signature on an agreement of this day."""
    year = year_with_members(1, state=YearState.OPEN)
    agreement = AgreementFactory(bloc_year=year, signing=True)
    Agreement.objects.filter(pk=agreement.pk).update(signed_on=day)
    facts = {"signer_name": "Nguyễn Văn A", "signer_title": "Giám đốc"}
    actor = leader_of(year.head)
    sign_agreement(agreement, actor=actor, unit=year.head, revision=agreement.revision, **facts)


def late_signature(day):
    """A unit signs after the agreement, here of this day, has taken effect without it."""
    year = year_with_members(2, state=YearState.AGREED)
    facts = {"state": "effective", "effective_at": dt.datetime(2026, 2, 1, tzinfo=dt.UTC)}
    agreement = AgreementFactory(bloc_year=year, **facts)
    Agreement.objects.filter(pk=agreement.pk).update(signed_on=day)
    signer = {"signer_name": "Nguyễn Văn A", "signer_title": "Giám đốc"}
    actor, unit = leader_of(year.deputy), year.deputy
    sign_agreement(agreement, actor=actor, unit=unit, revision=agreement.revision, **signer)


def sent_submission(day):
    """The conference of this bloc met on 28/01/2021."""
    year = year_with_members(2, state=YearState.RANKED)
    conference_of(year, state=ConferenceState.SIGNED, ended_at=END)
    proposal = ProposalFactory(bloc_year=year, dated_on=day)
    ProposalItemFactory(proposal=proposal, unit=year.head)
    submit_proposal(proposal, actor=leader_of(year.head))


def signed_decision(day):
    """It rests on a submission of 08/12/2026."""
    decision = DecisionFactory()
    ProposalItemFactory(
        state="eligible",
        proposal__received=True,
        proposal__dated_on=dt.date(2026, 12, 8),
        decision=decision,
    )
    facts = {"number": "100/QĐ-UBND", "signer_name": "Trần Văn B", "signer_title": "Chủ tịch"}
    sign_decision(decision, actor=official(SeatRole.CHAIR), signed_on=day, **facts)


def signed_minutes(day):
    """A conference of 28/01/2021, with counting minutes, that is said to end on this day."""
    year = year_with_members(2)
    conference = conference_of(year, state=ConferenceState.COUNTED, counting_team="Lê Văn C")
    ended = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    actor = leader_of(year.head)
    sign_minutes(conference, ended_at=ended, number="01/BB", approvals=0, actor=actor)


def amended_rules(day):
    """The office amends rules under which the first unit signed on 12/03/2026."""
    year = year_with_members(2, state=YearState.OPEN)
    regulate(year, flags=1)
    agreement = AgreementFactory(bloc_year=year, signing=True)
    Signature.objects.create(
        agreement=agreement,
        unit=year.head,
        signer_name="Nguyễn Văn A",
        signer_title="Giám đốc",
        signed_by=leader_of(year.head),
        signed_at=dt.datetime(2026, 3, 12, 3, tzinfo=dt.UTC),
        revision=agreement.revision,
    )
    amending = Amending(day, "Quyết định số 15/QĐ-KTĐ5", "Thống nhất với quy chế mới của tỉnh.")
    actor = official(SeatRole.OFFICE)
    amend_rules(year, actor=actor, data={"flags": 2}, amending=amending)


def entered(day):
    """What a person enters of a paper signed by hand."""
    scan = SimpleUploadedFile("ban-giay.pdf", files.pdf())
    return CopyEntry(number="", signed_on=day, signers="Nguyễn Văn A, Giám đốc", scan=scan)


def registration_by_hand(day):
    """A unit signed its registration by hand on this day."""
    year = year_with_members(2, state=YearState.OPEN)
    actor = editor_of(year.deputy)
    record_signed_registration(year, unit=year.deputy, entry=entered(day), actor=actor)


def report_by_hand(day):
    """A unit signed its report by hand on this day."""
    report = fill(member_report())
    record_signed_report(report, entry=entered(day), actor=editor_of(report.unit))


SIGNINGS = {
    "rules_amendment": (amended_rules, dt.date(2026, 3, 12)),
    "registration": (registration_by_hand, dt.date(2025, 6, 30)),
    "report": (report_by_hand, dt.date(2025, 6, 30)),
    "agreement": (signed_agreement, dt.date(2025, 6, 30)),
    "agreement_addition": (late_signature, dt.date(2025, 6, 30)),
    "submission": (sent_submission, dt.date(2021, 1, 27)),
    "decision": (signed_decision, dt.date(2026, 12, 7)),
    "minutes": (signed_minutes, dt.date(2021, 1, 27)),
    "counting_minutes": (signed_minutes, dt.date(2021, 1, 27)),
}


def test_every_kind_of_kept_paper_is_asked():
    assert tuple(sorted(SIGNINGS)) == paper_kinds()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SIGNINGS)
def test_no_paper_is_signed_for_a_day_to_come(kind):
    sign, _ = SIGNINGS[kind]
    with time_machine.travel(NOW), pytest.raises(ValidationError) as caught:
        sign(dt.date(2026, 12, 21))
    said = ("chưa đến ngày", "phía trước", "không được sau hôm nay")
    told = [any(words in text for words in said) for text in caught.value.messages]
    assert (told, Paper.objects.count(), SignedCopy.objects.count()) == ([True], 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SIGNINGS)
def test_no_paper_is_dated_before_its_basis(kind):
    sign, before = SIGNINGS[kind]
    with time_machine.travel(NOW), pytest.raises(ValidationError) as caught:
        sign(before)
    (text,) = caught.value.messages
    assert (" trước " in text or "phải sau" in text, Paper.objects.count()) == (True, 0)


@pytest.mark.django_db
def test_a_conference_is_opened_on_its_day_and_not_before_without_a_reason():
    year = year_with_members(2)
    starts = dt.datetime(2026, 12, 21, 1, tzinfo=dt.UTC)
    conference = conference_of(year, state=ConferenceState.PREPARED, starts_at=starts, present=2)
    secretary = editor_of(year.head)
    with time_machine.travel(NOW), pytest.raises(ValidationError) as caught:
        perform(CONFERENCE, "open", conference, actor=secretary)
    assert caught.value.messages == [NEEDS_NOTE]
    # A quarter past midnight in Việt Nam, the evening before by the clock of the world.
    with time_machine.travel("2026-12-20T17:15:00Z"):
        opened = perform(CONFERENCE, "open", conference, actor=secretary)
    assert (opened.state, opened.starts_at, opened.early_words) == ("open", starts, "")
