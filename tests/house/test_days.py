"""No paper is of a day to come or of a day before its basis: every day that people type is asked.

A new field of a day must say here which it is: the day of a paper, with the act that refuses it, or
a day from which something holds, which may lie ahead.
"""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError

from awards.board.actions import forward_item
from awards.proposals.actions.proposals import edit_proposal
from blocs.holidays.actions import confirm_calendar, propose_calendar
from blocs.legal.actions import keep_legal_document
from blocs.legal.models import LegalDocument
from blocs.ranking.actions.grounds import lift_ground, record_ground
from blocs.states import SeatRole
from blocs.units.actions.blocs import create_bloc, edit_bloc
from tests.blocs.ranking.test_whole_ranking import ground, ranked_year
from tests.factories.awards import ProposalItemFactory, government_flag
from tests.factories.blocs import BlocFactory
from tests.factories.people import editor_of, official
from tests.papers.test_days import NOW, SIGNINGS, TODAY
from tests.papers.test_days_of_bases import (
    further_sitting,
    moved_conference,
    planned_conference,
    typed_agreement,
)
from tests.papers.test_signed_copies import ABOUT, entry
from thidua.papers.signed_copies import check_copy

LINES = Path(__file__).with_name("field-limits.txt").read_text(encoding="utf-8").splitlines()
TOMORROW = TODAY + dt.timedelta(days=1)
SAID = ("chưa đến ngày", "phía trước", "không được sau hôm nay")


def office():
    return official(SeatRole.OFFICE)


def kept_copy(day):
    check_copy(entry(signed_on=day), ABOUT)


def received_copy(day):
    check_copy(entry(received_on=day), ABOUT)


def confirmed_calendar(day):
    person = office()
    propose_calendar(2027, actor=person)
    confirm_calendar(2027, data={"document": "TB 1", "dated_on": day}, actor=person)


def found_ground(day):
    year = ranked_year()
    facts = {"unit": year.head, "code": "held", "basis": "KL 12", "today": TODAY}
    record_ground(year, found_on=day, actor=office(), **facts)


def lifted_ground(day):
    found = ground(ranked_year(), 0, "held")
    lift_ground(found, basis="KL 13", lifted_on=day, today=TODAY, actor=office())


def founded_bloc(day):
    create_bloc(actor=office(), data={"name": "Khối 9", "code": "K9", "founded_on": day})


def edited_bloc(day):
    edit_bloc(BlocFactory(), actor=office(), data={"founded_on": day})


def issued_text(day):
    fields = {"kind": "Quyết định", "number": "1/QĐ", "issued_on": day}
    keep_legal_document(LegalDocument(), fields=fields, actor=office())


def forwarded_line(day):
    """It rests on a submission of the bloc of 08/12/2026."""
    dated = {"proposal__received": True, "proposal__dated_on": dt.date(2026, 12, 8)}
    item = ProposalItemFactory(state="eligible", award=government_flag(), **dated)
    forward_item(item, actor=office(), number="15/TTr-UBND", signed_on=day)


# The day of a paper: the act that takes it.
PAPERS = {
    "AgreementForm.signed_on": SIGNINGS["agreement"][0],
    "ProposalForm.dated_on": SIGNINGS["submission"][0],
    "SignDecisionForm.signed_on": SIGNINGS["decision"][0],
    "ForwardForm.signed_on": forwarded_line,
    "SignForm.ended_day": SIGNINGS["minutes"][0],
    "EndForm.ended_day": SIGNINGS["minutes"][0],
    "MinutesCopyForm.ended_day": SIGNINGS["minutes"][0],
    "SignedCopyForm.signed_on": kept_copy,
    "ReportCopyForm.signed_on": kept_copy,
    "ReportCopyForm.received_on": received_copy,
    "AgreementCopyForm.signed_on": kept_copy,
    "MinutesCopyForm.signed_on": kept_copy,
    "CalendarConfirmForm.dated_on": confirmed_calendar,
    "GroundForm.found_on": found_ground,
    "LiftForm.lifted_on": lifted_ground,
    "BlocForm.founded_on": founded_bloc,
    "LegalDocumentForm.issued_on": issued_text,
    "BlocFactsForm.founded_on": edited_bloc,
}


def drafted_submission(day):
    proposal = ProposalItemFactory().proposal
    edit_proposal(
        proposal, actor=editor_of(proposal.bloc_year.head), header={"dated_on": day}, items=()
    )


# A draft holds the day, too, before the paper is sent: the act that writes it, or why it may lie
# ahead there.
DRAFTS = {"ProposalForm.dated_on": drafted_submission}
PLANNED = {"AgreementForm.signed_on"}  # the day of the ceremony; nobody signs before it
# From when or until when something holds, and what is planned: these may lie ahead.
AHEAD = {
    "AwardKindForm.valid_from",
    "AwardKindForm.valid_to",
    "AbsenceForm.ends_on",
    "AbsenceForm.starts_on",
    "LegalDocumentForm.in_force_from",
    "LegalDocumentForm.in_force_to",
    "AmendRulesForm.amended_on",
    "AmendScoringRulesForm.amended_on",
    "AmendScoringRulesForm.last_on",
    "AmendmentFields.amended_on",
    "BlocRenameForm.on",
    "ConferenceForm.day",
    "DissolveForm.dissolved_on",
    "ExpiryForm.expires_on",
    "HandOverForm.on",
    "HolidayForm.day",
    "LeadersForm.on",
    "LockerForm.expires_on",
    "MemberChangeForm.on",
    "MemberEndForm.ends_on",
    "MemberForm.starts_on",
    "NewNameForm.on",
    "PasteForm.starts_on",
    "PersonForm.ends_on",
    "PersonForm.starts_on",
    "ReorganiseForm.on",
    "ScoringRulesForm.last_on",
    "SeatEndForm.ends_on",
    "SeatForm.ends_on",
    "SeatForm.starts_on",
    "SittingForm.day",
    "SuccessionForm.on",
    "TokenForm.expires_on",
    "UnitFactsForm.founded_on",
    "UnitForm.dissolved_on",
    "UnitForm.founded_on",
    "UnitRenameForm.on",
    "YearPlanForm.members_on",
    *(f"{form}.{name}_due" for form in ("YearForm", "YearDatesForm") for name in (
        "registration", "agreement", "midyear", "report", "appraisal", "conference", "proposal"
    )),
}  # fmt: skip


# Acts that send a draft whose day was typed before.
SENT = (SIGNINGS["agreement"][0], SIGNINGS["submission"][0])
# Meetings are planned, and yet between the days of their year: the acts that take the day.
MEETINGS = {
    "ConferenceForm.day": (planned_conference, moved_conference),
    "SittingForm.day": (further_sitting,),
    "AgreementForm.signed_on": (typed_agreement,),
}
# What rests on something that bears a day: the act that takes it, and a day before that.
EARLY = {
    "AgreementForm.signed_on": SIGNINGS["agreement"],
    "ProposalForm.dated_on": SIGNINGS["submission"],
    "SignDecisionForm.signed_on": SIGNINGS["decision"],
    "ForwardForm.signed_on": (forwarded_line, dt.date(2026, 12, 7)),
    "SignForm.ended_day": SIGNINGS["minutes"],
    "EndForm.ended_day": SIGNINGS["minutes"],
    "MinutesCopyForm.ended_day": SIGNINGS["minutes"],
    "ReportCopyForm.signed_on": SIGNINGS["report"],
    "SignedCopyForm.signed_on": (kept_copy, dt.date(2025, 1, 1)),
    "AgreementCopyForm.signed_on": (kept_copy, dt.date(2025, 1, 1)),
    "MinutesCopyForm.signed_on": (kept_copy, dt.date(2025, 1, 1)),
}
# The first paper of its kind: nothing of the product is older than it has to be.
WITHOUT_BASIS = {
    "ReportCopyForm.received_on",
    "CalendarConfirmForm.dated_on",
    "GroundForm.found_on",
    "LiftForm.lifted_on",
    "BlocForm.founded_on",
    "LegalDocumentForm.issued_on",
    "BlocFactsForm.founded_on",
}


def is_refused(act, day):
    """Whether the act takes no such day, with a sentence of its own about it."""
    with time_machine.travel(NOW):
        try:
            act(day)
        except ValidationError:
            return True
    return False


def test_every_day_of_a_paper_is_bounded_below_or_says_why_not():
    assert EARLY.keys() ^ WITHOUT_BASIS == PAPERS.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("field", EARLY)
def test_no_paper_is_of_a_day_before_its_basis(field):
    act, early = EARLY[field]
    assert is_refused(act, early)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "day"),
    [
        (act, day)
        for acts in MEETINGS.values()
        for act in acts
        for day in (dt.date(2019, 1, 10), dt.date(2029, 1, 1))
    ],
)
def test_no_meeting_is_of_another_time_than_its_year(act, day):
    assert is_refused(act, day)


def test_an_act_that_takes_any_day_would_be_seen():
    """The walk asks the act, not its name."""
    assert is_refused(lambda day: None, TOMORROW) is False


def test_every_typed_day_says_which_it_is():
    typed = {line.partition(":")[0] for line in LINES if line.split(": ")[1].startswith("date")}
    assert typed == PAPERS.keys() | AHEAD
    assert PAPERS.keys() & AHEAD == set()


@pytest.mark.django_db
@pytest.mark.parametrize("field", PAPERS)
def test_no_paper_is_of_a_day_to_come(field):
    with time_machine.travel(NOW), pytest.raises(ValidationError) as caught:
        PAPERS[field](TOMORROW)
    assert [any(words in text for words in SAID) for text in caught.value.messages] == [True]


def test_every_paper_that_is_drafted_with_a_day_is_asked_while_it_is_a_draft():
    at_sending = {name for name, act in PAPERS.items() if act in SENT}
    assert at_sending == DRAFTS.keys() | PLANNED


@pytest.mark.django_db
@pytest.mark.parametrize("field", DRAFTS)
def test_no_draft_is_of_a_day_to_come(field):
    with time_machine.travel(NOW), pytest.raises(ValidationError) as caught:
        DRAFTS[field](TOMORROW)
    assert [any(words in text for words in SAID) for text in caught.value.messages] == [True]
    assert not is_refused(DRAFTS[field], TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("field", ("SignedCopyForm.signed_on", "CalendarConfirmForm.dated_on",
                                   "GroundForm.found_on", "BlocForm.founded_on"))  # fmt: skip
def test_the_paper_of_today_is_taken(field):
    """Else the refusal above could come of something else."""
    with time_machine.travel(NOW):
        assert PAPERS[field](TODAY) is None
